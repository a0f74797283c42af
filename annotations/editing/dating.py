"""How the dates of a document are read: its language, its own date, and the resulting values."""

from collections.abc import Callable

from annotations.dates.creation_time import CreationTime
from annotations.dates.document_dates import is_date, part_around, timexes
from annotations.dates.document_language import UNDECIDED, LanguageChoice
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_facts import DocumentFacts
from annotations.model.span import Span
from annotations.model.value import Timex

FindCreationTime = Callable[[str], CreationTime | None]
"""Finds the article's own date in its text, in the language with this code."""


def nothing_found(language: str) -> None:
    """The function that never finds a date, used when no date is searched."""


class Dating:
    """The language and the own date of one document, as far as they are stated or can be found."""

    def __init__(
        self, document: Document, annotations: AnnotationSet, languages: LanguageChoice = UNDECIDED
    ) -> None:
        """`languages` is what was stated about the language of all documents."""
        self._document = document
        self._annotations = annotations
        self._languages = languages
        self._find: FindCreationTime | None = None
        self._found: dict[str, CreationTime | None] = {}
        self._values: dict[Span, Timex] = {}
        self._unstated = ""
        """The language if the person states none, once it is known."""

    @property
    def language(self) -> str:
        """The code of the language in which the document is read."""
        return self.language_by(self._annotations.facts)

    def language_by(self, facts: DocumentFacts) -> str:
        """The language, if this is what the person states about the document."""
        if facts.language:
            return facts.language
        if not self._unstated:
            self._unstated = self._languages.language_of(self._document.text)
        return self._unstated

    def look_for_creation_time(self, find: FindCreationTime) -> None:
        """From now on use this function to find the article's own date, when it is first needed."""
        self._find = find
        self._found.clear()
        self.forget_values()

    @property
    def found(self) -> CreationTime | None:
        """The article's own date according to the text or the file's name, whether or not it is trusted."""
        return self._found_in(self.language) if self._find is not None else None

    @property
    def creation_time(self) -> CreationTime | None:
        """The article's own date: the one that the person set, otherwise the one that was found, if it is trusted."""
        return self.creation_time_by(self._annotations.facts)

    def creation_time_by(self, facts: DocumentFacts) -> CreationTime | None:
        """The article's own date, if this is what the person states about the document."""
        if facts.creation_time:
            return CreationTime(facts.creation_time, "given")
        if self._find is None:
            return None
        found = self._found_in(self.language_by(facts))
        return found if found is not None and found.trusted else None

    def timex(self, span: Span) -> Timex:
        """The value of a date, as set or computed.

        The first request computes the values of all dates that are read together with it,
        and keeps them until something changes.
        """
        if span not in self._values:
            text = self._document.text
            part = part_around(text, span)
            around = self._annotations.spans.overlapping(*part)
            together = [
                one for one in around if one != span and is_date(one) and part_around(text, one) == part
            ]
            dates = [span, *together]
            values = timexes(text, dates, self.creation_time, around, self.language)
            self._values.update(zip(dates, values, strict=True))
        return self._values[span]

    def forget_values(self) -> None:
        """Forget the values after a change: they are computed again."""
        self._values.clear()

    def _found_in(self, language: str) -> CreationTime | None:
        if language not in self._found:
            self._found[language] = self._find(language) if self._find is not None else None
        return self._found[language]
