package main

import (
	"bytes"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"github.com/tajuk/tajuk/text"
)

// TestEveryFlagInTheEnvironment: each flag of each command can be set by its variable,
// and a value that does not fit is refused by the variable's name.
func TestEveryFlagInTheEnvironment(t *testing.T) {
	values := map[string]string{
		"bool": "true", "string": "x", "N": "7", "X": "0.5", "TIME": "3s", "stringToString": "text=isi", "AIM": "recall=0.9",
		"time:DATE": "time:2024-01-31", "I/N": "1/3", "stringArray": "x",
	}
	for _, c := range allCommands()[1:] {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			value := values[f.Value.Type()]
			if f.Value.Type() == "WORD" {
				words := strings.Split(f.Usage[strings.LastIndex(f.Usage, ": ")+2:], ", ")
				value = words[len(words)-1]
			}
			name := "TAJUK_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
			a := &app{env: func(n string) (string, bool) { return value, n == name }}
			if err := a.environment(c.Flags()); err != nil || !f.Changed {
				t.Errorf("%s --%s is not set by %s=%s: %v", c.Name(), f.Name, name, value, err)
			}
			if f.Value.Type() == "string" || f.Value.Type() == "stringArray" { // any will do
				return
			}
			f.Changed = false
			a.env = func(n string) (string, bool) { return "?", n == name }
			if err := a.environment(c.Flags()); err == nil || !strings.Contains(err.Error(), `"?" for `+name+" in the environment") {
				t.Errorf("%s --%s: %v", c.Name(), f.Name, err)
			}
			f.Changed = true // later flags' lookups must not meet it again
		})
	}
}

// TestHelpStyle: help texts fit a terminal and are about the command they belong to.
func TestHelpStyle(t *testing.T) {
	for _, c := range allCommands()[1:] {
		if c.Short == "" || regexp.MustCompile(`^[A-Z]|\.$`).MatchString(c.Short) {
			t.Errorf("%s: short help %q", c.Name(), c.Short)
		}
		for line := range strings.Lines(c.Long) {
			if len(line) > 110 {
				t.Errorf("%s: a line of %d characters: %s", c.Name(), len(line), line)
			}
		}
	}
}

func TestTextConfig(t *testing.T) {
	for _, test := range []struct {
		flags textFlags
		want  text.Config
	}{
		{textFlags{"id", "auto", "auto", "auto"}, text.DefaultConfig()},
		{textFlags{"en", "auto", "auto", "auto"}, text.Config{Version: text.AnalysisVersion, Language: "en", Stemmer: "snowball", StopWords: true}},
		{textFlags{"none", "auto", "auto", "on"}, text.Config{Version: text.AnalysisVersion, Language: "none", Stemmer: "none", Page: true}},
		{textFlags{"id", "light", "off", "off"}, text.Config{Version: text.AnalysisVersion, Language: "id", Stemmer: "light"}},
	} {
		if got, err := test.flags.config(); err != nil || got != test.want {
			t.Errorf("%+v gives %+v, %v", test.flags, got, err)
		}
	}
	if _, err := (&textFlags{"en", "light", "auto", "auto"}).config(); err == nil {
		t.Error("English has no light stemmer")
	}
}

func TestCreated(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 1, 2, 10, 4, 5, 6, time.FixedZone("WIB", 7*3600)) }
	for in, want := range map[string]string{"": "", "now": "2026-01-02T03:04:05Z", "2020-12-30T23:59:59+07:00": "2020-12-30T23:59:59+07:00"} {
		if got, err := created(in, now); err != nil || got != want {
			t.Errorf("%q gives %q, %v", in, got, err)
		}
	}
	if _, err := created("2020-12-30", now); err == nil {
		t.Error("a date alone is no time")
	}
}

func TestLightReason(t *testing.T) {
	for in, want := range map[string]string{"": "unchanged", "nya": "-nya", "lah": "-lah", "nyalah": "-lah, -nya", "kukah": "-kah, -ku", "pun": "-pun"} {
		if got := lightReason(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestListenAddress(t *testing.T) {
	for _, test := range []struct {
		address  string
		insecure bool
		want     string // empty: refused
	}{
		{"127.0.0.1:0", false, "127.0.0.1:0"},
		{"127.3.4.5:80", false, "127.3.4.5:80"},
		{"[::1]:80", false, "[::1]:80"},
		{":80", false, "127.0.0.1:80"},
		{":0", false, "127.0.0.1:0"},
		{"0.0.0.0:80", false, ""},
		{"[::]:80", false, ""},
		{"10.0.0.1:80", false, ""},
		{"[::ffff:10.0.0.1]:80", false, ""},
		{":80", true, ":80"},
		{"10.0.0.1:80", true, "10.0.0.1:80"},
		{"80", true, ""},
		{"127.0.0.1", false, ""},
		{"127.0.0.1:-1", false, ""},
	} {
		got, err := listenAddress(t.Context(), "--grpc", test.address, test.insecure)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%q, insecure %v: %q, %v", test.address, test.insecure, got, err)
		}
	}
}

func TestProgramVersion(t *testing.T) {
	info := &debug.BuildInfo{}
	info.Main.Version = "v1.2.3"
	info.Settings = []debug.BuildSetting{{Key: "vcs.revision", Value: "abc"}, {Key: "vcs.modified", Value: "true"}}
	for want, in := range map[string]*debug.BuildInfo{"v1.2.3 abc (modified)": info, "(devel)": {}, "(unknown)": nil} {
		if got := programVersion(in); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestProgress: nothing is shown where nobody looks, and a nil progress takes every call.
func TestProgress(t *testing.T) {
	a := &app{stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}}
	p := a.progress("tagging", true)
	if p != nil {
		t.Fatal("progress on what is no terminal")
	}
	p.set(1000)
	p.clear()
	p.finish()
}
