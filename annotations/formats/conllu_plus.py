"""CoNLL-U Plus: a word a line in named columns, entities bracketed as in GUM and as IOB2 tags.

Written are the columns `ID FORM MISC ANNOTATE:NER`. `Entity=` in MISC has every span, `(1-PERSON` on its
first word and `1)` on its last, also where spans nest or cross; the last column has those that stand side
by side. Signs in labels that are reserved are written as in web addresses (`%28`). White space is kept to
the character: `SpaceAfter=No`, or `SpacesAfter` with UDPipe's escapes.

`# newdoc id` is the document's name; its path and its id, and a name that is no such id, stand in comments
(`# document_path`, `# document_id`, `# document_name`).

Read are CoNLL-U Plus and plain CoNLL-U. Spans come from `Entity=` (its parts as `# global.Entity` names
them, else type and number in either order), from a column called NER or NE in any namespace, and from
`NER=` in MISC. White space comes from SpacesAfter, else from `# text`, else from SpaceAfter; `# newpar`
is a blank line. A multiword token (`1-2`) is text in which its words lie, an empty node (`8.1`) is none.

Sources: universaldependencies.org/ext-format.html and format.html; for Entity the README of
UD_English-GUM and CorefUD 1.0; for SpacesAfter the manual of UDPipe.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.annotated_document import annotated as make
from annotations.formats.division import by_sentence
from annotations.formats.file_input import LONGEST, decoded, numbered_lines
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.loss import Loss, Part, losses_without, minus, span_loss
from annotations.formats.span_input import SpanInput
from annotations.formats.tags import is_tag, tag, tagged
from annotations.formats.tokens import OVERLAP, Token, place, without_overlaps, words
from annotations.formats.tolerance import BAD_ROW, MOST, read_each, unreadable
from annotations.model.span import Span
from annotations.model.value import Entity
from annotations.text.segmentation import PARAGRAPH_END

COLUMN = "ANNOTATE:NER"
_HEAD = f"# global.columns = ID FORM MISC {COLUMN}\n"
_TEN = "ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC"
_RESERVED = re.compile(r"[\s%()|-]")
_BLANK = re.compile(r"\s*")
_ESCAPES = {" ": r"\s", "\t": r"\t", "\r": r"\r", "\n": r"\n", "|": r"\p", "\\": r"\\"}
_UNESCAPES = {escaped: char for char, escaped in _ESCAPES.items()}

_ID = re.compile(r"(\d{1,9})(?:-(\d{1,9})|(\.\d{1,9}))?")
_COMMENT = re.compile(r"#\s*([^\s=]+)[^=]*(?:=\s*(.*))?")
_BRACKET = re.compile(r"\((?P<mention>[^()]*)(?P<whole>\))?|(?P<closed>[^()]*)\)|[^()]+")
_NUMBER = re.compile(r"[A-Za-z]{0,2}\d+")
_PART = re.compile(r"\[\d+/\d+\]")
_EMPTY = ("_", "*", "")
_DOCUMENT = ("document_path", "document_name", "document_id")
_COMMENTS = ("global.columns", "global.Entity", "newdoc", "newpar", "sent_id", "text", *_DOCUMENT)
_ATTRIBUTES = ("Entity", "NER", "SpaceAfter", "SpacesAfter", "SpacesBefore", "start_char", "end_char")
_PARTS = ("GRP", "eid", "etype", "identity")
_MOST_OPEN = 1000
"""How many mentions may be open at one place."""


class ConlluPlus:
    """The format of CoNLL-U Plus files."""

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep the spans on words, and the text where it has any words."""
        text = annotated.text
        cut = words(text, options.language)
        _, misfits = place(text, annotated.spans, cut)
        holds: set[Part] = {"path"} if all(map(_in_a_comment, _names(annotated))) else set()
        losses = losses_without(annotated, holds) + misfits
        kept = minus(annotated, losses)
        reason = f"{OVERLAP}: kept in Entity, not in the column {COLUMN}"
        losses += [span_loss(text, span, reason, "flat") for span in without_overlaps(kept.spans)[1]]
        if text and not cut:
            losses.append(Loss("spacing", "text of nothing but white space: reads back empty"))
        path, name, document_id = _names(kept)
        fitted = make(
            text if cut else "",
            kept.spans,
            path=path,
            name=name,
            document_id=document_id if cut or not text else "",
        )
        return Fitted(replace(fitted, origin=kept.origin), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write one word a line."""
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_HEAD)
            known: set[str] = set()
            for number, document in enumerate(documents, 1):
                file.writelines(_head(document, known))
                file.write("# global.Entity = GRP-etype\n")
                file.writelines(_lines(document, number, options))
                if not document.text:
                    file.write("\n")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the documents; a file without `# newdoc` is one document."""
        documents = _documents(path, name, options)
        yield from read_each(documents, lambda _, reader: [reader.reading()])


def _documents(path: Path, name: str, options: Options) -> Iterator[tuple[str, "_Reader"]]:
    """The documents of a file, each read and with a name for errors."""
    columns = _Columns(_TEN, name)
    reader: _Reader | None = None
    comments: dict[str, str] = {}
    rows: list[_Row] = []
    size = 0
    for where, data in numbered_lines(path, name, options, blank=True):
        size += len(data)
        if size > LONGEST:
            raise FormatError(f"{where}: one document is longer than {LONGEST >> 20} MB.")
        line = data.decode("utf-8", "replace").rstrip("\r\n")
        if line.startswith("#") and not rows:
            key, value = _comment(line)
            comments[key] = value
            if key == "global.columns":
                columns = _Columns(value, where)
            elif key == "newdoc":
                if reader is not None:
                    yield reader.where, reader
                reader, size = _Reader(where, reader.names if reader else [], value), 0
        elif line.strip():
            try:
                rows.append(columns.row(decoded(data, where).rstrip("\r\n"), where))
            except FormatError as error:
                reader = reader or _Reader(name, [])
                reader.lose_row(error)
        elif rows or comments:
            reader = reader or _Reader(name, [])
            reader.add_sentence(rows, comments, columns.has_tags)
            rows, comments = [], {}
    if rows:
        reader = reader or _Reader(name, [])
        reader.add_sentence(rows, comments, columns.has_tags)
    if reader is not None:
        yield reader.where, reader


def _names(document: AnnotatedDocument) -> tuple[str, str, str]:
    """The path, the name and the id of a document, each empty where it has none."""
    return document.document.path, document.document.given_name, document.document.given_id


def _in_a_comment(value: str) -> bool:
    """Whether a value comes back whole from a comment."""
    return value.isprintable() and value == value.strip()


def _head(document: AnnotatedDocument, known: set[str]) -> Iterator[str]:
    """The comments that begin a document; no two of a file have one id."""
    name = "".join(
        "_" if char.isspace() or not char.isprintable() else char for char in document.document.name
    )
    id_, number = name, 1
    while id_ in known:
        number += 1
        id_ = f"{name}-{number}"
    if id_:
        known.add(id_)
    yield f"# newdoc id = {id_}\n" if id_ else "# newdoc\n"
    if _names(document) != ("", id_, ""):
        for comment, value in zip(_DOCUMENT, _names(document), strict=True):
            if value:
                yield f"# {comment} = {value}\n"


def _lines(document: AnnotatedDocument, number: int, options: Options) -> Iterator[str]:
    text = document.text
    cut = words(text, options.language)
    following = dict(zip(cut, [word.start for word in cut[1:]], strict=False))
    opened: defaultdict[int, list[tuple[int, Span]]] = defaultdict(list)
    closed: defaultdict[int, list[tuple[int, Span]]] = defaultdict(list)
    for group, span in enumerate(document.spans, 1):
        opened[span.start].append((group, span))
        closed[span.end].append((group, span))
    tags = dict(zip(cut, _tags(cut, without_overlaps(document.spans)[0]), strict=True))
    offset = 0
    for count, sentence in enumerate(by_sentence(document, cut), 1):
        if not offset or PARAGRAPH_END.search(text, offset, sentence[0].start):
            yield "# newpar\n"
        yield f"# sent_id = {number}-{count}\n# text = {_in_one_line(text, sentence)}\n"
        for place_, word in enumerate(sentence, 1):
            start, end = word
            misc = []
            if entity := _brackets(word, opened[start], closed[end]):
                misc.append(f"Entity={entity}")
            space = text[end : following.get(word, len(text))]
            if space != (" " if word in following else ""):
                misc.append(f"SpacesAfter={_escaped(space)}" if space else "SpaceAfter=No")
            if start and not offset:
                misc.append(f"SpacesBefore={_escaped(text[:start])}")
            yield f"{place_}\t{text[start:end]}\t{'|'.join(misc) or '_'}\t{tags[word]}\n"
            offset = end
        yield "\n"


def _tags(cut: Iterable[Token], spans: Iterable[Span]) -> Iterator[str]:
    coming = iter(spans)
    span = next(coming, None)
    for start, end in cut:
        while span is not None and span.end <= start:
            span = next(coming, None)
        on = span if span is not None and span.start <= start else None
        yield _quoted(tag(on, start, end, None, "IOB2"), keep="-")


def _brackets(word: Token, opened: list[tuple[int, Span]], closed: list[tuple[int, Span]]) -> str:
    """What begins and ends on a word. What ends comes first, or a label would run into its number."""
    ends = [f"{number})" for number, span in reversed(closed) if span.start < word.start]
    begins = [
        f"({number}-{_quoted(span.label)}" + (")" if span.end == word.end else "")
        for number, span in opened
    ]
    return "".join([*ends, *begins])


def _quoted(text: str, keep: str = "") -> str:
    """The text with what is reserved written as in web addresses, such as `%28`."""

    def code(match: re.Match[str]) -> str:
        signs = "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8"))
        return match[0] if match[0] in keep else signs

    return _RESERVED.sub(code, text)


