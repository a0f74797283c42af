"""How good doubt and places are by themselves: each suggestion of an article is judged, then decided as gold says.

No decision is carried on to the same words, no overlapping suggestion is removed, and nothing is
decided in bulk. So every suggestion counts, judged by what was decided before it. The weights are
fitted again after each article. The places with a chance of `LEAST_CHANCE` or more before the article
is begun are shown to the person; the same words elsewhere in the article that are suggested count as
shown too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from annotations.editing.document_session import DocumentSession
from annotations.editing.found_places import LEAST_CHANCE
from annotations.editing.same_words import same_words_elsewhere
from annotations.learn.fitting import Fitting
from annotations.learn.learned import Learned
from annotations.learn.lesson import (
    LabelledWithoutSuggestion,
    Lesson,
    PlaceDecided,
    SuggestionDecided,
    compared_words,
)
from annotations.learn.record import Teaching
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.label_scheme import LabelScheme
from annotations.text.text_range import Range
from benchmarks.review.suggested import Suggested


@dataclass
class Judged:
    """The results of a stream of articles."""

    suggestions: list[tuple[float, bool]] = field(default_factory=list)
    """How likely each suggestion was wrong before it was decided, and whether it was."""
    missed: int = 0
    """Names that no suggestion overlaps."""
    found: int = 0
    """Those of them that a place overlaps."""
    places: int = 0
    true: int = 0
    """Places that overlap such a name."""


def judge(articles: Iterable[Suggested], scheme: LabelScheme, learned: Learned) -> Judged:
    """Let one person decide article after article; `learned` has the initial weights."""
    judged = Judged()
    fitting = Fitting(learned.weights.values, learned.place_weights)
    for article in articles:
        fitting.take(_Judging(article, scheme, learned).judge(judged))
        learned.use(fitting.fitted())
    return judged


class _Judging:
    def __init__(self, suggested: Suggested, scheme: LabelScheme, learned: Learned) -> None:
        document = Document(suggested.article.text, suggested.article.name)
        annotations = AnnotationSet(document.id, "ann")
        annotations.second_readings.extend(suggested.found.second_readings)
        self._session = DocumentSession(document, annotations, scheme, learned=learned)
        for span in suggested.found.spans:
            self._session.suggest(span.sources[0], [span], None)
        self._gold = suggested.article.gold
        self._learned = learned
        self._scheme = scheme
        self._teaching = Teaching(document, "ann", scheme, annotations.second_readings)

    def judge(self, judged: Judged) -> list[Lesson]:
        """Judge and decide everything. Return the lessons in their order."""
        lessons = [*self._places(judged), *self._suggestions(judged)]
        suggested = {(span.start, span.end) for span in self._session.annotations.spans}
        by_hand = {extent: label for extent, label in self._gold.items() if extent not in suggested}
        for extent, label in by_hand.items():
            lessons.append(LabelledWithoutSuggestion(self._words(extent), label))
            self._learned.memory.learn(lessons[-1])
        return lessons

    def _suggestions(self, judged: Judged) -> Iterable[Lesson]:
        memory, weights = self._learned.memory, self._learned.weights
        for span in self._session.annotations.spans:
            suggestion = self._teaching.judged(span)
            label = self._gold.get((span.start, span.end))
            right = label == span.label
            judged.suggestions.append((weights.wrong(memory.signals(suggestion)), not right))
            meant = next((extent for extent in self._gold if span.overlaps(*extent)), None)
            edge = label is None and meant is not None
            final = label or (self._gold[meant] if meant is not None else "")
            corrected = self._words(meant) if edge and meant is not None else ""
            lesson = SuggestionDecided(
                suggestion, right, "" if right else final, edge, corrected=corrected
            )
            memory.learn(lesson)
            yield lesson

    def _places(self, judged: Judged) -> Iterable[Lesson]:
        text, spans = self._session.text, self._session.annotations.spans
        missed = [extent for extent in self._gold if not spans.overlapping(*extent)]
        repeated = same_words_elsewhere(text, spans, self._scheme)
        shown = [(span.start, span.end) for span in repeated]
        lessons: list[Lesson] = []
        for place in self._session.name_places.within(0, len(text)):
            extent, is_shown = (place.start, place.end), place.chance >= LEAST_CHANCE
            named = any(_overlap(extent, one) for one in missed)
            if is_shown:
                shown.append(extent)
            if is_shown or named:
                fixed = self._teaching.possible_names.at(extent).fixed
                lessons.append(PlaceDecided(self._words(extent), fixed, named, is_shown))
        for lesson in lessons:
            self._learned.memory.learn(lesson)
        judged.missed += len(missed)
        judged.found += sum(any(_overlap(place, one) for place in shown) for one in missed)
        judged.places += len(shown)
        judged.true += sum(any(_overlap(place, one) for one in missed) for place in shown)
        return lessons

    def _words(self, extent: Range) -> str:
        return compared_words(self._session.text[extent[0] : extent[1]])


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]
