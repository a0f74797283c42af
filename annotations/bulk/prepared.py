"""Suggestions that were made in advance, and are looked up by their text."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotations.bulk.recipe import MadeBy, SuggesterVersion, made_by, recipe_of
from annotations.bulk.shard import ShardEntry, ShardIndex, digest_of, read_line_of
from annotations.bulk.suggestion_folder import Manifest, SuggestionFolder
from annotations.dates.document_language import UNDECIDED, language_name, pipeline_language
from annotations.dates.scheme import DEFAULT_DATES, DateKind
from annotations.formats.format import FormatError
from annotations.formats.jsonl import read_line
from annotations.model.annotation_set import AnnotationRow, has_read
from annotations.model.edit import Run
from annotations.model.errors import AnnotateError
from annotations.model.source import DATE_RULES, Source
from annotations.model.span import Span
from annotations.store.tinydb_file.disk import REAL, Disk


@dataclass(frozen=True)
class PreparedReading:
    """What one suggester found in a text when suggestions were made in advance."""

    source: Source
    spans: tuple[Span, ...]
    """A span belongs to the first suggester that found it."""
    run: Run
    second_readings: tuple[Span, ...] = ()
    """What it considered possible but does not suggest."""


@dataclass(frozen=True)
class Prepared:
    """What was found for a text."""

    readings: tuple[PreparedReading, ...] = ()
    notice: str = ""
    """Why something was missing, in one sentence."""


class PreparedSuggestions:
    """The suggestions in a folder, for a program that has these suggesters and settings."""

    def __init__(
        self,
        folder: Path,
        suggesters: Sequence[str],
        date_kinds: frozenset[DateKind] = DEFAULT_DATES.kinds,
        disk: Disk = REAL,
    ) -> None:
        self._folder = SuggestionFolder(folder, disk)
        self._suggesters = suggesters
        self._date_kinds = date_kinds
        self._manifest: Manifest | None = None
        self._usable: tuple[tuple[SuggesterVersion, SuggesterVersion], ...] = ()
        """The suggesters that suggest the same as before if the language is the same: each as it was
        and as it is now.
        """
        self._indexes: dict[str, ShardIndex | None] = {}
        self._last = 0
        """The shard of the last text: the next text is probably there, too."""
        self._opened = False
        self._list: tuple[int, int] | None = None
        """Which version of the list of shards was read (see `SuggestionFolder.stamp`)."""

    def find(self, text: str, runs: Sequence[Run] = (), language: str = "") -> Prepared:
        """The suggestions for a text, except those of suggesters that have read all of it according to `runs`.

        `language` is the code of the language in which to read it; if it is empty, the words of the text decide.
        """
        problem = self._open()
        if self._manifest is None or not self._usable:
            return Prepared((), problem)
        found = self._row_of(text)
        if isinstance(found, str) and self._has_grown():
            found = self._row_of(text)
        if isinstance(found, str):
            return Prepared((), problem or found)
        now = language or UNDECIDED.language_of(text)
        before = self._manifest.made_by.languages.language_of(text)
        same = [new.source for old, new in self._usable if _same_in(old, new, before, now)]
        if len(same) < len(self._usable):
            name = self._folder.path.name
            problem = (
                problem
                or f"{name} was made with the language {language_name(before)} for this text; it is read again now."
            )
        brought = sorted(
            (
                run
                for run in found.runs
                if str(run.source) in same and not has_read(runs, run.source, run.start, run.end)
            ),
            key=lambda run: same.index(str(run.source)),
        )
        return Prepared(tuple(_reading(run, brought, found) for run in brought), problem)

    def _open(self) -> str:
        """Read the list of shards, for the first text only. Return what is wrong with it, or an empty text."""
        if self._opened:
            return ""
        self._opened = True
        self._list = self._folder.stamp()
        try:
            self._manifest = self._folder.read_manifest()
            if self._manifest is None:
                return f"{self._folder.path.name} no longer exists; texts are read now."
            now = made_by(recipe_of(self._suggesters, self._date_kinds))
        except AnnotateError as error:
            self._manifest = None
            return str(error)
        self._usable = _usable(self._manifest.made_by, now)
        usable = {new.source for _, new in self._usable}
        missing = [one for one in now.suggesters if one.source not in usable]
        if not missing:
            return ""
        names = ", ".join(one.source for one in missing)
        return (
            f"{self._folder.path.name} was made by another version of {names}; texts are read again now."
        )

    def _has_grown(self) -> bool:
        """Whether the list of shards has changed since it was read: shards may still be added. Read it
        again if so.
        """
        stamp = self._folder.stamp()
        if stamp is None or stamp == self._list:
            return False
        self._list = stamp
        try:
            found = self._folder.read_manifest()
        except AnnotateError:
            return False
        if found is None or self._manifest is None or found.made_by != self._manifest.made_by:
            return False
        self._manifest = found
        self._last = 0
        return True

    def _row_of(self, text: str) -> AnnotationRow | str:
        """The annotations in the line of a text, or why there are none, in one sentence."""
        assert self._manifest is not None
        digest = digest_of(text)
        shards = self._manifest.shards
        places = range(len(shards))
        for place in (*places[self._last : self._last + 1], *places):
            index = self._index(shards[place])
            line = index.find(digest) if index is not None else None
            if line is None:
                continue
            try:
                data = read_line_of(self._folder.path, line, self._folder.disk)
                found = read_line(f"{line.file}.jsonl", data).annotated
            except (OSError, FormatError):
                continue
            if found.text != text:
                continue
            self._last = place
            if not found.row.runs and text.strip():
                return _set_aside(shards[place], found.document.given_name)
            return found.row
        return f"{self._folder.path.name} has no suggestions for this text (it is new or changed); it is read now."

    def _index(self, shard: ShardEntry) -> ShardIndex | None:
        if shard.file not in self._indexes:
            try:
                self._indexes[shard.file] = ShardIndex(self._folder.path, shard.file, self._folder.disk)
            except OSError:
                self._indexes[shard.file] = None
        return self._indexes[shard.file]


def _usable(before: MadeBy, now: MadeBy) -> tuple[tuple[SuggesterVersion, SuggesterVersion], ...]:
    """The suggesters that suggest the same now as before in the same language, because versions and
    settings are the same.
    """
    if (before.unit, before.version) != (now.unit, now.version):
        return ()
    same_dates = (before.date_kinds, before.date_rules) == (now.date_kinds, now.date_rules)
    then = {(one.source, one.version): one for one in before.suggesters}
    both = [(then.get((one.source, one.version)), one) for one in now.suggesters]
    return tuple(
        (old, new) for old, new in both if old is not None and (same_dates or not _knows_dates(new))
    )


def _same_in(old: SuggesterVersion, new: SuggesterVersion, before: str, now: str) -> bool:
    """Whether a suggester suggests the same for a text that was read in one language and now in another."""
    if not _knows_dates(new):
        return True
    own = pipeline_language(Source.parse(new.source).name)
    return before == now and (old.chosen == new.chosen or now == own)


def _knows_dates(suggester: SuggesterVersion) -> bool:
    """Whether its suggestions depend on the kinds of dates and on the language."""
    return Source.parse(suggester.source).kind != "patterns"


def _reading(run: Run, brought: Sequence[Run], found: AnnotationRow) -> PreparedReading:
    """The spans of a line that one suggester found: a span belongs to the first of its sources.

    The rules correct a pipeline's dates, which then have the rules as source. If the rules have already
    read the text, these dates still belong to the pipeline.
    """
    sources = [one.source for one in brought]
    own = [span for span in found.spans if span.sources[:1] == (run.source,)]
    if run.source.kind == "model" and DATE_RULES not in sources:
        own = [span for span in found.spans if span.sources[:1] in ((run.source,), (DATE_RULES,))]
    second = [
        span
        for span in found.second_readings
        if span.sources == (run.source,) and run.start <= span.start < run.end
    ]
    return PreparedReading(run.source, tuple(own), run, tuple(second))


def _set_aside(shard: ShardEntry, name: str) -> str:
    reason = next((one.reason for one in shard.set_aside if one.name == name), "could not be read")
    return f"{name} was set aside when suggestions were made: it {reason}."
