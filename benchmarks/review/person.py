"""A person who corrects the suggestions of article after article, and how many keys that takes.

An attentive person sees every fault; a careless one decides only where the program stops and accepts
the rest. Decisions are made in reading order by the code of the program, so that carrying on, nested
suggestions and learning are as in the program; keys are counted by `benchmarks.review.key_costs`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from annotations.editing import commands as edits
from annotations.editing.document_session import DocumentSession
from annotations.editing.found_places import LEAST_CHANCE
from annotations.editing.same_words import suggest_same_words
from annotations.learn.fitting import Fitting
from annotations.learn.learned import Learned
from annotations.learn.name_place import NamePlace
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Change, EditKind
from annotations.model.label_scheme import LabelScheme
from annotations.model.span import Span
from annotations.text.text_range import Range
from benchmarks.review.gold import Article, Gold
from benchmarks.review.key_costs import Layout
from benchmarks.review.suggested import Suggested

Way = Literal["plain", "one by one", "V", "+"]
"""Enter on each suggestion without any help of the program; the same with its helps; screen by screen;
from one doubtful suggestion to the next.
"""
Fault = Literal["right", "label", "edge", "spurious"]


@dataclass
class Tally:
    """What an article cost."""

    gold: int = 0
    keys: int = 0
    stops: int = 0
    undoubted: int = 0
    undoubted_wrong: int = 0
    passed: int = 0
    """Wrong spans that a careless person accepted."""
    judged: list[tuple[float, bool]] = field(default_factory=list)
    """How likely each suggestion was wrong before it was decided, and whether it was."""


def total(tallies: list[Tally]) -> Tally:
    """The sum of all tallies."""
    whole = Tally()
    for name in ("gold", "keys", "stops", "undoubted", "undoubted_wrong", "passed"):
        setattr(whole, name, sum(getattr(tally, name) for tally in tallies))
    whole.judged = [one for tally in tallies for one in tally.judged]
    return whole


def review(
    articles: list[Suggested],
    scheme: LabelScheme,
    way: Way,
    learned: Learned,
    *,
    careless: bool = False,
    refit: bool = True,
    at_start: Callable[[DocumentSession, Suggested], None] = lambda session, suggested: None,
) -> list[Tally]:
    """What each article of a stream costs one person; afterwards `learned` has learned from all of them.

    With `refit`, the weights are fitted again after each article. `at_start` gets each article before
    anything is decided in it.
    """
    tallies: list[Tally] = []
    fitting = Fitting(learned.weights.values, learned.place_weights)
    taken = 0
    for article in articles:
        reviewing = _Reviewing(article, scheme, way, learned, careless)
        at_start(reviewing.session, article)
        tallies.append(reviewing.review())
        if refit and way != "plain":
            lessons = learned.lessons_to_fit()
            fitting.take(lessons[taken:])
            taken = len(lessons)
            learned.use(fitting.fitted())
    return tallies


class _Reviewing:
    """The review of one article by a person."""

    def __init__(
        self, suggested: Suggested, scheme: LabelScheme, way: Way, learned: Learned, careless: bool
    ) -> None:
        self._article: Article = suggested.article
        self._left: Gold = dict(self._article.gold)
        self._unseen: set[Range] = set()
        """The missed names that a careless person did not see."""
        self._starts: list[int] = []
        """The places where spans begin, to go from one to the next."""
        self._way, self._careless = way, careless
        document = Document(self._article.text, self._article.name)
        learns = Learned() if way == "plain" else learned
        annotations = AnnotationSet(document.id, "ann")
        self.session = DocumentSession(document, annotations, scheme, learned=learns)
        for span in suggested.found.spans:
            self.session.suggest(span.sources[0], [span], None)
        if self._helped:
            suggest_same_words(self.session)
        self._doubts = self.session.doubts
        annotations.second_readings.extend(suggested.found.second_readings)
        self._finder = self.session.name_places
        self._places: list[NamePlace] = []
        """The places on the screens up to `_scanned`, as they were when the screens were drawn, without
        those passed.
        """
        self._scanned = -1
        self._layout = Layout(self._article.text)
        self._tally = Tally(gold=len(self._left))
        self._here = 0
        self._screen = -1
        self._taken = False
        """Whether undoubted suggestions were accepted for which no key has been counted yet."""
        self._taking = False
        """Whether the last key was a `+` on a doubtful suggestion, which also accepts the undoubted ones after it."""

    def review(self) -> Tally:
        """Decide everything."""
        if self._way == "plain":
            self._review_plainly()
            return self._tally
        while True:
            span = next(self._undecided(), None)
            place = self._next_place(span)
            missed = next(self._missed(span, place), None)
            if missed is not None:
                self._add(*missed)
            elif place is not None:
                self._stop_at_place(place)
            elif span is not None:
                self._decide(span)
            else:
                break
        self._turn_over(None)
        return self._tally

    # Without the program's helps

    def _review_plainly(self) -> None:
        spans = list(self.session.annotations.spans)
        self._starts = sorted(span.start for span in spans)
        for place, span in enumerate(spans):
            for start, end in self._missed_before(span, spans[place:]):
                self._by_hand(start, end)
            fault, target = self._fault(span, spans[place + 1 :])
            self._tally.keys += self._cost(span, fault, target)
            self._left.pop(target or (span.start, span.end), None)
            self._here = span.start
        for start, end in sorted(self._left):
            self._by_hand(start, end)

    def _missed_before(self, span: Span, coming: list[Span]) -> list[tuple[int, int]]:
        return sorted(
            extent
            for extent in self._left
            if extent[0] < span.start and not any(other.overlaps(*extent) for other in coming)
        )

    def _by_hand(self, start: int, end: int) -> None:
        way = self._layout.way(self._here, start, self._starts, to_span=False, helped=self._helped)
        self._tally.keys += (
            way + self._layout.by_hand(start, end, helped=self._helped) + (not self._helped)
        )
        self._left.pop((start, end), None)
        self._here = end

    # With them

    @property
    def _helped(self) -> bool:
        return self._way != "plain"

    def _undecided(self) -> Iterator[Span]:
        return (span for span in self.session.annotations.spans if not span.decided)

    def _missed(self, span: Span | None, place: NamePlace | None) -> Iterator[tuple[int, int]]:
        """The names before the next stop that nothing suggests and that are not at a place that is shown."""
        spans, stops = self.session.annotations.spans, [one.start for one in (span, place) if one]
        for extent in sorted(self._left.keys() - self._unseen):
            if stops and extent[0] >= min(stops):
                return
            there = any(one.start < extent[1] and extent[0] < one.end for one in self._places)
            if not there and not any(not one.decided for one in spans.overlapping(*extent)):
                yield extent

    def _next_place(self, before: Span | None) -> NamePlace | None:
        """The next place where a name may be, if it is before the next suggestion."""
        if self._way not in ("V", "+"):
            return None
        end = before.start if before is not None else len(self._layout.text)
        while self._scanned < self._layout.screen(min(end, len(self._layout.text) - 1)):
            self._scanned += 1
            rows = (
                self._layout.start_of_screen(screen) for screen in (self._scanned, self._scanned + 1)
            )
            self._places += [one for one in self._finder.within(*rows) if one.chance >= LEAST_CHANCE]
        spans = self.session.annotations.spans
        self._places = [one for one in self._places if not spans.overlapping(one.start, one.end)]
        return next((one for one in self._places if one.start < end), None)

    def _stop_at_place(self, place: NamePlace) -> None:
        self._places.remove(place)
        self._turn_over(place.start)
        self._tally.stops += 1
        if self._way == "+" and self._taken and not self._taking:
            self._tally.keys += 1
        self._taken = False
        self._here = place.start
        spans = self.session.annotations.spans
        meant = [
            extent
            for extent in self._left
            if place.start < extent[1] and extent[0] < place.end and not spans.overlapping(*extent)
        ]
        # A `+` leaves it and accepts the undoubted suggestions that follow.
        self._taking = self._way == "+" and not meant
        self.session.places.stopped_at((place.start, place.end))
        if not meant:
            self._tally.keys += 1
            return
        target = min(meant, key=lambda extent: (self._edges(place, extent), extent))
        self._tally.keys += min(
            self._edges(place, target) + 1, self._layout.by_hand(*target, helped=True)
        )
        label = self._left.pop(target)
        self._apply("create", edits.label_range(spans, *target, label, "ann"))

    def _add(self, start: int, end: int) -> None:
        self._turn_over(start)
        if self._careless:
            # It may still be suggested when the same words are labelled later in the text.
            self._unseen.add((start, end))
            return
        label = self._left.pop((start, end))
        if self._taking:
            self._tally.keys += 1
            self._taking = False
        self._starts = self._span_starts()
        self._left[start, end] = label
        self._by_hand(start, end)
        spans = self.session.annotations.spans
        self._apply("create", edits.label_range(spans, start, end, label, "ann"))

    def _decide(self, span: Span) -> None:
        fault, target = self._fault(span, list(self._undecided()))
        self._doubts.look([span])
        verdict = self._doubts.of(span)
        self._tally.judged.append((verdict.wrong, fault != "right"))
        self._turn_over(span.start)
        if self._way == "one by one" or verdict.is_stop:
            self._stop_at(span, fault, target)
        else:
            self._take(span, fault, target)

    def _stop_at(self, span: Span, fault: Fault, target: tuple[int, int] | None) -> None:
        self._tally.stops += 1
        if self._way == "+" and self._taken and not self._taking:
            self._tally.keys += 1
        self._taken = self._taking = False
        self._tally.keys += self._cost(span, fault, target)
        # A `+` accepts the current suggestion and the undoubted ones that follow.
        self._taking = self._way == "+" and fault == "right"
        self._here = span.start
        self._settle(span, fault, target, single=True)

    def _take(self, span: Span, fault: Fault, target: tuple[int, int] | None) -> None:
        self._tally.undoubted += 1
        self._tally.undoubted_wrong += fault != "right"
        if fault == "right" or self._careless:
            self._taken = True
            self._tally.passed += fault != "right"
            self._settle(span, "right", None, single=False)
            return
        if self._taking:
            self._tally.keys += 1
            self._taking = False
        way = self._layout.way(self._here, span.start, self._span_starts(), to_span=True, helped=True)
        self._tally.keys += way + self._cost(span, fault, target)
        self._here = span.start
        self._settle(span, fault, target, single=True)

    def _turn_over(self, place: int | None) -> None:
        """Go to the screen of a place. What is left on the screen before is accepted."""
        screen = None if place is None else self._layout.screen(place)
        if screen == self._screen:
            return
        if self._screen >= 0:
            self._tally.keys += self._way == "V" or (
                self._way == "+" and self._taken and not self._taking
            )
            self._taken = self._taking = False
        if screen is not None:
            self._screen = screen
            if self._way in ("V", "+"):
                self._here = max(self._here, self._layout.start_of_screen(screen))

    def _settle(self, span: Span, fault: Fault, target: tuple[int, int] | None, *, single: bool) -> None:
        spans = self.session.annotations.spans
        label = self._left.pop(target or (span.start, span.end), span.label)
        match fault:
            case "right":
                self._apply("accept", edits.accept(span), single=single)
                for lost in [extent for extent in self._left if span.overlaps(*extent)]:
                    if self._careless:
                        del self._left[lost]
            case "label":
                self._apply("relabel", edits.relabel(spans, span, label, "ann"))
            case "edge":
                assert target is not None
                self._apply("resize", edits.resize(spans, span, *target, "ann"))
                resized = next(s for s in spans.same_extent(*target) if s.label == span.label)
                self._apply("relabel", edits.relabel(spans, resized, label, "ann"))
            case "spurious":
                self._apply("reject", edits.reject(span, "ann"))

    def _apply(self, kind: EditKind, changes: tuple[Change, ...], *, single: bool = True) -> None:
        self.session.apply(kind, changes, cursor=self._here, single=None if single else 0)

    # Both

    def _span_starts(self) -> list[int]:
        return sorted(span.start for span in self.session.annotations.spans)

    def _fault(self, span: Span, coming: list[Span]) -> tuple[Fault, tuple[int, int] | None]:
        """What is wrong with a suggestion, and the right extent instead."""
        label = self._left.get((span.start, span.end))
        if label is not None:
            return ("right", None) if label == span.label else ("label", (span.start, span.end))
        own = {(other.start, other.end) for other in coming}
        meant = [extent for extent in self._left if span.overlaps(*extent) and extent not in own]
        if not meant:
            return "spurious", None
        return "edge", min(meant, key=lambda extent: (self._edges(span, extent), extent))

    def _edges(self, span: Span | NamePlace, extent: tuple[int, int]) -> int:
        return self._layout.edges(span.start, span.end, *extent, helped=self._helped)

    def _cost(self, span: Span, fault: Fault, target: tuple[int, int] | None) -> int:
        """The keys that correct the current suggestion."""
        if fault != "edge" or target is None:
            return 1
        alone = self._layout.by_hand(*target, helped=self._helped) + 1
        alone += self._layout.way(span.start, target[0], (), to_span=False, helped=self._helped)
        return min(self._edges(span, target) + 1, alone)
