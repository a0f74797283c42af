"""What was done to a document, in plain words."""

from collections.abc import Sequence
from typing import assert_never

from annotations.editing.undo import Conflict
from annotations.entities.identity import written
from annotations.model.document_facts import Fact, FactChange
from annotations.model.edit import Change, Edit
from annotations.model.span import Span
from annotations.model.value import Entity, Timex, Value
from annotations.text.display import escaped
from annotations.text.plural import counted

QUOTED = 40
"""How much of a span's text is shown, in code points."""
NAMED = 3
"""How many spans of one edit are named; the others are counted."""


def describe(edit: Edit, text: str, of: Edit | None = None) -> str:
    """The effect of an edit, such as `labelled “Ann Lee” PERSON`, without person and time.

    `text` is that of the document, `of` the edit that an undo or redo changes, if it is known. Control
    characters in the text are escaped, and long spans shortened.
    """
    if edit.kind in ("undo", "redo"):
        verb = "undid" if edit.kind == "undo" else "redid"
        if of and not (edit.changes or edit.facts or edit.aside):
            verb = f"could not {edit.kind}"
        return f"{verb}: {describe(of, text)}" if of else f"{verb} {_several(edit.changes, text)}"
    parts = [_facts(fact) for fact in edit.facts]
    if edit.changes or not parts:
        parts.insert(0, _changes(edit, text))
    return "; ".join(part for part in parts if part)


def describe_conflicts(conflicts: Sequence[Conflict], facts: Sequence[Fact], text: str) -> str:
    """What undo or redo could not change, and why; empty if there is nothing."""
    said = [f"{fact_name(fact)} has been changed since and is kept" for fact in facts]
    for conflict in conflicts:
        span = _span(conflict.span, text)
        match conflict.clash:
            case "gone":
                said.append(f"{span} no longer exists")
            case "decision":
                said.append(f"{span} has been changed since and is kept")
            case "occupied":
                said.append(f"{span} is kept, because the earlier span is there again")
            case "value" | "comment" as part:
                said.append(f"the {part} of {span} has been changed since and is kept")
            case unknown:
                assert_never(unknown)
    return "; ".join(said[:NAMED]) + (f"; and {len(said) - NAMED} more" if len(said) > NAMED else "")


def fact_name(fact: Fact) -> str:
    """The name of a fact about a document in a sentence."""
    match fact:
        case "created":
            return "the date of the document"
        case "comment":
            return "the comment on the document"
        case "flag":
            return "the flag of the document"
        case "done":
            return "whether the document is done"
        case "drawn":
            return "whether the document was drawn at random"
        case "language":
            return "the language of the document"
        case "apart":
            return "which names are proposed"
        case unknown:
            assert_never(unknown)


def _changes(edit: Edit, text: str) -> str:
    spans = _several(edit.changes, text)
    match edit.kind:
        case "suggest":
            source = str(edit.run.source) if edit.run else edit.by
            return f"{escaped(source)} suggested {counted(len(edit.changes), 'span')}"
        case "propagate":
            removing = all(c.after is None or c.after.rejected for c in edit.changes)
            return f"{'removed' if removing else 'labelled'} the other mentions: {spans}"
        case "value" if len(edit.changes) > 1:
            values = {_value(change.after.value if change.after else None) for change in edit.changes}
            return f"gave {spans} the value {', '.join(sorted(values))}"
        case "import":
            return f"imported {counted(len(edit.changes), 'span')}"
        case "restore":
            return f"went back to an earlier state: {counted(len(edit.changes), 'span')} changed"
        case "external":
            return f"the file was changed from outside: {_by_verb(edit.changes, text)}"
        case "place":
            return "moved on" if not edit.changes else f"placed {spans} again"
        case "relabel":
            said = _relabelled(edit.changes, text)
        case "create" | "resize" | "accept" | "reject" | "remove" | "value":
            said = ""
        case "comment" | "flag" | "document" | "undo" | "redo":
            said = ""
        case unknown:
            assert_never(unknown)
    return said or _by_verb(edit.changes, text) or "changed nothing"


def _relabelled(changes: Sequence[Change], text: str) -> str:
    """What was relabelled, in one phrase; empty if nothing was."""
    renamed = [change for change in changes if change.before and change.after]
    if len(renamed) < 2:
        return _one(renamed[0], text) if renamed else ""
    old = {change.before.label for change in renamed if change.before}
    new = {change.after.label for change in renamed if change.after}
    return (
        f"changed {_several(renamed, text)} from {escaped(', '.join(sorted(old)))}"
        f" to {escaped(', '.join(sorted(new)))}"
    )


