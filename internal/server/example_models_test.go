package server_test

import (
	"fmt"
	"os"

	"github.com/tajuk/tajuk/internal/server"
	"github.com/tajuk/tajuk/internal/store"
)

// A store whose active version changes: what answers follows.
func ExampleLoadModels() {
	dir, err := os.MkdirTemp("", "models")
	if err == nil {
		err = follow(dir)
	}
	if err != nil {
		fmt.Println(err)
	}
	_ = os.RemoveAll(dir)
	// Output:
	// true 1 resident
	// true 1 resident
}

func follow(dir string) error {
	s, err := store.Create(dir)
	if err != nil {
		return err
	}
	var models *server.Models
	for _, created := range []string{"2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"} {
		m := *train().Model()
		m.Manifest.Name, m.Manifest.Version, m.Manifest.Created = "desk", "", created
		v, _, err := s.Add(store.Addition{Model: &m})
		if err != nil {
			return err
		}
		if _, err := s.Activate("desk", v.Version, store.Note{By: "sari", Reason: "daily training"}); err != nil {
			return err
		}
		if models == nil {
			models, err = server.LoadModels(server.StoreModels(s), server.ModelsOptions{})
		} else {
			err = models.Reload() // or models.Watch, which looks every now and then
		}
		if err != nil {
			return err
		}
		fmt.Println(models.Version() == "desk@"+v.Version, models.Status()[0].Resident, "resident")
	}
	return nil
}
