package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/tajuk/tajuk/model"
)

const (
	maxTopicsFile = 4 << 20 // bytes read of a file of topics
	maxLevels     = 32      // topics above one another
)

// ReadTopics reads a file of topics:
//
//	topics:
//	  - id: football
//	    name: {id: Sepak bola, en: Football}
//	    parent: sport       # broader topic, also in this file
//	    iptc: "20001065"    # IPTC Media Topics code
//	    is: association football and futsal
//	    not: other ball games
//
// Only id is needed. Scope notes (is, not) are for people and are not returned.
// It refuses unknown keys, ids given twice, unknown parents and parents in a
// circle; the first fault is returned as a [*SourceError] with its line.
func ReadTopics(path string) ([]model.Topic, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &SourceError{Path: path, Err: reason(err)}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxTopicsFile+1))
	if err == nil && len(data) > maxTopicsFile {
		err = fmt.Errorf("longer than %d bytes: is this a file of topics?", maxTopicsFile)
	}
	if err != nil {
		return nil, &SourceError{Path: path, Err: reason(err)}
	}
	topics, err := parseTopics(data)
	if at, ok := errors.AsType[*yamlError](err); ok {
		return nil, &SourceError{Path: path, Line: at.line, Err: at.err}
	}
	if err != nil {
		return nil, &SourceError{Path: path, Err: err}
	}
	return topics, nil
}

// yamlError is a fault at a line.
type yamlError struct {
	line int
	err  error
}

func (e *yamlError) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.err) }

func faultAt(n *yaml.Node, format string, args ...any) error {
	return &yamlError{n.Line, fmt.Errorf(format, args...)}
}

// listedTopic is a topic with the nodes that later faults are reported at.
type listedTopic struct {
	model.Topic
	id, parent *yaml.Node
}

func parseTopics(data []byte) ([]model.Topic, error) {
	list, err := topicList(data)
	if err != nil {
		return nil, err
	}
	listed := make([]listedTopic, len(list.Content))
	for i, n := range list.Content {
		if err := listed[i].read(n); err != nil {
			return nil, err
		}
	}
	if err := checkTree(listed); err != nil {
		return nil, err
	}
	topics := make([]model.Topic, len(listed))
	for i, t := range listed {
		topics[i] = t.Topic
	}
	return topics, nil
}

// topicList returns the sequence below the one key "topics".
func topicList(data []byte) (*yaml.Node, error) {
	var document, second yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(&document); err == io.EOF {
		return nil, errors.New(`the file is empty: it needs the key "topics" with a list`)
	} else if err != nil {
		return nil, syntaxError(err)
	}
	if err := decoder.Decode(&second); err == nil {
		return nil, faultAt(&second, "a second document: a file of topics has one")
	} else if err != io.EOF {
		return nil, syntaxError(err)
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode || len(root.Content) != 2 || root.Content[0].Value != "topics" {
		return nil, faultAt(root, `the file must have the one key "topics"`)
	}
	list := root.Content[1]
	if list.Kind != yaml.SequenceNode || len(list.Content) == 0 {
		return nil, faultAt(list, "topics must be a list of at least one topic")
	}
	return list, nil
}

// syntaxError takes the line out of the text of an error of the yaml package,
// which has no other place for it.
func syntaxError(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	var line int
	if _, scanErr := fmt.Sscanf(text, "line %d:", &line); scanErr != nil {
		return errors.New("broken YAML: " + text)
	}
	_, text, _ = strings.Cut(text, ": ")
	return &yamlError{line, errors.New("broken YAML: " + text)}
}

// read reads one item of the list.
func (t *listedTopic) read(n *yaml.Node) error {
	err := eachKey(n, func(key, value *yaml.Node) (err error) {
		switch key.Value {
		case "id":
			t.id = value
			t.ID, err = scalar(key, value)
		case "parent":
			t.parent = value
			t.Parent, err = scalar(key, value)
		case "iptc":
			if t.IPTC, err = scalar(key, value); err == nil && !isIPTC(t.IPTC) {
				err = faultAt(value, "iptc code %.60q: give eight digits, in quotes", t.IPTC)
			}
		case "name":
			t.Name, err = readNames(value)
		case "is", "not":
			_, err = scalar(key, value)
		default:
			err = faultAt(key, "unknown key %.60q: a topic has id, name, parent, iptc, is, not", key.Value)
		}
		return err
	})
	if err == nil && (t.ID == "" || strings.TrimSpace(t.ID) != t.ID) {
		err = faultAt(n, "topic id %.60q is missing, empty or has space around it", t.ID)
	}
	return err
}

func readNames(n *yaml.Node) (map[string]string, error) {
	names := make(map[string]string)
	err := eachKey(n, func(key, value *yaml.Node) (err error) {
		if key.Value != "id" && key.Value != "en" {
			return faultAt(key, "name in %.60q: give id for Indonesian or en for English", key.Value)
		}
		names[key.Value], err = scalar(key, value)
		return err
	})
	return names, err
}

// eachKey calls f for each key of a mapping until it fails.
func eachKey(n *yaml.Node, f func(key, value *yaml.Node) error) error {
	if n.Kind != yaml.MappingNode {
		return faultAt(n, "keys with values are needed here, as in \"id: sport\"")
	}
	seen := make(map[string]bool)
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if seen[key.Value] {
			return faultAt(key, "key %.60q is given twice", key.Value)
		}
		seen[key.Value] = true
		if err := f(key, value); err != nil {
			return err
		}
	}
	return nil
}

// scalar returns a value as it is written: the id no is "no", not false.
func scalar(key, n *yaml.Node) (string, error) {
	if n.Kind != yaml.ScalarNode {
		return "", faultAt(n, "%s must be plain text", key.Value)
	}
	if n.Tag == "!!null" {
		return "", nil
	}
	return n.Value, nil
}

func isIPTC(code string) bool {
	return code == "" || len(code) == 8 && strings.Trim(code, "0123456789") == ""
}

// checkTree makes sure that ids are unique and that parents exist and lead to
// a topic without one.
func checkTree(topics []listedTopic) error {
	byID := make(map[string]*listedTopic, len(topics))
	for i := range topics {
		t := &topics[i]
		if first := byID[t.ID]; first != nil {
			return faultAt(t.id, "topic %.60q is already on line %d", t.ID, first.id.Line)
		}
		byID[t.ID] = t
	}
	for i := range topics {
		t := &topics[i]
		if t.Parent != "" && byID[t.Parent] == nil {
			return faultAt(t.parent, "unknown parent %.60q of topic %.60q", t.Parent, t.ID)
		}
	}
	for i := range topics {
		levels := 0
		for t := &topics[i]; t.Parent != ""; t = byID[t.Parent] {
			if levels++; levels > maxLevels {
				return faultAt(topics[i].parent, "the parents of topic %.60q form a circle, or more than %d levels",
					topics[i].ID, maxLevels)
			}
		}
	}
	return nil
}
