package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

// row compares the two servers on one shape.
type row struct {
	shape        string
	tajuk, echo  result
	wantShare    float64 // of the echo's documents a second
	wantP99Times float64 // the echo's p99, or 0
}

// compare measures in rounds, the two servers in turn.
func compare(tajuk, echo *server, docs []*pb.Document, during time.Duration, rounds int) ([]row, error) {
	all, err := shapes(docs)
	if err != nil {
		return nil, err
	}
	targets := []row{{wantShare: .6, wantP99Times: 3}, {wantShare: .3}, {wantShare: .3}}
	for i, s := range all {
		var a, b []result
		for range rounds {
			for _, m := range []struct {
				s  *server
				to *[]result
			}{{echo, &b}, {tajuk, &a}} {
				r, err := withCPU(m.s, func() (result, error) { return s.run(m.s, during) })
				if err != nil {
					return nil, fmt.Errorf("%s: %w", s.name, err)
				}
				*m.to = append(*m.to, r)
			}
		}
		targets[i].shape, targets[i].tajuk, targets[i].echo = s.name, middle(a), middle(b)
	}
	return targets, nil
}

// withCPU adds the server's CPU time to what measure gives.
func withCPU(s *server, measure func() (result, error)) (result, error) {
	before, start := s.cpu(), time.Now()
	r, err := measure()
	if r.documents > 0 {
		r.cpu = time.Duration(float64(s.cpu()-before) / (r.documents * time.Since(start).Seconds()))
	}
	return r, err
}

// middle takes the median of each figure.
func middle(rs []result) (m result) {
	var documents []float64
	var p50, p99, cpu []time.Duration
	for _, r := range rs {
		documents, p50, p99, cpu = append(documents, r.documents), append(p50, r.p50), append(p99, r.p99), append(cpu, r.cpu)
	}
	return result{documents: median(documents), p50: median(p50), p99: median(p99), cpu: median(cpu)}
}

func median[T float64 | time.Duration](values []T) T {
	s := slices.Sorted(slices.Values(values))
	return s[len(s)/2]
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000)
}

func printComparison(w io.Writer, rows []row) {
	fmt.Fprintln(w, "| | tajuk docs/s | echo docs/s | share | target | tajuk p50 / p99 ms | echo p50 / p99 ms | p99, times | target | server CPU µs/doc, tajuk / echo |")
	fmt.Fprintln(w, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, r := range rows {
		p99 := ""
		if r.wantP99Times > 0 {
			p99 = fmt.Sprintf("≤ %.0f", r.wantP99Times)
		}
		fmt.Fprintf(w, "| %s | %.0f | %.0f | %.0f %% | ≥ %.0f %% | %s / %s | %s / %s | %.1f | %s | %.1f / %.1f |\n", r.shape, r.tajuk.documents, r.echo.documents,
			100*r.tajuk.documents/r.echo.documents, 100*r.wantShare, milliseconds(r.tajuk.p50), milliseconds(r.tajuk.p99),
			milliseconds(r.echo.p50), milliseconds(r.echo.p99), float64(r.tajuk.p99)/float64(r.echo.p99), p99,
			float64(r.tajuk.cpu.Nanoseconds())/1000, float64(r.echo.cpu.Nanoseconds())/1000)
	}
}
