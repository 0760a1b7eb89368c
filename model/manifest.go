package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// encode returns the one JSON form that a manifest has in a file.
func (f *Manifest) encode() ([]byte, error) {
	data, err := json.Marshal(f)
	if err != nil {
		return nil, corrupt(kindManifest, "%w", err)
	}
	return data, nil
}

// decodeManifest reads a manifest and refuses any other spelling than encode's,
// with which unknown, repeated and misspelt fields are refused too.
func decodeManifest(data []byte) (Manifest, error) {
	var f Manifest
	if len(data) > maxManifest {
		return f, badLength("section manifest has %d bytes: the limit is %d", len(data), maxManifest)
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return f, corrupt(kindManifest, "%w", err)
	}
	again, err := f.encode()
	if err != nil {
		return f, err
	}
	if string(again) != string(data) {
		return f, corrupt(kindManifest, "not in the form that the writer gives it, from byte %d on", firstDifference(again, data))
	}
	return f, nil
}

func firstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

func (f *Manifest) check() error {
	if f.Task != TaskSingle && f.Task != TaskMulti {
		return fmt.Errorf("task %q is not known: it must be %q or %q", f.Task, TaskSingle, TaskMulti)
	}
	if f.Documents < 0 {
		return fmt.Errorf("%d documents", f.Documents)
	}
	if err := checkText(f.Name, f.Version, f.Created, f.Learner, f.DataDigest); err != nil {
		return err
	}
	for name, value := range f.Metrics {
		if math.IsNaN(value) || math.IsInf(value, 0) {
			return fmt.Errorf("metric %q is %v, not a finite number", name, value)
		}
		if err := checkText(name); err != nil {
			return err
		}
	}
	return f.checkTopics()
}

func (f *Manifest) checkTopics() error {
	if len(f.Topics) == 0 {
		return errors.New("no topics")
	}
	if len(f.Topics) > maxTopics {
		return fmt.Errorf("%d topics: the limit is %d", len(f.Topics), maxTopics)
	}
	index := make(map[string]int, len(f.Topics))
	for i := range f.Topics {
		topic := &f.Topics[i]
		if err := topic.check(); err != nil {
			return fmt.Errorf("topic %d, %q: %w", i, topic.ID, err)
		}
		if first, ok := index[topic.ID]; ok {
			return fmt.Errorf("topics %d and %d are both %q", first, i, topic.ID)
		}
		index[topic.ID] = i
	}
	return f.checkParents(index)
}

func (t *Topic) check() error {
	if t.ID == "" {
		return errors.New("the id is empty")
	}
	if t.Documents < 0 {
		return fmt.Errorf("%d documents", t.Documents)
	}
	for language, name := range t.Name {
		if err := checkText(language, name); err != nil {
			return err
		}
	}
	if t.Implies && t.Parent == "" {
		return fmt.Errorf("topic %q implies its parent and has none", t.ID)
	}
	return checkText(t.ID, t.IPTC, t.Parent)
}

// checkParents requires that every parent is a topic and that no topic is its
// own ancestor. Each topic is walked over at most twice: a walk stops at one
// that an earlier walk has passed.
func (f *Manifest) checkParents(index map[string]int) error {
	walk := make([]int, len(f.Topics)) // the walk that passed a topic, counted from 1
	for i := range f.Topics {
		at := i
		for walk[at] == 0 {
			walk[at] = i + 1
			parent := f.Topics[at].Parent
			if parent == "" {
				break
			}
			next, ok := index[parent]
			if !ok {
				return fmt.Errorf("topic %q has the parent %q, which is not a topic", f.Topics[at].ID, parent)
			}
			if walk[next] == i+1 {
				return fmt.Errorf("topic %q is its own ancestor, by its parent %q", f.Topics[next].ID, f.Topics[next].Parent)
			}
			at = next
		}
	}
	return nil
}

// checkText refuses text that JSON would not keep or that would disturb a
// terminal it is printed on.
func checkText(list ...string) error {
	for _, s := range list {
		if !utf8.ValidString(s) {
			return fmt.Errorf("%q is not valid UTF-8", s)
		}
		if strings.ContainsFunc(s, unicode.IsControl) {
			return fmt.Errorf("%q holds a control character", s)
		}
	}
	return nil
}
