"""CoNLL-U Plus with a column of named entities, and entities in brackets as GUM has them.

A word a line, its columns named by `# global.columns`: here `ID FORM MISC NER`. `NER` has IOB2 tags of the
outermost spans, for whoever wants no more; `MISC` has all spans, nested and crossing ones too, as
`Entity=(1-ORG(2-GPE)` where they begin and `1)` where they end, in the order of fields that
`# global.Entity` names, and the white space of the text (`SpaceAfter=No`, `SpacesAfter=\\s\\n`,
`SpacesBefore`), so that the exact text comes back. Signs that mean something there are written as in web
addresses (`%2D`). Read are also ten columns without names (CoNLL-U), multiword tokens (the words inside
one have its extent unless they spell it), any order of fields and, without brackets, the column `NER`.
Empty nodes are no text. Sources: universaldependencies.org/format.html and /ext-format.html; the
documentation of the GUM corpus on `Entity`; UDPipe's manual on `SpacesAfter`.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote

import regex

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.division import by_sentence
from annotations.formats.file_input import LONGEST, decoded, numbered_lines
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.loss import Loss, losses_without, minus
from annotations.formats.span_input import SpanInput
from annotations.formats.tags import tag, tagged
from annotations.formats.tokens import Token, place, without_overlaps, words
from annotations.span import Span

CONLLU = ["ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC"]
COLUMNS = ["ID", "FORM", "MISC", "NER"]
FIELDS = "GRP-etype"
"""The fields of an entity we write: its number in the document and its label."""

_BLANKS = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r", "|": r"\p", "\\": r"\\"}
_SIGNS = {escaped: sign for sign, escaped in _BLANKS.items()}
_BRACKET = regex.compile(r"\((?P<opens>[^()]*)(?P<alone>\))?|(?P<closes>[^()]*)\)")


class ConlluPlus:
    """The format of `.conllup` files; `.conllu` files are read, too."""

    def fit(self, annotated_: AnnotatedDocument, options: Options) -> Fitted:
        """Keep the spans on words. A text without a word has nothing its white space could stand at."""
        losses = losses_without(annotated_, ())
        text = annotated_.text
        on = words(text, options.language)
        _, misfits = place(text, annotated_.spans, on)
        losses.extend(misfits)
        bare = minus(annotated_, losses)
        if text and not on:
            losses.append(Loss("spacing", "white space of a text without words: reads back as no text"))
            bare = annotated("", [])
        return Fitted(bare, losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write one word a line, with a line before it for each document and sentence."""
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(f"# global.columns = {' '.join(COLUMNS)}\n# global.Entity = {FIELDS}\n")
            for number, document in enumerate(documents, 1):
                file.write(f"# newdoc id = {number}\n")
                for line in _lines(document, number, options):
                    file.write(line + "\n")
                if not document.text:
                    file.write("\n")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the documents; a file without `# newdoc` is one document."""
        document = _Draft(name)
        columns, fields, size = CONLLU, "", 0
        for where, data in numbered_lines(path, name, blank=True):
            line = decoded(data, where).removesuffix("\n").removesuffix("\r")
            if line.startswith("#"):
                what, _, value = (part.strip() for part in line[1:].partition("="))
                if what == "global.columns":
                    columns = value.split()
                    if not {"ID", "FORM"} <= set(columns):
                        raise FormatError(f"{where}: # global.columns names no ID or no FORM.")
                elif what == "global.Entity":
                    fields = value
                elif what.split(" ")[0] == "newdoc":
                    if document.begun:
                        yield document.reading()
                    document, size = _Draft(where, begun=True), 0
                elif what.split(" ")[0] == "newpar":
                    document.paragraph()
            elif line.strip():
                size += len(data)
                if size > LONGEST:
                    raise FormatError(f"{where}: one document is longer than {LONGEST >> 20} MB.")
                cells = line.split("\t")
                if len(cells) != len(columns):
                    raise FormatError(
                        f"{where} has {len(cells)} columns, but {len(columns)} are named"
                        f" ({' '.join(columns)})."
                    )
                document.add(dict(zip(columns, cells, strict=True)), fields, where)
            else:
                document.end_sentence()
        if document.begun:
            yield document.reading()


# Writing


def _lines(document: AnnotatedDocument, number: int, options: Options) -> Iterator[str]:
    text = document.text
    on = words(text, options.language)
    begin, end = _brackets(document.spans, on)
    outermost, _ = without_overlaps(document.spans)
    flat = {span.start: span for span in outermost}
    at = 0
    inside: Span | None = None
    for count, sentence in enumerate(by_sentence(document, on), 1):
        yield f"# sent_id = {number}-{count}"
        yield f"# text = {' '.join(text[sentence[0].start : sentence[-1].end].split())}"
        for place_, word in enumerate(sentence, 1):
            before = inside if inside is not None and word.start < inside.end else None
            inside = flat.get(word.start, before)
            following = on[at + 1].start if at + 1 < len(on) else None
            misc = [
                f"Entity={entity}" if (entity := end[word] + begin[word]) else "",
                f"SpacesBefore={_escaped(text[: word.start])}" if at == 0 and word.start else "",
                _after(text, word.end, following),
            ]
            shown = "|".join(part for part in misc if part) or "_"
            label = tag(inside, word.start, word.end, None, "IOB2").replace("\t", " ")
            yield f"{place_}\t{text[word.start : word.end]}\t{shown}\t{' '.join(label.split())}"
            at += 1
        yield ""


def _brackets(spans: Iterable[Span], on: Iterable[Token]) -> tuple[dict[Token, str], dict[Token, str]]:
    """What stands in brackets at each word: what begins there, and what ended there and begins before."""
    first = {word.start: word for word in on}
    last = {word.end: word for word in on}
    begin, end = dict.fromkeys(first.values(), ""), dict.fromkeys(first.values(), "")
    for number, span in enumerate(spans, 1):
        opening, closing = first[span.start], last[span.end]
        label = (
            quote(span.label, safe=" /:,;'\"!?&@#+*$<>[]{}^`~").replace("-", "%2D").replace(" ", "%20")
        )
        if opening == closing:
            begin[opening] += f"({number}-{label})"
        else:
            begin[opening] += f"({number}-{label}"
            end[closing] = f"{number})" + end[closing]
    return begin, end


def _after(text: str, end: int, following: int | None) -> str:
    gap = text[end:following]
    if not gap:
        return "SpaceAfter=No"
    return "" if gap == " " and following is not None else f"SpacesAfter={_escaped(gap)}"


def _escaped(blanks: str) -> str:
    return "".join(_BLANKS.get(sign, sign) for sign in blanks)


def _blanks(escaped: str) -> str:
    return regex.sub(r"\\[strnp\\]", lambda match: _SIGNS[match[0]], escaped)


# Reading


@dataclass
class _Draft:
    """A document that is being read: its words with what is behind each."""

    where: str
    begun: bool = False
    parts: list[str] = field(default_factory=list)
    length: int = 0
    tags: list[tuple[int, int, str]] = field(default_factory=list)
    spans: list[tuple[int, int, str, str]] = field(default_factory=list)
    opened: list[tuple[str, str, int]] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    behind: str | None = ""
    """The white space behind the last word; `None` where it is told by nothing."""
    inside: list[tuple[int, int, str]] = field(default_factory=list)
    """Of the multiword token that is being read: the extent and the numbers of its words."""
    until: int = 0

    def add(self, cells: dict[str, str], fields: str, where: str) -> None:
        """Add a line of the file."""
        self.begun = True
        number, form = cells["ID"], cells["FORM"]
        misc = _features(cells.get("MISC", "_"))
        if "." in number:
            if "Entity" in misc:
                self.losses.append(Loss("foreign", "entity on an empty node, which is no text"))
            return
        first, _, last = number.partition("-")
        if not first.isdecimal() or (last and not last.isdecimal()) or len(number) > 20 or not form:
            raise FormatError(f"{where}: {number[:20]!r} is no ID of a word, or the word is empty.")
        if int(first) > self.until:
            start, end = self._write(form, misc)
            self.until = int(last) if last else 0
            self.inside = [(start, end, form)] if last else []
            if last:
                return
        else:
            start, end = self._part(form)
        column = next((name for name in cells if name.split(":")[-1].upper() == "NER"), None)
        if column:
            self.tags.append((start, end, cells[column]))
        for match in _BRACKET.finditer(misc.get("Entity", "")):
            self._bracket(match, start, end, fields, where)

    def end_sentence(self) -> None:
        """Numbers begin again."""
        self.until = 0

    def paragraph(self) -> None:
        """A paragraph begins: on a line of its own, unless the white space is told."""
        if self.behind is None and self.parts:
            self.behind = "\n"

    def reading(self) -> Reading:
        """The whole document."""
        text = "".join(self.parts) + (self.behind or "")
        found = SpanInput(text, self.where)
        found.losses += self.losses
        for number, label, _ in self.opened:
            found.losses.append(Loss("foreign", "entity that does not end", None, f"{label} {number}"))
        for start, end, label, number in self.spans:
            found.add(start, end, label, f"entity {number}", status="accepted")
        if not self.spans and not self.opened:
            for told in tagged([told for _, _, told in self.tags], "IOB2", self.where):
                start, end = self.tags[told.first][0], self.tags[told.last][1]
                if told.oddity:
                    found.losses.append(Loss("foreign", told.oddity, None, text[start:end][:40]))
                found.add(start, end, told.label, f"the span of {told.label}", status="accepted")
        return Reading(annotated(text, found.spans), found.losses)

    def _write(self, form: str, misc: dict[str, str]) -> tuple[int, int]:
        before = _blanks(misc.get("SpacesBefore", "")) if not self.parts else ""
        gap = before or (self.behind if self.behind is not None else " ")
        start = self.length + len(gap)
        self.parts += [gap, form]
        self.length = start + len(form)
        if misc.get("SpaceAfter") == "No":
            self.behind = ""
        else:
            self.behind = _blanks(misc["SpacesAfter"]) if "SpacesAfter" in misc else None
        return start, self.length

    def _part(self, form: str) -> tuple[int, int]:
        """The extent of a word inside a multiword token: its own where the words spell the token."""
        start, end, rest = self.inside[-1]
        if not rest.startswith(form):
            whole = self.inside[0]
            return whole[0], whole[1]
        self.inside.append((start + len(form), end, rest[len(form) :]))
        return start, start + len(form)

    def _bracket(self, match: "regex.Match[str]", start: int, end: int, fields: str, where: str) -> None:
        if match["opens"] is None:
            number = match["closes"].split("-")[0] if fields else match["closes"]
            places = [place_ for place_, opened in enumerate(self.opened) if opened[0] == number]
            if not places:
                self.losses.append(Loss("foreign", "entity that does not begin", None, match[0][:40]))
                return
            _, label, begin = self.opened.pop(places[-1])
            self.spans.append((begin, end, label, number))
            return
        number, label = _named(match["opens"], fields)
        if not label:
            raise FormatError(f"{where}: the entity {match['opens'][:40]!r} has no type.")
        if match["alone"]:
            self.spans.append((start, end, label, number))
        else:
            self.opened.append((number, label, start))


def _features(misc: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in misc.split("|") if misc != "_")
    return {name: value for name, _, value in pairs}


def _named(opened: str, fields: str) -> tuple[str, str]:
    """The number and the label of an entity; without names of fields, in the order they look like."""
    cells = opened.split("-")
    if fields:
        names = dict(itertools.zip_longest(fields.split("-"), cells, fillvalue=""))
        return names.get("GRP", ""), unquote(names.get("etype", ""))
    if len(cells) > 1 and cells[1].isdecimal():
        return opened, unquote(cells[0])
    return cells[0], unquote(cells[1]) if len(cells) > 1 else ""


FORMAT = ConlluPlus()
