"""Which stored document each document of an imported file is.

The two must have exactly the same text; a similar text is never enough. Among the stored documents with
that text, the one is chosen that has the id this program gave, otherwise the same id in the same file,
otherwise the same path or name. If there is none, the next stored one is used that has no name or whose
file is gone (for a document without a name, any), first those with the same id in another file. If none is
left, the document is new.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from annotations.formats.format import Reading
from annotations.model.document import (
    STANDARD_INPUT,
    Document,
    absolute_path,
    another_id,
    is_there,
    path_as_text,
)
from annotations.store.identity import is_moved, is_nameless

_OF_ANNOTATIONS = (".tsv", ".xmi", ".tml", ".xml")
"""Endings of files with one document each: such a file has the document's name with another ending."""


@dataclass(frozen=True)
class MatchedDocument:
    """A document of a file in the form in which it is or will be stored."""

    document: Document
    new: bool
    same_text_as: Document | None = None
    """For a new document: a stored one with the same text and another name."""


_Lookup = tuple[str, str, str]
"""What a document is found by: the SHA-256 of its text, a kind of value such as `name`, and the value."""


class Identification:
    """Finds the stored documents for the documents of one file, in the order of the file.

    `with_text` gives the stored documents whose text has a SHA-256; `name` is the name of the file, or `-` for
    standard input. Two documents of a file never become one, unless they are by different annotators.
    """

    def __init__(self, with_text: Callable[[str], Iterable[Document]], name: str) -> None:
        self._with_text = with_text
        self._origin = name if name == STANDARD_INPUT else path_as_text(absolute_path(name))
        self._found: defaultdict[_Lookup, list[Document]] = defaultdict(list)
        self._next: dict[tuple[_Lookup, str], int] = {}
        """How many of the first documents of a lookup are already used for an annotator of the file."""
        self._texts: set[str] = set()
        """The SHA-256 of each text whose stored documents are already known here."""
        self._taken: set[tuple[str, str]] = set()

    def identify(self, reading: Reading, number: int) -> MatchedDocument:
        """The stored or new document of a reading; `number` is its place in the file, from 1."""
        annotated = reading.annotated
        found, by = annotated.document, annotated.row.annotator
        sha256 = found.sha256
        if sha256 not in self._texts:
            self._texts.add(sha256)
            for there in self._with_text(sha256):
                self._note(there)
        place = f"{self._origin}#{reading.key or number}"
        lookups = _lookups(found, place, reading.key)
        free = (self._first_free((sha256, *lookup), by) for lookup in lookups)
        known = next((document for document in free if document is not None), None)
        if known is not None:
            self._taken.add((known.id, by))
            return MatchedDocument(known, new=False)
        same_text = self._found[sha256, "text", ""]
        in_use = found.id in {there.id for there in self._found[sha256, "id", found.id]}
        document = replace(
            found, given_id=another_id(sha256) if in_use else found.given_id, source=place
        )
        same_text_as = same_text[0] if same_text else None
        self._note(document)
        self._taken.add((document.id, by))
        return MatchedDocument(document, new=True, same_text_as=same_text_as)

    def _first_free(self, lookup: _Lookup, by: str) -> Document | None:
        found, at = self._found[lookup], self._next.get((lookup, by), 0)
        while at < len(found) and (found[at].id, by) in self._taken:
            at += 1
        self._next[lookup, by] = at
        return found[at] if at < len(found) else None

    def _note(self, document: Document) -> None:
        """Add a document to those that can be found."""
        values = {
            "text": "",
            "id": document.id,
            "source": document.source,
            "key": _key_in(document.source),
            "path": document.path,
            "name": document.name,
            "stem": PurePath(document.name).stem,
        }
        if is_nameless(document) or is_moved(document, is_there):
            values["unclaimed"] = ""
            values["unclaimed key"] = values["key"]
        for by, value in values.items():
            self._found[document.sha256, by, value].append(document)


def _lookups(found: Document, place: str, key: str) -> Iterator[tuple[str, str]]:
    """What a document of a file is found by among those with its text, in order: kinds and values."""
    if found.given_id:
        yield "id", found.given_id
    if key:
        yield "source", place
    if is_nameless(found):
        # The file may have a new name since an earlier import, and its documents a new order.
        if key:
            yield "key", _key_in(place)
        yield "text", ""
        return
    if found.path:
        yield "path", found.path
    yield "name", found.name
    if PurePath(found.name).suffix.lower() in _OF_ANNOTATIONS:
        # The file report.tsv holds the annotations of report.txt.
        yield "stem", PurePath(found.name).stem
    if key:
        yield "unclaimed key", _key_in(place)
    yield "unclaimed", ""


def _key_in(source: str) -> str:
    """The id or number of a document in its file, without the path of the file."""
    return source.rpartition("#")[2]
