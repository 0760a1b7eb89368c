package store_test

import (
	"fmt"
	"os"

	"github.com/tajuk/tajuk/internal/builtin"
	"github.com/tajuk/tajuk/internal/store"
)

func Example() {
	dir, err := os.MkdirTemp("", "models")
	if err == nil {
		err = keep(dir)
	}
	if err != nil {
		fmt.Println(err)
	}
	_ = os.RemoveAll(dir)
	// Output: true 35
}

// keep puts a model into a store, makes it active and loads what is active.
func keep(dir string) error {
	s, err := store.Create(dir)
	if err != nil {
		return err
	}
	m, err := builtin.Load()
	if err != nil {
		return err
	}
	m.Manifest.Name, m.Manifest.Version = "desk", ""
	added, _, err := s.Add(store.Addition{Model: m, Note: store.Note{By: "redaksi"}})
	if err != nil {
		return err
	}
	if _, err := s.Activate("desk", added.Version, store.Note{By: "redaksi", Reason: "first version"}); err != nil {
		return err
	}
	name, version, err := s.Resolve("desk")
	if err != nil {
		return err
	}
	c, err := s.Load(name, version)
	if err != nil {
		return err
	}
	fmt.Println(c.Version() == "desk@"+added.Version, len(c.Model().Manifest.Topics))
	return nil
}
