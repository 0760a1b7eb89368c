package main

import (
	"strings"

	"github.com/spf13/cobra"
)

const completionHelp = `Print a script that lets a shell complete commands, flags and their values.
Source it in the start-up file of the shell, or write it where the shell looks for completions.`

const completionExamples = `  tajuk completion bash
  tajuk completion zsh
  tajuk completion fish`

func completionCommand(root *cobra.Command) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	c := &cobra.Command{Use: "completion SHELL", Short: "print a completion script for a shell", Long: completionHelp, Example: completionExamples, ValidArgs: shells}
	c.RunE = func(c *cobra.Command, args []string) error {
		hint := "give one of " + strings.Join(shells, ", ")
		if len(args) != 1 {
			return usage("completion needs one shell, not %d", len(args)).hint("%s", hint)
		}
		out := c.OutOrStdout()
		switch args[0] {
		case "bash":
			return root.GenBashCompletionV2(out, true)
		case "zsh":
			return root.GenZshCompletion(out)
		case "fish":
			return root.GenFishCompletion(out, true)
		case "powershell":
			return root.GenPowerShellCompletionWithDesc(out)
		}
		return usage("unknown shell %q", args[0]).hint("%s", hint)
	}
	return c
}
