"""Reading CoNLL-U Plus and CoNLL-U sentence by sentence: spans in brackets and in tags, and white space.

Spans come from `Entity=` (`# global.Entity` names its parts, otherwise they are type and number in
either order), from a column called NER or NE in any namespace, and from `NER=` in MISC. White space
comes from SpacesAfter, otherwise from `# text`, otherwise from SpaceAfter; `# newpar` is a blank line.
A multiword token (`1-2`) is a piece of text that contains its words; an empty node (`8.1`) is not text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from annotations.formats.annotated_document import annotated as make
from annotations.formats.conllu_rows import (
    EMPTY,
    TEN,
    ConlluColumns,
    ConlluRow,
    ConlluToken,
    comment_of,
    spaces_in,
    tokens_of,
    unescaped,
)
from annotations.formats.file_input import LONGEST, decoded, numbered_lines
from annotations.formats.format import FormatError, Options, Reading
from annotations.formats.loss import Loss
from annotations.formats.span_input import SpanInput
from annotations.formats.tags import is_tag, tagged
from annotations.formats.tolerance import BAD_ROW, MOST, unreadable
from annotations.model.value import Entity

DOCUMENT_COMMENTS = ("document_path", "document_name", "document_id")
"""The comments that hold the path, the name and the id of a document."""
_BRACKET = re.compile(r"\((?P<mention>[^()]*)(?P<whole>\))?|(?P<closed>[^()]*)\)|[^()]+")
_NUMBER = re.compile(r"[A-Za-z]{0,2}\d+")
_PART = re.compile(r"\[\d+/\d+\]")
_COMMENTS = (
    "global.columns",
    "global.Entity",
    "newdoc",
    "newpar",
    "sent_id",
    "text",
    *DOCUMENT_COMMENTS,
)
_ATTRIBUTES = ("Entity", "NER", "SpaceAfter", "SpacesAfter", "SpacesBefore", "start_char", "end_char")
_PARTS = ("GRP", "eid", "etype", "identity")
_MOST_OPEN = 1000
"""How many mentions may be open at the same time."""


def documents(path: Path, name: str, options: Options) -> Iterator[tuple[str, "DocumentReader"]]:
    """The documents of a file: for each its name in errors and its reader, which has read all of it."""
    columns = ConlluColumns(TEN, name)
    reader: DocumentReader | None = None
    comments: dict[str, str] = {}
    rows: list[ConlluRow] = []
    size = 0
    for where, data in numbered_lines(path, name, options, blank=True):
        size += len(data)
        if size > LONGEST:
            raise FormatError(f"{where}: one document is longer than {LONGEST >> 20} MB.")
        line = data.decode("utf-8", "replace").rstrip("\r\n")
        if line.startswith("#") and not rows:
            key, value = comment_of(line)
            comments[key] = value
            if key == "global.columns":
                columns = ConlluColumns(value, where)
            elif key == "newdoc":
                if reader is not None:
                    yield reader.where, reader
                reader, size = DocumentReader(where, reader.names if reader else [], value), 0
        elif line.strip():
            try:
                rows.append(columns.row(decoded(data, where).rstrip("\r\n"), where))
            except FormatError as error:
                reader = reader or DocumentReader(name, [])
                reader.record_bad_row(error)
        elif rows or comments:
            reader = reader or DocumentReader(name, [])
            reader.add_sentence(rows, comments, columns.has_tags)
            rows, comments = [], {}
    if rows:
        reader = reader or DocumentReader(name, [])
        reader.add_sentence(rows, comments, columns.has_tags)
    if reader is not None:
        yield reader.where, reader


class DocumentReader:
    """Reads one document sentence by sentence."""

    def __init__(self, where: str, names: list[str], newdoc: str = "") -> None:
        self.names = names
        """What the parts of a mention are, as the file states it; empty if it does not."""
        self.where = where
        """The name of the document in errors."""
        self._has_tags = False
        self._newdoc = newdoc.strip()
        self._document: dict[str, str] = {}
        self._bad: list[Loss] = []
        self._text: list[str] = []
        self._length = 0
        self._space, self._space_is_given = "", True
        self._open: list[tuple[str, int]] = []
        self._spans: dict[tuple[int, int, str], str] = {}
        self._groups: Counter[str] = Counter()
        self._columns: dict[str, None] = {}
        self._attributes: dict[str, None] = {}
        self._comments: dict[str, None] = {}
        self._losses: dict[str, Loss] = {}

    def add_sentence(self, rows: list[ConlluRow], comments: dict[str, str], has_tags: bool) -> None:
        """Add the lines of a sentence and the comments before them, in columns with or without tags."""
        self._has_tags = has_tags
        if "global.Entity" in comments:
            self.names = comments["global.Entity"].strip().split("-")
        self._document.update({name: comments[name] for name in DOCUMENT_COMMENTS if comments.get(name)})
        self._note_unread(rows, comments)
        tokens = tokens_of(rows)
        if not tokens:
            return
        if "newpar" in comments and not self._space_is_given:
            self._space = "\n\n"
        shown = spaces_in(tokens, comments["text"]) if "text" in comments else []
        if shown is None:
            reason = "sentence whose text is not that of its words: read from the words"
            self._lose(reason, tokens[0].surface.form)
        tags: list[tuple[tuple[str, ...], int, int]] = []
        for number, token in enumerate(tokens):
            misc = token.surface.misc
            self._append(self._space + unescaped(misc.get("SpacesBefore", "")))
            tags += self._add_words(token)
            self._append(token.surface.form)
            self._space_is_given = "SpacesAfter" in misc
            if self._space_is_given:
                self._space = unescaped(misc["SpacesAfter"])
            elif shown and number < len(shown):
                self._space = shown[number]
            else:
                self._space = "" if misc.get("SpaceAfter") == "No" else " "
        for layer in zip(*(one[0] for one in tags), strict=True):
            for first, last, label, oddity in tagged(layer, "IOB2", rows[0].where):
                if oddity:
                    self._lose(oddity, label)
                self._spans.setdefault((tags[first][1], tags[last][2], unquote(label)), "")

    def record_bad_row(self, error: FormatError) -> None:
        """Record a line that is not a word. Raises `FormatError` if there are too many of them."""
        self._bad.append(unreadable(error, BAD_ROW))
        if len(self._bad) > MOST:
            raise FormatError(self._bad[0].example)

    def reading(self) -> Reading:
        """The document, after its last sentence. Raises `FormatError` if none of its lines is a word."""
        if self._bad and not self._length:
            raise FormatError(self._bad[0].example)
        if self._space_is_given:
            self._append(self._space)
        for mention, _ in self._open:
            self._lose("mention without an end", mention)
        if any(times > 1 for times in self._groups.values()):
            self._lose("links between mentions of one entity, which cannot be stored")
        parts = [name for name in self.names if name not in _PARTS] if self._groups else []
        self._lose_unread("columns", self._columns)
        self._lose_unread("attributes in MISC", self._attributes)
        self._lose_unread("parts of Entity", parts)
        self._lose_unread("comments", self._comments)
        found = SpanInput("".join(self._text), self.where)
        for (start, end, label), identity in self._spans.items():
            covered = found.text[start:end]
            if not covered.strip():
                self._lose("mention of an empty node, which cannot be stored", label)
                continue
            start += len(covered) - len(covered.lstrip())
            end -= len(covered) - len(covered.rstrip())
            value = Entity(id=identity, origin="import") if identity else None
            found.add(start, end, label, f"the span of {label[:40]}", status="accepted", value=value)
        known = self._document or {"document_name": self._newdoc}
        document = make(
            found.text,
            found.spans,
            path=known.get("document_path", ""),
            name=known.get("document_name", ""),
            document_id=known.get("document_id", ""),
        )
        losses = [*self._bad, *self._losses.values(), *found.losses]
        says_all = self._has_tags or bool(self._groups)
        return Reading(document, losses, complete=says_all, key=self._newdoc)

    def _append(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)

    def _lose(self, reason: str, example: str = "") -> None:
        self._losses.setdefault(reason, Loss("foreign", reason, None, example[:40]))

    def _lose_unread(self, what: str, names: Iterable[str]) -> None:
        if some := ", ".join(names):
            self._lose(f"{what} not read: {some[:80]}")

    def _note_unread(self, rows: list[ConlluRow], comments: dict[str, str]) -> None:
        for row in rows:
            self._columns.update(dict.fromkeys(row.columns))
            self._attributes.update(dict.fromkeys(name for name in row.misc if name not in _ATTRIBUTES))
        self._comments.update(dict.fromkeys(name for name in comments if name not in _COMMENTS))

    def _add_words(self, token: ConlluToken) -> Iterator[tuple[tuple[str, ...], int, int]]:
        """Read the brackets of a token that begins where the text ends so far; yield its tags and extents."""
        words, spelt_out = token.words, token.spelt_out
        tagged_whole = any(tag not in (*EMPTY, "O") for tag in token.surface.tags)
        for row, start, end in token.extents(self._length):
            entity = row.misc.get("Entity", "")
            begins_inside = "(" in entity and row is not words[0]
            ends_inside = ")" in entity and row is not words[-1]
            if (
                row.form
                and not spelt_out
                and row is not token.surface
                and (begins_inside or ends_inside)
            ):
                self._lose("edge inside a multiword token: read as that of the whole token", row.form)
            self._add_brackets(entity, start, end, row.where)
            if row.form and (row is token.surface if tagged_whole else row.first == row.last):
                yield tuple(self._tag(tag, row.where) for tag in row.tags), start, end

    def _tag(self, tag: str, where: str) -> str:
        if tag in EMPTY:
            return "O"
        if not is_tag(tag):
            self.record_bad_row(FormatError(f"{where} has {tag[:40]!r}, which is not a tag."))
            return "O"
        return tag

    def _add_brackets(self, entity: str, start: int, end: int, where: str) -> None:
        for match in _BRACKET.finditer(entity):
            mention, closed = match["mention"], match["closed"]
            if mention is not None:
                if len(self._open) == _MOST_OPEN:
                    raise FormatError(f"{where} has more than {_MOST_OPEN} mentions open at once.")
                self._open.append((mention, start))
            if match["whole"]:
                closed = mention
            if closed is not None:
                self._close(closed, end)
            elif mention is None:
                self._lose("text in Entity that is not a bracket", match[0])

    def _close(self, name: str, end: int) -> None:
        """End the most recently opened mention whose parts begin with this name."""
        for number in reversed(range(len(self._open))):
            mention, start = self._open[number]
            if not name or mention == name or mention.startswith(f"{name}-"):
                del self._open[number]
                self._add_mention(mention, start, end)
                return
        self._lose("bracket in Entity that closes nothing", name)

    def _add_mention(self, mention: str, start: int, end: int) -> None:
        parts = mention.split("-")
        if _PART.search(parts[0]):
            self._lose("discontinuous mention, which cannot be stored", mention)
            return
        if self.names:
            names, parts = self.names, mention.split("-", len(self.names) - 1)
        else:
            names = ["GRP", "etype"] if _NUMBER.fullmatch(parts[0]) else ["etype", "GRP"]
        said = dict(zip(names, parts, strict=False))
        if group := said.get("GRP") or said.get("eid"):
            self._groups[group] += 1
        if label := said.get("etype"):
            self._spans[start, end, unquote(label)] = said.get("identity", "")
        else:
            self._lose("mention without a type, which cannot be stored", mention)
