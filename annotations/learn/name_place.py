"""A place where a name may be that nobody suggested: something to look at, not a span."""

from msgspec import Struct

from annotations.model.span import SpanKey


class NamePlace(Struct, frozen=True):
    """A stretch of text that may be a name. Offsets are code points, 0-based, end exclusive."""

    start: int
    end: int
    label: str
    """The likeliest label, one of the project's; empty where there is no guess."""
    chance: float
    """How likely there is a name, from 0 to 1."""
    reason: str
    """Why, in plain words that go on a sentence: `known from another article`."""

    @property
    def key(self) -> SpanKey:
        """What the span would be that the guess makes of it; it is among spans in reading order by this."""
        return SpanKey(self.start, self.end, self.label)
