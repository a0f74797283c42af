"""The open documents: loading, suggestions, saving, and going from one document to the next."""
