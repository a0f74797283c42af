"""Edits of the same annotations by two programs: the merged result, and the contradictions."""

from collections import deque
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from annotations.editing.history import fact_name
from annotations.editing.undo import rebase, rebase_facts
from annotations.model.document_facts import NO_FACTS, DocumentFacts, Fact, fact_changes
from annotations.model.edit import Change, Edit, make_edit
from annotations.model.span import Span, SpanKey
from annotations.model.span_index import SpanIndex

_REMEMBERED = 1000
"""How many edits made here are remembered: more than a person can make while another program's edit waits."""
ADJUSTED = ("suggest", "undo", "redo")
"""The kinds of edits that are adjusted, before they are written, to changes by other programs that were not
known here."""
Contested = Span | Fact
"""Changes that two programs made without knowing of each other."""


class ForeignChanges:
    """The last changes of spans and facts by other programs, in annotations that are open here.

    An edit made here without knowing of such a change is a disagreement. Both edits are in the history; the
    annotations show the one that is later in the journal.
    """

    def __init__(self) -> None:
        self._spans: dict[SpanKey, Span | None] = {}
        self._facts: dict[Fact, DocumentFacts] = {}

    def copied(self) -> "ForeignChanges":
        """A copy, to try something out."""
        view = ForeignChanges()
        view._spans, view._facts = dict(self._spans), dict(self._facts)
        return view

    def rebased(self, edit: Edit) -> tuple[Edit, list[Contested]]:
        """An undo, redo or suggestion made here, adjusted to what other programs did with its spans.

        Also returns what stays as other programs left it. Decisions of a person are not adjusted.
        """
        if edit.kind == "suggest":
            return self._suggested(edit), []
        if edit.kind not in ADJUSTED:
            return edit, []
        changes: list[Change] = []
        staying: list[Contested] = []
        for change in edit.changes:
            keys = [span.key for span in (change.before, change.after) if span is not None]
            if self._spans.get(keys[0], change.before) == change.before:
                changes.append(change)
                continue
            there = SpanIndex(span for key in keys if (span := self._spans.get(key)) is not None)
            found = rebase([change], there)
            changes += found.changes
            staying += [conflict.span for conflict in found.conflicts]
        there_now = {change.fact: change.before for change in edit.facts} | self._facts
        facts, lost = rebase_facts(edit.facts, _together(there_now))
        if (tuple(changes), facts) == (edit.changes, edit.facts):
            return edit, []
        return replace(edit, changes=tuple(changes), facts=facts), [*staying, *lost]

    def _suggested(self, edit: Edit) -> Edit:
        """Suggestions without those for spans that other programs have changed since.

        Suggestions are stored with the first decision, so they may have been made long before.
        """
        changes = []
        for change in edit.changes:
            span = change.after
            if span is None or change.before is not None or span.key not in self._spans:
                changes.append(change)
                continue
            there = self._spans[span.key]
            if there is not None and not there.decided:
                both = tuple(dict.fromkeys((*there.sources, *span.sources)))
                changes.append(Change(there, replace(there, sources=both)))
        return edit if tuple(changes) == edit.changes else replace(edit, changes=tuple(changes))

    def correction(self, made: Edit, written: Edit) -> Edit | None:
        """The changes that lead from an edit as it was made here to the form that was written after theirs.

        `None` if both are the same. Call this before `ours` notes the written edit.
        """
        here = _left_by(made.changes, {})
        unknown = {key: span for key, span in self._spans.items() if key in here}
        before = {change.before.key: change.before for change in made.changes if change.before}
        there = _left_by(written.changes, dict.fromkeys(here) | before | unknown)
        # A span shows the result of this edit, whatever other programs did with it before.
        changes = [Change(here[key], there[key]) for key in here if here[key] != there[key]]
        known = {f.fact: f.before for f in made.facts} | self._facts
        stay = known | {f.fact: f.after for f in written.facts}
        facts = [change for f in made.facts for change in fact_changes(f.after, stay[f.fact])]
        if not changes and not facts:
            return None
        return make_edit("external", made.by, changes, facts, cursor=made.cursor)

    def theirs(self, edit: Edit) -> None:
        """Note another program's edit."""
        self._spans |= _left_by(edit.all_changes, {})
        self._facts |= {change.fact: change.after for change in edit.facts}

    def ours(self, edit: Edit) -> list[Contested]:
        """Note an edit made here; returns what it changed without knowing of another program's edit."""
        contested: list[Contested] = []
        for change in edit.all_changes:
            if change.before is not None:
                there = self._spans.pop(change.before.key, change.before)
                if there not in (change.before, change.after):
                    contested.append(change.before)
            if change.after is not None:
                there = self._spans.pop(change.after.key, None)
                if there not in (None, change.before, change.after):
                    contested.append(change.after)
        for fact in edit.facts:
            if self._facts.pop(fact.fact, fact.before) not in (fact.before, fact.after):
                contested.append(fact.fact)
        return contested


