package ordered_test

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/tajuk/tajuk/internal/ordered"
)

// Words are measured by four jobs, and printed in their order.
func ExampleStage() {
	s := ordered.Stage[string, []int]{
		Source: func(context.Context, func()) iter.Seq[string] {
			return slices.Values([]string{"satu", "dua", "delapan"})
		},
		Weight: func(word string) int { return len(word) },
		Worker: func() func(string, *[]int) { return func(word string, out *[]int) { *out = append(*out, len(word)) } },
		Sink: func(out *[]int) error {
			fmt.Println(*out)
			*out = (*out)[:0]
			return nil
		},
		Flush: func() {},
	}
	if err := s.Run(context.Background(), 4); err != nil {
		fmt.Println(err)
	}
	// Output: [4 3 7]
}
