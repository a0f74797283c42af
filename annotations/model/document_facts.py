"""Facts about a whole document, and the form in which files and databases store them.

There, every fact is a text with its own name: `yes` for a fact that is true, a JSON array of arrays for
refusals. A fact that is not stated is left out. Nothing outside this module knows that form.
"""

from collections.abc import Iterable
from typing import Literal, assert_never, get_args

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

Fact = Literal["created", "comment", "flag", "done", "apart", "drawn", "language"]
"""The names of the facts in files and databases; see the fields of `DocumentFacts`."""
FACTS: tuple[Fact, ...] = get_args(Fact)

Refusal = tuple[str, str, str]
"""A label, the name of an entity, and words that a person refused as a name of that entity."""

_YES = "yes"


class DocumentFacts(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What one annotator states about a document. Create it with `of`, which uses the form that is stored."""

    creation_time: str = field(default="", name="created")
    """The article's own date as a person set it, in ISO 8601; empty if nobody set it."""
    comment: str = ""
    _flag: str = field(default="", name="flag")
    _done: str = field(default="", name="done")
    _apart: str = field(default="", name="apart")
    drawn: str = ""
    """How it was drawn at random from its corpus (`seed 1`); empty if it was not drawn."""
    language: str = ""
    """The code of the language that a person stated for it; empty if nobody did."""

    @classmethod
    def of(
        cls,
        *,
        creation_time: str = "",
        comment: str = "",
        flagged: bool = False,
        done: bool = False,
        refused: Iterable[Refusal] = (),
        drawn: str = "",
        language: str = "",
    ) -> "DocumentFacts":
        """The facts of a document with these values."""
        ordered = sorted(set(refused))
        apart = msgspec.json.encode(ordered).decode() if ordered else ""
        flag, finished = _YES if flagged else "", _YES if done else ""
        return cls(creation_time, comment, flag, finished, apart, drawn, language)

    @property
    def flagged(self) -> bool:
        """Whether somebody must look at it again."""
        return bool(self._flag)

    @property
    def done(self) -> bool:
        """Whether the annotator has finished it: what has no label in it is not an entity."""
        return bool(self._done)

    @property
    def refused(self) -> frozenset[Refusal]:
        """The names that a person refused for an entity; empty if the stored text is not a valid list of
        them.
        """
        if not self._apart:
            return frozenset()
        try:
            return frozenset(msgspec.json.decode(self._apart, type=tuple[Refusal, ...]))
        except (msgspec.DecodeError, UnicodeEncodeError):
            return frozenset()

    @property
    def said(self) -> tuple[Fact, ...]:
        """The facts that are stated."""
        return tuple(fact for fact in FACTS if self._text(fact))

    def __bool__(self) -> bool:
        return bool(self.said)

    def with_creation_time(self, value: str) -> "DocumentFacts":
        """The same with another date of the article; an empty one removes it."""
        return _shared(replace(self, creation_time=value))

    def with_comment(self, words: str) -> "DocumentFacts":
        """The same with another comment; an empty one removes it."""
        return _shared(replace(self, comment=words))

    def with_flag(self, flagged: bool) -> "DocumentFacts":
        """The same, flagged or not."""
        if flagged == self.flagged:
            return self
        return self.taking("flag", DocumentFacts.of(flagged=flagged))

    def with_done(self, done: bool) -> "DocumentFacts":
        """The same, done or not."""
        return self if done == self.done else self.taking("done", DocumentFacts.of(done=done))

    def with_refused(self, refused: Iterable[Refusal]) -> "DocumentFacts":
        """The same with other refusals."""
        return self.taking("apart", DocumentFacts.of(refused=refused))

    def with_drawn(self, drawn: str) -> "DocumentFacts":
        """The same, drawn at random as `drawn` states; an earlier statement about this stays."""
        return self if self.drawn else _shared(replace(self, drawn=drawn))

    def with_language(self, code: str) -> "DocumentFacts":
        """The same in another language; an empty code removes it."""
        return _shared(replace(self, language=code))

    def taking(self, fact: Fact, other: "DocumentFacts") -> "DocumentFacts":
        """The same with one fact copied from `other`."""
        return _with_text(self, fact, other._text(fact))

    def only(self, fact: Fact) -> "DocumentFacts":
        """This fact and nothing else."""
        return NO_FACTS.taking(fact, self)

    def _text(self, fact: Fact) -> str:
        match fact:
            case "created":
                return self.creation_time
            case "comment":
                return self.comment
            case "flag":
                return self._flag
            case "done":
                return self._done
            case "apart":
                return self._apart
            case "drawn":
                return self.drawn
            case "language":
                return self.language
            case unknown:
                assert_never(unknown)


NO_FACTS = DocumentFacts()
"""The facts of a document about which nothing is stated. They are left out when rows are written."""


class FactChange(Struct, frozen=True, gc=False):
    """One fact about the document before and after a change. `fact_changes` makes them."""

    fact: Fact
    _before: str = field(name="before")
    _after: str = field(name="after")

    @property
    def before(self) -> DocumentFacts:
        """Only the fact, as it was before."""
        return _with_text(NO_FACTS, self.fact, self._before)

    @property
    def after(self) -> DocumentFacts:
        """Only the fact, as it is afterwards."""
        return _with_text(NO_FACTS, self.fact, self._after)

    def inverse(self) -> "FactChange":
        """The change that undoes this one."""
        return FactChange(self.fact, self._after, self._before)

    def applied_to(self, facts: DocumentFacts) -> DocumentFacts:
        """The facts with this one as it is afterwards."""
        return _with_text(facts, self.fact, self._after)


def fact_changes(before: DocumentFacts, after: DocumentFacts) -> tuple[FactChange, ...]:
    """The changes that lead from some facts to others; empty if they are the same."""
    return tuple(
        FactChange(fact, before._text(fact), after._text(fact))
        for fact in FACTS
        if before._text(fact) != after._text(fact)
    )


def _with_text(facts: DocumentFacts, fact: Fact, text: str) -> DocumentFacts:
    match fact:
        case "created":
            return _shared(replace(facts, creation_time=text))
        case "comment":
            return _shared(replace(facts, comment=text))
        case "flag":
            return _shared(replace(facts, _flag=text))
        case "done":
            return _shared(replace(facts, _done=text))
        case "apart":
            return _shared(replace(facts, _apart=text))
        case "drawn":
            return _shared(replace(facts, drawn=text))
        case "language":
            return _shared(replace(facts, language=text))
        case unknown:
            assert_never(unknown)


def _shared(facts: DocumentFacts) -> DocumentFacts:
    return facts if facts else NO_FACTS