def _together(each: Mapping[Fact, DocumentFacts]) -> DocumentFacts:
    """The facts, each from one of its changes."""
    facts = NO_FACTS
    for fact, there in each.items():
        facts = facts.taking(fact, there)
    return facts


class OwnEdits:
    """The edits made here, so that another program's edits can be applied before the ones made meanwhile.

    An edit that the writer passes on may have to wait. Edits made here before it is applied come after it
    in the journal too.
    """

    def __init__(self) -> None:
        self._last: deque[Edit] = deque(maxlen=_REMEMBERED)
        self.number = 0
        """How many edits were made here."""

    def add(self, edit: Edit) -> None:
        """Note an edit that the writer has."""
        self._last.append(edit)
        self.number += 1

    def over(self, foreign: Iterable[Edit], number: int) -> list[Edit]:
        """Other programs' edits, passed on when there were `number` edits here, in the form to apply now."""
        meanwhile = list(self._last)[-(self.number - number) :] if self.number > number else []
        return [underneath(edit, meanwhile) for edit in foreign]


def underneath(theirs: Edit, ours: Iterable[Edit]) -> Edit:
    """Another program's edit, adjusted to edits made here that come after it in the journal.

    When it is applied after ours, the result is the same as theirs followed by ours.
    """
    ours = tuple(ours)
    spans: dict[SpanKey, Span | None] = {}
    held: dict[SpanKey, Span | None] = {}
    for edit in ours:
        spans |= _left_by(edit.all_changes, {})
        held |= _left_by(edit.held, {})
    facts = {change.fact for edit in ours for change in edit.facts}
    return replace(
        theirs,
        changes=_beneath(theirs.changes, spans),
        aside=_beneath(theirs.aside, spans),
        held=_beneath(theirs.held, held),
        facts=tuple(change for change in theirs.facts if change.fact not in facts),
    )


def _left_by(
    changes: Iterable[Change], before: dict[SpanKey, Span | None]
) -> dict[SpanKey, Span | None]:
    """The spans in `before` and in the changes as the changes leave them; `None` if a span is gone."""
    changes = tuple(changes)
    gone = {change.before.key: None for change in changes if change.before is not None}
    return before | gone | {c.after.key: c.after for c in changes if c.after is not None}


def _beneath(changes: Iterable[Change], above: dict[SpanKey, Span | None]) -> tuple[Change, ...]:
    """The changes without those that later changes replace."""
    found = []
    for change in changes:
        before, after = change.before, change.after
        if before is not None and above.get(before.key) is not None:
            before = None
        if after is not None and after.key in above:
            after = None
        if before or after:
            found.append(Change(before, after))
    return tuple(found)


def contested_words(contested: list[Contested]) -> str:
    """The first of them, in words for a person."""
    return ", ".join(
        f"{one.label} at {one.start} to {one.end}" if isinstance(one, Span) else fact_name(one)
        for one in contested[:3]
    )
