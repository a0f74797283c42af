"""`annotate import`: read labelled spans from files of another tool."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.dates.document_language import check_language
from annotations.model.errors import AnnotateError
from annotations.text.plural import counted
from tui.command_line.output import add_json, say, say_json
from tui.commands.confirmation import confirmed
from tui.commands.loss_lines import loss_line, loss_object
from tui.commands.named_files import files_named
from tui.commands.progress import progress

if TYPE_CHECKING:
    from annotations.formats.format import Options, Reading
    from annotations.formats.importing import ImportFile, ImportReport, Likeness

NAMED = 10
"""How many documents with the same text as another one are named; the others are counted."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files to read, and what their spans become."""
    parser.add_argument(
        "files", nargs="+", metavar="file", help="files, folders or patterns, or - for standard input"
    )
    parser.add_argument(
        "--format",
        default="auto",
        metavar="NAME",
        help="the format (default: auto, recognised from the file)",
    )
    parser.add_argument(
        "--as",
        dest="status",
        choices=("suggested", "accepted"),
        default="suggested",
        help="what the spans become: suggestions (default) or decisions",
    )
    parser.add_argument(
        "--annotator", metavar="NAME", help="whose they become (default: as the file says)"
    )
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")
    parser.add_argument(
        "--encoding", default="utf-8", metavar="NAME", help="encoding of the file (default: utf-8)"
    )
    parser.add_argument("--language", metavar="CODE", help="language of the documents")
    done = parser.add_mutually_exclusive_group()
    done.add_argument(
        "--done",
        action="store_const",
        const=True,
        help="mark every document as done (default: those that the file describes completely)",
    )
    done.add_argument(
        "--not-done", dest="done", action="store_const", const=False, help="mark no document as done"
    )
    parser.add_argument(
        "--similar",
        action="store_true",
        help="also put spans on stored documents with almost the same text, after listing them",
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    add_json(parser)
    parser.add_argument(
        "--strict", action="store_true", help="import nothing if anything cannot be imported"
    )


def run(options: argparse.Namespace) -> int:
    """Read all files before anything is imported. Returns 0, or 3 if --strict forbids the import."""
    if options.done and options.status != "accepted":
        raise AnnotateError("--done needs accepted spans; give --as accepted, too.")
    if options.json and options.similar and not options.yes:
        raise AnnotateError("With --json nothing can be asked; give --yes with --similar.")
    check_language(options.language or "")
    try:
        return _import(options)
    except OSError as error:
        where = error.filename or ", ".join(options.files)
        raise AnnotateError(f"{where} cannot be read or written: {error.strerror}.") from None


def _import(options: argparse.Namespace) -> int:
    from annotations.formats.format import Options
    from annotations.formats.importing import Choices, check_stored, import_files
    from annotations.formats.stored import StoredArticles
    from annotations.project.settings import find_settings, load_settings
    from annotations.store.opening import database_url, open_store
    from annotations.text.work_folder import WorkFolder
    from tui.bootstrap import annotator_name
    from tui.commands.notices import say_notices

    with WorkFolder("annotate-") as workplace:
        sources = [_source(file, options, workplace) for file in files_named(options.files)]
        database = database_url(options.db)
        choices = Choices(
            options.status,
            annotator_name(options.annotator),
            options.annotator is None,
            options.done,
            options.strict,
            load_settings(find_settings(Path.cwd())).scheme,
            _asking(options.yes, options.json) if options.similar else None,
        )
        store = open_store(database)
        say_notices(store)
        try:
            known = StoredArticles(store)
            reading = Options(find=known.find, encoding=options.encoding)
            with progress("Reading", None) as seen:
                files = (one.read(reading, seen) for one in sources)
                report = import_files(files, store, choices)
        finally:
            store.close()
    if report.stored:
        store = open_store(database, read_only=True)
        try:
            with progress("Comparing", len(report.stored)) as seen:
                check_stored(report, store, seen)
        finally:
            store.close()
    if options.json:
        formats = {one.name: one.format for one in sources}
        say_json({"database": database, "formats": formats, **_as_json(report)})
    else:
        _say_what_came_in(report, options.status)
    return 0


@dataclass(frozen=True)
class _Source:
    """A file or folder to import."""

    file: str
    """The name as given on the command line."""
    path: Path
    name: str
    format: str
    language: str
    """The code of the language of its documents; empty if it was not stated."""

    def read(
        self, options: "Options", seen: "Callable[[Iterable[Reading]], Iterable[Reading]]"
    ) -> "ImportFile":
        """What is read from it; each reading passes through `seen`."""
        from annotations.formats.importing import ImportFile
        from annotations.formats.registry import load

        readings = load(self.format).read(self.path, self.name, options)
        if self.language:
            readings = (reading.stating_language(self.language) for reading in readings)
        return ImportFile(self.file, seen(readings))


def _source(file: str, options: argparse.Namespace, workplace: Path) -> _Source:
    """A file with its format; standard input is copied to `workplace`."""
    import shutil

    from annotations.formats.recognition import recognise
    from annotations.formats.registry import entry

    path, name = Path(file), file
    if file == "-":
        path, name = workplace / "input", "standard input"
        with path.open("wb") as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
    chosen = recognise(path, name, options.encoding) if options.format == "auto" else options.format
    if options.format == "auto" and not options.json:
        say(f"Read {name} as {entry(chosen).title}.")
    if not entry(chosen).reads:
        raise AnnotateError(
            f"The format {chosen} can only be written, not read; choose another one (see: annotate formats)."
        )
    return _Source(file, path, name, chosen, options.language or "")


def _as_json(report: "ImportReport") -> dict[str, object]:
    return {
        "documents": report.documents,
        "new_documents": report.new_documents,
        "spans": report.spans,
        "became": dict(report.became),
        "kept": report.kept,
        "rejected": report.rejected,
        "marked_done": report.marked_done,
        "passed_over_done": report.passed_over_done,
        "same_text": dict(report.same_text),
        "no_place": report.unplaced,
        "not_imported": [loss_object(line) for line in report.losses.lost()],
    }


def _asking(yes: bool, quiet: bool) -> "Callable[[Sequence[Likeness]], bool]":
    """Returns a function that shows on which documents spans would be put, and asks."""

    def ask(found: "Sequence[Likeness]") -> bool:
        for one in [] if quiet else found:
            left = f", {one.unplaced} without a place" if one.unplaced else ""
            say(
                f"  {one.name} has almost the same text as {one.known.name}: "
                f"{counted(one.placed, 'span')} placed{left}"
            )
        return confirmed("Put these spans there?", yes)

    return ask


def _say_what_came_in(report: "ImportReport", status: str) -> None:
    for line in report.losses.lost():
        say(loss_line("not imported", line))
    for one in report.unplaced:
        say(f"  no place: {one}")
    for name, known in report.same_text[:NAMED]:
        say(f"  {name} has the same text as {known}; both are kept")
    if (more := len(report.same_text) - NAMED) > 0:
        say(f"  {counted(more, 'more document')} with the same text as another one; all are kept")
    if report.passed_over_done:
        say(f"  {counted(report.passed_over_done, 'document')} already done: no suggestion was added")
    if report.rejected:
        say(f"  {counted(report.rejected, 'span')} rejected in the file, so not suggested")
    say(
        f"{counted(report.spans, 'span')} in {counted(report.documents, 'document')} became"
        f" {_became(report, status)} ({counted(report.new_documents, 'new document')},"
        f" {report.marked_done} marked done);"
        f" {report.kept} were there or decided already."
    )


def _became(report: "ImportReport", status: str) -> str:
    """What the spans became: one word if it is the same for all."""
    if len(report.became) < 2:
        return next(iter(report.became), status)
    return ", ".join(f"{kind}: {number}" for kind, number in sorted(report.became.items()))
