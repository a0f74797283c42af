"""What every format is: something that fits a document, writes documents and reads them."""

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
"""What a file makes of what is undecided in documents that are not done.

It is written as unknown, or as no entity, or such documents are left out.
"""

FindArticle = Callable[[str, str], Document | None]
"""Gives the known article with an id or, where that is empty, with a path, if there is one."""


def no_article(document_id: str, path: str) -> None:
    """What finds an article where none is known."""


@dataclass(frozen=True)
class Options:
    """What a person may choose about a format, and the articles a file without texts may be about."""

    language: str = ""
    """The language of spaCy's blank pipeline whose tokenizer makes the tokens, if there are any; empty for
    that of each document."""
    history: bool = False
    """Whether own JSONL also holds undo, redo, what was read by suggesters, and the cursor."""
    find: FindArticle = no_article
    undone: Undone = "missing"
    """What is made of a document that is not done, in a format that can say that something is unknown."""
    encoding: str = "utf-8"
    """The encoding of text files that are read."""
    labels: tuple[str, ...] = ()
    """The labels of the project, in its order, for formats that number them."""


class Fitted(NamedTuple):
    """A document cut down to what a format can hold, and everything that was cut."""

    annotated: AnnotatedDocument
    losses: list[Loss]


class Reading(NamedTuple):
    """A document as a file has it, and what of the file has no place in the model."""

    annotated: AnnotatedDocument
    losses: list[Loss]
    complete: bool = False
    """Whether the file says everything: what it does not label is no entity, not merely unknown."""
    key: str = ""
    """What the file itself calls the document: an id by which a later import finds it again."""

    def stating_language(self, code: str) -> "Reading":
        """The same, the document stated to be in the language with this code."""
        facts = self.annotated.row.facts.with_language(code)
        return self._replace(annotated=self.annotated.with_facts(facts))


class Format(Protocol):
    """A file format of annotated documents.

    What `write` writes of fitted documents, `read` reads as exactly those documents.
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
    """A format whose parts (training, development, test) belong together and are written as one."""

    def write_parts(
        self,
        parts: Mapping[str, Callable[[], Iterable[AnnotatedDocument]]],
        path: Path,
        options: Options,
    ) -> None:
        """Write the fitted documents of each part to one new folder, in which they keep its name."""
        ...
