package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/navossoc"
	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

func readNavossoc(path string) (*navossoc.Classifier, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, failed("navossoc classifier %q: %w", path, cause(err))
	}
	defer f.Close()
	c, err := navossoc.Read(f)
	if err != nil {
		return nil, failed("%q: %w", path, err).hint("give a file written by WriteToFile of github.com/navossoc/bayesian")
	}
	return c, nil
}

// navossocScores prints the log scores that github.com/navossoc/bayesian gives to the
// words of each article, title and text split at white space: id, class, score and
// whether the class is its answer, parted by tabs. A score can be NaN or infinite.
func (a *app) navossocScores(ctx context.Context, f tagFlags, sources []string) error {
	if f.output != "text" || f.all || f.explain || f.limit != 0 || f.minConfidence != nil {
		return usage("--navossoc-scores prints every class and takes no other flag about answers").
			hint("leave out --output, --all, --explain, --limit and --min-confidence")
	}
	in, err := a.intake(f.input, sources)
	if err != nil {
		return err
	}
	c, err := readNavossoc(f.navossoc)
	if err != nil {
		return err
	}
	classes := c.Classes()
	return a.convert(ctx, f.jobs, in, []byte("id\tclass\tlog_score\tbest\n"), func() func(*corpus.Record, *tagged) {
		return func(rec *corpus.Record, out *tagged) {
			scores, best, _ := c.LogScores(strings.Fields(rec.Title + " " + rec.Text))
			for i, s := range scores {
				out.data = append(append(out.data, printable(rec.Name())...), '\t')
				out.data = append(append(out.data, printable(classes[i])...), '\t')
				out.data = strconv.AppendFloat(out.data, s, 'g', -1, 64)
				out.data = strconv.AppendBool(append(out.data, '\t'), i == best)
				out.data = append(out.data, '\n')
			}
		}
	})
}

// importNavossoc makes a model of a saved classifier's counts: multinomial naive Bayes
// with one added to each count, over the words as our text analysis reads them. The file does
// not say how many articles each class has, so all have the same prior. Confidences are the plain
// posterior probabilities: there are no articles to calibrate them on.
// The notes say what did not come over exactly.
func importNavossoc(c *navossoc.Classifier, o classifier.TrainOptions) (m *model.Model, notes []string, err error) {
	saved, err := c.Counts()
	if err != nil {
		return nil, nil, failed("%w", err)
	}
	counts := classifier.NewCounts(o.Text)
	for _, k := range saved {
		forms, note := countForms(k)
		notes = append(notes, note...)
		bag := classifier.NewBag(k.Class, forms, []string{k.Class})
		counts.Add(&bag)
	}
	o.Task, o.Learner = classifier.Single, classifier.NB
	if m, err = classifier.TrainCounts(counts, o); err != nil {
		return nil, nil, failed("%w", err)
	}
	m.Manifest.Documents = c.Learned()
	for k := range m.Manifest.Topics {
		m.Manifest.Topics[k].Documents = 0 // not known
	}
	return m, notes, nil
}

// countForms adds the counts of a class's words up by the forms that our text analysis reads in
// them, and says what changed on the way.
func countForms(k navossoc.ClassCounts) (forms []classifier.FormCount, notes []string) {
	var s text.Scanner
	changed, lost := 0, 0
	for word, n := range k.Words {
		times := uint32(min(math.Round(n), math.MaxUint32))
		found, same := 0, false
		for s.Reset(word); times > 0 && s.Scan(); found++ {
			form := string(s.Token().Form)
			forms = append(forms, classifier.FormCount{Form: form, Body: times})
			same = form == word
		}
		switch {
		case found == 0:
			lost++
		case found > 1 || !same:
			changed++
		}
	}
	if !k.Exact {
		notes = append(notes, fmt.Sprintf("class %q: the file holds tf-idf weights, so the counts of its words are estimates", k.Class))
	}
	if changed > 0 {
		notes = append(notes, fmt.Sprintf("class %q: %s read in another form, such as in lower case or as several words", k.Class, were(changed, "word")))
	}
	if lost > 0 {
		notes = append(notes, fmt.Sprintf("class %q: %s left out: without letters or digits, or counted less than half a time", k.Class, were(lost, "word")))
	}
	return forms, notes
}
