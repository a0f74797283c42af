"""Work on plain text without annotations: words, alignment, search, encodings, display."""
