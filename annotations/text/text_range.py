"""A range of a document's text."""

Range = tuple[int, int]
"""The start and end of something, in code points, 0-based, end exclusive."""
