"""Folders with a file for each document: files are named after documents, and documents after files.

INCEpTION and WebAnno export a folder for each document with a file for each annotator
(`annotation/report.txt/ann.tsv`); there the document has the name of its folder.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import FormatError
from annotations.formats.loss import Loss, Part, losses_without
from annotations.text.natural_order import natural

_ENDINGS = (
    ".txt", ".ann", ".tsv", ".csv", ".tml", ".xmi", ".xml", ".json", ".jsonl", ".conll", ".conllu", ".conllup",
    ".md", ".html", ".htm", ".pdf", ".docx", ".spacy",
)  # fmt: skip
"""Endings that say what kind of file it is; a written file has its own ending instead of them."""
_SOURCES = (".txt", ".html", ".htm", ".pdf", ".docx", ".md")
"""Endings of documents; INCEpTION names the folder with the annotations of a document after it."""
_LAYERS = ("annotation", "curation")
BY_ANNOTATOR = (".tsv", ".xmi")
"""The endings of the files that INCEpTION writes for each annotator."""
STANDARD_INPUT_NAME = "standard input"
"""The name in errors of a file that came through standard input, which has no name itself."""
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?=\.|$)", re.IGNORECASE)
"""Names that Windows reserves for devices."""
_LONGEST_NAME = 200
"""The longest name of a file or folder without its ending, in bytes."""
_DEEPEST = 8


class NamedFile(NamedTuple):
    """A file of a folder, with its document and its annotator."""

    path: Path
    where: str
    """The name of the file in errors."""
    document: str
    """The name of its document."""
    annotator: str = ""


def files_in(folder: Path, *endings: str) -> list[Path]:
    """The files with these endings in a folder and its sub-folders, in natural order.

    Hidden files, also those that macOS adds (`._doc1.ann`), are ignored; links to folders are not followed.
    """
    found = [
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in endings
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    return sorted(found, key=lambda path: [natural(part) for part in path.relative_to(folder).parts])


def named_files(path: Path, name: str, *endings: str) -> Iterator[NamedFile]:
    """The files of a folder with these endings, or the file itself, each with the name of its document."""
    by_annotator = any(ending in BY_ANNOTATOR for ending in endings)
    files = files_in(path, *endings) if path.is_dir() else [path]
    for file in files:
        inside = file.relative_to(path) if path.is_dir() else Path()
        where = f"{name}/{plain(inside.as_posix())}" if path.is_dir() else name
        document = _of_inception(file, path) if by_annotator else None
        if document is not None:
            yield NamedFile(file, where, plain(document), plain(file.stem))
        elif path.is_dir():
            yield NamedFile(file, where, plain(inside.as_posix()))
        else:
            yield NamedFile(file, where, "" if name == STANDARD_INPUT_NAME else plain(file.name))


def plain(name: str) -> str:
    """The name of a file as text: bytes in it that are not UTF-8 read as U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _of_inception(file: Path, top: Path) -> str | None:
    """The document that one annotator's file belongs to, in the folders that INCEpTION exports.

    `None` if it is not in such a folder. `top` is what a person named: a folder or the file itself.
    """
    top = top.absolute()
    for folder in file.absolute().parents[:2]:
        if folder.parent.name in _LAYERS:
            return folder.name
        if folder == top or (not top.is_relative_to(folder) and not folder.is_relative_to(top)):
            return None
        if folder.suffix.lower() in _SOURCES:
            return folder.name
    return None


