"""Undo and redo: the changes of one edit are reversed, or made again, on the present spans.

An edit changes fields of spans. Undoing it resets only these fields. Later changes by others
stay. If both changed the same field, that is a conflict: the later change stays, and this is reported.
Pure functions: nothing here applies an edit.
"""

from collections.abc import Iterable
from typing import Literal, TypeVar, assert_never

from msgspec import Struct
from msgspec.structs import replace

from annotations.editing import commands as edits
from annotations.editing.commands import leaves_no_room
from annotations.editing.held_suggestions import Held, with_consequences, without_sources
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document_facts import DocumentFacts, Fact, FactChange, fact_changes
from annotations.model.edit import Change, Edit, make_edit
from annotations.model.source import CARRIED, Source
from annotations.model.span import Span, SpanKey
from annotations.model.span_index import SpanIndex

T = TypeVar("T")
Direction = Literal["undo", "redo"]
Clash = Literal["gone", "decision", "occupied", "value", "comment"]
"""Why a span, or a part of it, is not changed: it no longer exists; somebody decided about it since;
another span has the extent and label that it would get; somebody changed its value or comment since."""


class Conflict(Struct, frozen=True):
    """A span that is not reset, completely or in part, although the edit changed it."""

    clash: Clash
    span: Span
    """Its present state; if it no longer exists, the state after the edit."""


class Rebased(Struct, frozen=True):
    """Changes adjusted to the present spans."""

    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    displaced: tuple[Span, ...] = ()
    """Later suggestions that are replaced."""


class Step(Struct, frozen=True):
    """An edit that undoes or redoes another one, and the parts that are not possible."""

    edit: Edit
    conflicts: tuple[Conflict, ...] = ()
    facts: tuple[Fact, ...] = ()
    """The facts that somebody else changed since."""

    @property
    def does_nothing(self) -> bool:
        """Whether all of it is in conflict or already in the wanted state."""
        return not (self.edit.changes or self.edit.facts or self.edit.aside)


def undo_or_redo(
    annotations: AnnotationSet,
    step: Edit,
    direction: Direction,
    nested: frozenset[str],
    *,
    as_new_edit: bool = False,
) -> Step:
    """Undo or redo a step on the present annotations; `nested` as in the label scheme.

    The edit may change nothing; it still moves the step from one stack to the other. With
    `as_new_edit`, a redo is an edit of the step's own kind, for a step that is no longer on a stack.
    """
    changes, aside, facts, held = step.changes, step.aside, step.facts, step.held
    if direction == "undo":
        changes, aside, held = (edits.inverse(some) for some in (changes, aside, held))
        facts = tuple(fact.inverse() for fact in reversed(facts))
    rebased = rebase(changes, annotations.spans)
    now_facts, lost_facts = rebase_facts(facts, annotations.facts)
    holding = Held(annotations.held, ())
    for span in rebased.displaced:
        holding.add(span)
    staying = [conflict.span for conflict in rebased.conflicts if conflict.span.accepted]
    beside = _suggestions(annotations.spans, aside, held, holding, staying, nested)
    first = next((c.after or c.before for c in (*rebased.changes, *changes)), None)
    edit = make_edit(
        step.kind if as_new_edit else direction,
        annotations.annotator,
        rebased.changes,
        now_facts,
        of="" if as_new_edit else step.id,
        cursor=first.start if first else annotations.cursor,
    )
    edit = replace(edit, aside=tuple(beside), held=holding.changes())
    edit = with_consequences(annotations, edit, nested, takes_away=direction == "redo")
    return Step(edit, rebased.conflicts, lost_facts)


def rebase(wanted: Iterable[Change], spans: SpanIndex) -> Rebased:
    """The changes that have the same effect on the present spans as `wanted` had on its own spans."""
    wanted = [change for change in wanted if change.before != change.after]
    moving = {change.before.key for change in wanted if change.before is not None}
    outcomes = [_outcome(change, spans, moving) for change in wanted]
    while (blocked := _blocked(outcomes, spans)) is not None:
        outcome = outcomes[blocked]
        now, then = outcome.now, outcome.then
        assert then is not None
        there = spans.get(then.key)
        if there is None or not _is_plain(there):
            outcomes[blocked] = _Outcome(now, now, (Conflict("occupied", now or then),))
            continue
        # Only a suggestion was added there since: a decision replaces it, and a suggestion is merged with it.
        if not then.decided:
            then = replace(then, sources=tuple(dict.fromkeys([*then.sources, *there.sources])))
        displaced = (there,) if then.decided else ()
        outcomes[blocked] = _Outcome(now, then, outcome.conflicts, displaced)
        outcomes.append(_Outcome(there, None))
    changes = []
    made_way: list[Span] = []
    for outcome in outcomes:
        if outcome.now != outcome.then:
            changes.append(Change(outcome.now, outcome.then))
            made_way += outcome.displaced
    return Rebased(
        tuple(changes),
        tuple(conflict for outcome in outcomes for conflict in outcome.conflicts),
        tuple(made_way),
    )


