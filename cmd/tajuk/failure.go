package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Exit codes.
const (
	exitDone = iota
	exitFailed
	exitUsage
	exitGate
	exitRecords
)

// failure is an error as a user meets it: a message, the next step to take if
// there is one, and the exit code.
type failure struct {
	code int
	err  error
	next string
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// hint sets the next step.
func (f *failure) hint(format string, args ...any) *failure {
	f.next = fmt.Sprintf(format, args...)
	return f
}

func failed(format string, args ...any) *failure {
	return &failure{code: exitFailed, err: fmt.Errorf(format, args...)}
}

func usage(format string, args ...any) *failure {
	return &failure{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// report tells the user about err and returns the exit code, exitFailed for an
// error that has none of its own.
func (a *app) report(err error) int {
	if err == nil {
		return exitDone
	}
	f, ok := errors.AsType[*failure](err)
	switch {
	case errors.Is(err, context.Canceled):
		f = failed("interrupted")
	case !ok:
		f = failed("%w", err)
	}
	fmt.Fprintf(a.stderr, "tajuk: error: %s\n", f.err)
	if f.next != "" {
		fmt.Fprintf(a.stderr, "tajuk: hint: %s\n", f.next)
	}
	return f.code
}

// note tells the user something that is no error.
func (a *app) note(format string, args ...any) {
	fmt.Fprintf(a.stderr, "tajuk: "+format+"\n", args...)
}

// atMost refuses more than n arguments.
func atMost(n int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > n {
			return usage("%s takes %s at most: %q is one too many", c.CommandPath(), count(n, "argument"), args[n]).
				hint("run %q", c.CommandPath()+" --help")
		}
		return nil
	}
}

// needData refuses a command line without articles.
func needData(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usage("no articles given").hint(`name files or folders, or "-" for standard input; run %q`, c.CommandPath()+" --help")
	}
	return nil
}

// flagError words an error of the flag parser.
func flagError(c *cobra.Command, err error) error {
	f := usage("%w", err)
	if bad, ok := errors.AsType[*pflag.NotExistError](err); ok {
		f = usage("unknown flag %q", "--"+bad.GetSpecifiedName())
		if short := bad.GetSpecifiedShortnames(); short != "" {
			f = usage("unknown flag %q", "-"+bad.GetSpecifiedName())
		}
	} else if bad, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		f = badValue("--"+bad.GetFlag().Name, bad)
	} else if bad, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		f = usage("--%s needs a value", bad.GetFlag().Name)
	}
	return f.hint("run %q", c.CommandPath()+" --help")
}

// badValue says what is wrong with the value that name was given.
func badValue(name string, bad *pflag.InvalidValueError) *failure {
	cause := errors.Unwrap(bad)
	if number, ok := errors.AsType[*strconv.NumError](cause); ok {
		cause = number.Err
		if bad.GetFlag().Value.Type() == "bool" {
			cause = errors.New("give true or false")
		}
	}
	return usage("invalid value %q for %s: %w", bad.GetValue(), name, cause)
}

// cause takes off what the os and net packages put before an error: our messages name the
// file or address themselves.
func cause(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	if oe, ok := errors.AsType[*net.OpError](err); ok {
		return oe.Err
	}
	if ae, ok := errors.AsType[*net.AddrError](err); ok {
		return errors.New(ae.Err)
	}
	return err
}

// count words a number of things: "1 record", "3 records".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// were is count with a verb: "1 record was", "3 records were".
func were(n int, thing string) string {
	if n == 1 {
		return count(n, thing) + " was"
	}
	return count(n, thing) + " were"
}
