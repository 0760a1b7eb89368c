package model

import (
	"reflect"
	"testing"
)

func TestTopicIndex(t *testing.T) {
	m := sample(t)
	for i, topic := range m.Manifest.Topics {
		if got, ok := m.TopicIndex(topic.ID); !ok || got != i {
			t.Errorf("TopicIndex(%q) = %d, %v", topic.ID, got, ok)
		}
	}
	if got, ok := m.TopicIndex("Olahraga"); ok {
		t.Errorf("an unknown topic has index %d", got)
	}
}

func TestRow(t *testing.T) {
	m := sample(t)
	topics, weights := m.Row(1)
	if !reflect.DeepEqual(topics, []uint16{0, 1}) || !reflect.DeepEqual(weights, []float32{0.25, 2}) {
		t.Errorf("row 1 is %v %v", topics, weights)
	}
	if topics, weights = m.Row(3); len(topics)+len(weights) != 0 {
		t.Errorf("row 3 is %v %v", topics, weights)
	}
}

func TestSizes(t *testing.T) {
	m := sample(t)
	m.Reliability = sampleBins()
	m.Extra = []Section{{Optional + 2, []byte("kelak")}}
	sizes, file, err := m.Sizes()
	if err != nil {
		t.Fatal(err)
	}
	if want := len(encode(t, m)); file != int64(want) {
		t.Errorf("a file of %d bytes, not %d", want, file)
	}
	bytes := map[string]int64{}
	for _, s := range sizes {
		bytes[s.Name] = s.Bytes
	}
	if bytes["weights"] != 24 || bytes["slope"] != 24 || bytes["0x80000002"] != 5 || bytes["reliability"] == 0 || len(bytes) != kinds+2 {
		t.Errorf("sizes %v", sizes)
	}
}
