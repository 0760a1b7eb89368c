package text

import (
	"fmt"
	"slices"
	"strings"
)

// AnalysisVersion is the version of the rules in the package comment. It changes
// whenever the same text could give other terms, so that an old model is never
// served with new rules.
const AnalysisVersion = 1

// Config says how text becomes terms. It is stored in every model, so training
// and serving cannot disagree.
type Config struct {
	Version   int    `json:"version"`    // of the analysis: AnalysisVersion
	Language  string `json:"language"`   // "id"; "en", "es", "fr", "hu", "no", "ru" or "sv"; or "none"
	Stemmer   string `json:"stemmer"`    // "snowball"; "light" (Indonesian clitics only); or "none"
	StopWords bool   `json:"stop_words"` // drop function words, recognised by surface form
	Page      bool   `json:"page"`       // remove page furniture first; recorded here, applied by the classifier
}

// DefaultConfig is the analysis for Indonesian news: Snowball stems, no function
// words, page furniture removed.
func DefaultConfig() Config {
	return Config{Version: AnalysisVersion, Language: "id", Stemmer: "snowball", StopWords: true, Page: true}
}

// Validate reports the first field whose value this program cannot follow.
func (c Config) Validate() error {
	if c.Version != AnalysisVersion {
		return fmt.Errorf("text config: version %d is not supported; this program knows version %d", c.Version, AnalysisVersion)
	}
	stemmers, err := stemmersOf(c.Language)
	if err != nil {
		return err
	}
	if !slices.Contains(stemmers, c.Stemmer) {
		return fmt.Errorf("text config: stemmer %q is not available for language %q; use %s",
			c.Stemmer, c.Language, strings.Join(stemmers, " or "))
	}
	if c.StopWords && c.Language == "none" {
		return fmt.Errorf("text config: stop_words true needs a language; language is %q", c.Language)
	}
	return nil
}

// stemmersOf lists the stemmers of a language.
func stemmersOf(language string) ([]string, error) {
	switch language {
	case "id":
		return []string{"none", "light", "snowball"}, nil
	case "none":
		return []string{"none"}, nil
	}
	if _, ok := packageOf(language); ok {
		return []string{"none", "snowball"}, nil
	}
	return nil, fmt.Errorf("text config: language %q is not supported; use id, en, es, fr, hu, no, ru, sv or none", language)
}