def rebase_facts(
    wanted: Iterable[FactChange], facts: DocumentFacts
) -> tuple[tuple[FactChange, ...], tuple[Fact, ...]]:
    """The changes of the present facts, and the facts that somebody else changed since."""
    changes: list[FactChange] = []
    conflicts: list[Fact] = []
    for change in wanted:
        now, before, after = facts.only(change.fact), change.before, change.after
        match change.fact:
            case "apart":
                gone, new = before.refused - after.refused, after.refused - before.refused
                then = now.with_refused((now.refused - gone) | new)
            case "created" | "comment" | "flag" | "done" | "drawn" | "language" if now in (
                before,
                after,
            ):
                then = after
            case "created" | "comment" | "flag" | "done" | "drawn" | "language":
                then = now
                conflicts.append(change.fact)
            case unknown:
                assert_never(unknown)
        changes += fact_changes(now, then)
    return tuple(changes), tuple(conflicts)


class OwnSteps:
    """The steps for undo and redo in this program, without steps that another program made while this one ran.

    In the stored annotations, an edit of another program clears what can be redone; here it is kept.
    """

    def __init__(self, annotations: AnnotationSet) -> None:
        self._annotations = annotations
        self._theirs: set[str] = set()
        self._kept: list[Edit] = []

    @property
    def undone(self) -> tuple[Edit, ...]:
        """The edits that can be redone, the next one last."""
        return (*self._kept, *(s for s in self._annotations.redo if s.id not in self._theirs))

    def take_over(self, foreign: Edit) -> None:
        """Apply an edit of another program."""
        annotations = self._annotations
        before = list(annotations.redo)
        annotations.apply(foreign)
        self._theirs.add(foreign.id)
        there = {step.id for step in (*annotations.redo, *annotations.undo)}
        self._kept += [step for step in before if step.id not in there]

    def did(self, edit: Edit) -> None:
        """Note an edit made here: what was undone before it can no longer be redone."""
        if edit.undoable:
            self._kept.clear()

    def step(self, direction: Direction, nested: frozenset[str]) -> tuple[Edit, Step] | None:
        """The next step, and the edit that undoes or redoes it; `None` if there is none."""
        annotations = self._annotations
        found = self._last_own(annotations.undo if direction == "undo" else annotations.redo)
        if found is None and direction == "redo" and self._kept:
            found = self._kept[-1]
            return found, undo_or_redo(annotations, found, "redo", nested, as_new_edit=True)
        return (found, undo_or_redo(annotations, found, direction, nested)) if found else None

    def stepped(self, step: Edit) -> None:
        """Note that a step from `step` was applied."""
        if self._kept and self._kept[-1].id == step.id:
            self._kept.pop()

    def _last_own(self, steps: list[Edit]) -> Edit | None:
        return next((step for step in reversed(steps) if step.id not in self._theirs), None)


class _Outcome(Struct, frozen=True):
    """The result for one span: `then` equals `now` if it does not change."""

    now: Span | None
    then: Span | None
    conflicts: tuple[Conflict, ...] = ()
    displaced: tuple[Span, ...] = ()


def _outcome(change: Change, spans: SpanIndex, moving: set[SpanKey]) -> _Outcome:
    was, wanted = change.before, change.after
    if was is None:
        assert wanted is not None
        # A span that this step itself moves away is no obstacle.
        now = spans.get(wanted.key) if wanted.key not in moving else None
        return _brought_back(now, wanted)
    now = spans.get(was.key)
    if now is None:
        is_so = wanted is None or spans.get(wanted.key) == wanted
        return _Outcome(None, None, () if is_so else (Conflict("gone", was),))
    return _taken_away(now, was) if wanted is None else _set_back(now, was, wanted)


def _brought_back(now: Span | None, wanted: Span) -> _Outcome:
    if now is None or now == wanted:
        return _Outcome(now, wanted)
    if now.decided and not wanted.decided:
        return _Outcome(now, now, (Conflict("decision", now),))
    if wanted.decided and _is_plain(now):
        return _Outcome(now, wanted, displaced=(now,))
    return _set_back(now, Span(*wanted.key), wanted)


