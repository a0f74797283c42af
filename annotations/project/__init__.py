"""What a project says for itself: its settings and its guidelines."""
