// Package disk has the disk confirm what a program relies on after a power cut.
//
// A file that is made or renamed lasts once its folder is synced too: call [SyncFolder] behind that. It is
// safe for concurrent use, and repairs nothing.
package disk

import (
	"os"
	"runtime"
)

// SyncFolder has the disk confirm the names in a folder. Windows has no such call.
func SyncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
