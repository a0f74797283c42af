"""A labelled range of a document's text.

Offsets are Unicode code points, 0-based, end exclusive, into the exact decoded text.
"""

import math
from typing import Literal, NamedTuple, assert_never, get_args

from msgspec import Struct
from msgspec.structs import replace

from annotations.model.source import Source
from annotations.model.value import Value

Status = Literal["suggested", "accepted", "rejected"]
"""What a person decided about a span. The methods of `Span` say what each status means."""
STATUSES: tuple[Status, ...] = get_args(Status)


class SpanKey(NamedTuple):
    """What identifies a span: two spans with the same extent and label are the same."""

    start: int
    end: int
    label: str


class Span(Struct, frozen=True, omit_defaults=True, gc=False):
    """A span of text with a label, who proposed it and what a person decided about it.

    Raises `ValueError` for an empty or negative extent, an empty label or a score that is not a number.
    """

    start: int
    end: int
    label: str
    status: Status = "suggested"
    sources: tuple[Source, ...] = ()
    """Its sources, in order: suggesters first, then the annotator who corrected it.

    `("en_core_web_sm 3.8.0",)` is a suggestion, or one accepted unchanged,
    `("en_core_web_sm 3.8.0", "ann")` one that ann corrected, `("ann",)` a span ann added.
    """
    score: float | None = None
    """The suggester's confidence from 0 to 1. It is used for sorting and highlighting; it never
    decides.
    """
    value: Value | None = None
    comment: str = ""
    flagged: bool = False
    beside: float | None = None
    """How sure the suggester was about the words just before and after, from 0 to 1."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span cannot reach from {self.start} to {self.end}")
        if not self.label:
            raise ValueError(f"the span from {self.start} to {self.end} has no label")
        if self.score is not None and not math.isfinite(self.score):
            raise ValueError(f"the span from {self.start} to {self.end} has the score {self.score}")

    @property
    def key(self) -> SpanKey:
        """The identity of the span among those of one document and annotator."""
        return SpanKey(self.start, self.end, self.label)

    @property
    def decided(self) -> bool:
        """Whether a person accepted or rejected it."""
        match self.status:
            case "accepted" | "rejected":
                return True
            case "suggested":
                return False
            case unknown:
                assert_never(unknown)

    @property
    def accepted(self) -> bool:
        """Whether a person confirmed it."""
        match self.status:
            case "accepted":
                return True
            case "suggested" | "rejected":
                return False
            case unknown:
                assert_never(unknown)

    @property
    def rejected(self) -> bool:
        """Whether a person refused it. It is kept, so that it is not suggested again."""
        match self.status:
            case "rejected":
                return True
            case "suggested" | "accepted":
                return False
            case unknown:
                assert_never(unknown)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the span shares at least one code point with the range."""
        return self.start < end and start < self.end

    def contains(self, start: int, end: int) -> bool:
        """Whether the whole range lies inside the span."""
        return self.start <= start and end <= self.end


def reading_order(span: Span | SpanKey) -> tuple[int, int, str]:
    """Sort key: by the start of a span, the longer one first, then by label."""
    return (span.start, -span.end, span.label)


__all__ = ["STATUSES", "Span", "SpanKey", "Status", "reading_order", "replace"]
