package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// Validate checks every rule that the parts of a model must keep together, so
// that nothing which uses a valid model has to check an index or a length.
// Its errors wrap [ErrCorrupt] and name the section. [Write] and [Decode]
// validate; they check the version on top, which a model being built has not got.
func (m *Model) Validate() error {
	if err := m.Manifest.check(); err != nil {
		return corrupt(kindManifest, "%w", err)
	}
	checks := []struct {
		kind  uint32
		check func() error
	}{
		{kindText, func() error { return checkJSON(m.Text) }},
		{kindSettings, func() error { return checkJSON(m.Settings) }},
		{kindForms, m.Forms.check},
		{kindTerms, m.Terms.check},
		{kindFormTerms, m.checkFormTerms},
		{kindFormIndex, func() error { return m.FormIndex.check(m.Forms) }},
		{kindTermIndex, func() error { return m.TermIndex.check(m.Terms) }},
		{kindRows, m.checkRows},
		{kindScale, m.checkScale},
		{kindTopics, m.checkRowTopics},
		{kindWeights, m.checkWeights},
		{kindBias, func() error { return m.checkPerTopic(m.Bias, finite[float64], "finite") }},
		{kindSlope, func() error { return m.checkPerTopic(m.Slope, positive, "finite and above 0") }},
		{kindIntercept, func() error { return m.checkPerTopic(m.Intercept, finite[float64], "finite") }},
		{kindThreshold, func() error { return m.checkPerTopic(m.Threshold, fraction, "from 0 to 1") }},
		{kindRivalry, m.checkRivalry},
		{kindReliability, func() error { return CheckBins(m.Reliability) }},
	}
	for _, c := range checks {
		if err := c.check(); err != nil {
			return corrupt(c.kind, "%w", err)
		}
	}
	return m.checkExtra()
}

func checkJSON(data []byte) error {
	if len(data) > 0 && !json.Valid(data) {
		return errors.New("not valid JSON")
	}
	return nil
}

func (m *Model) checkFormTerms() error {
	if len(m.FormTerm) != m.Forms.Len() {
		return fmt.Errorf("%d terms for %d forms", len(m.FormTerm), m.Forms.Len())
	}
	terms := uint32(m.Terms.Len())
	for i, term := range m.FormTerm {
		if term >= terms && term != Stop {
			return fmt.Errorf("form %d, %q, has term %d of %d", i, m.Forms.At(i), term, terms)
		}
	}
	return nil
}

func (m *Model) checkScale() error {
	if len(m.Scale) != 0 && len(m.Scale) != m.Features() {
		return fmt.Errorf("%d values for %d features", len(m.Scale), m.Features())
	}
	for i, scale := range m.Scale {
		if !finite(scale) || scale < 0 {
			return fmt.Errorf("feature %d, %q, has %v: it must be finite and not negative", i, m.Feature(uint32(i)), scale)
		}
	}
	return nil
}

func (m *Model) checkRows() error {
	if n := m.Features(); n != m.Terms.Len() && n != m.Terms.Len()+m.Forms.Len() {
		return fmt.Errorf("%d offsets for %d terms and %d forms: there must be one more than terms, or than terms and forms",
			len(m.RowStart), m.Terms.Len(), m.Forms.Len())
	}
	previous := uint32(0)
	for i, start := range m.RowStart {
		if start < previous || i == 0 && start != 0 {
			return fmt.Errorf("row %d starts at %d, the row before at %d", i, start, previous)
		}
		previous = start
	}
	if uint64(previous) != uint64(len(m.RowTopic)) {
		return fmt.Errorf("the last row stops at %d of %d topics", previous, len(m.RowTopic))
	}
	return nil
}

// checkRowTopics runs after checkRows: the offsets are in range.
func (m *Model) checkRowTopics() error {
	topics := len(m.Manifest.Topics)
	for t := range m.Features() {
		previous := -1
		for _, topic := range m.RowTopic[m.RowStart[t]:m.RowStart[t+1]] {
			if int(topic) <= previous || int(topic) >= topics {
				return fmt.Errorf("row %d, of %q, has topic %d of %d after topic %d", t, m.Feature(uint32(t)), topic, topics, previous)
			}
			previous = int(topic)
		}
	}
	return nil
}

func (m *Model) checkWeights() error {
	if len(m.RowWeight) != len(m.RowTopic) {
		return fmt.Errorf("%d weights for %d topics in rows", len(m.RowWeight), len(m.RowTopic))
	}
	for i, weight := range m.RowWeight {
		if !finite(weight) {
			return fmt.Errorf("weight %d is %v", i, weight)
		}
	}
	return nil
}

func (m *Model) checkPerTopic(values []float64, valid func(float64) bool, rule string) error {
	if len(values) != len(m.Manifest.Topics) {
		return fmt.Errorf("%d values for %d topics", len(values), len(m.Manifest.Topics))
	}
	for k, value := range values {
		if !valid(value) {
			return fmt.Errorf("topic %q has %v: it must be %s", m.Manifest.Topics[k].ID, value, rule)
		}
	}
	return nil
}

func (m *Model) checkRivalry() error {
	if len(m.Rivalry) == 0 {
		return nil
	}
	if len(m.Rivalry) != 3*len(m.Manifest.Topics) {
		return fmt.Errorf("%d values for %d topics: three each are needed, or none", len(m.Rivalry), len(m.Manifest.Topics))
	}
	for i, value := range m.Rivalry {
		if !finite(value) || i%3 == 0 && value <= 0 {
			return fmt.Errorf("topic %q has %v: own must be above 0, and all finite", m.Manifest.Topics[i/3].ID, value)
		}
	}
	return nil
}

func (m *Model) checkExtra() error {
	previous := uint32(kindReliability)
	for _, s := range m.Extra {
		if s.Kind <= previous {
			return corrupt(s.Kind, "an optional section must have a kind above %#x", previous)
		}
		previous = s.Kind
	}
	return nil
}

func finite[T float32 | float64](x T) bool { return math.Abs(float64(x)) <= math.MaxFloat64 } // not so of NaN
func positive(x float64) bool              { return x > 0 && finite(x) }
func fraction(x float64) bool              { return x >= 0 && x <= 1 }
