"""Text in terminal cells: the width of each character, cutting, and wrapping into rows."""
