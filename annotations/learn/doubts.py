"""Which suggestions of one document are doubtful, as the screen shows it.

The suggestions at which a person should look one by one are called stops: doubtful ones and spot checks. A
suggestion is judged when it is first asked about, and again when `look` is called, which the code that
paints the screen does. In between, the verdict stays the same, even after new decisions or suggestions: a
key accepts exactly what a person saw as undoubted.
"""

from collections.abc import Iterable

from msgspec import Struct

from annotations.learn.doubt import MOST_REASONS, is_spot_check, reasons
from annotations.learn.learned import Learned
from annotations.learn.lesson import JudgedSuggestion, suggester_kind
from annotations.learn.record import Teaching
from annotations.learn.signals import SURE_SIGNS, Signal
from annotations.model.document import Document
from annotations.model.source import Source
from annotations.model.span import Span, SpanKey
from annotations.model.span_index import SpanIndex
from annotations.text.text_range import Range

ONLY_REPEATED = "suggested only elsewhere"
"""The reason to check a suggestion whose words a suggester found only elsewhere."""


PREPARED_AT_ONCE = 20
"""How many suggestions are prepared in one step: about a millisecond."""
MOST_JUDGED = 1000
"""At most how many suggestions are judged to count the doubtful ones: about 30 milliseconds."""


class Verdict(Struct, frozen=True):
    """Whether to stop at a suggestion, and why."""

    wrong: float
    """How likely it is wrong, from 0 to 1."""
    doubtful: bool
    spot_check: bool
    """Whether it is a stop although it is undoubted."""
    largest: tuple[Signal, ...]
    """The signals that add most to the doubt, the strongest first."""

    @property
    def is_stop(self) -> bool:
        """Whether a person should look at it."""
        return self.doubtful or self.spot_check


class Doubts:
    """The verdicts about the suggestions of one document."""

    def __init__(self, document: Document, teaching: Teaching, learned: Learned) -> None:
        self._document = document
        self._teaching = teaching
        self._learned = learned
        self._judged: dict[tuple[SpanKey, tuple[Source, ...]], JudgedSuggestion] = {}
        self._verdicts: dict[SpanKey, Verdict] = {}

    def of(self, span: Span) -> Verdict:
        """The verdict about a suggestion from the last time it was judged."""
        verdict = self._verdicts.get(span.key)
        if verdict is None:
            verdict = self._verdicts[span.key] = self._judge(span)
        return verdict

    def stops_at(self, span: Span) -> bool:
        """Whether a person should look at a span: an undecided one that is doubtful, or a spot check."""
        return not span.decided and self.of(span).is_stop

    def is_spot_check(self, span: Span) -> bool:
        """Whether a span is undecided and a stop although it is undoubted."""
        return not span.decided and self.of(span).spot_check

    def number(self, spans: SpanIndex) -> int | None:
        """How many undecided spans are doubtful; `None` if there are too many to judge them all at once."""
        if spans.count(status="suggested") > MOST_JUDGED:
            return None
        return sum(not span.decided and self.of(span).doubtful for span in spans)

    def reasons(self, span: Span) -> list[str]:
        """Why a suggestion is doubtful, in plain words, the strongest reason first."""
        found = reasons(self.of(span).largest, self._document, span, self._learned.memory)
        return [ONLY_REPEATED, *found][:MOST_REASONS] if suggester_kind(span) == "repeated" else found

    def look(self, spans: Iterable[Span]) -> list[Range]:
        """Judge the undecided ones of these again; returns where a stop has ended or begun."""
        changed = []
        for span in spans:
            if span.decided:
                continue
            before, verdict = self._verdicts.get(span.key), self._judge(span)
            self._verdicts[span.key] = verdict
            if before is None or before.is_stop != verdict.is_stop:
                changed.append((span.start, span.end))
        return changed

    def prepare(self, spans: Iterable[Span]) -> bool:
        """Prepare what does not depend on decisions, for a few of these; returns whether there may be more."""
        number = 0
        for span in spans:
            if number == PREPARED_AT_ONCE:
                return True
            if not span.decided and (span.key, span.sources) not in self._judged:
                self._suggestion(span)
                number += 1
        return False

    def _suggestion(self, span: Span) -> JudgedSuggestion:
        place = (span.key, span.sources)
        suggestion = self._judged.get(place)
        if suggestion is None:
            suggestion = self._judged[place] = self._teaching.judged(span)
        return suggestion

    def _judge(self, span: Span) -> Verdict:
        suggestion = self._suggestion(span)
        weights, signals = self._learned.weights, self._learned.memory.signals(suggestion)
        wrong = weights.wrong(signals)
        doubtful = wrong > self._learned.threshold or self._needs_decision(suggestion)
        spot_check = not doubtful and is_spot_check(self._document.id, span)
        return Verdict(wrong, doubtful, spot_check, tuple(weights.largest(signals)) if doubtful else ())

    def _needs_decision(self, suggestion: JudgedSuggestion) -> bool:
        """Whether to stop at a suggestion even if it is probably right: its kind needs a decision first.

        It is suggested only because the same words were suggested elsewhere, or has a sign that is almost
        never right; and the person has not yet decided that the same words have this label.
        """
        if suggestion.kind != "repeated" and not any(suggestion.fixed[place] for place in SURE_SIGNS):
            return False
        return not self._learned.memory.said(suggestion.words, suggestion.label)[0]
