"""What is true of an annotated article without a screen.

Documents, spans, label schemes, edits, sessions, the store, suggesters, dates and formats. Nothing
here imports Textual: a key on the screen is first a plain function of this package.
"""
