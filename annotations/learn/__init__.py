"""What the program learns from a person's single decisions: which suggestions to doubt, and why."""
