"""Suggesters: they propose spans for a person to decide about."""

from typing import Protocol, runtime_checkable

from annotations.dates.scheme import DEFAULT_DATES, DateSettings
from annotations.dates.verbs import Verbs
from annotations.model.source import Source
from annotations.model.span import Span


class Suggester(Protocol):
    """Reads one unit of text at a time and proposes spans in it."""

    @property
    def source(self) -> Source:
        """Its name and version, in the form of `Span.sources`: `en_core_web_sm 3.8.0`."""
        ...

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels its suggestions can have, by name."""
        ...

    @property
    def unit(self) -> str:
        """The unit it is given at once (see `annotations.suggest.chunking`): its results depend on it."""
        ...

    def suggest(self, text: str, dates: DateSettings = DEFAULT_DATES) -> list[Span]:
        """The suggestions for one unit in reading order, at offsets into that unit.

        `dates` says how dates are read in the document. No span begins or ends with white space, and no
        two have the same extent and label.
        """
        ...


@runtime_checkable
class SecondReader(Protocol):
    """A suggester that also tells which names it considered and does not suggest."""

    @property
    def second_readings(self) -> list[Span]:
        """Such names in the last unit, at offsets into it; the score is the likelihood that one begins there."""
        ...


@runtime_checkable
class VerbReader(Protocol):
    """A suggester that also knows the verbs of a text."""

    @property
    def verbs(self) -> Verbs | None:
        """The verbs of the last unit, at offsets into it; `None` if they are not known."""
        ...


def verbs_of(suggester: Suggester) -> Verbs | None:
    """The verbs of the unit that a suggester read last, if it knows them."""
    return suggester.verbs if isinstance(suggester, VerbReader) else None


def second_readings(suggester: Suggester) -> list[Span]:
    """The names that a suggester considered in its last unit and did not suggest."""
    return suggester.second_readings if isinstance(suggester, SecondReader) else []
