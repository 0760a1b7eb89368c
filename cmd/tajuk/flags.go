package main

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/text"
)

// environment sets the flags that the command line does not from TAJUK_… variables.
func (a *app) environment(flags *pflag.FlagSet) (err error) {
	flags.VisitAll(func(f *pflag.Flag) {
		value, set := a.env(variable(f.Name))
		if err != nil || f.Changed || f.Name == "help" || !set || value == "" {
			return
		}
		if bad, ok := errors.AsType[*pflag.InvalidValueError](flags.Set(f.Name, value)); ok {
			err = badValue(variable(f.Name)+" in the environment", bad)
		}
	})
	return err
}

// variable is the environment's name of a flag.
func variable(flag string) string {
	return "TAJUK_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// parsed is a flag whose text is parsed by a function.
type parsed[T any] struct {
	to    *T
	text  string
	kind  string
	parse func(string) (T, error)
}

func (p *parsed[T]) Set(s string) error {
	x, err := p.parse(s)
	if err == nil {
		*p.to, p.text = x, s
	}
	return err
}

func (p *parsed[T]) String() string { return p.text }
func (p *parsed[T]) Type() string   { return p.kind }

// whole adds a flag for a whole number that is at least least.
func whole(c *cobra.Command, to *int, name string, value, least int, help string) {
	*to = value
	c.Flags().Var(&parsed[int]{to, strconv.Itoa(value), "N", atLeast(least)}, name, help)
}

// optionalWhole is whole for a number that is 0 if not given.
func optionalWhole(c *cobra.Command, to *int, name string, least int, help string) {
	c.Flags().Var(&parsed[int]{to, "", "N", atLeast(least)}, name, help)
}

func atLeast(least int) func(string) (int, error) {
	return func(s string) (int, error) {
		n, err := strconv.Atoi(s)
		if err != nil || n < least {
			return 0, fmt.Errorf("give a whole number, %d or more", least)
		}
		return n, nil
	}
}

// fraction adds a flag for a number from 0 to 1; nil means that it is not set.
func fraction(c *cobra.Command, to **float64, name, help string) {
	c.Flags().Var(&parsed[*float64]{to, "", "X", func(s string) (*float64, error) {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil || !(x >= 0 && x <= 1) {
			return nil, errors.New("give a number from 0 to 1")
		}
		return &x, nil
	}}, name, help)
}

// choice adds a flag that takes one of some words, of which the first is the default.
// What comes in a later version is refused as such.
func choice(c *cobra.Command, to *string, name string, words []string, later, help string) {
	*to = words[0]
	list := strings.Join(words, ", ")
	c.Flags().Var(&parsed[string]{to, words[0], "WORD", func(s string) (string, error) {
		switch {
		case slices.Contains(words, s):
			return s, nil
		case s != "" && s == later:
			return "", fmt.Errorf("it comes with a later version; give one of %s", list)
		}
		return "", fmt.Errorf("give one of %s", list)
	}}, name, help+": "+list)
	_ = c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)) // fails only for a flag not there
}

// learnerFlag adds --learner, which takes what the classifier takes.
func learnerFlag(c *cobra.Command, to *string) {
	*to = classifier.Auto
	c.Flags().Var(&parsed[string]{to, classifier.Auto, "WORD", func(s string) (string, error) {
		if s == classifier.Auto {
			return s, nil
		}
		if _, err := classifier.DefaultSettings(s); err != nil {
			return "", fmt.Errorf("%w, or %s", err, classifier.Auto)
		}
		return s, nil
	}}, "learner", "how to learn: auto, nblr, nbs, cnb, nb")
}

// aimFlag adds --aim.
func aimFlag(c *cobra.Command, to *classifier.Aim) {
	c.Flags().Var(&parsed[classifier.Aim]{to, classifier.AimF1, "AIM", classifier.ParseAim}, "aim",
		"what the thresholds of multi are chosen for: f1, precision=SHARE or recall=SHARE")
}

// jobsFlag adds --jobs.
func jobsFlag(c *cobra.Command, to *int) {
	whole(c, to, "jobs", runtime.GOMAXPROCS(0), 1, "articles worked on at a time")
}

// modelFlag adds --model, and --models to look it up in.
func modelFlag(c *cobra.Command, to *string) {
	c.Flags().StringVar(to, "model", "builtin", "model `FILE`, the word builtin, or NAME[@VERSION] in the store")
	storeFlag(c)
}

// textFlags are the settings of the text analysis.
type textFlags struct{ language, stemmer, stopWords, page string }

const byLanguage = "auto" // decided by the language

func (t *textFlags) add(c *cobra.Command) {
	onOff := []string{byLanguage, "on", "off"}
	choice(c, &t.language, "language", []string{"id", "en", "es", "fr", "hu", "no", "ru", "sv", "none"}, "", "language of the articles")
	choice(c, &t.stemmer, "stemmer", []string{byLanguage, "none", "light", "snowball"}, "root", "stemmer")
	choice(c, &t.stopWords, "stop-words", onOff, "", "leave function words out")
	choice(c, &t.page, "page", onOff, "", "leave out what is page and not article (Indonesian news sites)")
}

// keepWords makes what is decided by the language leave every word as it is.
func (t *textFlags) keepWords() {
	if t.stemmer == byLanguage {
		t.stemmer = "none"
	}
	if t.stopWords == byLanguage {
		t.stopWords = "off"
	}
	if t.page == byLanguage {
		t.page = "off"
	}
}

// config is the text configuration that the flags ask for.
func (t *textFlags) config() (text.Config, error) {
	c := text.Config{Version: text.AnalysisVersion, Language: t.language, Stemmer: t.stemmer}
	if t.stemmer == byLanguage {
		c.Stemmer = "snowball"
		if t.language == "none" {
			c.Stemmer = "none"
		}
	}
	c.StopWords = t.stopWords == "on" || t.stopWords == byLanguage && t.language != "none"
	c.Page = t.page == "on" || t.page == byLanguage && t.language == "id"
	if err := c.Validate(); err != nil {
		return c, usage("%w", err)
	}
	return c, nil
}

// duration adds a flag for a length of time above zero.
func duration(c *cobra.Command, to *time.Duration, name string, value time.Duration, help string) {
	*to = value
	c.Flags().Var(&parsed[time.Duration]{to, value.String(), "TIME", func(s string) (time.Duration, error) {
		d, err := time.ParseDuration(s)
		if err != nil || d <= 0 {
			return 0, errors.New("give a length of time such as 30s or 2m")
		}
		return d, nil
	}}, name, help)
}

// optionalDuration adds a flag for a length of time that is 0 if not given.
func optionalDuration(c *cobra.Command, to *time.Duration, name, help string) {
	c.Flags().Var(&parsed[time.Duration]{to, "", "TIME", func(s string) (time.Duration, error) {
		d, err := time.ParseDuration(s)
		if err != nil || d < 0 {
			return 0, errors.New("give a length of time such as 5s, or 0")
		}
		return d, nil
	}}, name, help)
}

// nonNegative adds a flag for a number that is 0 if not given.
func nonNegative(c *cobra.Command, to *float64, name, help string) {
	c.Flags().Var(&parsed[float64]{to, "", "X", func(s string) (float64, error) {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil || !(x >= 0) || math.IsInf(x, 0) {
			return 0, errors.New("give a number, 0 or more")
		}
		return x, nil
	}}, name, help)
}
