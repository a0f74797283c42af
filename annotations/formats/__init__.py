"""File formats of annotated documents, one module each, and their registry by name."""
