package store

import (
	"errors"
	"strings"
	"testing"
)

func TestGate(t *testing.T) {
	g, err := ReadGate("gate.txt", strings.NewReader("# sebelum tayang\n\nmacro_f1 >= 0.84\nece<=3% # kalibrasi\n\tchanged <= 5%\r\naccuracy > 1e-1\nmicro_f1 < 1"))
	if err != nil || len(g.Conditions) != 5 {
		t.Fatalf("%+v, %v", g, err)
	}
	good := map[string]float64{"macro_f1": 0.84, "ece": 0.03, "changed": 0.05, "accuracy": 0.5, "micro_f1": 0.9}
	if list := g.Judge(good); list != nil {
		t.Errorf("short of %v", list)
	}
	list := g.Judge(map[string]float64{"macro_f1": 0.8399999, "ece": 0.031, "changed": 0.0612, "accuracy": 0.1})
	var got []string
	for _, s := range list {
		got = append(got, s.String())
	}
	want := []string{
		"gate.txt:3: macro_f1 >= 0.84: it is 0.84", "gate.txt:4: ece <= 3%: it is 3.10%", "gate.txt:5: changed <= 5%: it is 6.12%",
		"gate.txt:6: accuracy > 1e-1: it is 0.1", "gate.txt:7: micro_f1 < 1: it was not measured",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("short of\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !g.Uses(Changed) || g.Uses("brier") {
		t.Error("it uses changed and not brier")
	}
}

func TestBadGate(t *testing.T) {
	for _, test := range []struct {
		text string
		line int
		want string
	}{
		{"", 1, "no condition"},
		{"# nothing\n", 1, "no condition"},
		{"ece <= 0.1\nmacrof1 >= 0.8", 2, `unknown metric "macrof1": give one of accuracy,`},
		{"ece 0.1", 1, `"ece 0.1" is no condition`},
		{"ece == 0.1", 1, "is no condition"},
		{"ece <= NaN", 1, "is no condition"},
		{"ece <= 1e999", 1, `"1e999" is no number`},
		{"ece <= --1", 1, `"--1" is no number`},
		{"ece <= 1 %", 1, "is no condition"},
		{strings.Repeat("x", 1<<17), 1, "too long"},
	} {
		_, err := ReadGate("gate.txt", strings.NewReader(test.text))
		bad, ok := errors.AsType[*GateError](err)
		if !ok || bad.Line != test.line || !strings.Contains(bad.Error(), test.want) || !strings.HasPrefix(bad.Error(), "gate.txt:") {
			t.Errorf("%.40q: %v, want line %d and %q", test.text, err, test.line, test.want)
		}
	}
}

func FuzzReadGate(f *testing.F) {
	f.Add("macro_f1 >= 0.84\nchanged <= 5%\n")
	f.Add("ece<1e-3#x")
	f.Fuzz(func(t *testing.T, text string) {
		g, err := ReadGate("g", strings.NewReader(text))
		if err != nil {
			if _, ok := errors.AsType[*GateError](err); !ok {
				t.Fatalf("error %v has no place", err)
			}
			return
		}
		for _, c := range g.Conditions {
			again, err := ReadGate("g", strings.NewReader(c.String()))
			if err != nil || again.Conditions[0].Bound != c.Bound || again.Conditions[0].Op != c.Op || again.Conditions[0].Metric != c.Metric {
				t.Fatalf("%q is read again as %+v, %v", c, again, err)
			}
			if met, low := c.holds(c.Bound), c.holds(c.Bound-1); met != strings.Contains(c.Op, "=") || c.Bound-1 != c.Bound && low != strings.Contains(c.Op, "<") {
				t.Fatalf("%q judges its own bound %v, less %v", c, met, low)
			}
		}
	})
}

func FuzzDecode(f *testing.F) {
	m := Manifest{Format: 1, Files: []File{{modelFile, 1, strings.Repeat("0", 64)}, {selfTestFile, 1, strings.Repeat("0", 64)}}}
	data, err := m.encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"time":"2026-01-02T03:04:05Z","action":"add","version":"0123456789ab"}` + "\n"))
	f.Add([]byte(`{"text":"gol","outcome":"TAGGED","topics":[{"topic":"sport","confidence":0.5,"assigned":true}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := decodeManifest(data); err == nil {
			again, err := m.encode()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := decodeManifest(again); err != nil {
				t.Fatalf("%q became %q: %v", data, again, err)
			}
		}
		events, bad := decodeHistory(data)
		lines := strings.Count(string(data), "\n") + 1
		if len(events)+len(bad) > lines {
			t.Fatalf("%d events and %d errors of %d lines", len(events), len(bad), lines)
		}
		trail(events)
		_, _ = decodeSelfTest(data)
	})
}
