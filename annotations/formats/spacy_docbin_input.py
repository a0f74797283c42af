"""Turning a document of a packed spaCy `DocBin` into an annotated document.

Source: `span_group.pyx` of spaCy 3.8.
"""

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from annotations.entities.identity import id_of
from annotations.formats.annotated_document import annotated
from annotations.formats.format import FormatError, Reading
from annotations.formats.json_input import convert
from annotations.formats.loss import Loss
from annotations.formats.spacy_docbin_file import ATTRIBUTES, USER_DATA_KEY, Details, PackedDocument
from annotations.formats.span_input import NO_TEXT, OUTSIDE, SpanInput
from annotations.model.span import Span, SpanKey, replace
from annotations.model.value import Entity

if TYPE_CHECKING:
    from spacy.strings import StringStore

SPANS_KEY = "sc"
"""The span group that spaCy's span categorizer learns from by default."""

_GROUPED_SPAN = struct.Struct(">QQQllll")


def packed_reading(
    document: PackedDocument, attrs: list[int], strings: "StringStore", where: str
) -> Reading:
    """The annotated document. Raises `FormatError` if the packed one is not as spaCy writes it.

    `attrs` are the numbers of the attributes in each row, `where` names the document in error messages.
    """
    from spacy.attrs import IDS

    try:
        column = {name: attrs.index(IDS[name]) for name in ("ORTH", *ATTRIBUTES) if IDS[name] in attrs}
        words = [strings[row[column["ORTH"]]] for row in document.attributes]
        ranges, text = _spaced(words, document.spaces)
        found = SpanInput(text, where)
        grouped, unread = _groups(document.groups, where)
        found.losses += unread
        for first, last, label, entity in [*_entities(document.attributes, column), *grouped]:
            if not 0 <= first <= last < len(ranges):
                reason = NO_TEXT if last + 1 == first else OUTSIDE
                found.leave_out(reason, f"a span is on tokens {first} to {last}, which are not there")
                continue
            name = strings[entity]
            found.add(
                ranges[first][0],
                ranges[last][1],
                strings[label],
                f"the span on tokens {first} to {last}",
                status="accepted",
                value=Entity(id=name, origin="import") if name else None,
            )
        details = _details(document.details, where)
    except KeyError as error:
        raise FormatError(f"{where} uses the string {error}, which is not in the file.") from None
    known = {span.key: span for span in details.spans}
    return Reading(
        annotated(
            text,
            [_with_details(span, known) for span in found.spans],
            path=details.path,
            name=details.name,
            document_id=details.id,
            annotator=details.annotator,
            created=details.created,
            facts=details.facts,
        ),
        found.losses,
        complete=details.facts.done or (not details.unknown and _is_whole(document.attributes, column)),
    )


def _spaced(words: list[str], spaces: list[bool]) -> tuple[list[tuple[int, int]], str]:
    ranges, parts, offset = [], [], 0
    for word, space in zip(words, spaces, strict=True):
        ranges.append((offset, offset + len(word)))
        parts.append(word + " " * space)
        offset += len(parts[-1])
    return ranges, "".join(parts)


def _entities(rows: list[list[int]], column: dict[str, int]) -> Iterator[tuple[int, int, int, int]]:
    """The entities as (first token, last token, label, id). In `ENT_IOB`, 3 is B, 1 is I and 2 is O."""
    if not {"ENT_IOB", "ENT_TYPE"} <= set(column):
        return
    first = None
    for number, row in enumerate([*rows, [0] * len(column) * 8]):
        mark = row[column["ENT_IOB"]] if number < len(rows) else 2
        if first is not None and mark != 1:
            head = rows[first]
            entity = head[column["ENT_KB_ID"]] if "ENT_KB_ID" in column else 0
            yield first, number - 1, head[column["ENT_TYPE"]], entity
            first = None
        if mark == 3 and row[column["ENT_TYPE"]]:
            first = number


def _is_whole(rows: list[list[int]], column: dict[str, int]) -> bool:
    """Whether there are tokens and none of them is marked as missing."""
    return "ENT_IOB" in column and bool(rows) and all(row[column["ENT_IOB"]] for row in rows)


def _groups(data: bytes, where: str) -> tuple[list[tuple[int, int, int, int]], list[Loss]]:
    """The spans of the group `sc`, in the form of `_entities`, and the losses of the other groups."""
    spans: list[tuple[int, int, int, int]] = []
    unread: list[Loss] = []
    if not data:
        return spans, unread
    try:
        groups = msgspec.msgpack.decode(data)
        for packed, keys in groups.items() if isinstance(groups, dict) else ():
            if SPANS_KEY in keys:
                for span in msgspec.msgpack.decode(packed)["spans"]:
                    _, entity, label, start, end, _, _ = _GROUPED_SPAN.unpack(span)
                    spans.append((start, end - 1, label, entity))
            elif msgspec.msgpack.decode(packed)["spans"]:
                reason = f"group of spans {', '.join(map(str, keys))[:40]!r}, which is not read"
                unread.append(Loss("foreign", reason))
    except (msgspec.DecodeError, struct.error, TypeError, KeyError, ValueError, RecursionError):
        raise FormatError(f"{where} has a group of spans that cannot be read.") from None
    return spans, unread


def _details(data: bytes, where: str) -> Details:
    if not data:
        return Details()
    try:
        user_data = msgspec.msgpack.decode(data, strict=False)
    except (msgspec.DecodeError, ValueError, TypeError, RecursionError):
        return Details()  # `TypeError` comes from msgspec 0.21 if a key is a map
    if not isinstance(user_data, dict) or USER_DATA_KEY not in user_data:
        return Details()
    return convert(user_data[USER_DATA_KEY], Details, f"{where}, user data")


def _with_details(span: Span, known: dict[SpanKey, Span]) -> Span:
    if span.key not in known:
        return span
    details = known[span.key]
    return details if id_of(details) == id_of(span) else replace(details, value=span.value)
