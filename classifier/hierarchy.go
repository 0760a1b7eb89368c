package classifier

import (
	"slices"

	"github.com/tajuk/tajuk/model"
)

// impliedShare is the share of a narrow topic's articles that must carry the broader one, too, for
// the narrow one to imply it. Some topics are narrower by name alone: labellers give
// football with sport always, but a recipe with lifestyle hardly ever.
const impliedShare = 0.95

// markImplied notes in the topics which of them imply their parents by the bags' labels.
func markImplied(topics []model.Topic, bags []Bag) []model.Topic {
	topics = slices.Clone(topics)
	for k := range topics {
		t := &topics[k]
		narrow, both := 0, 0
		for i := range bags {
			if b := &bags[i]; t.Parent != "" && b.has(t.ID) && !b.unknown(t.Parent) {
				narrow++
				if b.has(t.Parent) {
					both++
				}
			}
		}
		t.Implies = narrow > 0 && float64(both) >= impliedShare*float64(narrow)
	}
	return topics
}

// impliedTopics gives for each topic the one that it implies, or -1; nil if none does.
func impliedTopics(topics []model.Topic, task string) []int {
	if task == Single || !slices.ContainsFunc(topics, func(t model.Topic) bool { return t.Implies }) {
		return nil
	}
	out := make([]int, len(topics))
	for k, t := range topics {
		out[k] = -1
		if t.Implies {
			out[k] = slices.IndexFunc(topics, func(p model.Topic) bool { return p.ID == t.Parent })
		}
	}
	return out
}
