"""What is true of a text without annotations: words, alignment, search, encodings, display."""
