package text_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/text"
)

func TestValidate(t *testing.T) {
	cases := []struct {
		name   string
		change func(*text.Config)
		want   string // of the error; empty: valid
	}{
		{"default", func(*text.Config) {}, ""},
		{"light", func(c *text.Config) { c.Stemmer = "light" }, ""},
		{"no stemmer", func(c *text.Config) { c.Stemmer = "none" }, ""},
		{"english", func(c *text.Config) { c.Language = "en" }, ""},
		{"plain", func(c *text.Config) { c.Language, c.Stemmer, c.StopWords = "none", "none", false }, ""},
		{"version", func(c *text.Config) { c.Version = 2 }, "version 2"},
		{"language", func(c *text.Config) { c.Language = "de" }, `language "de"`},
		{"no language", func(c *text.Config) { c.Language = "" }, `language ""`},
		{"stemmer", func(c *text.Config) { c.Stemmer = "porter" }, `stemmer "porter"`},
		{"light english", func(c *text.Config) { c.Language, c.Stemmer = "en", "light" }, `stemmer "light" is not available for language "en"; use none or snowball`},
		{"stemmer without language", func(c *text.Config) { c.Language = "none" }, `stemmer "snowball"`},
		{"stop words without language", func(c *text.Config) { c.Language, c.Stemmer = "none", "none" }, "stop_words true"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			settings := text.DefaultConfig()
			c.change(&settings)
			a, err := text.NewAnalyzer(settings)
			switch {
			case c.want == "" && err != nil:
				t.Fatal(err)
			case c.want == "" && a.Config() != settings:
				t.Errorf("Config() = %+v, want %+v", a.Config(), settings)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

// TestConfigJSON fixes the names under which models store a Config.
func TestConfigJSON(t *testing.T) {
	const want = `{"version":1,"language":"id","stemmer":"snowball","stop_words":true,"page":true}`
	got, err := json.Marshal(text.DefaultConfig())
	if err != nil || string(got) != want {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
}
