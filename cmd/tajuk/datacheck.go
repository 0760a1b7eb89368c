package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/internal/builtin"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/doctor"
)

const dataCheckHelp = `Find what is wrong with labelled articles, and print it, the gravest first, as

  file:line: severity: what it is [kind]

error     bad-record      cannot be read
          unknown-topic   a label that is not among --topics
          leakage         the same article in two of the files or folders given, as to train and to test on
          label-conflict  the same article twice, with other labels
warning   leakage and label-conflict of articles that are nearly the same
          copy            the same article twice, with the same labels
          label-spelling  labels that differ by case, blanks and hyphens alone, as Politik and politik
          id-twice        two articles of one id
          short-text      fewer words than --min-words
          language        a text that is clearly not in --language
          few-articles    a topic with fewer articles than --min-articles
note      near-copy       nearly the same article twice
          unlabelled      no labels

Exit codes: 0 nothing found that is as grave as --fail-on, 3 something found, 4 nothing but bad records.`

type dataCheckFlags struct {
	topics, failOn, output, language   string
	minArticles, minWords, limit, jobs int
	input                              inputFlags
}

// neverFail lets every finding pass.
const neverFail = "never"

func (a *app) dataCheckCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "check DATA...", Short: "find what is wrong with labelled articles", Long: dataCheckHelp, Args: needData,
		Example: "  tajuk data check labelled.jsonl --topics topics.yaml --min-articles 5\n  tajuk data check labelled.jsonl dated.jsonl --fail-on never --output jsonl",
	}
	var f dataCheckFlags
	c.Flags().StringVar(&f.topics, "topics", "", "YAML `FILE` of the topics that labels may name, or the word builtin for those of the built-in model; without it, any")
	whole(c, &f.minArticles, "min-articles", 10, 0, "fewer articles of a topic are too few")
	whole(c, &f.minWords, "min-words", 5, 0, "an article with fewer words is short")
	languageFlag(c, &f.language)
	choice(c, &f.failOn, "fail-on", []string{"warning", "error", "note", neverFail}, "", "least severity that ends with exit code 3")
	choice(c, &f.output, "output", []string{"text", "jsonl"}, "", "format of the findings")
	whole(c, &f.limit, "limit", 20, 0, "findings of a kind that text prints, 0 for all")
	jobsFlag(c, &f.jobs)
	f.input.add(c)
	return a.action(c, func(ctx context.Context, sources []string) error { return a.dataCheck(ctx, f, sources) })
}

func (a *app) dataCheck(ctx context.Context, f dataCheckFlags, sources []string) error {
	o := doctor.Options{TopicsFrom: f.topics, AllTopics: f.topics != builtin.Name, MinArticles: f.minArticles, MinWords: f.minWords}
	var err error
	if o.Topics, err = topicIDs(f.topics); err != nil {
		return err
	}
	in, err := a.intake(f.input, sources)
	if err != nil {
		return err
	}
	check, bad := doctor.NewCheck(o), []doctor.Finding(nil)
	in.tell = func(err error) { bad = append(bad, badRecord(err)) } // called by the goroutine that reads
	err = a.examine(ctx, f.jobs, in, f.language, func(e *examined) {
		place := doctor.Place{Path: e.record.Path, Line: e.record.Line}
		check.Add(place, sourceOf(e.record.Path, in.sources), &e.record.Document, &e.exam)
	})
	for _, finding := range bad {
		check.Report(finding)
	}
	left, err := in.verdict(err)
	if err != nil && len(bad) == 0 {
		return err
	}
	findings := check.Findings()
	if err := a.sayFindings(findings, f, check); err != nil {
		return err
	}
	return firstError(findingsGate(findings, f.failOn), firstError(err, left))
}

// topicIDs are the topics that --topics names; nil for none.
func topicIDs(file string) ([]string, error) {
	switch file {
	case "":
		return nil, nil
	case builtin.Name:
		m, err := builtin.Load()
		if err != nil {
			return nil, failed("%w", err)
		}
		ids := make([]string, len(m.Manifest.Topics))
		for i, t := range m.Manifest.Topics {
			ids[i] = t.ID
		}
		return ids, nil
	}
	topics, err := corpus.ReadTopics(file)
	if err != nil {
		return nil, failed("%w", err)
	}
	ids := make([]string, len(topics))
	for i, t := range topics {
		ids[i] = t.ID
	}
	return ids, nil
}

