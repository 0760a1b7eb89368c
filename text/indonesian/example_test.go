package indonesian_test

import (
	"fmt"

	"github.com/tajuk/tajuk/text/indonesian"
)

func ExampleStem() {
	for _, word := range []string{"Pembangunan", "menyapu", "adalah"} {
		fmt.Println(indonesian.Stem(word, false))
	}
	// Output:
	// bangun
	// sapu
	// adalah
}

func ExampleStemBytes() {
	word := []byte("keberhasilannya")
	fmt.Printf("%s\n", indonesian.StemBytes(word))
	// Output: hasil
}

func ExampleLight() {
	fmt.Printf("%s\n", indonesian.Light([]byte("kebijakannya")))
	// Output: kebijakan
}

func ExampleExplain() {
	for _, word := range []string{"keberangkatannya", "memukul", "negara", "kota"} {
		stem, reason := indonesian.Explain(word)
		fmt.Printf("%s\t%s\n", stem, reason)
	}
	// Output:
	// angkat	-nya, ke-, -an, ber-
	// pukul	mem- (p)
	// negara	unchanged
	// kota	too short
}

func ExampleIsStopWord() {
	fmt.Println(indonesian.IsStopWord("ujarnya"), indonesian.IsStopWord("kasus"))
	// Output: true false
}
