"""The store in a TinyDB file with a journal beside it."""
