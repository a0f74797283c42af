"""Suggestions from the rules for dates: their own dates, and better extents for dates from a pipeline."""

from annotations.dates.document_dates import DATE_LABELS
from annotations.dates.document_language import UNDECIDED, recognised
from annotations.dates.language import languages
from annotations.dates.matcher import correct_dates, find_dates
from annotations.dates.scheme import DEFAULT_DATES, DateSettings
from annotations.model.source import DATE_RULES
from annotations.model.span import Span, reading_order
from annotations.suggest.chunking import UNIT
from annotations.suggest.suggester import Suggester, second_readings, verbs_of

_MANY = "xx"
"""spaCy's name for the language of a multilingual pipeline."""


class DateSuggester:
    """The rules as a suggester: they need no pipeline, and their results do not depend on the unit."""

    source = DATE_RULES
    labels = ("DATE", "TIME")
    unit = UNIT

    def suggest(self, text: str, dates: DateSettings = DEFAULT_DATES) -> list[Span]:
        """The dates and times of one unit in reading order, at offsets into that unit.

        Empty for a language without rules.
        """
        language = dates.language or UNDECIDED.language_of(text)
        return find_dates(text, language, dates.kinds, dates.stamps) if language in languages() else []


class DateCorrector:
    """Makes the suggestions of another suggester, but with better extents of dates from the rules.

    A pipeline often finds only the beginning of a date (`9` of `9 a.m.`).
    """

    def __init__(self, suggester: Suggester, language: str, chosen: bool = False) -> None:
        """`language` is that of the suggester, empty or `xx` if it has no single language; `chosen` says
        that somebody chose it, for documents in any language."""
        self.source = suggester.source
        self.labels = suggester.labels
        self.unit = suggester.unit
        self.second_readings: list[Span] = []
        """The names that the other suggester considered in the last unit, without dates."""
        self._suggester = suggester
        self._language = "" if language == _MANY else language
        self._chosen = chosen

    def suggest(self, text: str, dates: DateSettings = DEFAULT_DATES) -> list[Span]:
        """The suggestions for one unit in reading order, at offsets into that unit.

        Dates are added if the suggester has labels for dates. In a document in another language than its
        own, its results are useless, so only dates are suggested, by the rules of that language. If
        the suggester was chosen, its names stay.
        """
        language = dates.language or recognised(text) or self._language
        foreign = bool(self._language) and language != self._language
        spans = [] if foreign and not self._chosen else self._suggester.suggest(text, dates)
        others = [span for span in spans if span.label not in DATE_LABELS]
        read = [] if foreign and not dates.language else second_readings(self._suggester)
        self.second_readings = [span for span in read if span.label not in DATE_LABELS]
        if DATE_LABELS.isdisjoint(self.labels):
            return spans
        if language not in languages():
            return others
        own = [span for span in spans if span.label in DATE_LABELS and not foreign]
        verbs = None if foreign else verbs_of(self._suggester)
        corrected = correct_dates(text, own, language, dates.kinds, verbs, dates.stamps)
        return sorted([*others, *corrected], key=reading_order)