def _in_one_line(text: str, sentence: list[Token]) -> str:
    parts, offset = [], sentence[0].start
    for start, end in sentence:
        parts.append(" " * (start > offset) + text[start:end])
        offset = end
    return "".join(parts)


def _escaped(space: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in space)


def _unescaped(space: str) -> str:
    return re.sub(r"\\[strnp\\]", lambda match: _UNESCAPES[match[0]], space)


def _comment(line: str) -> tuple[str, str]:
    """The name and the value of a comment such as `# newdoc id = x`."""
    match = _COMMENT.match(line)
    return (match[1], match[2] or "") if match else ("", "")


class _Row(NamedTuple):
    """A line of a word, of a multiword token (`last` is its last word), or of an empty node."""

    where: str
    first: int
    last: int
    form: str
    """Empty for an empty node."""
    tags: tuple[str, ...]
    misc: dict[str, str]
    columns: list[str]
    """The columns that say something here and are not read."""


class _Columns:
    """The columns of a file and what is in a line of it."""

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
        """Whether a column says of each word whether it is in a name."""
        return bool(self._tags)

    def row(self, line: str, where: str) -> _Row:
        """A line as a row. Raises `FormatError` for what is none."""
        cells = line.split("\t")
        match = _ID.fullmatch(cells[self._place["ID"]]) if len(cells) == len(self._names) else None
        form = cells[self._place["FORM"]] if match else ""
        if not match or not form:
            raise FormatError(
                f"{where} is not a word in the {len(self._names)} columns {' '.join(self._names)[:80]}."
            )
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise FormatError(f"{where} is a token from word {first} to word {last}.")
        misc = _attributes(cells[self._place["MISC"]]) if "MISC" in self._place else {}
        tags = tuple(cells[place] for place in self._tags) or (misc.get("NER", ""),)
        columns = [name for name, place in self._others if cells[place] not in _EMPTY]
        return _Row(where, first, last, "" if match[3] else form, tags, misc, columns)


