"""Finding out what each column means in a file of words and tags.

A column is a tag column if every cell is a tag. If there are several, all are read, as layers of nested
names (GENIA, GermEval 2014), except columns of chunks. The word is in the first column, or in the next
one if the first numbers the words, or after the tags if these come first. The third of CoNLL-2003's
four columns has chunks, not names.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from annotations.formats.file_input import numbered_lines
from annotations.formats.format import Options

DOCUMENT_START = "-DOCSTART-"
TAG = re.compile(r"O|[BILUESM]-\S.*")
_CHUNKS = frozenset(
    "ADJP ADVP CONJP INTJ LST NP PP PRT SBAR UCP VP".split()  # noqa: SIM905
)
"""The labels of the chunks of CoNLL-2000 and CoNLL-2003."""
_SAMPLE = 5000
"""How many lines of a file are examined."""
_SPACES = re.compile(" +")
_EMPTY = ("", "_", "-", "-X-")


@dataclass(frozen=True)
class Layout:
    """The columns of the word and the tags in a row of `width` cells."""

    width: int = 2
    word: int = 0
    tags: tuple[int, ...] = (1,)
    chunks: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    """Columns that have content and are not read."""


def cells_of(line: str) -> list[str]:
    """The cells of a line, separated by tabs if it has any, otherwise by spaces; empty cells at its end
    are ignored.
    """
    line = line.rstrip("\r\n\t")
    if "\t" in line:
        return line.split("\t")
    return _SPACES.split(line.rstrip(" "))


def starts_document(cells: list[str]) -> bool:
    """Whether the row begins a document: `-DOCSTART-` is in the first column, or in the second after `0`."""
    return DOCUMENT_START in cells[:1] or (cells[:1] == ["0"] and DOCUMENT_START in cells[1:2])


def is_comment(line: str) -> bool:
    """Whether a line is a comment, such as GermEval and MultiCoNER have before a sentence."""
    return line.startswith("#") and not TAG.fullmatch(cells_of(line)[-1]) and len(line.strip()) > 1


def layout_of(path: Path, name: str, options: Options) -> Layout:
    """The layout of a file, from its first lines. Raises `FormatError` if it cannot be opened."""
    lines = numbered_lines(path, name, options, blank=True)
    return layout(data.decode("utf-8", "replace") for _, data in islice(lines, _SAMPLE))


def layout(lines: Iterable[str]) -> Layout:
    """The layout of the lines of a file; blank lines separate sentences."""
    sentences = list(_sentences(lines))
    rows = [row for sentence in sentences for row in sentence]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return Layout()
    width = max(widths, key=lambda one: (widths[one], one))
    rows = [row for row in rows if len(row) == width]
    columns = list(zip(*rows, strict=True))
    tagged = [number for number, cells in enumerate(columns) if _are_tags(cells)] or [width - 1]
    first = 1 if width > 2 and _numbers_words(sentences, width) else 0
    if width - 1 in tagged:
        word = first
        tagged = [number for number in tagged if number > word]  # also if all words look like tags
    else:
        word = next((number for number in range(first, width) if number not in tagged), first)
    chunks = [number for number in tagged if _are_chunks(columns[number])] if width > 2 else []
    if len(chunks) == len(tagged):
        chunks = chunks[:-1]
    tags = tuple(number for number in tagged if number not in chunks)
    others = tuple(
        number
        for number, cells in enumerate(columns)
        if number not in (word, *tagged)
        and not (first and number == 0)
        and any(cell not in _EMPTY for cell in cells)
    )
    return Layout(width, word, tags, tuple(chunks), others)


def _sentences(lines: Iterable[str]) -> Iterator[list[list[str]]]:
    sentence: list[list[str]] = []
    for line in lines:
        if not line.strip():
            if sentence:
                yield sentence
            sentence = []
        elif not is_comment(line):
            cells = cells_of(line)
            if not starts_document(cells):
                sentence.append(cells)
    if sentence:
        yield sentence


def _are_tags(cells: Iterable[str]) -> bool:
    """Whether all cells are tags, except at most one, or one for every hundred tags."""
    counted = Counter(TAG.fullmatch(cell) is not None for cell in cells)
    good, bad = counted[True], counted[False]
    return good > 2 * bad and bad <= max(1, good // 100)


def _are_chunks(cells: Iterable[str]) -> bool:
    labels = {cell[2:] for cell in cells if cell != "O"}
    return bool(labels) and labels <= _CHUNKS


def _numbers_words(sentences: list[list[list[str]]], width: int) -> bool:
    """Whether the first column counts the words of each sentence, from 0 or 1."""
    whole = [sentence for sentence in sentences if all(len(row) == width for row in sentence)]
    if sum(map(len, whole)) < 3 or not any(row[1] not in _EMPTY for one in whole for row in one):
        return False
    return any(
        all(row[0] == str(number) for one in whole for number, row in enumerate(one, start))
        for start in (0, 1)
    )
