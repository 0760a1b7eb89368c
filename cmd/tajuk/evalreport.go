package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/report"
	"github.com/tajuk/tajuk/model"
)

// print prints what was measured for people.
func (e *evaluator) print(w io.Writer) error {
	if err := printReport(w, &e.report, e.title); err != nil {
		return err
	}
	if len(e.parts) > 0 {
		if err := printParts(w, e.parts, e.spreads); err != nil {
			return err
		}
	}
	if e.compared != nil {
		return printComparison(w, e.compared)
	}
	return nil
}

// printReport prints the table for people. Topics that are neither label nor answer
// are left out of it.
func printReport(w io.Writer, r *classifier.Report, version string) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "precision\trecall\tF1\tAP\tAUC\tsupport\t  topic\n")
	support := 0
	for _, k := range r.Topics {
		if k.Support+k.Hits+k.False > 0 {
			printScore(t, k.Score, k.AveragePrecision, k.ROCAUC, fmt.Sprint(k.Support), k.Topic)
		}
		support += k.Support
	}
	all := fmt.Sprint(support)
	printScore(t, r.Micro, nil, nil, all, "(micro)")
	printScore(t, r.Macro, nil, nil, all, "(macro)")
	printScore(t, r.Weighted, nil, nil, all, "(weighted)")
	if err := t.Flush(); err != nil {
		return err
	}
	t = tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "\nmodel\t%s\ntask\t%s\narticles\t%d\nabstained\t%d\nno topic\t%d\n", version, r.Task, r.Documents, r.Abstained, r.NoTopic)
	fmt.Fprintf(t, "accuracy\t%.4f\nECE\t%.4f\nBrier\t%.4f\nlog loss\t%.4f\n", r.Accuracy, r.ECE, r.Brier, r.LogLoss)
	for _, p := range r.Selective {
		fmt.Fprintf(t, "top-topic error, surest %.0f %%\t%.4f\n", 100*p.Coverage, p.Error)
	}
	printConfusions(t, r.Confusions)
	return t.Flush()
}

// Confusions printed; the metrics file has all.
const shownConfusions = 10

func printConfusions(w io.Writer, list []classifier.Confusion) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\nmissed\tgiven instead\tarticles\n")
	for _, c := range list[:min(shownConfusions, len(list))] {
		fmt.Fprintf(w, "%s\t%s\t%d\n", c.Label, cmp.Or(c.Answer, "(none)"), c.Count)
	}
}

func printScore(w io.Writer, s classifier.Score, ap, auc *float64, support, name string) {
	fmt.Fprintf(w, "%.4f\t%.4f\t%.4f\t%s\t%s\t%s\t  %s\n", s.Precision, s.Recall, s.F1, figure(ap), figure(auc), support, name)
}

// figure is a number that may not be defined.
func figure(x *float64) string {
	if x == nil {
		return "-"
	}
	return fmt.Sprintf("%.4f", *x)
}

// mistake is a wrongly tagged article.
type mistake struct {
	outcome             string
	Hits, Missed, False []report.Answer
}

// mistakeOf compares an answer with the labels as the evaluation does.
func mistakeOf(topics []model.Topic, r *corpus.Record, p *classifier.Prediction) mistake {
	m := mistake{outcome: p.Outcome.String()}
	for _, t := range p.Topics {
		id := topics[t.Topic].ID
		want := slices.Contains(r.Labels, id)
		unknown := slices.Contains(r.Disputed, id) || r.Partial && !want && !slices.Contains(r.NotLabels, id)
		answer := report.Answer{ID: id, Topic: t.Topic, Confidence: t.Confidence}
		switch {
		case unknown:
		case want && t.Assigned:
			m.Hits = append(m.Hits, answer)
		case want:
			m.Missed = append(m.Missed, answer)
		case t.Assigned:
			m.False = append(m.False, answer)
		}
	}
	return m
}

// mistakeLine is a line of the errors file.
type mistakeLine struct {
	Place      string             `json:"place"` // file:line
	ID         string             `json:"id"`
	Title      string             `json:"title,omitempty"`
	Outcome    string             `json:"outcome"`
	Labels     []string           `json:"labels"`
	Missed     []string           `json:"missed"`     // labels that were not assigned
	False      []string           `json:"false"`      // assigned topics that are no label
	Confidence map[string]float64 `json:"confidence"` // of the labels and the assigned topics
}

func (m *mistake) line(r *corpus.Record) mistakeLine {
	l := mistakeLine{
		Place: r.Place(), ID: r.Name(), Title: r.Title, Outcome: m.outcome, Labels: append([]string{}, r.Labels...),
		Missed: ids(m.Missed), False: ids(m.False), Confidence: make(map[string]float64),
	}
	for _, a := range slices.Concat(m.Hits, m.Missed, m.False) {
		l.Confidence[a.ID] = a.Confidence
	}
	return l
}

// ids are the topics of answers; of none, an empty list.
func ids(answers []report.Answer) []string {
	list := make([]string, len(answers))
	for i, a := range answers {
		list[i] = a.ID
	}
	return list
}

// shown is the mistake for the page.
func (m *mistake) shown(r *corpus.Record) report.Mistake {
	return report.Mistake{
		Place: r.Place(), ID: r.Name(), Outcome: m.outcome, Document: &r.Document,
		Hits: m.Hits, Missed: m.Missed, False: m.False,
	}
}
