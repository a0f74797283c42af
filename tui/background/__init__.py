"""Work in the pauses between keys and on threads, so that no key waits for it."""
