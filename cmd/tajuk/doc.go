// Command tajuk tags Indonesian news with topics.
//
// The answer goes to standard output and talk to standard error; "-" stands for
// standard input or output. Every flag can also be set in the environment:
// --min-confidence is TAJUK_MIN_CONFIDENCE, and a flag given beats it; an empty
// variable counts as not set. Exit codes:
//
//	0  done
//	1  failed
//	2  the command line or the environment is wrong
//	3  a quality gate of eval or of models activate was not passed
//	4  finished, but some records were left out; each was reported as "file:line: reason"
//
// The whole program is [run], which takes its surroundings as arguments; each
// subcommand is one file: its flags and examples, and a method that takes plain values.
package main
