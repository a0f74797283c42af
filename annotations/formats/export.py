"""Writing annotated documents to files: what is lost is listed first, what was written is read again.

Files are written beside their place under another name, read back and compared with what went in, and
only then given their name. Nothing is overwritten unless asked for.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotations.document import Document
from annotations.errors import AnnotateError
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.division import Unit, divide
from annotations.formats.export_plan import Plan, Remark
from annotations.formats.format import Format, Options
from annotations.formats.loss import Loss, LossTable, StrictRefusal, counted_once
from annotations.formats.registry import FormatEntry, load

Documents = Callable[[], Iterable[AnnotatedDocument]]


@dataclass
class Report:
    """What an export writes."""

    documents: int = 0
    spans: int = 0
    files: list[Path] = field(default_factory=list)
    losses: LossTable = field(default_factory=LossTable)
    remarks: tuple[Remark, ...] = ()
    """What there is to say about documents that are not done, left out or written twice."""


@dataclass(frozen=True)
class Export:
    """An export to a file, or to a folder for a format of many files.

    With `shares`, which name for each document (by its id) the part it belongs to, the output is a folder
    with one file or folder for each part. With a `plan`, what it chooses is written, else everything.
    """

    entry: FormatEntry
    output: Path
    options: Options
    unit: Unit = "document"
    strict: bool = False
    force: bool = False
    shares: Mapping[str, str] | None = None
    plan: Plan | None = None

    def run(self, documents: Documents, announce: Callable[[Report], None]) -> Report:
        """Write the documents; `announce` hears of the losses before any file has its name.

        `documents` is called once, or once for each part. Raises `StrictRefusal` when strict and
        anything is lost, and `AnnotateError` when the output is there already, cannot be written or
        does not read back as what was written.
        """
        format_ = load(self.entry.name)
        places = self._places()
        for place in places.values():
            self._refuse_to_overwrite(place)
        report = Report(remarks=self.plan.remarks if self.plan else ())
        try:
            with tempfile.TemporaryDirectory(prefix=".annotate-", dir=self.output.parent) as workplace:
                for part, place in places.items():
                    folder = Path(workplace) / part
                    folder.mkdir()
                    chosen = self.plan.chosen(documents()) if self.plan else documents()
                    self._write(format_, folder / place.name, self._of(part, chosen), report)
                announce(report)
                not_done = any(remark.refused for remark in report.remarks)
                if self.strict and (not_done or report.losses.lost()):
                    what = "lost or not done" if not_done else "lost"
                    raise StrictRefusal(
                        f"Nothing was written: --strict forbids it with what is listed as {what}."
                    )
                for part, place in places.items():
                    self._publish(Path(workplace) / part, place.parent, report)
        except FileNotFoundError:
            raise AnnotateError(f"There is no folder {self.output.parent}; make it first.") from None
        except OSError as error:
            raise AnnotateError(f"{self.output} cannot be written: {error.strerror}.") from None
        return report

    def _places(self) -> dict[str, Path]:
        if self.shares is None:
            return {"all": self.output}
        parts = dict.fromkeys(self.shares.values())
        return {part: self.output / f"{part}{self.entry.suffix}" for part in parts}

    def _of(self, part: str, documents: Iterable[AnnotatedDocument]) -> Iterable[AnnotatedDocument]:
        if self.shares is None:
            return documents
        shares = self.shares
        return (document for document in documents if shares[document.row.document] == part)

    def _write(
        self, format_: Format, draft: Path, documents: Iterable[AnnotatedDocument], report: Report
    ) -> None:
        written: list[bytes] = []
        texts: dict[str, Document] = {}
        format_.write(self._fitted(format_, documents, report, written, texts), draft, self.options)
        # Pieces that read alike cannot be told apart by their texts.
        if self.entry.reads and (self.entry.holds_texts or self.unit == "document"):
            known = replace(self.options, find=lambda sha256, path: texts.get(sha256))
            again = format_.read(draft, draft.name, known)
            if [reading.annotated.digest() for reading in again] != written:
                raise AnnotateError(
                    f"{self.output} was not written: it would not read back as what went in. "
                    f"This is a fault in the format {self.entry.name}; please report it."
                )

    def _fitted(
        self,
        format_: Format,
        documents: Iterable[AnnotatedDocument],
        report: Report,
        written: list[bytes],
        texts: dict[str, Document],
    ) -> Iterator[AnnotatedDocument]:
        for whole in documents:
            document = self.plan.with_wanted(whole) if self.plan else whole
            losses: list[Loss] = []
            if self.plan is not None:
                losses += self.plan.undecided_losses(whole)
            pieces = 0
            for piece in divide(document, self.unit):
                fitted, cut = format_.fit(piece, self.options)
                losses += cut
                pieces += 1
                report.documents += 1
                report.spans += len(fitted.spans)
                if self.entry.holds_texts or fitted.spans:
                    written.append(fitted.digest())
                if not self.entry.holds_texts:
                    texts[fitted.document.sha256] = fitted.document
                yield fitted
            if not pieces:
                reason = f"document without a {self.unit}: it is not in the file"
                losses.append(Loss("document", reason))
            if self.entry.reads_as_done:
                losses = [loss for loss in losses if loss.part != "document done"]
            report.losses.add(document.document.name, counted_once(losses))

    def _refuse_to_overwrite(self, place: Path) -> None:
        if not self.force and os.path.lexists(place):
            raise AnnotateError(f"{place} is there already; name another, or give --force.")

    def _publish(self, drafts: Path, folder: Path, report: Report) -> None:
        """Give everything in a folder of drafts its name."""
        for draft in drafts.iterdir():
            self._refuse_to_overwrite(folder / draft.name)
        folder.mkdir(exist_ok=True)
        for draft in sorted(drafts.iterdir()):
            place = folder / draft.name
            if draft.is_dir() and place.is_dir():
                for file in draft.iterdir():
                    _give_name(file, place / file.name, self.force)
            else:
                _give_name(draft, place, self.force)
            report.files.append(place)


def _give_name(draft: Path, place: Path, force: bool) -> None:
    for file in [draft, *draft.rglob("*")] if draft.is_dir() else [draft]:
        _sync(file)
    if force or draft.is_dir():
        os.replace(draft, place)
    else:
        try:
            os.link(draft, place)
        except FileExistsError:
            raise AnnotateError(f"{place} is there already; name another, or give --force.") from None
        except OSError:
            os.rename(draft, place)
    _sync(place.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