def _by_verb(changes: Sequence[Change], text: str) -> str:
    """What happened to each span; spans with the same change are grouped."""
    stays = {change.after.key for change in changes if change.after is not None}
    # A span that was replaced by another with its extent and label still exists.
    real = [c for c in changes if c.after or (c.before and c.before.key not in stays)]
    if len(real) == 1:
        return _one(real[0], text)
    together: dict[str, list[Change]] = {}
    for change in real:
        together.setdefault(_verb(change), []).append(change)
    return "; ".join(f"{verb} {_several(some, text)}" for verb, some in together.items())


def _verb(change: Change) -> str:
    before, after = change.before, change.after
    if before is None:
        return "labelled" if after is None or after.decided else "suggested"
    if after is None:
        return "removed"
    if before.status == after.status or before.key != after.key:
        return "changed"
    return _decided(after)


def _decided(span: Span) -> str:
    match span.status:
        case "accepted" | "rejected" as decision:
            return decision
        case "suggested":
            return "made undecided"
        case unknown:
            assert_never(unknown)


def _one(change: Change, text: str) -> str:
    before, after = change.before, change.after
    if before is None:
        return f"{_verb(change)} {_span(after, text)}" if after else ""
    if after is None:
        return f"removed {_span(before, text)}"
    done = []
    if (before.start, before.end) != (after.start, after.end):
        done.append(f"changed {_quoted(before, text)} to {_span(after, text)}")
    elif before.label != after.label:
        done.append(
            f"changed {_quoted(after, text)} from {escaped(before.label)} to {escaped(after.label)}"
        )
    if before.value != after.value:
        newly = before.status != after.status and not done
        done.append(
            f"{_decided(after)} {_span(after, text)} with the value {_value(after.value)}"
            if newly
            else f"gave {_span(after, text)} the value {_value(after.value)}"
        )
    if before.comment != after.comment:
        span, comment = _span(after, text), escaped(after.comment)
        done.append(f"commented on {span}: {comment}" if comment else f"removed the comment on {span}")
    if before.flagged != after.flagged:
        done.append(f"{'flagged' if after.flagged else 'removed the flag from'} {_span(after, text)}")
    if not done and before.status != after.status:
        done.append(f"{_decided(after)} {_span(after, text)}")
    return ", ".join(done) or f"changed {_span(after, text)}"


def _facts(change: FactChange) -> str:
    before, after = change.before, change.after
    match change.fact:
        case "created":
            return _text_set(change.fact, after.creation_time)
        case "comment":
            return _text_set(change.fact, after.comment)
        case "apart":
            other = sorted(before.refused ^ after.refused)
            names = [f"“{escaped(words)}” for {escaped(name)}" for _, name, words in other]
            return (
                f"{'refused' if after.refused > before.refused else 'proposed again'} {_listed(names)}"
            )
        case "flag":
            return "flagged the document" if after.flagged else "removed the flag from the document"
        case "language":
            return _text_set(change.fact, after.language)
        case "drawn":
            return (
                "noted that it was drawn at random"
                if after.drawn
                else "removed the note that it was drawn at random"
            )
        case "done":
            return f"marked the document as {'done' if after.done else 'not done'}"
        case unknown:
            assert_never(unknown)


def _text_set(fact: Fact, text: str) -> str:
    return f"set {fact_name(fact)} to {escaped(text)}" if text else f"removed {fact_name(fact)}"


def _several(changes: Sequence[Change], text: str) -> str:
    spans = [change.after or change.before for change in changes[:NAMED]]
    return _listed([_span(span, text) for span in spans if span], len(changes)) or "nothing"


def _listed(names: Sequence[str], number: int | None = None) -> str:
    """The first names, and how many more there are, out of `number` or of all that are given."""
    more = (len(names) if number is None else number) - NAMED
    listed = ", ".join(names[:NAMED])
    return f"{listed} and {more} more" if more > 0 else listed


def _span(span: Span, text: str) -> str:
    return f"{_quoted(span, text)} {escaped(span.label)}"


def _quoted(span: Span, text: str) -> str:
    words = escaped(" ".join(text[span.start : min(span.end, span.start + 2 * QUOTED)].split()))
    if span.end > len(text):
        return f"{span.start} to {span.end}"
    short = words if len(words) <= QUOTED else f"{words[: QUOTED - 1]}…"
    return f"“{short}”"


def _value(value: Value | None) -> str:
    match value:
        case Timex():
            return escaped(value.value) or "nothing"
        case Entity():
            return escaped(written(value))
    return "nothing"
