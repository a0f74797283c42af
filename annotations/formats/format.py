"""What every format can do: fit a document to what it can hold, write documents and read them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.loss import Loss
from annotations.model.document import Document
from annotations.model.errors import AnnotateError


class FormatError(AnnotateError):
    """A file is not what its format says; the text names the file, the line and the field."""


Undone = Literal["missing", "outside", "leave-out"]
"""What is done with undecided suggestions in documents that are not done.

They are written as unknown, or as no entity, or such documents are left out.
"""

FindArticle = Callable[[str, str], Document | None]
"""Gives the known article with an id or, if the id is empty, with a path; `None` if there is none."""


def no_article(document_id: str, path: str) -> None:
    """The search that never finds an article, for when none is known."""


@dataclass(frozen=True)
class Options:
    """What a person may choose about a format, and how the articles of a file without texts are found."""

    language: str = ""
    """The language of the blank spaCy pipeline that makes the tokens, if a format has tokens; empty for
    the language of each document.
    """
    history: bool = False
    """Whether the program's own JSONL also holds undo, redo, what suggesters have read, and the cursor."""
    find: FindArticle = no_article
    undone: Undone = "missing"
    """How a document that is not done is written, in a format that can mark things as unknown."""
    encoding: str = "utf-8"
    """The encoding of text files that are read."""
    labels: tuple[str, ...] = ()
    """The labels of the project, in its order, for formats that number them."""


class Fitted(NamedTuple):
    """A document cut down to what a format can hold, and everything that was cut."""

    annotated: AnnotatedDocument
    losses: list[Loss]


class Reading(NamedTuple):
    """A document as a file states it, and what of the file has no place in the model."""

    annotated: AnnotatedDocument
    losses: list[Loss]
    complete: bool = False
    """Whether the file states everything: what it does not label is not an entity, rather than unknown."""
    key: str = ""
    """What the file itself calls the document: an id by which a later import finds it again."""

    def stating_language(self, code: str) -> "Reading":
        """The same reading, with the document stated to be in the language with this code."""
        facts = self.annotated.row.facts.with_language(code)
        return self._replace(annotated=self.annotated.with_facts(facts))


class Format(Protocol):
    """A file format of annotated documents.

    `read` gives exactly the fitted documents that `write` wrote.
    """

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Cut a document down to what the format can hold, listing all that is cut."""
        ...

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write fitted documents to a new file, or a new folder for a format of many files."""
        ...

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the documents of a file or folder, which errors call `name`.

        Raises `FormatError` for what is not of this format.
        """
        ...


@runtime_checkable
class PartedFormat(Format, Protocol):
    """A format whose parts (training, development, test) are written together into one folder."""

    def write_parts(
        self,
        parts: Mapping[str, Callable[[], Iterable[AnnotatedDocument]]],
        path: Path,
        options: Options,
    ) -> None:
        """Write the fitted documents of all parts to one new folder, which keeps the names of the parts."""
        ...
