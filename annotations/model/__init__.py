"""The values everything else is made of: documents, spans, labels, edits, sets of annotations. Pure."""
