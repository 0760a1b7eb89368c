package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// checkpointVersion is that of the file.
const checkpointVersion = 1

// checkpoint says how far an output is good.
type checkpoint struct {
	Version  int    `json:"version"`
	Path     string `json:"path"`     // of the input, which names records without an id
	Input    extent `json:"input"`    // all of it
	Settings string `json:"settings"` // digest of model and options
	Items    int    `json:"items"`    // records, readable or not, that are behind it
	Complete bool   `json:"complete"` // the whole input is
	Broken   string `json:"broken,omitempty"`

	Rows    extent `json:"rows"`
	Errors  extent `json:"errors"`
	Digests extent `json:"digests"`
	Tally   Tally  `json:"tally"`
}

// readCheckpoint returns nil without an error if there is none that can be used.
func readCheckpoint(path string) (*checkpoint, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseCheckpoint(data), nil
}

// parseCheckpoint returns nil for what another program, or another version of this one, has written.
func parseCheckpoint(data []byte) *checkpoint {
	var c checkpoint
	if err := json.Unmarshal(data, &c); err != nil || c.Version != checkpointVersion {
		return nil
	}
	return &c
}

func (c *checkpoint) encode() []byte {
	data, err := json.Marshal(c)
	if err != nil {
		panic(fmt.Sprintf("checkpoint: %v", err)) // cannot happen: plain values
	}
	return append(data, '\n')
}
