"""The command line in the shell: its parsers, its help, and what is printed there."""
