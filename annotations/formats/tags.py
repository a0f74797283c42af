"""Tags on words and the spans they represent: IOB1, IOB2 and BILUO.

IOB1 has `B-` only for a span directly after another one with the same label, as in the original CoNLL-2003;
IOB2 has it at the beginning of every span. BILUO (Ratinov and Roth 2009) also marks ends; it is also
written as BIOES, and as BMES if the words are Chinese characters (`M-` is `I-`).
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple, assert_never

from annotations.formats.format import FormatError
from annotations.model.span import Span

Scheme = Literal["IOB1", "IOB2", "BILUO"]

NO_BEGINNING = "without a beginning, read as one"


class Tagged(NamedTuple):
    """A span as words: from `first` to `last`, both included."""

    first: int
    last: int
    label: str
    oddity: str = ""
    """What is wrong with the tags, if anything."""


def tag(span: Span | None, start: int, end: int, last: Span | None, scheme: Scheme) -> str:
    """The tag of the word from `start` to `end`; `span` is its span, `last` that of the word before it."""
    if span is None:
        return "O"
    begins, ends = span.start == start, span.end == end
    match scheme:
        case "BILUO":
            mark = "U" if begins and ends else "B" if begins else "L" if ends else "I"
        case "IOB1":
            mark = "B" if begins and last is not None and last.label == span.label else "I"
        case "IOB2":
            mark = "B" if begins else "I"
        case unknown:
            assert_never(unknown)
    return f"{mark}-{span.label}"


def is_tag(text: str) -> bool:
    """Whether this is a tag in any of the schemes."""
    return text == "O" or (text[:1] in tuple("BILUESM") and text[1:2] == "-" and len(text) > 2)


def tagged(tags: Iterable[str], scheme: Scheme, where: str) -> list[Tagged]:
    """The spans that the tags of a sentence represent; tags of all three schemes are understood.

    Raises `FormatError`, with a message that begins with `where`, if one of them is not a tag.
    """
    found: list[Tagged] = []
    begun: Tagged | None = None
    for number, text in enumerate([*tags, "O"]):
        mark, _, label = text.partition("-")
        if not is_tag(text):
            raise FormatError(f"{where}: {text[:40]!r} is not a tag of the scheme {scheme}.")
        if begun is not None and not (mark in "ILEM" and label == begun.label):
            found.append(begun)
            begun = None
        if text == "O":
            continue
        if begun is None:
            odd = mark in "ILEM" and scheme != "IOB1"
            begun = Tagged(number, number, label, f"{mark}- {NO_BEGINNING}" if odd else "")
        begun = begun._replace(last=number)
        if mark in "LUES":
            found.append(begun)
            begun = None
    return found
