"""Continuing after a part of a file that cannot be read: it is listed as a loss, and the rest is imported."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from annotations.formats.format import FormatError, Reading
from annotations.formats.loss import Loss
from annotations.formats.span_input import NOT_READ, WRONG

T = TypeVar("T")

UNREADABLE = "line or document that cannot be read"
BAD_ROW = "line of a word that cannot be read"
MOST = 100_000
"""How many unreadable parts are listed before a file is refused; `read_each` counts those in succession."""


def unreadable(error: FormatError, reason: str = UNREADABLE) -> Loss:
    """The loss of the part of a file that an error is about."""
    return Loss("foreign", reason, None, str(error), of_file=reason == UNREADABLE)


def read_each(
    parts: Iterable[tuple[str, T]], read: Callable[[str, T], Iterable[Reading]]
) -> Iterator[Reading]:
    """The documents that `read` gives for each part; a part is its name in error messages and its content.

    A part for which `read` raises `FormatError` becomes a loss of the next document, or of the last one.
    Raises the first `FormatError` if no document can be read, or if there are annotations and none of them
    can be read: the file is then of another format, or its offsets count other units.
    """
    held: Reading | None = None
    waiting: list[Loss] = []
    first = wrong = ""
    any_spans = False
    for where, part in parts:
        try:
            found = list(read(where, part))
        except FormatError as error:
            first = first or str(error)
            waiting.append(unreadable(error))
            if len(waiting) > MOST:
                raise FormatError(first) from None
            continue
        for reading in found:
            if held is not None:
                yield held
            any_spans = any_spans or bool(reading.annotated.spans)
            wrong = wrong or _first_wrong(reading)
            held = _with(reading, waiting)
            waiting = []
    if held is None and first:
        raise FormatError(first)
    if wrong and not any_spans:
        raise FormatError(wrong)
    if held is not None:
        yield _with(held, waiting)


def _with(reading: Reading, more: list[Loss]) -> Reading:
    """The reading with more losses; it is not complete if an annotation or row could not be read."""
    whole = not any(loss.reason in NOT_READ or loss.reason == BAD_ROW for loss in reading.losses)
    return reading._replace(losses=[*more, *reading.losses], complete=reading.complete and whole)


def _first_wrong(reading: Reading) -> str:
    return next((loss.example for loss in reading.losses if loss.reason in WRONG), "")
