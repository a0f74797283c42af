"""A stretch of a document's text."""

Range = tuple[int, int]
"""Where something begins and ends: code points, 0-based, end exclusive."""
