"""Writing annotated documents to files: losses are listed first, and what was written is read again.

Files are written next to their final place under another name, read back and compared with the
documents, and only then given their name. Nothing is overwritten unless that is requested.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.division import SEEDS, DivisionUnit, Split, divide
from annotations.formats.export_plan import ExportPlan, Remark
from annotations.formats.folder import FileNames
from annotations.formats.format import Format, Options, PartedFormat
from annotations.formats.loss import Loss, LossTable, StrictRefusal, counted_once
from annotations.formats.registry import FormatEntry, load
from annotations.model.document import Document
from annotations.model.errors import AnnotateError
from annotations.text.interruption import Uninterrupted
from annotations.text.work_folder import WorkFolder

Documents = Callable[[], Iterable[AnnotatedDocument]]


ALL = "all"
"""The name of the only part of an export that is not split."""

SYNCED_AT_ONCE = 8
"""How many files are flushed to the disk at the same time."""


@dataclass
class WrittenPart:
    """What an export writes into one part."""

    documents: int = 0
    spans: int = 0


@dataclass
class Report:
    """What an export writes."""

    parts: dict[str, WrittenPart] = field(default_factory=dict)
    """What each part gets, by its name; only `all` if nothing is split."""
    files: list[Path] = field(default_factory=list)
    losses: LossTable = field(default_factory=LossTable)
    unnamed: set[str] = field(default_factory=set)
    """The annotators whose names the file does not hold."""
    remarks: tuple[Remark, ...] = ()
    """Remarks about documents that are not done, left out or written twice."""

    @property
    def documents(self) -> int:
        """How many documents there are in all parts."""
        return sum(part.documents for part in self.parts.values())

    @property
    def spans(self) -> int:
        """How many spans there are in all parts."""
        return sum(part.spans for part in self.parts.values())


@dataclass(frozen=True)
class Export:
    """An export to a file, or to a folder for a format of many files.

    With `split` the output is a folder with one file or folder for each part, or, for a format with
    parts (a dataset), one folder that names them. With a `plan`, what it chooses is written, otherwise
    everything.
    """

    entry: FormatEntry
    output: Path
    options: Options
    unit: DivisionUnit = "document"
    strict: bool = False
    force: bool = False
    split: Split | None = None
    plan: ExportPlan | None = None

    def run(self, documents: Documents, announce: Callable[[Report], None]) -> Report:
        """Write the documents; `announce` gets the report, with the losses, before any file has its name.

        `documents` is called once, or once for each part. Raises `StrictRefusal` when strict and
        anything is lost or not done, and `AnnotateError` when the output exists already, cannot be
        written or does not read back as what was written, or when a part gets no document.
        """
        format_ = load(self.entry.name)
        parts = [ALL] if self.split is None else [*self.split.shares]
        as_one = isinstance(format_, PartedFormat) or self.split is None
        places = {ALL: self.output} if as_one else self._places(parts)
        for place in places.values():
            self._refuse_to_overwrite(place)
        report = Report(
            {part: WrittenPart() for part in parts}, remarks=self.plan.remarks if self.plan else ()
        )
        texts: set[str] = set()

        def of(part: str) -> Iterable[AnnotatedDocument]:
            chosen = self.plan.chosen(documents()) if self.plan else documents()
            return self._of(part, chosen, texts)

        try:
            with WorkFolder(".annotate-", self.output.parent) as workplace:
                for part, place in places.items():
                    folder = workplace / part
                    folder.mkdir()
                    inside = parts if as_one else [part]
                    self._write(format_, folder / place.name, inside, of, report)
                self._refuse_empty_parts(report, texts)
                if len(report.unnamed) > 1:
                    people, reason = ", ".join(sorted(report.unnamed)), "which annotator decided what"
                    report.losses.add("", [Loss("annotator", reason, None, people)])
                announce(report)
                not_done = any(remark.refused for remark in report.remarks)
                if self.strict and (not_done or report.losses.lost()):
                    what = "lost or not done" if not_done else "lost"
                    raise StrictRefusal(
                        f"Nothing was written: --strict was given, and something is listed as {what}."
                    )
                _sync(workplace)
                # Either all files get their names, or none does.
                with Uninterrupted():
                    for part, place in places.items():
                        self._publish(workplace / part, place.parent, report)
        except FileNotFoundError:
            raise AnnotateError(f"There is no folder {self.output.parent}; create it first.") from None
        except OSError as error:
            raise AnnotateError(f"{self.output} cannot be written: {error.strerror}.") from None
        return report

    def _places(self, parts: list[str]) -> dict[str, Path]:
        return {part: self.output / f"{part}{self.entry.suffix}" for part in parts}

    def _of(
        self, part: str, documents: Iterable[AnnotatedDocument], texts: set[str]
    ) -> Iterator[AnnotatedDocument]:
        """The documents of a part; adds the texts of all parts to `texts`."""
        for document in documents:
            sha256 = document.document.sha256
            if self.split is None or self.split.part(sha256) == part:
                yield document
            if self.split is not None:
                texts.add(sha256)

    def _refuse_empty_parts(self, report: Report, texts: set[str]) -> None:
        empty = [name for name, part in report.parts.items() if not part.documents]
        if self.split is None or not empty:
            return
        seed = self.split.filling_seed(texts)
        advice = (
            f"none of the seeds 0 to {SEEDS - 1} fills all parts; name fewer parts or larger shares"
            if seed is None
            else f"with --seed {seed} every part gets some"
        )
        raise AnnotateError(
            f"Nothing was written: with --seed {self.split.seed} the part {empty[0]} gets no document; "
            f"{advice}."
        )

    def _write(
        self,
        format_: Format,
        draft: Path,
        parts: list[str],
        of: Callable[[str], Iterable[AnnotatedDocument]],
        report: Report,
    ) -> None:
        """Write the parts that go into one file or folder, and read them back."""
        written: list[bytes] = []
        texts: dict[str, Document] = {}

        def fitted(part: str) -> Iterator[AnnotatedDocument]:
            return self._fitted(format_, of(part), report.parts[part], report, written, texts)

        if self.split is not None and isinstance(format_, PartedFormat):
            format_.write_parts({part: partial(fitted, part) for part in parts}, draft, self.options)
        else:
            format_.write(fitted(parts[0]), draft, self.options)
        # If the file holds no texts, pieces of documents that have the same text cannot be distinguished.
        if self.entry.reads and (self.entry.holds_texts or self.unit == "document"):
            known = replace(self.options, find=lambda id_, path: texts.get(id_), encoding="utf-8")
            again = (one.annotated.digest() for one in format_.read(draft, draft.name, known))
            # The files of a folder are read in the order of their names.
            same = Counter(again) == Counter(written) if self.entry.is_folder else [*again] == written
            if not same:
                raise AnnotateError(
                    f"{self.output} was not written: it would not read back as what went in. "
                    f"This is a fault in the format {self.entry.name}; please report it."
                )

    def _fitted(
        self,
        format_: Format,
        documents: Iterable[AnnotatedDocument],
        part: WrittenPart,
        report: Report,
        written: list[bytes],
        texts: dict[str, Document],
    ) -> Iterator[AnnotatedDocument]:
        names = FileNames(*self.entry.file_endings) if self.entry.file_endings else None
        for whole in documents:
            document = self.plan.with_wanted(whole) if self.plan else whole
            losses = self.plan.losses_as_no_entity(whole) if self.plan else []
            pieces = 0
            for piece in divide(document, self.unit):
                fitted, cut = format_.fit(piece, self.options)
                losses += cut
                if names is not None:
                    fitted, renamed = names.named(fitted)
                    losses += renamed
                pieces += 1
                part.documents += 1
                part.spans += len(fitted.spans)
                if self.entry.holds_texts or fitted.spans:
                    written.append(fitted.digest())
                if not self.entry.holds_texts:
                    texts[fitted.document.id] = fitted.document
                yield fitted
            if not pieces:
                reason = f"document without a {self.unit}: it is not in the file"
                losses.append(Loss("document", reason))
            if self.entry.reads_as_done:
                losses = [loss for loss in losses if loss.part != "document done"]
            report.unnamed.update(loss.example for loss in losses if loss.part == "annotator")
            report.losses.add(document.name, counted_once(losses))

    def _refuse_to_overwrite(self, place: Path) -> None:
        if not self.force and os.path.lexists(place):
            raise AnnotateError(f"{place} already exists; name another, or give --force.")

    def _publish(self, drafts: Path, folder: Path, report: Report) -> None:
        """Give everything in a folder of drafts its final name."""
        for draft in drafts.iterdir():
            self._refuse_to_overwrite(folder / draft.name)
        folder.mkdir(exist_ok=True)
        for draft in sorted(drafts.iterdir()):
            place = folder / draft.name
            if draft.is_dir() and place.is_dir():
                _merge(draft, place, self.force)
            else:
                _give_name(draft, place, self.force)
            report.files.append(place)
        _flush(folder)


def _merge(drafts: Path, folder: Path, force: bool) -> None:
    """Move everything in a folder of drafts into an existing folder and its sub-folders."""
    for draft in drafts.iterdir():
        place = folder / draft.name
        if draft.is_dir() and place.is_dir() and not place.is_symlink():
            _merge(draft, place, force)
        else:
            _give_name(draft, place, force)
    _flush(folder)


def _give_name(draft: Path, place: Path, force: bool) -> None:
    if force or draft.is_dir():
        os.replace(draft, place)
    else:
        try:
            os.link(draft, place)
        except FileExistsError:
            raise AnnotateError(f"{place} already exists; name another, or give --force.") from None
        except OSError:
            os.rename(draft, place)


def _sync(folder: Path) -> None:
    """Flush a folder and everything in it to the disk.

    Several files at once: a file system then writes them together instead of waiting for each of thousands.
    """
    with ThreadPoolExecutor(SYNCED_AT_ONCE) as pool:
        for _ in pool.map(_flush, [*folder.rglob("*"), folder]):
            pass


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
