package model

import (
	"errors"
	"io"
	"math"
	"strings"
	"testing"
)

func TestInvalidModels(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, test := range []struct {
		section string
		part    string // of the message
		edit    func(m *Model)
	}{
		{"manifest", `task "both"`, func(m *Model) { m.Manifest.Task = "both" }},
		{"manifest", `task ""`, func(m *Model) { m.Manifest.Task = "" }},
		{"manifest", "-1 documents", func(m *Model) { m.Manifest.Documents = -1 }},
		{"manifest", "control character", func(m *Model) { m.Manifest.Name = "a\x1b[2J" }},
		{"manifest", "no topics", func(m *Model) { m.Manifest.Topics = nil }},
		{"manifest", "limit is 65536", func(m *Model) { m.Manifest.Topics = make([]Topic, maxTopics+1) }},
		{"manifest", "id is empty", func(m *Model) { m.Manifest.Topics[1].ID = "" }},
		{"manifest", `topics 0 and 2 are both "olahraga"`, func(m *Model) { m.Manifest.Topics[2].ID = "olahraga" }},
		{"manifest", "-3 documents", func(m *Model) { m.Manifest.Topics[1].Documents = -3 }},
		{"manifest", "control character", func(m *Model) { m.Manifest.Topics[1].Name = map[string]string{"id": "\n"} }},
		{"manifest", `parent "entah"`, func(m *Model) { m.Manifest.Topics[1].Parent = "entah" }},
		{"manifest", "own ancestor", func(m *Model) { m.Manifest.Topics[0].Parent = "olahraga" }},
		{"manifest", "own ancestor", func(m *Model) { m.Manifest.Topics[0].Parent = "sepak-bola" }},
		{"manifest", "control character", func(m *Model) { m.Manifest.Metrics = map[string]float64{"\x00": 1} }},
		{"text", "not valid JSON", func(m *Model) { m.Text = []byte("{") }},
		{"settings", "not valid JSON", func(m *Model) { m.Settings = []byte("{}}") }},
		{"forms", "does not sort after", func(m *Model) { m.Forms.Bytes[0] = 'z' }},
		{"forms", "of 33", func(m *Model) { m.Forms.Bytes = append(m.Forms.Bytes, 'x') }},
		{"forms", "not after byte", func(m *Model) { m.Forms.Ends[1] = m.Forms.Ends[0] }},
		{"forms", "not after byte", func(m *Model) { m.Forms.Ends[0] = math.MaxUint32 }},
		{"terms", "not valid UTF-8", func(m *Model) { m.Terms.Bytes[m.Terms.Ends[4]-1] = 0xff }},
		{"form_terms", "6 terms for 7 forms", func(m *Model) { m.FormTerm = m.FormTerm[:6] }},
		{"form_terms", `"bola", has term 5 of 5`, func(m *Model) { m.FormTerm[1] = 5 }},
		{"form_index", "0 slots for 7 keys", func(m *Model) { m.FormIndex = Index{} }},
		{"form_index", "15 slots", func(m *Model) { m.FormIndex.Slots = m.FormIndex.Slots[1:] }},
		{"term_index", "out of range or twice", func(m *Model) { firstTaken(m.TermIndex)[0] |= math.MaxUint32 }},
		{"scale", "4 values for 5 features", func(m *Model) { m.Scale = m.Scale[:4] }},
		{"scale", `"gol", has NaN`, func(m *Model) { m.Scale[1] = float32(nan) }},
		{"scale", "-1", func(m *Model) { m.Scale[1] = -1 }},
		{"rows", "5 offsets", func(m *Model) { m.RowStart = m.RowStart[:5] }},
		{"rows", "row 0 starts at 1", func(m *Model) { m.RowStart[0] = 1 }},
		{"rows", "row 3 starts at 4", func(m *Model) { m.RowStart[3], m.RowStart[2] = 4, 5 }},
		{"rows", "stops at 9 of 6", func(m *Model) { m.RowStart[5] = 9 }},
		{"topics", `"bola", has topic 3 of 3`, func(m *Model) { m.RowTopic[1] = 3 }},
		{"topics", "topic 0 of 3 after topic 0", func(m *Model) { m.RowTopic[1] = 0 }},
		{"weights", "5 weights for 6", func(m *Model) { m.RowWeight = m.RowWeight[:5] }},
		{"weights", "weight 2 is +Inf", func(m *Model) { m.RowWeight[2] = float32(inf) }},
		{"weights", "weight 2 is NaN", func(m *Model) { m.RowWeight[2] = float32(nan) }},
		{"bias", "2 values for 3 topics", func(m *Model) { m.Bias = m.Bias[:2] }},
		{"bias", `"ekonomi" has -Inf`, func(m *Model) { m.Bias[2] = -inf }},
		{"slope", "above 0", func(m *Model) { m.Slope[0] = 0 }},
		{"slope", "above 0", func(m *Model) { m.Slope[0] = inf }},
		{"slope", "above 0", func(m *Model) { m.Slope[0] = nan }},
		{"intercept", "finite", func(m *Model) { m.Intercept[0] = nan }},
		{"threshold", "from 0 to 1", func(m *Model) { m.Threshold[0] = 1.0000001 }},
		{"rivalry", "three each", func(m *Model) { m.Rivalry = m.Rivalry[1:] }},
		{"rivalry", "must be above 0", func(m *Model) { m.Rivalry[3] = 0 }},
		{"rivalry", "all finite", func(m *Model) { m.Rivalry[1] = nan }},
		{"threshold", "from 0 to 1", func(m *Model) { m.Threshold[0] = -0.1 }},
		{"threshold", "from 0 to 1", func(m *Model) { m.Threshold[0] = nan }},
	} {
		t.Run(test.section+" "+test.part, func(t *testing.T) {
			m := sample(t)
			test.edit(m)
			_, read := Decode(forge(t, m))
			for _, err := range []error{m.Validate(), Write(io.Discard, m), read} {
				if !errors.Is(err, ErrCorrupt) {
					t.Fatalf("got %v", err)
				}
				if text := err.Error(); !strings.HasPrefix(text, "model: section "+test.section+": ") || !strings.Contains(text, test.part) {
					t.Errorf("got %v", err)
				}
			}
		})
	}
}

