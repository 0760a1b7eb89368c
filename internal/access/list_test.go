package access

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func hashed(token string) string { return fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(token))) }

func TestList(t *testing.T) {
	text := "# who may call\n\nreader read " + hashed("r") + " # a desk\neditor feedback " + hashed("f") + "\nops admin " + hashed("a") + "\nbatch read cert:batch.example\n"
	l, err := ParseList("list", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for token, want := range map[string]Caller{
		"r": {"reader", Read}, "f": {"editor", Feedback}, "a": {"ops", Admin}, "x": {}, "": {}, "R": {},
		hashed("r"): {}, "batch.example": {},
	} {
		if got, found := l.Token(token); got != want || found != (want.Name != "") {
			t.Errorf("token %q: %v, %v", token, got, found)
		}
	}
	for name, want := range map[string]Caller{"batch.example": {"batch", Read}, "": {}, "other": {}} {
		if got, found := l.Certificate(name); got != want || found != (want.Name != "") {
			t.Errorf("certificate %q: %v, %v", name, got, found)
		}
	}
}

func TestBadLists(t *testing.T) {
	good := "a read " + hashed("1") + "\n"
	for text, want := range map[string]string{
		"":                              "list: nobody may call",
		"# a read sha256:00":            "list: nobody may call",
		good + "b read":                 "list:2: 2 words",
		good + "b write " + hashed("2"): `list:2: unknown role "write"`,
		good + "b none " + hashed("2"):  `list:2: unknown role "none"`,
		good + "b read 12345":           `list:2: "12345" is neither`,
		good + "b read sha256:1234":     `list:2: "sha256:1234" is neither`,
		good + "b read cert:":           "list:2: \"cert:\" is neither",
		good + "b read sha256:" + strings.Repeat("xy", 32): "is no SHA-256",
		good + "b read " + hashed(""):                      "is the SHA-256 of nothing",
		good + "b admin " + hashed("1"):                    "is there already",
	} {
		if _, err := ParseList("list", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}

func FuzzParseList(f *testing.F) {
	f.Add([]byte("a read " + hashed("1") + "\nb admin cert:x # y"))
	f.Add([]byte("a read\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := ParseList("list", data)
		if err != nil {
			return
		}
		if _, found := l.Token(""); found {
			t.Error("the empty token is let in")
		}
	})
}

// TestListChanges: a changed file is read again, and a wrong one changes nothing.
func TestListChanges(t *testing.T) { synctest.Test(t, testListChanges) }

func testListChanges(t *testing.T) {
	file := filepath.Join(t.TempDir(), "access")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a read " + hashed("1"))
	var reports []error
	l, err := OpenList(file, func(err error) { reports = append(reports, err) })
	if err != nil {
		t.Fatal(err)
	}
	lookAgain := func() *List {
		time.Sleep(checkEvery + 1)
		return l.List()
	}
	write("a read " + hashed("1") + "\nbb read " + hashed("2"))
	if _, found := l.List().Token("2"); found {
		t.Error("looked at again at once")
	}
	if _, found := lookAgain().Token("2"); !found || len(reports) > 0 {
		t.Errorf("the new token is not known: %v", reports)
	}
	write("nonsense")
	for range 2 {
		if _, found := lookAgain().Token("2"); !found || len(reports) != 1 || !strings.Contains(reports[0].Error(), "access:1: ") {
			t.Errorf("after a wrong file: %v, reports %v", found, reports)
		}
	}
	write("a read " + hashed("1"))
	if _, found := lookAgain().Token("2"); found {
		t.Error("the token taken away is still known")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if _, found := lookAgain().Token("1"); !found || len(reports) != 2 {
		t.Errorf("after the file is gone: %v, reports %v", found, reports)
	}
	if _, err := OpenList(file, nil); err == nil {
		t.Error("opened a file that is not there")
	}
}
