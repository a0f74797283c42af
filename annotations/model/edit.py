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
    """One span before and after a change; `None` if there was no span before or is none afterwards."""

    before: Span | None = None
    after: Span | None = None

    def inverse(self) -> "Change":
        """The change that undoes this one."""
        return Change(self.after, self.before)


class Run(Struct, frozen=True, gc=False):
    """A range that a suggester has read: the code points from `start` to `end`, in the unit `unit`."""

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
    """Where the cursor was afterwards, in code points."""
    keys: int = 0
    """How many keys the person pressed since the previous edit."""
    seconds: float = 0.0
    """How long the person worked since the previous edit, in seconds; see `annotations.editing.effort`.
    """
    aside: tuple[Change, ...] = ()
    """Suggestions that disappear or come back because of the decisions in `changes`."""
    held: tuple[Change, ...] = ()
    """Changes of the suggestions that are held back; see `AnnotationRow.held`."""
    single: int | None = None
    """How many of `changes`, counted from the first, the person decided one by one; `None` means all."""
    spot_check: bool = False
    """Whether the decisions made one by one were about suggestions without doubt that were shown as a spot
    check.
    """
    places: tuple[tuple[int, int], ...] = ()
    """The ranges without a span where the person stopped since the previous edit, because names might
    have been there, in code points. If the edit labels no span in a range, the person passed it over.
    """
    second_readings: tuple[Span, ...] = ()
    """Names that a suggester considered but did not suggest; see `AnnotationRow.second_readings`."""

    @property
    def single_decisions(self) -> tuple[Change, ...]:
        """The changes in which the person looked at one span at a time and decided about it."""
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
        """The changes of spans: first the decisions, then their effects on suggestions."""
        yield from self.changes
        yield from self.aside

    @property
    def undoable(self) -> bool:
        """Whether undo can undo it: edits of a person, not those of a suggester or of undo itself."""
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
    """An edit made now (or at `at`), with a new id."""
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    stamp = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Edit(kind, by, stamp, secrets.token_hex(6), tuple(changes), tuple(facts), run, of, cursor)