class FileNames:
    """Gives each document of an export a different file name, as close to the document's name as possible.

    A name with `/` is a file in a sub-folder. No name leads out of the folder, is hidden, is reserved
    by an operating system, is too long or has control characters; equal names (whatever their case) get
    a suffix.
    """

    def __init__(self, *endings: str) -> None:
        self._endings = endings
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._numbers: dict[str, int] = {}

    def give(self, name: str) -> str:
        """The path of a document's file in the folder, with the first ending."""
        *folders, stem = parts_of(name, self._endings[0])
        folder = ""
        for part in folders:
            folder = self._free(f"{folder}{part}", [self._files]) + "/"
            self._folders.add(_same(folder[:-1]))
        stem = self._free(f"{folder}{stem}", [self._files, self._folders], *self._endings)
        self._files.update(_same(stem + ending) for ending in self._endings)
        return stem + self._endings[0]

    def named(self, annotated: AnnotatedDocument) -> tuple[AnnotatedDocument, list[Loss]]:
        """A fitted document with the name of its file, and a loss if its own name was a different one."""
        file = self.give(annotated.name)
        losses = []
        if annotated.document.given_name and annotated.document.given_name != file:
            losses.append(
                Loss("path", "name of the document: its file needs a different name", None, file)
            )
        document = replace(annotated.document, given_name=file)
        return replace(annotated, document=document, origin=""), losses

    def _free(self, name: str, used: Sequence[Collection[str]], *endings: str) -> str:
        key = _same(name + "".join(endings))
        free, number = name, self._numbers.get(key, 1)
        while any(_same(free + ending) in names for names in used for ending in endings or ("",)):
            number += 1
            free = f"{name}-{number}"
        self._numbers[key] = max(number - 1, 1)
        return free


def parts_of(name: str, ending: str) -> list[str]:
    """The folders and the file, without its ending, that a document with this name gets."""
    parts = [part for part in name.split("/") if part.strip(" .")][-_DEEPEST:] or ["document"]
    stem = PurePosixPath(parts[-1])
    if stem.suffix.lower() in (*_ENDINGS, ending) and stem.stem.strip(" ."):
        parts[-1] = parts[-1].removesuffix(stem.suffix)
    *folders, last = map(_harmless, parts)
    if ending in BY_ANNOTATOR:
        folders = [f"{part}_" if _is_of_inception(part) else part for part in folders]
    return [*folders, last]


def _is_of_inception(folder: str) -> bool:
    """Whether a folder with this name is read as one of INCEpTION's."""
    return folder in _LAYERS or PurePosixPath(folder).suffix.lower() in _SOURCES


def _harmless(part: str) -> str:
    safe = "".join(char if char.isprintable() and char != "\\" else "_" for char in part)
    safe = safe.encode("utf-8", "replace")[:_LONGEST_NAME].decode("utf-8", "ignore")
    if safe.startswith("."):
        safe = f"_{safe}"
    return _RESERVED.sub(lambda match: f"{match[0]}_", safe, count=1) if _RESERVED.match(safe) else safe


def _same(name: str) -> str:
    """A key that is equal for names that a file system which ignores case and Unicode form treats as one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def losses_beside_name(annotated: AnnotatedDocument, holds: Collection[Part], ending: str) -> list[Loss]:
    """What is lost in a format that holds only `holds` and names the file after the document."""
    document = annotated.document
    name = document.given_name
    kept = name and not document.path and not document.given_id and name == _file_name(name, ending)
    return losses_without(annotated, {*holds, "path"} if kept else holds)


def _file_name(name: str, ending: str) -> str:
    return "/".join(parts_of(name, ending)) + ending


def write_below(folder: Path, name: str, data: bytes) -> None:
    """Write a file of a new folder, in the sub-folders that its name contains.

    Raises `FormatError` for a sub-folder that would be read as a document, because `folder` has the
    name that INCEpTION gives to the one in which each document is a folder.
    """
    file = folder / name
    if "/" in name and folder.name in _LAYERS and file.suffix in BY_ANNOTATOR:
        raise FormatError(
            f"In a folder called {folder.name} INCEpTION has a sub-folder for each document, "
            f"so {name.rpartition('/')[0]}/ would be read as one; write to a folder with another name."
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def given_names(
    documents: Iterable[AnnotatedDocument], *endings: str
) -> Iterator[tuple[str, AnnotatedDocument]]:
    """Each document, after the path of its file in the folder."""
    names = FileNames(*endings)
    for document in documents:
        yield names.give(document.name), document
