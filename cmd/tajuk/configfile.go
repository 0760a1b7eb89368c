package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"

	"github.com/spf13/pflag"
	"gopkg.in/yaml.v3"
)

// configFile sets the flags that neither the command line nor the environment has set from a YAML
// file, whose keys are names of flags.
func (a *app) configFile(flags *pflag.FlagSet, name string) error {
	if name == "" {
		return nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return failed("cannot read --config %q: %w", name, cause(err))
	}
	var document yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(&document); err != nil && !errors.Is(err, io.EOF) {
		return usage("%s", yamlError(name, err))
	}
	if len(document.Content) == 0 {
		return nil // empty
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode {
		return usage("%s:%d: not a mapping", name, root.Line).hint(`give lines such as "grpc: 127.0.0.1:50051"`)
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		if line, again := seen[key.Value]; again {
			return usage("%s:%d: key %q is in line %d too", name, key.Line, key.Value, line)
		}
		seen[key.Value] = key.Line
		if err := setFromFile(flags, name, key, value); err != nil {
			return err
		}
	}
	return nil
}

// setFromFile sets one flag, unless it is set already; the value is checked all the same.
func setFromFile(flags *pflag.FlagSet, file string, key, value *yaml.Node) error {
	f := flags.Lookup(key.Value)
	if f == nil || f.Name == "config" || f.Name == "help" {
		return usage("%s:%d: unknown key %q", file, key.Line, key.Value).hint(`keys are the flags of "tajuk serve --help" without their dashes`)
	}
	if value.Kind != yaml.ScalarNode {
		return usage("%s:%d: %q takes one value", file, value.Line, key.Value)
	}
	if f.Changed {
		return nil
	}
	if bad, ok := errors.AsType[*pflag.InvalidValueError](flags.Set(f.Name, value.Value)); ok {
		return badValue(fmt.Sprintf("%q in %s:%d", key.Value, file, value.Line), bad)
	}
	return nil
}

var yamlLine = regexp.MustCompile(`^yaml: line (\d+): `)

// yamlError words an error of the YAML parser as "file:line: reason".
func yamlError(file string, err error) string {
	if yamlLine.MatchString(err.Error()) {
		return yamlLine.ReplaceAllString(err.Error(), file+":$1: ")
	}
	return file + ": " + err.Error()
}
