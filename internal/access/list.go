package access

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Role is what a caller may do. Each role may do what the ones before it may.
type Role int

// The roles.
const (
	None     Role = iota
	Read          // tag, analyse, list topics and models
	Feedback      // store and list corrections
	Admin         // change which model is served
)

var roleNames = []string{"none", "read", "feedback", "admin"}

// String returns the name of a role.
func (r Role) String() string { return roleNames[r] }

// Caller is who calls.
type Caller struct {
	Name string
	Role Role
}

// List is who may call. It is immutable.
type List struct{ entries []entry }

type entry struct {
	caller      Caller
	digest      [sha256.Size]byte // of the token
	certificate string            // common name of the client certificate, or empty
}

// ParseList reads a list: a line is NAME ROLE sha256:HEX for a token, given by the SHA-256 of
// its bytes, or NAME ROLE cert:COMMONNAME for a client certificate. Empty lines and what follows
// a # are passed over. Errors are "file:line: reason".
func ParseList(file string, data []byte) (*List, error) {
	l := &List{}
	number := 0
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		number++
		text, _, _ := strings.Cut(lines.Text(), "#")
		fields := strings.Fields(text)
		if len(fields) == 0 {
			continue
		}
		e, err := parseEntry(fields)
		if err == nil && slices.ContainsFunc(l.entries, e.sameKey) {
			err = fmt.Errorf("%.60q is there already, maybe under another name: give each caller a token of its own", fields[2])
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
		l.entries = append(l.entries, e)
	}
	if len(l.entries) == 0 {
		return nil, fmt.Errorf("%s: nobody may call: give lines of NAME ROLE sha256:HEX", file)
	}
	return l, nil
}

func parseEntry(fields []string) (e entry, err error) {
	if len(fields) != 3 {
		return e, fmt.Errorf("%d words: give NAME ROLE sha256:HEX or NAME ROLE cert:COMMONNAME", len(fields))
	}
	role := slices.Index(roleNames, fields[1])
	if role <= int(None) {
		return e, fmt.Errorf("unknown role %.60q: give read, feedback or admin", fields[1])
	}
	e.caller = Caller{fields[0], Role(role)}
	kind, key, _ := strings.Cut(fields[2], ":")
	switch {
	case kind == "cert" && key != "":
		e.certificate = key
	case kind == "sha256" && len(key) == hex.EncodedLen(len(e.digest)):
		if _, err := hex.Decode(e.digest[:], []byte(key)); err != nil {
			return e, fmt.Errorf("%.80q is no SHA-256 in hexadecimal", key)
		}
		if e.digest == sha256.Sum256(nil) {
			return e, fmt.Errorf("%.80q is the SHA-256 of nothing: hash the token itself", key)
		}
	default:
		return e, fmt.Errorf("%.80q is neither sha256: and 64 hexadecimal digits nor cert: and a name", fields[2])
	}
	return e, nil
}

func (e entry) sameKey(other entry) bool {
	return e.digest == other.digest && e.certificate == other.certificate
}

// Token returns who has a bearer token. It takes as long for a wrong token as for a right one.
func (l *List) Token(token string) (caller Caller, found bool) {
	digest := sha256.Sum256([]byte(token))
	for i := range l.entries {
		e := &l.entries[i]
		if e.certificate == "" && subtle.ConstantTimeCompare(digest[:], e.digest[:]) == 1 {
			caller, found = e.caller, true // and on to the end
		}
	}
	return caller, found
}

// Certificate returns who has a client certificate, verified by TLS, with a common name.
func (l *List) Certificate(commonName string) (Caller, bool) {
	for i := range l.entries {
		if e := &l.entries[i]; commonName != "" && e.certificate == commonName {
			return e.caller, true
		}
	}
	return Caller{}, false
}

// HasRole says whether anyone has a role or a higher one.
func (l *List) HasRole(r Role) bool {
	return slices.ContainsFunc(l.entries, func(e entry) bool { return e.caller.Role >= r })
}
