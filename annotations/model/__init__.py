"""The values that everything else uses: documents, spans, labels, edits, sets of annotations. Pure."""
