"""The command line: one file per command, found by file name. Data goes to stdout, messages to stderr."""