// badRecord is the finding of a record or file that could not be read.
func badRecord(err error) doctor.Finding {
	f := doctor.Finding{Severity: doctor.Error, Kind: doctor.BadRecord}
	if r, ok := errors.AsType[*corpus.RecordError](err); ok {
		f.Place, f.Message = doctor.Place{Path: r.Path, Line: r.Line}, r.Err.Error()
	} else if s, ok := errors.AsType[*corpus.SourceError](err); ok {
		f.Place, f.Message = doctor.Place{Path: s.Path, Line: s.Line}, "nothing more is read: "+s.Err.Error()
	}
	return f
}

// findingsGate is the error of findings that are too grave. Bad records have an exit code of their own.
func findingsGate(findings []doctor.Finding, failOn string) error {
	if failOn == neverFail {
		return nil
	}
	n := 0
	for _, f := range findings {
		if f.Severity >= severity(failOn) && f.Kind != doctor.BadRecord {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return &failure{code: exitGate, err: fmt.Errorf("%s as grave as --fail-on %s", count(n, "finding"), failOn)}
}

func severity(word string) doctor.Severity {
	for s := doctor.Note; s <= doctor.Error; s++ {
		if s.String() == word {
			return s
		}
	}
	return doctor.Error
}

// sayFindings prints findings and how many there are.
func (a *app) sayFindings(findings []doctor.Finding, f dataCheckFlags, check *doctor.Check) error {
	out := bufio.NewWriterSize(a.stdout, outputBuffer)
	by, kinds := [3]int{}, make(map[doctor.Kind]int)
	for i := range findings {
		by[findings[i].Severity]++
		kinds[findings[i].Kind]++
	}
	sum := fmt.Sprintf("%s, %s: %s, %s, %s", count(check.Articles(), "article"), count(check.Labels(), "label"),
		count(by[doctor.Error], "error"), count(by[doctor.Warning], "warning"), count(by[doctor.Note], "note"))
	if f.output == "jsonl" {
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		for i := range findings {
			if err := enc.Encode(jsonFinding(&findings[i])); err != nil {
				return failed("cannot write standard output: %w", err)
			}
		}
		a.note("%s", sum)
	} else {
		printFindings(out, findings, f.limit)
		fmt.Fprintf(out, "%s\n", sum)
	}
	if err := out.Flush(); err != nil {
		return failed("cannot write standard output: %w", err)
	}
	return nil
}

// printFindings prints at most limit of each severity and kind, and says how many more there are.
func printFindings(out *bufio.Writer, findings []doctor.Finding, limit int) {
	type group struct {
		severity doctor.Severity
		kind     doctor.Kind
	}
	printed := make(map[group]int)
	var more []group
	for i := range findings {
		g := group{findings[i].Severity, findings[i].Kind}
		if printed[g]++; limit == 0 || printed[g] <= limit {
			fmt.Fprintf(out, "%s\n", findings[i].String())
		} else if printed[g] == limit+1 {
			more = append(more, g)
		}
	}
	for _, g := range more {
		fmt.Fprintf(out, "... and %s of kind %s: --limit 0 prints all\n", count(printed[g]-limit, "more "+g.severity.String()), g.kind)
	}
}

type findingJSON struct {
	Severity  doctor.Severity `json:"severity"`
	Kind      doctor.Kind     `json:"kind"`
	Path      string          `json:"path"`
	Line      int             `json:"line,omitempty"`
	ID        string          `json:"id,omitempty"`
	Topic     string          `json:"topic,omitempty"`
	OtherPath string          `json:"other_path,omitempty"`
	OtherLine int             `json:"other_line,omitempty"`
	Message   string          `json:"message"`
}

func jsonFinding(f *doctor.Finding) findingJSON {
	return findingJSON{f.Severity, f.Kind, f.Place.Path, f.Place.Line, f.ID, f.Topic, f.Other.Path, f.Other.Line, f.Message}
}
