"""Which suggestions to decide about now: by label, by source, by score, by disagreement."""

from msgspec import Struct

from annotations.model.hidden_dates import is_hidden_date
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.model.span_index import SpanIndex


class Filter(Struct, frozen=True):
    """Conditions for the suggestions to step to; empty parts are no conditions."""

    label: str = ""
    source: Source | None = None
    below: float | None = None
    """Only scores below this one; a suggestion without a score is never sure, so it passes."""
    disputed: bool = False
    """Only where suggesters disagree (see `is_disputed`)."""
    beside: frozenset[str] = frozenset()
    """Only other labels than these: suggestions whose label is not in the project."""

    hidden_dates: bool = False
    """Only dates that are normally not offered because the rules cannot read them."""

    def wants(self, span: Span, spans: SpanIndex) -> bool:
        """Whether a span passes."""
        if self.label and span.label != self.label:
            return False
        if self.beside and span.label in self.beside:
            return False
        if self.hidden_dates and not is_hidden_date(span):
            return False
        if self.source and self.source not in span.sources:
            return False
        if self.below is not None and span.score is not None and span.score >= self.below:
            return False
        return not self.disputed or is_disputed(span, spans)

    @property
    def words(self) -> str:
        """The filter in words; empty if everything passes."""
        parts = [
            self.label,
            f"from {self.source}" if self.source else "",
            f"below {self.below:.2f}" if self.below is not None else "",
            "disputed" if self.disputed else "",
            "labels not of this project" if self.beside else "",
            "hidden dates" if self.hidden_dates else "",
        ]
        return ", ".join(part for part in parts if part)


def is_disputed(span: Span, spans: SpanIndex) -> bool:
    """Whether another source contradicts the span at the same place: other edges or another label.

    Spans with a common source do not disagree: a suggester that nests spans means both. The number of such
    spans in a document is counted by `annotations.model.disagreement`.
    """
    return any(
        other.key != span.key and not other.rejected and not set(other.sources) & set(span.sources)
        for other in spans.overlapping(span.start, span.end)
    )
