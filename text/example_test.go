package text_test

import (
	"fmt"

	"github.com/tajuk/tajuk/text"
)

func Example() {
	a, err := text.NewAnalyzer(text.DefaultConfig())
	if err != nil {
		fmt.Println(err)
		return
	}
	article := "Pemerintah membagikan buku-buku seharga Rp 1,5 miliar."
	var s text.Scanner
	var stem []byte
	for s.Reset(article); s.Scan(); {
		token := s.Token()
		if a.IsStopWord(token.Form) {
			continue
		}
		stem = a.AppendStem(stem[:0], token.Form)
		fmt.Printf("%d:%d %s\n", token.Start, token.End, stem)
	}
	// Output:
	// 0:10 perintah
	// 11:21 bagi
	// 22:31 buku
	// 32:39 seharga
	// 40:53 <uang-miliar>
}

// A text is read fastest by runs of plain words, and one by one what lies between them.
func ExampleScanner_Run() {
	article := "Pemerintah membagikan buku-buku seharga Rp 1,5 miliar kepada siswa."
	var s text.Scanner
	s.Reset(article)
	for {
		words := s.Run()
		for _, w := range words {
			fmt.Printf("%s ", w.Key.AppendForm(nil))
		}
		if len(words) > 0 {
			continue
		}
		if !s.Scan() {
			break
		}
		fmt.Printf("%s ", s.Token().Form)
	}
	fmt.Println()
	// Output:
	// pemerintah membagikan buku-buku seharga <uang-miliar> kepada siswa
}

func ExampleAnalyzer_Terms() {
	a, err := text.NewAnalyzer(text.DefaultConfig())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range a.Terms("KPK-nya menyelidiki anggaran di Jawa-Bali") {
		fmt.Printf("%q %q %q: %s\n", t.Token, t.Form, t.Stem, t.Reason)
	}
	// Output:
	// "KPK-nya" "kpk" "kpk": "-nya" dropped; too short
	// "menyelidiki" "menyelidiki" "selidik": meny- (s), -i
	// "anggaran" "anggaran" "anggar": -an
	// "di" "di" "": stop word
	// "Jawa" "jawa" "jawa": too short
	// "Bali" "bali" "bali": too short
}

func ExampleConfig_Validate() {
	c := text.DefaultConfig()
	c.Language, c.Stemmer = "en", "light"
	fmt.Println(c.Validate())
	// Output: text config: stemmer "light" is not available for language "en"; use none or snowball
}
