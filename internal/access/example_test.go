package access_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/tajuk/tajuk/internal/access"
)

// A list of callers knows a token by its SHA-256.
func ExampleParseList() {
	list, err := access.ParseList("access", []byte(`
# echo -n kapal | sha256sum
desk read sha256:3c9be80295da7216a57481a46452f2916c38a01e1f26cc5d1be944e56566c9e7
ops admin cert:ops.example
`))
	if err != nil {
		log.Fatal(err)
	}
	caller, found := list.Token("kapal")
	fmt.Println(caller.Name, caller.Role, found)
	_, found = list.Token("tebakan")
	fmt.Println("a guess:", found)
	caller, found = list.Certificate("ops.example")
	fmt.Println(caller.Name, caller.Role, found)
	// Output:
	// desk read true
	// a guess: false
	// ops admin true
}

// With one worker and a queue of one, a third piece of work is refused.
func ExampleLoad() {
	load := access.NewLoad(1, 1, time.Minute)
	turn, _, _ := load.Begin(context.Background())
	second := make(chan error)
	go func() {
		turn, _, err := load.Begin(context.Background()) // waits for the first
		turn.End()
		second <- err
	}()
	for !load.Full(context.Background()) {
		time.Sleep(time.Millisecond)
	}
	_, refused, _ := load.Begin(context.Background())
	fmt.Println(refused.Reason)
	turn.End()
	fmt.Println(<-second)
	// Output:
	// OVERLOADED
	// <nil>
}
