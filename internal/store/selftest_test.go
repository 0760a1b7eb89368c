package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/builtin"
	"github.com/tajuk/tajuk/model"
)

func classifierOf(t testing.TB, m *model.Model, err error) *classifier.Classifier {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	c, err := classifier.New(m)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func selfTest(t testing.TB, c *classifier.Classifier) []testCase {
	t.Helper()
	data, err := SelfTest(c)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := decodeSelfTest(data)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// The words that speak most for a topic are given that topic, in all models of ours.
func TestSelfTestIsAboutTheTopics(t *testing.T) {
	for name, load := range map[string]func() (*model.Model, error){"nb": trainNB, "nbs": trainNBS, "builtin": builtin.Load} {
		m, err := load()
		c := classifierOf(t, m, err)
		cases := selfTest(t, c)
		topics := m.Manifest.Topics
		if len(cases) != len(topics)+1 {
			t.Fatalf("%s: %d cases, want one a topic and one of unknown words", name, len(cases))
		}
		right := 0
		for i, k := range cases[:len(topics)] {
			if len(strings.Fields(k.Text)) < 8 || len(k.Topics) == 0 {
				t.Errorf("%s: case %+v", name, k)
				continue
			}
			if k.Topics[0].Topic == topics[i].ID {
				right++
			}
		}
		if 10*right < 9*len(topics) {
			t.Errorf("%s: %d of %d cases have their own topic first", name, right, len(topics))
		}
		if last := cases[len(topics)]; last.Outcome != "ABSTAINED" {
			t.Errorf("%s: unknown words: %s", name, last.Outcome)
		}
	}
}

// A self-test passes on its own model, and fails as soon as an answer differs.
func TestSelfTestFails(t *testing.T) {
	m, err := trainNB()
	c := classifierOf(t, m, err)
	for _, test := range []struct {
		change func(*testCase)
		want   string
	}{
		{func(*testCase) {}, ""},
		{func(k *testCase) { k.Topics[0].Confidence -= 1e-9 }, ""},
		{func(k *testCase) { k.Topics[0].Confidence -= 1e-3 }, "has the confidence"},
		{func(k *testCase) { k.Topics[0].Assigned = !k.Topics[0].Assigned }, "assigned"},
		{func(k *testCase) { k.Topics[0].Topic = "weather" }, `no topic "weather"`},
		{func(k *testCase) { k.Outcome = "NO_TOPIC" }, "outcome"},
		{func(k *testCase) { k.Outcome, k.Topics[0].Assigned = "ABSTAINED", false }, ""}, // as a program that does not trust word lists
		{func(k *testCase) { k.Outcome, k.Topics[0].Confidence = "ABSTAINED", 0.5 }, "has the confidence"},
		{func(k *testCase) { k.Text, k.Outcome, k.Topics = unknownWords, "TAGGED", nil }, "outcome ABSTAINED"},
		{func(k *testCase) { k.Text = "gol gol gol" }, "want"},
	} {
		cases := selfTest(t, c)
		test.change(&cases[1])
		var data []byte
		for _, k := range cases {
			line, err := json.Marshal(k)
			if err != nil {
				t.Fatal(err)
			}
			data = append(append(data, line...), '\n')
		}
		err := runSelfTest(c, data)
		if (err == nil) != (test.want == "") || err != nil && (!strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "line 2")) {
			t.Errorf("%v, want %q", err, test.want)
		}
	}
	for _, bad := range []string{"", "{", "[]\n"} {
		if err := runSelfTest(c, []byte(bad)); err == nil {
			t.Errorf("%q was passed", bad)
		}
	}
}

// A model of other weights does not pass the test of this one.
func TestSelfTestTellsModelsApart(t *testing.T) {
	a, err := trainNB()
	data, err2 := SelfTest(classifierOf(t, a, err))
	if err2 != nil {
		t.Fatal(err2)
	}
	b, err := trainNBS()
	if err := runSelfTest(classifierOf(t, b, err), data); err == nil {
		t.Error("passed")
	}
}

// forge changes a file of a version and puts the manifest right, as one who means to deceive would, or
// a program that writes wrongly.
func forge(t *testing.T, s *Store, version, file string, data []byte) {
	t.Helper()
	m, err := s.readManifest("mini", version)
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.Files {
		if m.Files[i].Name == file {
			sum := sha256.Sum256(data)
			m.Files[i].Bytes, m.Files[i].SHA256 = int64(len(data)), hex.EncodeToString(sum[:])
		}
	}
	manifest, err := m.encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{file: data, manifestFile: manifest} {
		if err := os.WriteFile(s.path("mini", version, name), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// Checksums are not all: what they fit must be the model that it says, and give the answers that it gave.
func TestLoadLooksBehindChecksums(t *testing.T) {
	s, ids := filled(t, 2)
	read := func(version, file string) []byte {
		t.Helper()
		data, err := os.ReadFile(s.path("mini", version, file))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	answers := strings.Replace(string(read(ids[0], selfTestFile)), `"assigned":true`, `"assigned":false`, 1)
	other := read(ids[1], modelFile)
	for _, test := range []struct {
		file, data, want string
	}{
		{selfTestFile, answers, "selftest.jsonl: damaged: self-test failed: line 1"},
		{modelFile, "tajuk", "model.tajuk: damaged: "},
		{modelFile, string(other), "model.tajuk: damaged: it is mini@" + ids[1]},
	} {
		forge(t, s, ids[0], test.file, []byte(test.data))
		if _, err := s.Load("mini", ids[0]); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v, want %q", err, test.want)
		}
	}
}
