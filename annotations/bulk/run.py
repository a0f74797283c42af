"""Making the suggestions for a corpus, shard after shard: some are there already, the others are made.

A shard that was made from the same texts by the same suggesters is kept. In the other shards, the lines
of known texts are copied, also if a text was at another place in the corpus, and the other texts are
read. The list of shards is written after each shard. So if the program is ended, complete shards
remain, and the next run gives exactly the same bytes as a run that was not interrupted.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import chain

from annotations.bulk.engine import Engine
from annotations.bulk.reader import Batch, KnownText, ReadText, known_text, sources_read
from annotations.bulk.recipe import MadeBy, Recipe, made_by
from annotations.bulk.shard import (
    DIGEST,
    SHARD,
    SetAside,
    ShardEntry,
    ShardIndex,
    ShardLine,
    ShardWriter,
    digest_of,
    read_line_of,
    shard_name,
)
from annotations.bulk.suggestion_folder import Manifest, SuggestionFolder
from annotations.corpus.member import Member
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import FormatError, Options
from annotations.formats.jsonl import encoded_line, read_line
from annotations.model.document import Document
from annotations.model.errors import AnnotateError
from annotations.store.tinydb_file.failure import not_saved
from annotations.text.interruption import Uninterrupted
from annotations.text.plural import counted

BATCH = 10
"""How many texts a process gets at a time."""


@dataclass(frozen=True)
class BulkProgress:
    """The progress of a run."""

    documents: int
    """Texts in the corpus."""
    looked_at: int = 0
    """How many of them were compared with the suggestions that are there already."""
    done: int = 0
    """How many of them have suggestions or were set aside."""
    read: int = 0
    """How many of these were read in this run."""


@dataclass(frozen=True)
class BulkReport:
    """The result of a run."""

    documents: int
    shards: int
    read: int
    """Texts that were read in this run."""
    new: int
    """Texts that were not there in the previous run; all texts if `had_before` is false."""
    changed: int
    """Texts that replaced another text with the same name."""
    gone: int
    """Texts of the previous run that are not in the corpus any more."""
    made_by: MadeBy
    made_by_before: MadeBy | None
    """What the suggestions in the folder had been made with, if it was different; otherwise `None`."""
    had_before: bool
    """Whether the folder already had shards that were made in the same way as now."""
    set_aside: tuple[SetAside, ...]


def suggest_for_corpus(
    members: Sequence[Member],
    recipe: Recipe,
    folder: SuggestionFolder,
    engine: Engine,
    on_progress: Callable[[BulkProgress], None] = lambda progress: None,
) -> BulkReport:
    """Update the suggestions in a folder to the texts that a corpus has now.

    Raises `AnnotateError` if this is not possible; shards that are complete by then stay in the folder.
    """
    try:
        with folder.written_alone():
            return _Run(members, recipe, folder, engine, on_progress).run()
    except OSError as error:
        raise AnnotateError(_not_written(folder, error)) from None


def _not_written(folder: SuggestionFolder, error: OSError) -> str:
    sentence = str(not_saved(folder.path, error))
    try:
        manifest = folder.read_manifest()
    except AnnotateError:
        manifest = None
    if manifest is None or not manifest.shards:
        return sentence
    return (
        f"{sentence} What is complete is kept ({counted(len(manifest.shards), 'shard')}); the next run "
        "continues from there."
    )


class _Run:
    def __init__(
        self,
        members: Sequence[Member],
        recipe: Recipe,
        folder: SuggestionFolder,
        engine: Engine,
        on_progress: Callable[[BulkProgress], None],
    ) -> None:
        self._members = members
        self._recipe = recipe
        self._folder = folder
        self._engine = engine
        self._on_progress = on_progress
        self._made_by = made_by(recipe)
        self._sources = {suggester.source for suggester in self._made_by.suggesters}
        self._progress = BulkProgress(len(members))
        found = folder.read_manifest()
        self._other = found.made_by if found is not None and found.made_by != self._made_by else None
        """What the suggestions in the folder were made with, if it is different."""
        self._before = found.shards if found is not None and self._other is None else ()
        self._shards = -(-len(members) // SHARD)
        self._known: dict[int, list[KnownText]] = {}
        """The texts of the shards that must be written, if they were compared."""
        self._lines: dict[bytes, ShardLine] = {}
        """The places of the lines that can be copied, by the digests of their texts."""
        self._taken_over: dict[int, list[KnownText | None]] = {}
        """For each shard that is being written: its texts whose lines are copied, and `None` for the others."""

    def run(self) -> BulkReport:
        # From here on, the folder is recognised as a folder of suggestions.
        self._save(self._before[: self._shards])
        kept = self._find_kept()
        new, different, gone = self._changes(kept)
        self._report()
        entries: list[ShardEntry] = []
        to_write = [place for place in range(self._shards) if place not in kept]
        with closing(self._engine.read(self._batches(to_write), self._recipe)) as read:
            texts = chain.from_iterable(read)
            for place in range(self._shards):
                if place in kept:
                    entries.append(self._before[place])
                    continue
                entries.append(self._write(place, texts))
                self._save([*entries, *self._before[place + 1 : self._shards]])
        self._save(entries)
        self._folder.remove_all_but(entries)
        set_aside = tuple(one for entry in entries for one in entry.set_aside)
        return BulkReport(
            len(self._members),
            self._shards,
            self._progress.read,
            new,
            different,
            gone,
            self._made_by,
            self._other,
            bool(self._before),
            set_aside,
        )

    def _save(self, shards: Sequence[ShardEntry]) -> None:
        self._folder.write_manifest(Manifest.of(self._made_by, shards))

    # What is there already

    def _find_kept(self) -> set[int]:
        """The numbers of the shards that can be kept."""
        kept: set[int] = set()
        if not self._before:
            return kept
        for place in range(self._shards):
            members = self._members_of(place)
            known = [known_text(member, self._recipe.encoding) for member in members]
            before = self._before[place] if place < len(self._before) else None
            name = shard_name(place, known, self._made_by)
            if before is not None and before.file == name and self._folder.has(before):
                kept.add(place)
                self._report(done=len(members), looked_at=len(members))
            else:
                self._known[place] = known
                self._report(looked_at=len(members))
        return kept

    def _changes(self, kept: set[int]) -> tuple[int, int, int]:
        """How many texts are new, changed and gone. Also finds the lines that can be copied."""
        names: dict[bytes, bytes] = {}
        for place, entry in enumerate(self._before):
            if place in kept:
                continue
            try:
                for text, name, line in ShardIndex(self._folder.path, entry.file, self._folder.disk):
                    self._lines[text] = line
                    names[name] = text
            except OSError:
                continue  # it is written again
        if not self._before:
            return len(self._members), 0, 0
        now = {
            _key(known): known.name for texts in self._known.values() for known in texts if known.sha256
        }
        fresh = [name for text, name in now.items() if text not in self._lines]
        missing = self._lines.keys() - now.keys()
        different = sum(names.get(digest_of(name), b"") in missing for name in fresh)
        return len(fresh) - different, different, len(missing) - different

    def _take_over(self, known: KnownText) -> ReadText | None:
        """The line of a text that can be copied; `None` if the text must be read."""
        line = self._lines.get(_key(known))
        if line is None:
            return None
        try:
            data = read_line_of(self._folder.path, line, self._folder.disk)
            document = read_line(known.name, data).annotated
        except (OSError, FormatError):
            return None
        sources = set(map(str, sources_read(document.row.runs, document.text)))
        if document.document.sha256 != known.sha256 or not sources >= self._sources:
            return None
        if document.document.given_name == known.name:
            return ReadText(known.sha256, data)
        named = AnnotatedDocument(Document(document.text, given_name=known.name), document.row)
        return ReadText(known.sha256, encoded_line(named, Options(history=True)) + b"\n")

    # What is to be read

    def _batches(self, places: Sequence[int]) -> Iterator[Batch]:
        """The texts to read, shard by shard: no batch has texts of two shards."""
        for place in places:
            members, known = self._members_of(place), self._known_again(place)
            unread = [member for member, there in zip(members, known, strict=True) if there is None]
            for first in range(0, len(unread), BATCH):
                yield tuple(unread[first : first + BATCH])

    def _known_again(self, place: int) -> list[KnownText | None]:
        """The texts of a shard whose lines are copied; `None` for each of the others."""
        if place not in self._taken_over:
            known = self._known.pop(place, [])
            nobody_looked = [None] * (len(self._members_of(place)) - len(known))
            there = [one if self._take_over(one) is not None else None for one in known]
            self._taken_over[place] = [*there, *nobody_looked]
        return self._taken_over[place]

    def _write(self, place: int, texts: Iterator[ReadText]) -> ShardEntry:
        folder = self._folder
        writer = ShardWriter(folder.path, place, self._made_by, folder.disk, folder.mode)
        try:
            writer.begin()
            for number, member in enumerate(self._members_of(place)):
                text = self._text(place, number, texts)
                writer.add(member.name, text)
                self._report(done=1)
            entry = writer.finish()
        except BaseException:
            with Uninterrupted(), suppress(OSError):
                writer.abandon()
            raise
        del self._taken_over[place]
        return entry

    def _text(self, place: int, number: int, texts: Iterator[ReadText]) -> ReadText:
        """The line of a text, copied or read now."""
        known = self._known_again(place)[number]
        if known is None:
            text = next(texts)
            self._report(read=1)
            return text
        there = self._take_over(known)
        if there is None:
            raise AnnotateError(
                f"The suggestions in {self._folder.path} were changed in the meantime; run the "
                f"command again."
            )
        return there

    def _members_of(self, place: int) -> Sequence[Member]:
        return self._members[place * SHARD : (place + 1) * SHARD]

    def _report(self, *, done: int = 0, looked_at: int = 0, read: int = 0) -> None:
        was = self._progress
        self._progress = replace(
            was, done=was.done + done, looked_at=was.looked_at + looked_at, read=was.read + read
        )
        self._on_progress(self._progress)


def _key(known: KnownText) -> bytes:
    """The digest of the text in an index; empty if there is no text."""
    return bytes.fromhex(known.sha256)[:DIGEST]
