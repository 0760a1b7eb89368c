package archive_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tajuk/tajuk/internal/archive"
)

// A folder of articles is tagged; run again, there is nothing left to do.
func ExampleRun() {
	dir, err := os.MkdirTemp("", "archive")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	in := filepath.Join(dir, "news")
	_ = os.Mkdir(in, 0o777)
	_ = os.WriteFile(filepath.Join(in, "a.txt"), []byte("gol pemain klub liga"), 0o666)
	_ = os.WriteFile(filepath.Join(in, "b.txt"), []byte("dokter pasien rumah sakit"), 0o666)

	for range 2 {
		s, err := archive.Run(context.Background(), []string{in}, filepath.Join(dir, "tagged"), archive.Options{Model: desk()})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(s.Files, "files,", s.Before, "before;", s.Topics)
	}
	// Output:
	// 2 files, 0 before; map[health:1 sport:1]
	// 2 files, 2 before; map[health:1 sport:1]
}
