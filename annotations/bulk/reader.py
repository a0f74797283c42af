"""Reading one text of a corpus, in the same way on every machine."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from annotations.bulk.recipe import Recipe
from annotations.corpus.member import Member
from annotations.corpus.member_opening import NotOpened, open_member
from annotations.editing.commands import suggest
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import Options
from annotations.formats.jsonl import encoded_line
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document, path_as_text
from annotations.model.edit import Run, make_edit
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.suggest.chunking import chunks
from annotations.suggest.limits import limited
from annotations.suggest.registry import Pipelines, choose
from annotations.suggest.suggester import second_readings

DIGITS = 3
"""Scores are rounded to this many decimal places: further digits differ from machine to machine."""


class KnownText(NamedTuple):
    """What is known about a text without its suggestions."""

    name: str
    """Its name in the corpus."""
    sha256: str
    """The SHA-256 of the text; empty if the text cannot be read or cannot be written as UTF-8."""


Batch = tuple[Member, ...]
"""Texts that one process reads, one after the other."""


class ReadText(Struct, frozen=True):
    """The result for one text."""

    sha256: str
    """As in `KnownText`."""
    line: bytes
    """The line in this program's JSON Lines, with its line end; it has no suggestions if there was a problem."""
    problem: str = ""
    """Why there are no suggestions, as the end of a sentence that begins with the text's name."""


class TextReader:
    """The suggesters of a recipe, loaded. Raises `AnnotateError` if one cannot be loaded."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        pipelines = Pipelines(lambda: None)
        self._suggesters = []
        for name in recipe.suggesters:
            with limited(name):
                self._suggesters.append((name, choose(name).load(pipelines)))

    def read(self, member: Member) -> ReadText:
        """Let all suggesters read a text, one after the other; an exception becomes the `problem` of the text."""
        opened = _opened(member, self._recipe.encoding)
        if isinstance(opened, ReadText):
            return opened
        try:
            return self._read(opened)
        except MemoryError:
            return without_suggestions(opened, "needs more memory than there is")
        except Exception as error:
            # Pipelines and their components are other people's code, which may raise any exception.
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            return without_suggestions(opened, f"cannot be read by a suggester: {reason}")

    def _read(self, document: Document) -> ReadText:
        annotations = AnnotationSet(document.id, "")
        dates = self._recipe.dates_of(document.text)
        for name, suggester in self._suggesters:
            for start, end in chunks(document.text, dates.language):
                with limited(name):
                    found = suggester.suggest(document.text[start:end], dates)
                changes = suggest(annotations.spans, (_rounded(_moved(span, start)) for span in found))
                run = Run(suggester.source, start, end, suggester.unit)
                edit = make_edit("suggest", "", changes, run=run)
                possible = tuple(_rounded(_moved(span, start)) for span in second_readings(suggester))
                annotations.apply(replace(edit, second_readings=possible))
        return ReadText(document.sha256, _line(document, annotations))


def known_text(member: Member, encoding: str) -> KnownText:
    """The name and the SHA-256 of the text that a member has now."""
    opened = _opened(member, encoding)
    return KnownText(member.name, opened.sha256)


def set_aside(member: Member, encoding: str, problem: str) -> ReadText:
    """The result for a text that made its processes crash or took too long: a line without suggestions,
    and the reason.
    """
    opened = _opened(member, encoding)
    return opened if isinstance(opened, ReadText) else without_suggestions(opened, problem)


def without_suggestions(document: Document, problem: str) -> ReadText:
    """The result for a text without suggestions, with the reason: a program that opens the text reads it itself."""
    line = _line(document, AnnotationSet(document.id, ""))
    return ReadText(document.sha256, line, path_as_text(problem))


def sources_read(runs: Iterable[Run], text: str) -> set[Source]:
    """The suggesters that have read a whole text."""
    by_source: dict[Source, list[Run]] = {}
    for run in runs:
        by_source.setdefault(run.source, []).append(run)
    return {source for source, runs in by_source.items() if _covers(runs, len(text))}


def _covers(runs: Sequence[Run], length: int) -> bool:
    """Whether runs have read a text of this length without a gap, however it was divided into units."""
    reached = 0
    for run in sorted(runs, key=lambda run: run.start):
        if run.start > reached:
            return False
        reached = max(reached, run.end)
    return reached >= length


def _opened(member: Member, encoding: str) -> Document | ReadText:
    """The text with its name in the corpus, without a path on this machine."""
    opened = open_member(member, encoding)
    if isinstance(opened, NotOpened):
        reason = opened.reason.removeprefix(f"{member.name} ").removesuffix(".")
        return ReadText("", b"", path_as_text(reason))
    text = opened.document.text
    if "\0" in text:
        return ReadText("", b"", "has NUL characters; that is not text")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return ReadText("", b"", "has half of a surrogate pair, which is not a character")
    return Document(text, given_name=member.name)


def _line(document: Document, annotations: AnnotationSet) -> bytes:
    annotated = AnnotatedDocument(document, annotations.to_row())
    return encoded_line(annotated, Options(history=True)) + b"\n"


def _moved(span: Span, by: int) -> Span:
    return replace(span, start=span.start + by, end=span.end + by)


def _rounded(span: Span) -> Span:
    if span.score is None:
        return span
    beside = None if span.beside is None else round(span.beside, DIGITS)
    return replace(span, score=round(span.score, DIGITS), beside=beside)
