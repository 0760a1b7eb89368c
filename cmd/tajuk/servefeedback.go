package main

import (
	"errors"
	"log/slog"

	"github.com/tajuk/tajuk/internal/feedback"
)

// feedbackLog opens the log of corrections, and says what was found damaged there.
func feedbackLog(dir string, log *slog.Logger) (*feedback.Log, error) {
	if dir == "" {
		return nil, nil
	}
	l, report, err := feedback.Open(dir, feedback.Options{})
	if errors.Is(err, feedback.ErrLocked) {
		return nil, failed("%w", err).hint("give each server a --feedback folder of its own")
	}
	if err != nil {
		return nil, failed("%w", err).hint("--feedback takes a folder that the server may write to")
	}
	for _, damage := range report.Damaged {
		log.Warn("feedback passed over", "reason", damage)
	}
	if more := report.DamagedLines - len(report.Damaged); more > 0 {
		log.Warn("feedback passed over", "more", more)
	}
	if report.Torn != "" {
		log.Warn("feedback cut off: it was being written when the server died, and was not acknowledged", "bytes", report.TornBytes, "kept", report.Torn)
	}
	log.Info("feedback", "folder", dir, "corrections", report.Entries)
	return l, nil
}
