package text

import (
	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/french"
	"github.com/kljensen/snowball/hungarian"
	"github.com/kljensen/snowball/norwegian"
	"github.com/kljensen/snowball/russian"
	"github.com/kljensen/snowball/spanish"
	"github.com/kljensen/snowball/swedish"
)

// languagePackage is what every language of github.com/kljensen/snowball offers.
type languagePackage struct {
	stem       func(word string, stemStopWords bool) string
	isStopWord func(word string) bool
}

// packageOf returns the package for an ISO 639-1 code.
func packageOf(language string) (languagePackage, bool) {
	switch language {
	case "en":
		return languagePackage{english.Stem, english.IsStopWord}, true
	case "es":
		return languagePackage{spanish.Stem, spanish.IsStopWord}, true
	case "fr":
		return languagePackage{french.Stem, french.IsStopWord}, true
	case "hu":
		return languagePackage{hungarian.Stem, hungarian.IsStopWord}, true
	case "no":
		return languagePackage{norwegian.Stem, norwegian.IsStopWord}, true
	case "ru":
		return languagePackage{russian.Stem, russian.IsStopWord}, true
	case "sv":
		return languagePackage{swedish.Stem, swedish.IsStopWord}, true
	}
	return languagePackage{}, false
}
