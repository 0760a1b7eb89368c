// Package builtin holds the model that the program carries with it, so that it
// answers on a fresh machine with nothing but itself. The file is made from
// training-data/ by `make model` and is the same bytes every time.
package builtin

import (
	_ "embed" // for the model file
	"fmt"

	"github.com/tajuk/tajuk/model"
)

//go:embed builtin.tajuk
var file string

// Name is the name of the built-in model.
const Name = "builtin"

// Load returns the built-in model. Every call decodes it anew, in a few milliseconds.
func Load() (*model.Model, error) {
	m, err := model.Decode([]byte(file))
	if err != nil {
		return nil, fmt.Errorf("built-in model: %w", err)
	}
	return m, nil
}
