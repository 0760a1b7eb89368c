package store

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Changed is the name of the share of documents to which another answer would be given than by
// the active version.
const Changed = "changed"

// metricNames are the names of figures that a gate can ask for: those that training measures on
// held-out articles and an evaluation on others, and [Changed].
var metricNames = []string{"accuracy", "brier", Changed, "ece", "log_loss", "macro_f1", "macro_precision", "macro_recall", "micro_f1", "micro_precision", "micro_recall", "weighted_f1"}

// Gate is conditions that a version must meet to become active.
type Gate struct{ Conditions []Condition }

// Condition is a line of a gate file.
type Condition struct {
	File   string
	Line   int
	Metric string
	Op     string // one of >=, >, <=, <
	Bound  float64
	bound  string // as written
}

// String is the condition as it is best written.
func (c Condition) String() string { return c.Metric + " " + c.Op + " " + c.bound }

// Place is FILE:LINE.
func (c Condition) Place() string { return fmt.Sprintf("%s:%d", c.File, c.Line) }

// GateError is a mistake in a gate file.
type GateError struct {
	File string
	Line int
	Msg  string
}

func (e *GateError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg) }

// conditionPattern is METRIC OP NUMBER, with or without blanks around the operator.
var conditionPattern = regexp.MustCompile(`^([a-z0-9_]+)\s*(>=|<=|>|<)\s*([0-9.eE+-]+%?)$`)

// ReadGate reads a gate file: one condition a line, such as
//
//	macro_f1 >= 0.84
//	ece      <= 0.03   # calibration
//	changed  <= 5%
//
// Empty lines and what follows a # are passed over. An error is a [*GateError], or one of reading.
func ReadGate(file string, r io.Reader) (Gate, error) {
	var g Gate
	lines := bufio.NewScanner(r)
	n := 0
	for lines.Scan() {
		n++
		text, _, _ := strings.Cut(lines.Text(), "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		c, err := parseCondition(text)
		if err != nil {
			return Gate{}, &GateError{file, n, err.Error()}
		}
		c.File, c.Line = file, n
		g.Conditions = append(g.Conditions, c)
	}
	if err := lines.Err(); err != nil {
		return Gate{}, &GateError{file, n + 1, err.Error()}
	}
	if len(g.Conditions) == 0 {
		return Gate{}, &GateError{file, max(n, 1), "no condition: write one a line, such as macro_f1 >= 0.84"}
	}
	return g, nil
}

func parseCondition(text string) (c Condition, err error) {
	parts := conditionPattern.FindStringSubmatch(text)
	if parts == nil {
		return c, fmt.Errorf("%.60q is no condition: write METRIC, one of >= > <= <, and a number, such as macro_f1 >= 0.84", text)
	}
	c = Condition{Metric: parts[1], Op: parts[2], bound: parts[3]}
	if !slices.Contains(metricNames, c.Metric) {
		return c, fmt.Errorf("unknown metric %.60q: give one of %s", c.Metric, strings.Join(metricNames, ", "))
	}
	number, percent := strings.CutSuffix(c.bound, "%")
	c.Bound, err = strconv.ParseFloat(number, 64)
	if err != nil || math.IsInf(c.Bound, 0) {
		return c, fmt.Errorf("%.60q is no number", number)
	}
	if percent {
		c.Bound /= 100
	}
	return c, nil
}

// Uses reports whether a condition asks for a figure.
func (g Gate) Uses(metric string) bool {
	return slices.ContainsFunc(g.Conditions, func(c Condition) bool { return c.Metric == metric })
}

// Shortfall is a condition that is not met.
type Shortfall struct {
	Condition
	Value float64 // NaN if the figure was not measured
}

// String names the place, the condition and the figure.
func (s Shortfall) String() string {
	value := "it is " + strconv.FormatFloat(math.Round(s.Value*1e6)/1e6, 'g', -1, 64)
	switch {
	case math.IsNaN(s.Value):
		value = "it was not measured"
	case strings.HasSuffix(s.bound, "%"):
		value = fmt.Sprintf("it is %.2f%%", 100*s.Value)
	}
	return fmt.Sprintf("%s: %s: %s", s.Place(), s.Condition, value)
}

// Judge lists the conditions that figures, by name, do not meet. What was not measured is not met.
func (g Gate) Judge(figures map[string]float64) (list []Shortfall) {
	for _, c := range g.Conditions {
		value, measured := figures[c.Metric]
		if !measured {
			value = math.NaN()
		}
		if !c.holds(value) {
			list = append(list, Shortfall{c, value})
		}
	}
	return list
}

// holds is false of NaN.
func (c Condition) holds(x float64) bool {
	switch c.Op {
	case ">=":
		return x >= c.Bound
	case ">":
		return x > c.Bound
	case "<=":
		return x <= c.Bound
	}
	return x < c.Bound
}

// heldOut is what training puts before the name of a figure.
const heldOut = "held_out_"

// HeldOut are the figures that training measured on held-out articles, by their names in a gate.
func (m *Manifest) HeldOut() map[string]float64 {
	figures := make(map[string]float64)
	for key, value := range m.Metrics {
		if name, ok := strings.CutPrefix(key, heldOut); ok {
			figures[name] = value
		}
	}
	return figures
}
