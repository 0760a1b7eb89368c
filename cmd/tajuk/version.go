package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/classifier"
)

func (a *app) versionCommand() *cobra.Command {
	c := &cobra.Command{Use: "version", Short: "print the version of the program and of its model", Example: "  tajuk version", Args: atMost(0)}
	return a.action(c, func(context.Context, []string) error { return a.version() })
}

func (a *app) version() error {
	c, err := a.classifier("builtin")
	if err != nil {
		return err
	}
	info, _ := debug.ReadBuildInfo() // nil if the program was built without modules
	_, err = fmt.Fprintf(a.stdout, "tajuk  %s\ngo     %s %s/%s\nmodel  %s\n", programVersion(info), runtime.Version(), runtime.GOOS, runtime.GOARCH, describe(c))
	return err
}

func describe(c *classifier.Classifier) string {
	m := c.Model().Manifest
	return fmt.Sprintf("%s (%s, %s)", c.Version(), m.Task, count(len(m.Topics), "topic"))
}

// programVersion is the module's version and, of a build from a checkout, the revision.
func programVersion(info *debug.BuildInfo) string {
	if info == nil {
		return "(unknown)"
	}
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	var revision, modified string
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = " " + s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = " (modified)"
		}
	}
	return version + revision + modified
}
