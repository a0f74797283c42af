"""The values of accepted dates: the one that was shown when a date was accepted stays with it.

The value of a suggestion is worked out whenever it is asked for, and follows everything around it. A
decision is about what a person saw: from then on only a change of the article's own date, which is an
edit of its own, or of its language makes the value another one.
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
    """The same changes, each date that is accepted by them with the value it has at this moment.

    A value that is there already stays. A date without any value, such as a relative one in an article
    without a date of its own, gets none. `shown` is used where it is about the span as it was.
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

    What a person set or an import brought stays. A value that the new date leaves unknown goes.
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
    """Whether a date becomes an accepted one by this change, or one of another place or label.

    One that comes in with the value it was accepted with, as from an earlier text, keeps that.
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
    """The dates that the values of those changed may start from, as far as they stay as they are."""
    parts = [part_around(text, change.after) for change in changes if change.after]
    changed = {change.before.key for change in changes if change.before}
    around = spans.overlapping(min(begin for begin, _ in parts), max(end for _, end in parts))
    return [span for span in around if span.key not in changed and is_date(span)]
