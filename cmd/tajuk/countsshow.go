package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/text"
)

const countsShowHelp = `Show what a counts file holds: text settings, articles, topics with their articles and words, surface
forms, and the SHA-256 of the file, which is the same for the same articles.

With --topic, one topic alone and the words most telling of it: those that articles of the topic hold
and others do not, by how many standard errors the log-odds differ.`

// countsShown is a counts file as it is shown.
type countsShown struct {
	Settings  text.Config  `json:"settings"`
	Documents int64        `json:"documents"`
	Words     int64        `json:"words"`
	Forms     int          `json:"surface_forms"`
	Digest    string       `json:"digest"`
	Topics    []topicShown `json:"topics"`
	Telling   []wordShown  `json:"telling,omitempty"`
}

type topicShown struct {
	Topic     string `json:"topic"`
	Documents int64  `json:"documents"`
	Words     int64  `json:"words"`
}

type wordShown struct {
	Word               string  `json:"word"`
	Documents          int64   `json:"documents"`
	Words              int64   `json:"words"`
	DocumentsElsewhere int64   `json:"documents_elsewhere"`
	Score              float64 `json:"score"`
}

type countsShowFlags struct {
	topic string
	limit int
	json  bool
}

func (a *app) countsShowCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "show FILE", Short: "show what a counts file holds", Long: countsShowHelp,
		Example: "  tajuk counts show 2020.counts\n  tajuk counts show 2020.counts --topic sport --limit 10 --json",
		Args:    takes(1, 1, "one counts file"),
	}
	var f countsShowFlags
	c.Flags().StringVar(&f.topic, "topic", "", "`TOPIC` to list the most telling words of")
	whole(c, &f.limit, "limit", 20, 1, "most words to list")
	c.Flags().BoolVar(&f.json, "json", false, "write one JSON object")
	return a.action(c, func(ctx context.Context, files []string) error { return a.countsShow(ctx, files[0], f) })
}

func (a *app) countsShow(ctx context.Context, path string, f countsShowFlags) error {
	files, closeAll, err := a.countsFiles(ctx, []string{path})
	defer closeAll()
	if err != nil {
		return err
	}
	shown, err := showCounts(files[0], f)
	if err != nil {
		return countsError(fmt.Errorf("%s: %w", files[0].Name, err))
	}
	if f.json {
		return a.sayJSON(shown)
	}
	return a.sayTable(func(w io.Writer) { shown.print(w, f.topic) })
}

// showCounts reads a counts file once, a word at a time.
func showCounts(r io.Reader, f countsShowFlags) (*countsShown, error) {
	digest := sha256.New()
	s, err := classifier.ScanCounts(io.TeeReader(r, digest))
	if err != nil {
		return nil, err
	}
	head := s.Header()
	if _, ok := head.Topics[f.topic]; f.topic != "" && !ok {
		return nil, fmt.Errorf("no topic %q among %s", f.topic, strings.Join(slices.Sorted(maps.Keys(head.Topics)), ", "))
	}
	shown := &countsShown{Settings: head.Text, Documents: head.Documents, Forms: head.Forms, Topics: []topicShown{}}
	telling, words := classifier.NewTelling(head, f.topic, f.limit), make(map[string]int64)
	for s.Scan() {
		t := s.Tally()
		shown.Words += t.All.Title + t.All.Body
		for _, n := range t.Topics {
			words[n.Topic] += n.Title + n.Body
		}
		telling.Add(s.Form(), t)
	}
	shown.Digest = hex.EncodeToString(digest.Sum(nil))
	for topic, n := range head.Topics {
		shown.Topics = append(shown.Topics, topicShown{topic, n, words[topic]})
	}
	slices.SortFunc(shown.Topics, func(a, b topicShown) int {
		return cmp.Or(cmp.Compare(b.Documents, a.Documents), strings.Compare(a.Topic, b.Topic))
	})
	for _, w := range telling.Words() {
		shown.Telling = append(shown.Telling, wordShown{w.Form, w.Topic.Docs, w.Topic.Title + w.Topic.Body, w.Elsewhere.Docs, w.Score})
	}
	return shown, s.Err()
}

func (c *countsShown) print(w io.Writer, topic string) {
	onOff := map[bool]string{true: "on", false: "off"}
	fmt.Fprintf(w, "language\t%s\nstemmer\t%s\nstop words left out\t%s\npage left out\t%s\nanalysis\t%d\n",
		c.Settings.Language, c.Settings.Stemmer, onOff[c.Settings.StopWords], onOff[c.Settings.Page], c.Settings.Version)
	fmt.Fprintf(w, "articles\t%d\nwords\t%d\nsurface forms\t%d\nsha256\t%s\n", c.Documents, c.Words, c.Forms, c.Digest)
	fmt.Fprintf(w, "\nTOPIC\tARTICLES\tWORDS\n")
	for _, t := range c.Topics {
		if topic != "" && t.Topic != topic {
			continue
		}
		fmt.Fprintf(w, "%s\t%d\t%d\n", t.Topic, t.Documents, t.Words)
	}
	if topic == "" {
		return
	}
	fmt.Fprintf(w, "\nWORD OF %s\tARTICLES\tELSEWHERE\tSCORE\n", topic)
	for _, t := range c.Telling {
		fmt.Fprintf(w, "%s\t%d\t%d\t%.1f\n", t.Word, t.Documents, t.DocumentsElsewhere, t.Score)
	}
}
