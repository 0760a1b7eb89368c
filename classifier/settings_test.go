package classifier

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/model"
)

func TestDefaultSettings(t *testing.T) {
	for _, learner := range learners {
		s, err := DefaultSettings(learner)
		if err != nil || s.Learner != learner || s.Validate() != nil {
			t.Errorf("%s: %+v, %v, %v", learner, s, err, s.Validate())
		}
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := decodeSettings(data); err != nil || again != s {
			t.Errorf("%s: stored %s, read %+v, %v", learner, data, again, err)
		}
	}
}

func TestSettingsRefused(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	tests := []struct {
		name    string
		learner string
		change  func(*Settings)
		want    string
	}{
		{"no learner", NB, func(s *Settings) { s.Learner = "" }, `unknown learner ""`},
		{"no smoothing", NB, func(s *Settings) { s.Alpha = 0 }, "setting alpha of learner \"nb\" is 0"},
		{"negative smoothing", CNB, func(s *Settings) { s.Alpha = -1 }, "alpha of learner \"cnb\" is -1"},
		{"smoothing not a number", CNB, func(s *Settings) { s.Alpha = nan }, "is NaN"},
		{"infinite smoothing", NB, func(s *Settings) { s.Alpha = inf }, "is +Inf"},
		{"no pseudo-words", NBS, func(s *Settings) { s.Mu = 0 }, "setting mu"},
		{"negative shrink", NBS, func(s *Settings) { s.Shrink = -1 }, "setting shrink"},
		{"prune not a number", NBS, func(s *Settings) { s.Prune = nan }, "setting prune"},
		{"no loss", NBLR, func(s *Settings) { s.C = 0 }, "setting c "},
		{"ratio not a number", NBLR, func(s *Settings) { s.Ratio = nan }, "setting ratio"},
		{"ratio without pseudo-words", NBLR, func(s *Settings) { s.Ratio, s.Mu = 1, 0 }, "setting mu"},
		{"blend without smoothing", NBLR, func(s *Settings) { s.Blend, s.Alpha = 1, 0 }, "setting alpha"},
		{"title weight", NB, func(s *Settings) { s.TitleWeight = -1 }, "title weight -1"},
		{"large title weight", NB, func(s *Settings) { s.TitleWeight = 101 }, "title weight 101"},
		{"tokens", NB, func(s *Settings) { s.MinTokens = -1 }, "tokens -1"},
		{"coverage", NB, func(s *Settings) { s.MinCoverage = 1.1 }, "coverage 1.1"},
		{"coverage not a number", NB, func(s *Settings) { s.MinCoverage = nan }, "coverage NaN"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := DefaultSettings(test.learner)
			if err != nil {
				t.Fatal(err)
			}
			test.change(&s)
			if err := s.Validate(); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

// TestNewRefuses a model whose parts this program does not understand, and names the model.
func TestNewRefuses(t *testing.T) {
	for name, change := range map[string]func(*model.Model){
		"no text settings":     func(m *model.Model) { m.Text = nil },
		"text settings broken": func(m *model.Model) { m.Text = []byte("{") },
		"newer text analysis":  func(m *model.Model) { m.Text = []byte(`{"version":99,"language":"id","stemmer":"snowball"}`) },
		"no settings":          func(m *model.Model) { m.Settings = nil },
		"settings broken":      func(m *model.Model) { m.Settings = []byte("[]") },
		"newer learner":        func(m *model.Model) { m.Settings = []byte(`{"learner":"transformer"}`) },
		"newer setting":        func(m *model.Model) { m.Settings = append([]byte(`{"attention":true,`), m.Settings[1:]...) },
	} {
		m := *mustTrain(t, []Bag{labelled("1", "a"), labelled("2", "b")}, TrainOptions{Name: "kecil", Learner: NB})
		change(&m)
		if c, err := New(&m); err == nil || c != nil || !strings.Contains(err.Error(), `model "kecil": `) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
