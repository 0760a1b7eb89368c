package model

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
)

func sampleBins() []Bin {
	return []Bin{{0.2, 0.266667, 3, 0.25, 0.333333}, {0.266667, 0.333333, 1, 0.3, 0}, {0.933333, 1, 40, 0.99, 0.975}}
}

// TestReliabilityIsOptional: a file without the section is read, and one with it tells what was put in.
func TestReliabilityIsOptional(t *testing.T) {
	m := sample(t)
	if got, err := Decode(encode(t, m)); err != nil || got.Reliability != nil {
		t.Errorf("without bins: %v, %v", got, err)
	}
	m.Reliability = sampleBins()
	got, err := Decode(encode(t, m))
	if err != nil || !slices.Equal(got.Reliability, sampleBins()) {
		t.Fatalf("read %v, %v", got, err)
	}
	with, err := m.Digest()
	if err != nil {
		t.Fatal(err)
	}
	if without, _ := sample(t).Digest(); with == without {
		t.Error("the version does not depend on the bins")
	}
}

func TestCheckBins(t *testing.T) {
	if err := CheckBins(sampleBins()); err != nil {
		t.Error(err)
	}
	if err := CheckBins(nil); err != nil {
		t.Error(err)
	}
	for name, edit := range map[string]func(b []Bin){
		"falling":           func(b []Bin) { b[0].To, b[1].From = 0.3, 0.25 },
		"empty range":       func(b []Bin) { b[0].To = b[0].From },
		"below 0":           func(b []Bin) { b[0].From = -0.1 },
		"above 1":           func(b []Bin) { b[2].To = 1.5 },
		"no answers":        func(b []Bin) { b[1].Count = 0 },
		"confidence":        func(b []Bin) { b[1].Confidence = 1.2 },
		"right":             func(b []Bin) { b[1].Right = -0.2 },
		"not a number":      func(b []Bin) { b[1].Right = math.NaN() },
		"from not a number": func(b []Bin) { b[1].From = math.NaN() },
	} {
		bins := sampleBins()
		if edit(bins); CheckBins(bins) == nil {
			t.Errorf("%s was accepted", name)
		}
		m := sample(t)
		m.Reliability = bins
		if err := m.Validate(); !errors.Is(err, ErrCorrupt) || !strings.HasPrefix(err.Error(), "model: section reliability: ") {
			t.Errorf("%s: a model with it gives %v", name, err)
		}
	}
	if err := CheckBins(make([]Bin, maxBins+1)); err == nil {
		t.Error("too many bins were accepted")
	}
}

// TestReliabilitySpelling: the section has one spelling, as all of the file has.
func TestReliabilitySpelling(t *testing.T) {
	for _, bad := range []string{
		"", "null", "[]", "{}", "kelak", `[{"from":0,"to":1}]`,
		`[{"from":0.2,"to":0.5,"count":3,"confidence":0.25,"right":0.5} ]`,
		`[{"to":0.5,"from":0.2,"count":3,"confidence":0.25,"right":0.5}]`,
		`[{"from":0.2,"to":0.5,"count":3,"confidence":0.25,"right":0.5,"more":1}]`,
		`[{"from":0.2,"to":0.5,"count":0,"confidence":0.25,"right":0.5}]`,
	} {
		var m Model
		if err := m.readOptional([]Section{{kindReliability, []byte(bad)}}); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	var m Model
	if err := m.readOptional([]Section{{kindReliability, []byte(`[{"from":0.2,"to":0.5,"count":3,"confidence":0.25,"right":0.5}]`)}}); err != nil {
		t.Error(err)
	}
}
