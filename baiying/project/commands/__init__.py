"""The errands of the command line: `arguments(parser)` says what each takes, `run(chosen)` does it."""
