"""What a person can do to the annotations of one document: edits, undo, selection, propagation."""
