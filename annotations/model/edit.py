"""Edits: what a person, a suggester or an import did, as values that can be stored and undone."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Literal, assert_never

from msgspec import Struct

from annotations.model.document_facts import FactChange
from annotations.model.source import Source
from annotations.model.span import Span

EditKind = Literal[
    "suggest",
    "create",
    "relabel",
    "resize",
    "accept",
    "reject",
    "remove",
    "propagate",
    "value",
    "comment",
    "flag",
    "document",
    "import",
    "place",
    "restore",
    "external",
    "undo",
    "redo",
]


class Change(Struct, frozen=True, omit_defaults=True, gc=False):
    """One span as it was and as it is then; `None` where there was or will be none."""

    before: Span | None = None
    after: Span | None = None

    def inverse(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.after, self.before)


class Run(Struct, frozen=True, gc=False):
    """What a suggester has read: the code points from `start` to `end`, in the unit `unit`."""

    source: Source
    start: int
    end: int
    unit: str = ""


class Edit(Struct, frozen=True, omit_defaults=True):
    """One thing somebody did, to one or many spans: one step of undo and of history."""

    kind: EditKind
    by: str
    """The name of the annotator, or the text of the source that suggested."""
    at: str
    """When, in UTC, ISO 8601 with milliseconds."""
    id: str
    changes: tuple[Change, ...] = ()
    facts: tuple[FactChange, ...] = ()
    run: Run | None = None
    of: str = ""
    """For undo and redo: the id of the edit undone or redone."""
    cursor: int = 0
    """Where the person stood afterwards, in code points."""
    keys: int = 0
    """How many keys the person pressed since the edit before."""
    seconds: float = 0.0
    """How long the person worked on it since then, in seconds; see `annotations.editing.effort`."""
    aside: tuple[Change, ...] = ()
    """Suggestions that go, or come back, because of the decisions in `changes`."""
    held: tuple[Change, ...] = ()
    """Changes of the suggestions that are held back; see `AnnotationRow.held`."""
    single: int | None = None
    """How many of `changes`, from the first on, the person decided one by one; `None` is all of them."""
    spot_check: bool = False
    """Whether what was decided one by one was undoubted, and shown to see whether it is right."""
    places: tuple[tuple[int, int], ...] = ()
    """The stretches without a span that the person stopped at since the edit before, as names might have
    been there: code points. Those that it labels no span in were passed over."""
    second_readings: tuple[Span, ...] = ()
    """Names that a suggester thought possible and did not suggest; see `AnnotationRow.second_readings`."""

    @property
    def single_decisions(self) -> tuple[Change, ...]:
        """The changes by which the person decided about one span at a time, having looked at it."""
        match self.kind:
            case "create" | "relabel" | "resize" | "accept" | "reject" | "remove":
                return self.changes[: self.single]
            case "suggest" | "propagate" | "value" | "comment" | "flag" | "document" | "import":
                return ()
            case "place" | "restore" | "external" | "undo" | "redo":
                return ()
            case unknown:
                assert_never(unknown)

    @property
    def all_changes(self) -> Iterator[Change]:
        """The changes of spans: the decisions first, then what they do to suggestions."""
        yield from self.changes
        yield from self.aside

    @property
    def undoable(self) -> bool:
        """Whether undo steps over it: what a person did, not what a suggester or undo itself did."""
        match self.kind:
            case "suggest" | "place" | "undo" | "redo" | "external":
                return False
            case "create" | "relabel" | "resize" | "accept" | "reject" | "remove" | "propagate":
                return True
            case "value" | "comment" | "flag" | "document" | "import" | "restore":
                return True
            case unknown:
                assert_never(unknown)


def make_edit(
    kind: EditKind,
    by: str,
    changes: Iterable[Change] = (),
    facts: Iterable[FactChange] = (),
    *,
    run: Run | None = None,
    of: str = "",
    cursor: int = 0,
    at: datetime | None = None,
) -> Edit:
    """An edit made now (or at `at`), with an id of its own."""
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    stamp = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Edit(kind, by, stamp, secrets.token_hex(6), tuple(changes), tuple(facts), run, of, cursor)
