package page

import "testing"

func benchmark(b *testing.B, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := HTML(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPage(b *testing.B)   { benchmark(b, []byte(readGolden(b, "harian.html"))) }
func BenchmarkTables(b *testing.B) { benchmark(b, []byte(readGolden(b, "tabel.html"))) }

// BenchmarkGold reads pages of three outlets, 30 to 290 kB each; bench/extract compares.
func BenchmarkGold(b *testing.B) {
	var data [][]byte
	size := 0
	for _, g := range goldPages(b) {
		data = append(data, sharedFile(b, g.File))
		size += len(data[len(data)-1])
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range data {
			if _, err := HTML(d); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkNested(b *testing.B) { benchmark(b, []byte(fill("<div>")+survivor)) }
