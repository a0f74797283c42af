"""What is written to the terminal for a change, in as few bytes as possible."""
