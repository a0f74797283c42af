"""Which stored document each document of an imported file is: never by likeness.

A document of a file is found by the id this program gave it, else by the id that the file gives it, else
by its name, else by its exact text and its number among those with the same text. The text is always the
same to the last character. What is not found is a new document.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from annotations.corpus.identity import is_moved, is_nameless
from annotations.formats.format import Reading
from annotations.model.document import STANDARD_INPUT, Document, another_id, is_there, path_as_text
from annotations.store.interface import Store


@dataclass(frozen=True)
class Identified:
    """A document of a file as the store has it or is to have it."""

    document: Document
    new: bool
    same_text_as: Document | None = None
    """For a new document: one under another name that has the same text."""


class Identification:
    """Finds the documents of one file, in the order of the file, in a store.

    `name` is the file's, or `-` for standard input. No two documents of a file become one, unless they
    are the same document by two annotators.
    """

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._origin = name if name == STANDARD_INPUT else path_as_text(str(Path(name).absolute()))
        self._new: dict[str, list[Document]] = {}
        self._taken: set[tuple[str, str]] = set()

    def identify(self, reading: Reading, number: int) -> Identified:
        """The document that a reading is about; `number` is its place in the file, from 1."""
        annotated = reading.annotated
        found, by = annotated.document, annotated.row.annotator
        place = f"{self._origin}#{reading.key or number}"
        alike = [*self._store.alike(found.sha256), *self._new.get(found.sha256, ())]
        free = [document for document in alike if (document.id, by) not in self._taken]
        known = self._known(found, place if reading.key else "", free)
        if known is not None:
            self._taken.add((known.id, by))
            return Identified(known, new=False)
        taken = {document.id for document in alike}
        id_ = found.given_id
        if found.id in taken:
            id_ = another_id(found.sha256)
        document = replace(found, given_id=id_, source=place)
        self._new.setdefault(found.sha256, []).append(document)
        self._taken.add((document.id, by))
        return Identified(document, new=True, same_text_as=alike[0] if alike else None)

    def _known(self, found: Document, place: str, free: list[Document]) -> Document | None:
        rules: list[Callable[[Document], bool]] = [
            lambda known: bool(found.given_id) and known.id == found.given_id,
            lambda known: bool(place) and known.source == place,
        ]
        if is_nameless(found):
            rules.append(lambda known: True)
        else:
            rules += [
                lambda known: bool(found.path) and known.path == found.path,
                lambda known: known.name == found.name,
                lambda known: is_nameless(known) or is_moved(known, is_there),
            ]
        for rule in rules:
            for known in free:
                if rule(known):
                    return known
        return None
