"""Spans from unknown sources: every offset is checked against the text before a span is made from it."""

from collections.abc import Callable
from typing import TypedDict, Unpack

from msgspec import Struct

from annotations.formats.format import FormatError
from annotations.formats.loss import Loss, span_loss
from annotations.model.source import Source
from annotations.model.span import Span, Status
from annotations.model.value import Value

NO_TEXT = "annotation without text"
OUTSIDE = "annotation outside the text"
OTHER_TEXT = "annotation whose text is not what its offsets cover"
UNUSABLE = "annotation that is not a span with a label"
WRONG = frozenset({OUTSIDE, OTHER_TEXT, UNUSABLE})
"""Reasons that make a whole file doubtful: its offsets may count other units, or its format is another."""
NOT_READ = WRONG | {NO_TEXT}
"""The reasons under which annotations that could not be read are listed."""


class SpanParts(TypedDict, total=False):
    """The attributes that a span may have besides its extent and label."""

    status: Status
    sources: tuple[Source, ...]
    score: float | None
    beside: float | None
    value: Value | None
    comment: str
    flagged: bool


class SpanInput:
    """Collects the spans of one document that is being read, and the losses of what could not be read.

    Offsets are code points. A span that does not fit the text is left out and listed as a loss. Raises
    `FormatError` for a text with NUL characters or halves of surrogate pairs.
    """

    def __init__(self, text: str, where: str) -> None:
        if "\0" in text:
            raise FormatError(f"{where} has a text with NUL characters; that is not text.")
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise FormatError(
                f"{where} has a text with half of a surrogate pair, which is not a character."
            ) from None
        self.text = text
        self.where = where
        self.losses: list[Loss] = []
        self._spans: dict[tuple[int, int, str], Span] = {}

    @property
    def spans(self) -> list[Span]:
        """The spans so far."""
        return list(self._spans.values())

    def add(
        self,
        start: int,
        end: int,
        label: str,
        field: str,
        quote: str | None = None,
        **more: Unpack[SpanParts],
    ) -> None:
        """Add a span; `field` is its name in error messages, `quote` its text as the file has it.

        A span that was added before is not added again; if the details differ, the first ones are kept. A span
        that is outside the text, or does not have that text, is listed as a loss.
        """
        if start == end and 0 <= start <= len(self.text):
            self.leave_out(NO_TEXT, f"{field} begins and ends at {_brief(start)}")
            return
        if not 0 <= start < end <= len(self.text):
            self.leave_out(
                OUTSIDE,
                f"{field} reaches from {_brief(start)} to {_brief(end)}, "
                f"but the text has {len(self.text)} characters",
            )
            return
        if quote is not None and quote != self.text[start:end]:
            self.leave_out(
                OTHER_TEXT,
                f"{field} should read {_brief(quote)}, but from {start} to {end} "
                f"the text reads {_brief(self.text[start:end])}; the offsets may count other units",
            )
            return
        try:
            span = Span(start, end, label, **more)
        except ValueError as error:
            self.leave_out(UNUSABLE, f"{field}: {error}")
            return
        there = self._spans.setdefault(span.key, span)
        if there != span:
            self.losses.append(
                span_loss(self.text, span, "the same span a second time, with other details", "foreign")
            )

    def leave_out(self, reason: str, what: str) -> None:
        """List an annotation that is not read as a loss; `what` says what is wrong with it."""
        self.losses.append(Loss("foreign", reason, None, f"{self.where}, {what}."))

    def add_utf16(
        self,
        code_points: Callable[[int], int | None],
        start: int,
        end: int,
        label: str,
        field: str,
        quote: str | None = None,
        **more: Unpack[SpanParts],
    ) -> None:
        """Add a span with offsets in UTF-16 units; `code_points` converts them to code points of this text."""
        first, last = code_points(start), code_points(end)
        if first is None or last is None:
            self.leave_out(
                OUTSIDE,
                f"{field} begins or ends inside the character at "
                f"{_brief(start)} or {_brief(end)}; the offsets may count other units",
            )
            return
        self.add(first, last, label, field, quote, **more)


def unknown_fields(value: object, known: type[Struct]) -> list[Loss]:
    """The losses of the fields of a JSON object that the type does not have."""
    if not isinstance(value, dict):
        return []
    names = set(value).difference(known.__struct_encode_fields__)
    return [Loss("foreign", f"field {name[:40]!r}, which is not read") for name in sorted(names)]


def _brief(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:38] + "…" + shown[-1]