def _taken_away(now: Span, was: Span) -> _Outcome:
    if now == was:
        return _Outcome(now, None)
    if not now.decided and replace(now, sources=was.sources) == was:
        # Others now suggest it, too.
        return _Outcome(now, without_sources(now, was.sources))
    return _Outcome(now, now, (Conflict("decision", now),))


def _set_back(now: Span, was: Span, wanted: Span) -> _Outcome:
    decides = was.status != wanted.status or was.key != wanted.key
    if decides and now.status not in (was.status, wanted.status):
        return _Outcome(now, now, (Conflict("decision", now),))
    conflicts = []
    value, differs = _merged(now.value, was.value, wanted.value)
    if differs:
        conflicts.append(Conflict("value", now))
    comment, differs = _merged(now.comment, was.comment, wanted.comment)
    if differs:
        conflicts.append(Conflict("comment", now))
    then = replace(
        now,
        start=wanted.start,
        end=wanted.end,
        label=wanted.label,
        status=wanted.status if was.status != wanted.status else now.status,
        sources=_merged_sources(now.sources, was.sources, wanted.sources),
        score=wanted.score if now.score == was.score else now.score,
        value=value,
        comment=comment,
        flagged=wanted.flagged if was.flagged != wanted.flagged else now.flagged,
    )
    return _Outcome(now, then, tuple(conflicts))


def _merged(now: T, was: T, wanted: T) -> tuple[T, bool]:
    """The wanted state, and whether somebody changed it since, so that it stays."""
    if was == wanted or now == wanted:
        return now, False
    return (wanted, False) if now == was else (now, True)


def _merged_sources(
    now: tuple[Source, ...], was: tuple[Source, ...], wanted: tuple[Source, ...]
) -> tuple[Source, ...]:
    if now == was:
        return wanted
    stay = tuple(source for source in now if source in wanted or source not in was)
    return stay + tuple(s for s in wanted if s not in was and s not in stay)


def _suggestions(
    spans: SpanIndex,
    aside: Iterable[Change],
    held: Iterable[Change],
    holding: Held,
    staying: list[Span],
    nested: frozenset[str],
) -> list[Change]:
    """The result for suggestions that the step brings back or removes.

    A suggestion does not come back if a span in conflict leaves no room for it, or if somebody
    decided about it since. A suggestion that a person has changed is not removed.
    """
    changes: list[Change] = []
    seen: set[SpanKey] = set()
    for change in aside:
        was, wanted = change.before, change.after
        span = wanted or was
        assert span is not None
        now = spans.get(span.key)
        if was is not None and wanted is not None:
            if now is not None and not now.decided:
                sources = _merged_sources(now.sources, was.sources, wanted.sources)
                changes.append(Change(now, replace(now, sources=sources)))
            continue
        seen.add(span.key)
        if wanted is not None:
            no_room = any(leaves_no_room(other, wanted, nested) for other in staying)
            if no_room or (now is not None and now.decided):
                continue
            others = [other for other in (now, holding.get(span.key)) if other is not None]
            said = [source for other in others for source in other.sources]
            sources = tuple(dict.fromkeys([*wanted.sources, *said]))
            changes.append(Change(now, replace(now or wanted, sources=sources)))
            holding.drop(span.key)
        elif now is not None and _is_plain(now):
            if was is not None and was.sources == (CARRIED,):
                # It was suggested only because of the step; others may suggest it now, too.
                changes.append(Change(now, without_sources(now, (CARRIED,))))
                continue
            changes.append(Change(now, None))
            holding.add(now)
    for change in held:
        was, wanted = change.before, change.after
        if was is not None and was.key not in seen:
            left = wanted.sources if wanted is not None else ()
            holding.drop(was.key, [source for source in was.sources if source not in left])
        if wanted is not None and wanted.key not in seen:
            holding.add(wanted)
    return changes


def _is_plain(span: Span) -> bool:
    return not (span.decided or span.comment or span.flagged)


def _blocked(outcomes: list[_Outcome], spans: SpanIndex) -> int | None:
    """The first one that would get the extent and label of a span that stays."""
    leaving = {
        o.now.key for o in outcomes if o.now is not None and (o.then is None or o.then.key != o.now.key)
    }
    for place, outcome in enumerate(outcomes):
        then = outcome.then
        moves = then is not None and (outcome.now is None or outcome.now.key != then.key)
        if then is not None and moves and then.key in spans and then.key not in leaving:
            return place
    return None
