"""The values of accepted dates: a date keeps the value that was shown when it was accepted.

The value of a suggestion is computed whenever it is needed, and depends on everything around it. A
decision is about what a person saw. From then on, only a change of the article's own date, which is a
separate edit, or of its language changes the value.
"""

from collections.abc import Iterable

from annotations.dates.creation_time import CreationTime
from annotations.dates.document_dates import is_date, part_around, timexes
from annotations.dates.document_language import ENGLISH
from annotations.model.edit import Change
from annotations.model.span import Span, replace
from annotations.model.span_index import SpanIndex
from annotations.model.value import Timex, unresolved

Shown = tuple[Span, Timex]
"""A span and the value that was shown for it."""


def with_values(
    text: str,
    spans: SpanIndex,
    changes: tuple[Change, ...],
    creation_time: CreationTime | None,
    shown: Shown | None = None,
    language: str = ENGLISH,
) -> tuple[Change, ...]:
    """The same changes, in which each date that they accept has its present value.

    An existing value stays. A date without any value, such as a relative one in an article
    without its own date, gets none. `shown` is used if it is about the span before the change.
    """
    accepted = [change.after for change in changes if change.after and _is_decided_by(change)]
    if not accepted:
        return changes
    if shown and len(changes) == 1 and changes[0].before == shown[0] and accepted[0].key == shown[0].key:
        values = [shown[1]]
    else:
        around = _dates_around(text, spans, changes)
        values = timexes(text, accepted, creation_time, around, language)
    kept = {span.key: value for span, value in zip(accepted, values, strict=True) if value.value}
    return tuple(
        Change(change.before, replace(change.after, value=kept[change.after.key]))
        if change.after and change.after.key in kept
        else change
        for change in changes
    )


def following(
    text: str, spans: Iterable[Span], creation_time: CreationTime | None, language: str = ENGLISH
) -> tuple[tuple[Change, ...], int]:
    """The changes by which accepted dates follow a new date or language of the article, and how many values
    they change.

    Values set by a person or an import stay. A value that the new date makes unknown is removed.
    """
    dates = [span for span in spans if is_date(span)]
    ours = [span for span in dates if span.accepted and _is_by_rule(span)]
    bare = [replace(span, value=unresolved(span.value)) for span in ours]
    given = [span for span in dates if not _is_by_rule(span)]
    changes, changed = [], 0
    values = timexes(text, bare, creation_time, given, language)
    for span, value in zip(ours, values, strict=True):
        new = value if value.value else unresolved(span.value)
        if new != span.value:
            changes.append(Change(span, replace(span, value=new)))
            changed += isinstance(span.value, Timex) and span.value.value != value.value
    return tuple(changes), changed


def _is_decided_by(change: Change) -> bool:
    """Whether this change accepts a date, or moves or relabels it.

    A date that comes with the value it was accepted with, for example from an earlier text, keeps it.
    """
    before, after = change.before, change.after
    if after is None or not after.accepted or not is_date(after) or not _is_by_rule(after):
        return False
    if before is None:
        return after.value is None
    return not before.accepted or before.key != after.key


def _is_by_rule(span: Span) -> bool:
    return span.value is None or (isinstance(span.value, Timex) and span.value.origin == "rule")


def _dates_around(text: str, spans: SpanIndex, changes: Iterable[Change]) -> list[Span]:
    """The unchanged dates that the values of the changed dates may depend on."""
    parts = [part_around(text, change.after) for change in changes if change.after]
    changed = {change.before.key for change in changes if change.before}
    around = spans.overlapping(min(begin for begin, _ in parts), max(end for _, end in parts))
    return [span for span in around if span.key not in changed and is_date(span)]
