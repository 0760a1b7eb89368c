package main

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/tajuk/tajuk/text/language"
)

// makeLanguages counts in how many sentences of each language a word stands. Words of one
// sentence alone are left out, as in the bags.
func makeLanguages(dir, news, out string) error {
	sets := map[string]string{"id": "ind", "en": "eng", "ms": "zsm", "jv": "jav", "su": "sun", "min": "min", "ban": "ban"}
	codes := language.Codes()
	sentences := make([]int, len(codes))
	words := make(map[string][]int)
	for i, code := range codes {
		all, err := readArticles([]string{filepath.Join(dir, "sib200_"+sets[code], "train.jsonl.gz")})
		if err != nil {
			return err
		}
		sentences[i] = len(all)
		for _, b := range all {
			for _, f := range b.Forms {
				if words[f.Form] == nil {
					words[f.Form] = make([]int, len(codes))
				}
				words[f.Form][i]++
			}
		}
	}
	if err := addNews(words, sentences[0], news); err != nil {
		return err
	}
	return create(out, func(f *os.File) error {
		w := bufio.NewWriter(f)
		writeCounts(w, "sentences", sentences)
		for _, word := range slices.Sorted(maps.Keys(words)) {
			if n := words[word]; word[0] != '<' && total(n) > 1 {
				writeCounts(w, word, n)
			}
		}
		return w.Flush()
	})
}

// newsWords is how many words of news stand for a sentence. A sentence has about twenty; with
// all of them, Malay was found less often in cross-validation, with fewer, headlines with
// English names were taken for foreign.
const newsWords = 10

// addNews raises the Indonesian counts to what so many stretches of news would give: a few
// hundred sentences hold too few of the names and loan words that the press uses.
func addNews(words map[string][]int, sentences int, news string) error {
	all, err := readBags(news)
	if err != nil {
		return err
	}
	count, sum := make(map[string]int), 0
	for _, b := range all {
		for _, f := range b.Forms {
			count[f.Form] += int(f.Title + f.Body)
			sum += int(f.Title + f.Body)
		}
	}
	for form, n := range count {
		expected := (n*sentences*newsWords + sum/2) / sum
		if expected == 0 {
			continue
		}
		if words[form] == nil {
			words[form] = make([]int, len(language.Codes()))
		}
		words[form][0] = max(words[form][0], min(expected, sentences))
	}
	return nil
}

func writeCounts(w *bufio.Writer, word string, counts []int) {
	w.WriteString(word)
	for _, n := range counts {
		fmt.Fprintf(w, "\t%d", n)
	}
	w.WriteByte('\n')
}

func total(counts []int) (sum int) {
	for _, n := range counts {
		sum += n
	}
	return sum
}