def _attributes(misc: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for part in misc.split("|") if misc not in _EMPTY else ():
        name, _, value = part.partition("=")
        name = "NER" if name == "ner" else name
        attributes[name] = attributes.get(name, "") + value
    return attributes


class _Token(NamedTuple):
    """A piece of the text, and the rows of its words with the empty nodes among them."""

    surface: _Row
    rows: list[_Row]

    @property
    def words(self) -> list[_Row]:
        """The rows of its words: itself, or those of a multiword token."""
        return [row for row in self.rows if row.form] or [self.surface]

    @property
    def spelt_out(self) -> bool:
        """Whether its words, one behind the other, are its text."""
        return "".join(row.form for row in self.words) == self.surface.form

    def extents(self, start: int) -> Iterator[tuple[_Row, int, int]]:
        """Where each row lies if the text of this begins at `start`."""
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


def _tokens(rows: Iterable[_Row]) -> list[_Token]:
    tokens: list[_Token] = []
    waiting: list[_Row] = []
    for row in rows:
        over = tokens[-1].surface if tokens else row
        if not row.form and not tokens:
            waiting.append(row)
        elif not row.form or over.first <= row.first == row.last <= over.last > over.first:
            tokens[-1].rows.append(row)
        else:
            tokens.append(_Token(row, waiting + [row] * (row.last == row.first)))
            waiting = []
    return tokens


def _shown(tokens: list[_Token], text: str) -> list[str] | None:
    """The white space between tokens in the text of their sentence, `None` if it is not theirs."""
    spaces, offset = [], 0
    for token in tokens:
        blank = _BLANK.match(text, offset)
        start = blank.end() if blank else offset
        if not text.startswith(token.surface.form, start):
            return None
        spaces.append(text[offset:start])
        offset = start + len(token.surface.form)
    return spaces[1:] if not text[offset:].strip() else None


class _Reader:
    """Reads one document sentence by sentence."""

    def __init__(self, where: str, names: list[str], newdoc: str = "") -> None:
        self.names = names
        """What the parts of a mention are, as the file says; empty where it does not."""
        self.where = where
        """What errors call the document."""
        self._has_tags = False
        self._newdoc = newdoc.strip()
        self._document: dict[str, str] = {}
        self._bad: list[Loss] = []
        self._text: list[str] = []
        self._length = 0
        self._space, self._space_is_told = "", True
        self._open: list[tuple[str, int]] = []
        self._spans: dict[tuple[int, int, str], str] = {}
        self._groups: Counter[str] = Counter()
        self._columns: dict[str, None] = {}
        self._attributes: dict[str, None] = {}
        self._comments: dict[str, None] = {}
        self._losses: dict[str, Loss] = {}

    def add_sentence(self, rows: list[_Row], comments: dict[str, str], has_tags: bool) -> None:
        """Add the lines of a sentence and the comments before them, in columns with or without tags."""
        self._has_tags = has_tags
        if "global.Entity" in comments:
            self.names = comments["global.Entity"].strip().split("-")
        self._document.update({name: comments[name] for name in _DOCUMENT if comments.get(name)})
        self._note_unread(rows, comments)
        tokens = _tokens(rows)
        if not tokens:
            return
        if "newpar" in comments and not self._space_is_told:
            self._space = "\n\n"
        shown = _shown(tokens, comments["text"]) if "text" in comments else []
        if shown is None:
            reason = "sentence whose text is not that of its words: read from the words"
            self._lose(reason, tokens[0].surface.form)
        tags: list[tuple[tuple[str, ...], int, int]] = []
        for number, token in enumerate(tokens):
            misc = token.surface.misc
            self._append(self._space + _unescaped(misc.get("SpacesBefore", "")))
            tags += self._add_words(token)
            self._append(token.surface.form)
            self._space_is_told = "SpacesAfter" in misc
            if self._space_is_told:
                self._space = _unescaped(misc["SpacesAfter"])
            elif shown and number < len(shown):
                self._space = shown[number]
            else:
                self._space = "" if misc.get("SpaceAfter") == "No" else " "
        for layer in zip(*(one[0] for one in tags), strict=True):
            for first, last, label, oddity in tagged(layer, "IOB2", rows[0].where):
                if oddity:
                    self._lose(oddity, label)
                self._spans.setdefault((tags[first][1], tags[last][2], unquote(label)), "")

    def lose_row(self, error: FormatError) -> None:
        """List a line that is no word. Raises `FormatError` for too many of them."""
        self._bad.append(unreadable(error, BAD_ROW))
        if len(self._bad) > MOST:
            raise FormatError(self._bad[0].example)

    def reading(self) -> Reading:
        """The document, when it is over. Raises `FormatError` where none of its lines is a word."""
        if self._bad and not self._length:
            raise FormatError(self._bad[0].example)
        if self._space_is_told:
            self._append(self._space)
        for mention, _ in self._open:
            self._lose("mention without an end", mention)
        if any(times > 1 for times in self._groups.values()):
            self._lose("which mentions are of one entity, for which there is no place")
        parts = [name for name in self.names if name not in _PARTS] if self._groups else []
        self._lose_unread("columns", self._columns)
        self._lose_unread("attributes in MISC", self._attributes)
        self._lose_unread("parts of Entity", parts)
        self._lose_unread("comments", self._comments)
        found = SpanInput("".join(self._text), self.where)
        for (start, end, label), identity in self._spans.items():
            covered = found.text[start:end]
            if not covered.strip():
                self._lose("mention of an empty node, for which there is no place", label)
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

    def _note_unread(self, rows: list[_Row], comments: dict[str, str]) -> None:
        for row in rows:
            self._columns.update(dict.fromkeys(row.columns))
            self._attributes.update(dict.fromkeys(name for name in row.misc if name not in _ATTRIBUTES))
        self._comments.update(dict.fromkeys(name for name in comments if name not in _COMMENTS))

    def _add_words(self, token: _Token) -> Iterator[tuple[tuple[str, ...], int, int]]:
        """Take in the brackets of a token that begins here, and give its tags with their extents."""
        words, spelt_out = token.words, token.spelt_out
        tagged_whole = any(tag not in (*_EMPTY, "O") for tag in token.surface.tags)
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
        if tag in _EMPTY:
            return "O"
        if not is_tag(tag):
            self.lose_row(FormatError(f"{where} has {tag[:40]!r}, which is not a tag."))
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
                self._lose("text in Entity that is no bracket", match[0])

    def _close(self, name: str, end: int) -> None:
        """End the mention opened last whose parts begin with this name."""
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
            self._lose("discontinuous mention, for which there is no place", mention)
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
            self._lose("mention without a type, for which there is no place", mention)


FORMAT = ConlluPlus()