// What a file cannot hold, because JSON cannot.
func TestUnwritableModels(t *testing.T) {
	for _, edit := range []func(m *Model){
		func(m *Model) { m.Manifest.Metrics["f1"] = math.NaN() },
		func(m *Model) { m.Manifest.Metrics["f1"] = math.Inf(-1) },
		func(m *Model) { m.Manifest.Learner = "\xff" },
		func(m *Model) { m.Manifest.Topics[0].Name["id"] = "\xff" },
		func(m *Model) { m.Extra = []Section{{kinds + 1, nil}} },
		func(m *Model) { m.Extra = []Section{{Optional, nil}} },
		func(m *Model) { m.Extra = []Section{{Optional + 1, nil}, {Optional + 1, nil}} },
	} {
		m := sample(t)
		edit(m)
		if err := Write(io.Discard, m); !errors.Is(err, ErrCorrupt) {
			t.Errorf("got %v", err)
		}
	}
	m := sample(t)
	for i := range uint32(maxSections) {
		m.Extra = append(m.Extra, Section{Kind: Optional + 1 + i})
	}
	if err := Write(io.Discard, m); !errors.Is(err, ErrLength) {
		t.Errorf("too many sections: %v", err)
	}
}

// A chain of parents as long as there can be topics must not take quadratic time.
func TestLongParentChain(t *testing.T) {
	manifest := Manifest{Task: TaskMulti, Topics: make([]Topic, maxTopics)}
	id := func(i int) string {
		return "t" + string(rune('0'+i/65536)) + string([]rune{rune(0x4e00 + i/256), rune(0x4e00 + i%256)})
	}
	for i := range manifest.Topics {
		manifest.Topics[i].ID = id(i)
		if i > 0 {
			manifest.Topics[i].Parent = id(i - 1)
		}
	}
	if err := manifest.check(); err != nil {
		t.Error(err)
	}
	manifest.Topics[0].Parent = id(maxTopics - 1)
	if err := manifest.check(); err == nil {
		t.Error("a circle of all topics was accepted")
	}
}

// firstTaken returns the slots from the first taken one on.
func firstTaken(ix Index) []uint64 {
	for i, slot := range ix.Slots {
		if slot != 0 {
			return ix.Slots[i:]
		}
	}
	return nil
}
