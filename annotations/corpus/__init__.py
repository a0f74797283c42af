"""A corpus of several documents: listing them, their order, opening them, and figures about the work."""
