"""What a person types in the shell: its parsers, its help, and what is printed there."""
