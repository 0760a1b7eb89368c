package chart_test

import (
	"fmt"
	"html/template"
	"os"

	"github.com/tajuk/tajuk/internal/chart"
)

// A chart in a page: names are escaped.
func ExampleBars() {
	bars := chart.Bars{Title: "F1", Width: 200, Value: chart.Axis{Max: 1}, Bars: []chart.Bar{{Name: "R&D", Value: 0.5}}}
	page := template.Must(template.New("").Parse("{{.SVG}}\n"))
	if err := page.Execute(os.Stdout, bars); err != nil {
		fmt.Println(err)
	}
	fmt.Println(bars.Table().Rows)
	// Output:
	// <svg class="chart" role="img" xmlns="http://www.w3.org/2000/svg" width="200" height="22" viewBox="0 0 200 22"><title>F1</title><text class="end" x="104" y="15">R&amp;D</text><rect class="f1" x="110" y="5" width="7" height="12"><title>R&amp;D</title></rect><text class="small" x="122" y="15">0.5</text></svg>
	// [[R&D 0.5]]
}
