"""The lines of CoNLL-U Plus and CoNLL-U: comments, words, and the pieces of text that words form."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotations.formats.format import FormatError

TEN = "ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC"
"""The columns of CoNLL-U."""
EMPTY = ("_", "*", "")
"""What a cell without content may hold."""
_ID = re.compile(r"(\d{1,9})(?:-(\d{1,9})|(\.\d{1,9}))?")
_COMMENT = re.compile(r"#\s*([^\s=]+)[^=]*(?:=\s*(.*))?")
_BLANK = re.compile(r"\s*")
_ESCAPES = {" ": r"\s", "\t": r"\t", "\r": r"\r", "\n": r"\n", "|": r"\p", "\\": r"\\"}
_UNESCAPES = {escape: char for char, escape in _ESCAPES.items()}


def comment_of(line: str) -> tuple[str, str]:
    """The name and the value of a comment such as `# newdoc id = x`."""
    match = _COMMENT.match(line)
    return (match[1], match[2] or "") if match else ("", "")


def escaped_space(space: str) -> str:
    """White space written as in `SpacesAfter`."""
    return "".join(_ESCAPES.get(char, char) for char in space)


def unescaped(space: str) -> str:
    """The white space that a value of `SpacesAfter` stands for."""
    return re.sub(r"\\[strnp\\]", lambda match: _UNESCAPES[match[0]], space)


class ConlluRow(NamedTuple):
    """A line of a word, of a multiword token (`last` is its last word), or of an empty node."""

    where: str
    first: int
    last: int
    form: str
    """Empty for an empty node."""
    tags: tuple[str, ...]
    misc: dict[str, str]
    columns: list[str]
    """The columns that have content in this row and are not read."""


class ConlluColumns:
    """The columns of a file, for reading its lines."""

    def __init__(self, names: str, where: str) -> None:
        self._names = names.upper().split()
        self._place = {name: number for number, name in reversed(list(enumerate(self._names)))}
        if "ID" not in self._place or "FORM" not in self._place:
            raise FormatError(f"{where}: a file needs the columns ID and FORM to be read.")
        ours = [name for name in self._names if {"NER", "NE"} & set(name.split(":"))]
        self._tags = [place for place, name in enumerate(self._names) if name in ours]
        read = ("ID", "FORM", "MISC", *ours)
        self._others = [(name, place) for place, name in enumerate(self._names) if name not in read]

    @property
    def has_tags(self) -> bool:
        """Whether a column states for each word whether it is in a name."""
        return bool(self._tags)

    def row(self, line: str, where: str) -> ConlluRow:
        """A line as a row. Raises `FormatError` for an invalid line."""
        cells = line.split("\t")
        match = _ID.fullmatch(cells[self._place["ID"]]) if len(cells) == len(self._names) else None
        form = cells[self._place["FORM"]] if match else ""
        if not match or not form:
            raise FormatError(
                f"{where} is not a word in the {len(self._names)} columns {' '.join(self._names)[:80]}."
            )
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise FormatError(f"{where}: a token cannot go from word {first} back to word {last}.")
        misc = _attributes(cells[self._place["MISC"]]) if "MISC" in self._place else {}
        tags = tuple(cells[place] for place in self._tags) or (misc.get("NER", ""),)
        columns = [name for name, place in self._others if cells[place] not in EMPTY]
        return ConlluRow(where, first, last, "" if match[3] else form, tags, misc, columns)


def _attributes(misc: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for part in misc.split("|") if misc not in EMPTY else ():
        name, _, value = part.partition("=")
        name = "NER" if name == "ner" else name
        attributes[name] = attributes.get(name, "") + value
    return attributes


class ConlluToken(NamedTuple):
    """A piece of the text, and the rows of its words with the empty nodes among them."""

    surface: ConlluRow
    rows: list[ConlluRow]

    @property
    def words(self) -> list[ConlluRow]:
        """The rows of its words: its own row, or those of the words of a multiword token."""
        return [row for row in self.rows if row.form] or [self.surface]

    @property
    def spelt_out(self) -> bool:
        """Whether its words, joined together, are its text."""
        return "".join(row.form for row in self.words) == self.surface.form

    def extents(self, start: int) -> Iterator[tuple[ConlluRow, int, int]]:
        """Each row with its start and end in the text, if this token begins at `start`."""
        end = start + len(self.surface.form)
        if self.surface.last > self.surface.first:
            yield self.surface, start, end
        spelt_out = self.spelt_out
        offset = start
        for row in self.rows:
            if not row.form:
                yield row, offset, offset
            elif spelt_out:
                yield row, offset, offset + len(row.form)
                offset += len(row.form)
            else:
                yield row, start, end
                offset = end


def tokens_of(rows: Iterable[ConlluRow]) -> list[ConlluToken]:
    """The pieces of text that the rows of a sentence form, with the empty nodes among them."""
    tokens: list[ConlluToken] = []
    waiting: list[ConlluRow] = []
    for row in rows:
        over = tokens[-1].surface if tokens else row
        if not row.form and not tokens:
            waiting.append(row)
        elif not row.form or over.first <= row.first == row.last <= over.last > over.first:
            tokens[-1].rows.append(row)
        else:
            tokens.append(ConlluToken(row, waiting + [row] * (row.last == row.first)))
            waiting = []
    return tokens


def spaces_in(tokens: list[ConlluToken], text: str) -> list[str] | None:
    """The white space between tokens in `text`, or `None` if `text` does not consist of these tokens."""
    spaces, offset = [], 0
    for token in tokens:
        blank = _BLANK.match(text, offset)
        start = blank.end() if blank else offset
        if not text.startswith(token.surface.form, start):
            return None
        spaces.append(text[offset:start])
        offset = start + len(token.surface.form)
    return spaces[1:] if not text[offset:].strip() else None
