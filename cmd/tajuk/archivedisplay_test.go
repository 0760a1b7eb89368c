package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tajuk/tajuk/internal/archive"
)

// TestArchiveLines: without a terminal there is one line a minute, with rate, errors and the time that is left.
func TestArchiveLines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var talk bytes.Buffer
		d := (&app{stderr: &talk}).archiveDisplay()
		for i := range 181 { // a call a second, for three minutes
			d.progress(archive.Status{
				Files: 4, FilesDone: i / 60, Bytes: 400e6, BytesDone: 40e6 + int64(i)*1e6, BytesBefore: 40e6,
				Records: i * 1000, Text: int64(i) * 2e6, Errors: i / 90,
			})
			time.Sleep(time.Second)
		}
		want := "tajuk: 1 of 4 files, 60000 articles in 1m0s, 2.0 MB/s, 0 errors, about 5m0s left\n" +
			"tajuk: 2 of 4 files, 120000 articles in 2m0s, 2.0 MB/s, 1 error, about 4m0s left\n" +
			"tajuk: 3 of 4 files, 180000 articles in 3m0s, 2.0 MB/s, 2 errors, about 3m0s left\n"
		if got := talk.String(); got != want {
			t.Errorf("%s", got)
		}
	})
}

// TestArchiveProblems: not more errors are shown than can be read.
func TestArchiveProblems(t *testing.T) {
	var talk bytes.Buffer
	d := (&app{stderr: &talk}).archiveDisplay()
	for i := range 100 {
		d.problem(errors.New(fmt.Sprint("error ", i)))
	}
	d.finish()
	if got := talk.String(); strings.Count(got, "error ") != errorsShown || strings.Count(got, "\n") != errorsShown+1 || !strings.HasSuffix(got, ".errors.jsonl\n") {
		t.Errorf("%s", got)
	}
}

// TestArchiveVerdict: what a run ends with, by what was left out.
func TestArchiveVerdict(t *testing.T) {
	for _, test := range []struct {
		summary archive.Summary
		code    int
		message string
	}{
		{archive.Summary{Files: 1}, exitDone, ""},
		{archive.Summary{Files: 1, Tally: archive.Tally{Rows: 3, Errors: 1}}, exitRecords, "1 record left out, 3 done"},
		{archive.Summary{Files: 1, Failed: 2, Tally: archive.Tally{Rows: 3}}, exitRecords, "2 files without output, 3 done"},
		{archive.Summary{Files: 1, Failed: 1, Broken: 1, Tally: archive.Tally{Rows: 3}}, exitRecords, "1 file without output, 1 file not read to the end, 3 done"},
		{archive.Summary{Failed: 1}, exitFailed, "no file was finished"},
		{archive.Summary{Files: 1, Broken: 1}, exitFailed, "nothing could be read"},
	} {
		err := archiveVerdict(&test.summary)
		var talk bytes.Buffer
		code := (&app{stderr: &talk}).report(err)
		if code != test.code || test.message != "" && talk.String() != "tajuk: error: "+test.message+"\n" {
			t.Errorf("%+v: exit code %d: %s", test.summary, code, &talk)
		}
	}
}
