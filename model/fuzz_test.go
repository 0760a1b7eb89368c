package model

import (
	"bytes"
	"runtime/metrics"
	"testing"
)

// Any bytes give an error or a valid model, which gives the same bytes again, and
// take memory in proportion. Each input is tried as it is, and with checksums and
// version set right, so that the checks behind them are reached.
func FuzzDecode(f *testing.F) {
	data := encode(f, sample(f))
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte(magic))
	carrying := sample(f)
	carrying.Reliability = sampleBins()
	carrying.Extra = []Section{{Optional + 1, []byte("kelak")}}
	f.Add(encode(f, carrying))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, input := range [][]byte{data, repair(data)} {
			before := allocated()
			m, err := Decode(input)
			// Hostile JSON takes up to about 200 times its size while it is parsed.
			if used := allocated() - before; used > 1<<20+300*uint64(len(input)) {
				t.Errorf("%d bytes allocated for %d", used, len(input))
			}
			if (m == nil) == (err == nil) {
				t.Fatalf("model %v, error %v", m != nil, err)
			}
			if err == nil && !bytes.Equal(encode(t, m), input) {
				t.Error("the model read gives other bytes than it was read from")
			}
		}
	})
}

// allocated returns the bytes allocated since the program started. It is exact
// to some kilobytes, and does not stop the world as runtime.ReadMemStats does.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// A valid list of keys and any slots: the check says whether all keys are found,
// or is stricter, and no search goes on for ever.
func FuzzIndex(f *testing.F) {
	keys := list(f, words(6, 1)...)
	f.Add(raw(BuildIndex(keys).Slots))
	f.Fuzz(func(t *testing.T, data []byte) {
		ix := Index{Slots: decoded[uint64](data[:len(data)&^7])}
		if ix.check(keys) != nil {
			return
		}
		for i := range keys.Len() {
			if id, ok := ix.Find(keys, keys.At(i)); !ok || id != uint32(i) {
				t.Errorf("Find(%q) = %d, %v, want %d", keys.At(i), id, ok, i)
			}
		}
		if id, ok := ix.Find(keys, []byte("asing")); ok {
			t.Errorf("an unknown key has id %d", id)
		}
	})
}
