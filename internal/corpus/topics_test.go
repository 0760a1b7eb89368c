package corpus

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tajuk/tajuk/model"
)

func TestReadTopics(t *testing.T) {
	path := writeFile(t, filepath.Join(t.TempDir(), "topics.yaml"), `# topics
topics:
  - id: football
    parent: sport
    name: {id: Sepak bola, en: Football}
    iptc: 20001065
    is: association football
    not: tennis
  - id: sport
    iptc: "09000000"
    parent: ~
  - id: no
`)
	got, err := ReadTopics(path)
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Topic{
		{ID: "football", Parent: "sport", Name: map[string]string{"id": "Sepak bola", "en": "Football"}, IPTC: "20001065"},
		{ID: "sport", IPTC: "09000000"},
		{ID: "no"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTopicsFaults(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"empty", "", `: the file is empty: it needs the key "topics" with a list`},
		{"only a comment", "# x\n", `: the file is empty: it needs the key "topics" with a list`},
		{"broken", "topics:\n  - id: a\n   name: [\n", ":"},
		{"no list", "topics: x", ":1: topics must be a list of at least one topic"},
		{"empty list", "topics: []", ":1: topics must be a list of at least one topic"},
		{"other key", "topic:\n- id: a\n", `:1: the file must have the one key "topics"`},
		{"further key", "topics:\n- id: a\nx: 1\n", `:1: the file must have the one key "topics"`},
		{"second document", "topics:\n- id: a\n---\nx: 1\n", ":3: a second document: a file of topics has one"},
		{"unknown key", "topics:\n- id: a\n  nama: b\n", `:3: unknown key "nama": a topic has id, name, parent, iptc, is, not`},
		{"key twice", "topics:\n- id: a\n  id: b\n", `:3: key "id" is given twice`},
		{"no id", "topics:\n- name: {en: A}\n", `:2: topic id "" is missing, empty or has space around it`},
		{"null as id", "topics:\n- id:\n", `:2: topic id "" is missing`},
		{"space in id", "topics:\n- id: ' a'\n", `:2: topic id " a" is missing, empty or has space around it`},
		{"id twice", "topics:\n- id: a\n- id: b\n- id: a\n", `:4: topic "a" is already on line 2`},
		{"unknown parent", "topics:\n- id: a\n  parent: b\n", `:3: unknown parent "b" of topic "a"`},
		{"own parent", "topics:\n- id: a\n  parent: a\n", `:3: the parents of topic "a" form a circle`},
		{"circle", "topics:\n- {id: a, parent: b}\n- {id: b, parent: a}\n", `:2: the parents of topic "a" form a circle`},
		{"language", "topics:\n- id: a\n  name: {ind: A}\n", `:3: name in "ind": give id for Indonesian or en for English`},
		{"name as text", "topics:\n- id: a\n  name: A\n", ":3: keys with values are needed here"},
		{"iptc", "topics:\n- id: a\n  iptc: medtop:2\n", `:3: iptc code "medtop:2": give eight digits, in quotes`},
		{"list as id", "topics:\n- id: [a]\n", ":2: id must be plain text"},
		{"item is text", "topics:\n- a\n", ":2: keys with values are needed here"},
		{"alias", "topics:\n- &x {id: a}\n- *x\n", ":3: keys with values are needed here"},
		{"merge key", "topics:\n- &x {id: a}\n- <<: *x\n  id: b\n", `:3: unknown key "<<"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := writeFile(t, filepath.Join(t.TempDir(), "t.yaml"), test.content)
			_, err := ReadTopics(path)
			if err == nil || !strings.HasPrefix(err.Error(), path+test.want) {
				t.Errorf("%v\nwant %s", err, test.want)
			}
		})
	}
	if _, err := ReadTopics("missing.yaml"); err == nil || err.Error() != "missing.yaml: no such file or directory" {
		t.Error(err)
	}
}

func TestTopicsBounds(t *testing.T) {
	path := writeFile(t, filepath.Join(t.TempDir(), "t.yaml"), "topics:\n- id: a\n#"+strings.Repeat("x", maxTopicsFile))
	if _, err := ReadTopics(path); err == nil || !strings.Contains(err.Error(), "longer than 4194304 bytes") {
		t.Error(err)
	}
}
