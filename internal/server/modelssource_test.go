package server

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/tajuk/tajuk/internal/store"
	"github.com/tajuk/tajuk/model"
)

// A file that is replaced is taken up, also within one tick of the clock and with the same size.
func TestFileModel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mini.tajuk")
	write := func(m *model.Model) {
		t.Helper()
		var data bytes.Buffer
		if err := model.Write(&data, m); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, time.Now().Truncate(time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	write(variantModel(t, "mini", 1))
	m := loadModels(t, FileModel(path, "mini"), ModelsOptions{})
	ctx, cancel := context.WithCancel(t.Context())
	var watching sync.WaitGroup
	watching.Go(func() { m.Watch(ctx, time.Millisecond) })
	for n := 2; n < 5; n++ {
		write(variantModel(t, "mini", n))
		waitFor(t, func() bool { return m.Version() == variant(t, "mini", n).Version() })
	}
	if err := os.Truncate(path, 1000); err != nil {
		t.Fatal(err)
	}
	waitFor(t, func() bool { return m.Status()[0].Err != nil })
	wantServing(t, m, variant(t, "mini", 4).Version())
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	waitFor(t, func() bool { return errors.Is(m.Status()[0].Err, os.ErrNotExist) })
	cancel()
	watching.Wait()
	if _, err := LoadModels(FileModel(path, "mini"), ModelsOptions{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// modelStore is a store of n versions of mini, the first active.
func modelStore(t testing.TB, n int) (s *store.Store, ids []string) {
	t.Helper()
	return storeOf(t, tinyClassifier(t).Model(), n)
}

func storeOf(t testing.TB, base *model.Model, n int) (s *store.Store, ids []string) {
	t.Helper()
	s, err := store.Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		m, _, err := s.Add(store.Addition{Model: variantOf(t, base, "mini", i)})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, m.Version)
	}
	if _, err := s.Activate("mini", ids[0], store.Note{By: "test"}); err != nil {
		t.Fatal(err)
	}
	return s, ids
}
