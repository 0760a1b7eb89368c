package browser

import (
	"testing"
)

var fishing = document{
	Title: "Indonesia dan Filipina bahas patroli laut",
	Text: "Menteri luar negeri bertemu dengan mitranya dari Filipina di Manila untuk membahas perjanjian perbatasan. " +
		"Kedua negara sepakat memperkuat kerja sama diplomatik, dan kapal perang angkatan laut akan berpatroli bersama.\n\n" +
		"Nelayan di perbatasan berharap perundingan itu mengakhiri penangkapan kapal ikan.",
}

func TestLook(t *testing.T) {
	s := serve(t)
	for name, v := range map[string]view{"desk-light-en": {}, "desk-dark-id": {language: "id", dark: true}, "phone-light-id": {phone: true, language: "id"}, "phone-dark-en": {phone: true, dark: true}} {
		t.Run(name, func(t *testing.T) {
			p := open(t, s, v)
			p.shot(name + "-1-empty")
			p.tag(fishing)
			p.shot(name + "-2-topics")
			p.eval(`at("models").open = true`)
			p.shot(name + "-3-models")
		})
	}
}
