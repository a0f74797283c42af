"""The values that everything else uses: documents, spans, labels, edits, sets of annotations.

They use no other package of the program.
"""
