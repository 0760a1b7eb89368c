package model

import (
	"encoding/json"
	"errors"
	"fmt"
)

// kindReliability is the only optional section that this program knows.
const kindReliability = Optional

// maxBins is far more than anyone draws.
const maxBins = 1000

// Bin is the answers of one range of confidence, and how often they were right.
type Bin struct {
	From       float64 `json:"from"` // the range, as shares of 1
	To         float64 `json:"to"`
	Count      int     `json:"count"`
	Confidence float64 `json:"confidence"` // mean confidence of the bin
	Right      float64 `json:"right"`      // share that was right
}

// CheckBins refuses bins that are no reliability table: ranges must rise and lie within 0 and 1, with
// answers in each.
func CheckBins(bins []Bin) error {
	if len(bins) > maxBins {
		return fmt.Errorf("%d bins: the limit is %d", len(bins), maxBins)
	}
	last := 0.0
	for i, b := range bins {
		if !(last <= b.From && b.From < b.To && b.To <= 1) {
			return fmt.Errorf("bin %d is from %v to %v, and the bin before ends at %v", i, b.From, b.To, last)
		}
		if b.Count <= 0 || !fraction(b.Confidence) || !fraction(b.Right) {
			return fmt.Errorf("bin %d has %d answers of confidence %v, %v of them right", i, b.Count, b.Confidence, b.Right)
		}
		last = b.To
	}
	return nil
}

// optional lists the optional sections in the order of the file.
func (m *Model) optional() []Section {
	if len(m.Reliability) == 0 {
		return m.Extra
	}
	data, _ := json.Marshal(m.Reliability) // fails for what CheckBins refuses, and nothing else
	return append([]Section{{kindReliability, data}}, m.Extra...)
}

// readOptional reads the optional sections that this program knows, and carries the rest.
func (m *Model) readOptional(sections []Section) (err error) {
	if len(sections) > 0 && sections[0].Kind == kindReliability {
		if m.Reliability, err = decodeBins(sections[0].Data); err != nil {
			return corrupt(kindReliability, "%w", err)
		}
		sections = sections[1:]
	}
	if len(sections) > 0 {
		m.Extra = sections
	}
	return nil
}

// decodeBins refuses, as decodeManifest does, any other spelling than the writer's.
func decodeBins(data []byte) (bins []Bin, err error) {
	if err := json.Unmarshal(data, &bins); err != nil {
		return nil, err
	}
	if len(bins) == 0 {
		return nil, errors.New("no bins: the section is left out then")
	}
	if err := CheckBins(bins); err != nil {
		return nil, err
	}
	again, err := json.Marshal(bins)
	if err != nil {
		return nil, err
	}
	if string(again) != string(data) {
		return nil, fmt.Errorf("not in the form that the writer gives it, from byte %d on", firstDifference(again, data))
	}
	return bins, nil
}
