"""A place where there may be a name that nobody suggested: something to look at, not a span."""

from msgspec import Struct

from annotations.model.span import SpanKey


class NamePlace(Struct, frozen=True):
    """A stretch of text that may be a name. Offsets are code points, 0-based, end exclusive."""

    start: int
    end: int
    label: str
    """The likeliest label, one of the project's; empty if there is no guess."""
    chance: float
    """How likely it is that there is a name, from 0 to 1."""
    reason: str
    """Why, in plain words that continue a sentence: `a capital inside a sentence`."""

    @property
    def key(self) -> SpanKey:
        """The span that the guess would make of it; this gives its place among spans in reading order."""
        return SpanKey(self.start, self.end, self.label)
