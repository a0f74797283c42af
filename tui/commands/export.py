"""`annotate export`: write labelled spans as training data, or for another tool."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.model.errors import AnnotateError
from annotations.model.span import STATUSES
from annotations.text.plural import counted
from tui.command_line.corpus_arguments import add_texts
from tui.command_line.output import add_json, say, say_json, warn
from tui.commands.loss_lines import loss_line, loss_object
from tui.commands.named_documents import (
    NamedDocuments,
    find_documents,
    named_documents,
    warn_of_not_stored,
)
from tui.commands.progress import progress

if TYPE_CHECKING:
    from annotations.formats.export import Report
    from annotations.store.interface import Store

UNDONE = ("missing", "outside", "leave-out")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to write, in which format, and to which file."""
    add_texts(parser, "articles, folders, patterns or files of texts (default: all documents)")
    parser.add_argument(
        "--format", required=True, metavar="NAME", help="the format; annotate formats lists them"
    )
    parser.add_argument(
        "--output", "-o", required=True, metavar="FILE", help="a new file, or - for standard output"
    )
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")
    parser.add_argument(
        "--label", action="append", default=[], metavar="NAME", help="only this label (repeatable)"
    )
    parser.add_argument(
        "--status",
        action="append",
        choices=(*STATUSES, "all"),
        help="only spans with this status (repeatable; default: accepted)",
    )
    parser.add_argument(
        "--annotator",
        action="append",
        default=[],
        metavar="NAME",
        help="only by this annotator (repeatable)",
    )
    parser.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="FILE",
        help="only this document: its path, its name or the start of its id (repeatable)",
    )
    parser.add_argument(
        "--undone",
        choices=UNDONE,
        help="how documents that are not done are written: undecided text as missing (unknown) or as "
        "outside (no entity), or not at all (annotate formats lists the choices, the default first)",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="write nothing if anything would be lost or a document is not done",
    )
    parser.add_argument("--force", action="store_true", help="overwrite existing files")
    parser.add_argument(
        "--split", metavar="SHARES", help="write a folder of parts, such as train=0.8,dev=0.2"
    )
    parser.add_argument("--seed", type=int, default=0, help="the seed of the split (default: 0)")
    parser.add_argument(
        "--unit",
        choices=("document", "paragraph", "sentence"),
        default="document",
        help="what becomes one document in the file (default: document)",
    )
    parser.add_argument(
        "--language",
        metavar="CODE",
        help="one language for all documents (default: each document's own)",
    )
    add_json(parser)
    parser.add_argument(
        "--history",
        action="store_true",
        help="in the program's own JSONL: also write what can be undone and redone",
    )


def run(options: argparse.Namespace) -> int:
    """List what the format cannot hold, then write. Returns 0, or 3 if --strict forbids writing."""
    import shutil

    from annotations.formats.division import Split, parse_shares
    from annotations.formats.export import Export
    from annotations.formats.export_filter import ExportFilter
    from annotations.formats.export_plan import plan
    from annotations.formats.format import Options
    from annotations.formats.registry import entry
    from annotations.formats.stored import stored_documents
    from annotations.project.settings import find_settings, load_settings
    from annotations.store.opening import open_store
    from annotations.text.work_folder import WorkFolder
    from tui.bootstrap import language_choice
    from tui.commands.notices import say_notices

    chosen = entry(options.format)
    if not chosen.writes:
        raise AnnotateError(
            f"The format {chosen.name} can only be read, not written; choose another one (see: annotate formats)."
        )
    to_stdout = options.output == "-"
    if to_stdout and (chosen.is_folder or options.split):
        raise AnnotateError("Several files cannot go to standard output; name a folder with --output.")
    if to_stdout and options.json:
        raise AnnotateError("--json and --output - both write to standard output; name a file.")
    shares = parse_shares(options.split) if options.split else None
    statuses = options.status or ["accepted"]
    settings = load_settings(find_settings(Path.cwd()))
    scheme, languages = settings.scheme, language_choice(settings, options.language, None)
    labels = tuple(label.name for label in scheme)
    named = named_documents(options)
    store = open_store(named.database, read_only=True, existing=True)
    say_notices(store)
    try:
        selection = ExportFilter(
            options.label,
            () if "all" in statuses else tuple(statuses),
            options.annotator,
            options.document,
            _named_ids(options, named, store),
        )
        with progress("Looking", None) as seen:
            known = seen(stored_documents(store, scheme, with_values=False))
            planned = plan(known, selection, chosen, options.undone)
        with WorkFolder("annotate-") as workplace:
            output = workplace / f"output{chosen.suffix}" if to_stdout else Path(options.output)
            export = Export(
                chosen,
                output.absolute(),
                Options(options.language or "", options.history, labels=labels, undone=planned.undone),
                options.unit,
                options.strict,
                options.force,
                Split(shares, options.seed) if shares else None,
                planned,
            )
            with progress("Writing", len(planned.written)) as seen:
                only = planned.written
                report = export.run(
                    lambda: seen(stored_documents(store, scheme, only=only, languages=languages)),
                    _announce,
                )
            if to_stdout:
                with output.open("rb") as written:
                    shutil.copyfileobj(written, sys.stdout.buffer)
                sys.stdout.buffer.flush()
    finally:
        store.close()
    _say_written(report, options)
    return 0


def _say_written(report: "Report", options: argparse.Namespace) -> None:
    if options.json:
        say_json(_as_json(report, options.format))
    elif options.output != "-":
        for file in report.files:
            say(f"Wrote {file}")


def _as_json(report: "Report", name: str) -> dict[str, object]:
    return {
        "format": name,
        "files": [str(file) for file in report.files],
        "parts": {
            part: {"documents": written.documents, "spans": written.spans}
            for part, written in report.parts.items()
        },
        "remarks": [remark.words for remark in report.remarks],
        "lost": [loss_object(line) for line in report.losses.lost()],
        "left_out": [loss_object(line) for line in report.losses.left_out()],
    }


def _named_ids(
    options: argparse.Namespace, named: "NamedDocuments", store: "Store"
) -> frozenset[str] | None:
    """The ids of the documents that were named; `None` for all."""
    if not options.texts:
        return None
    found = find_documents(named, store)
    warn_of_not_stored(found.not_stored)
    return frozenset(found.documents)


def _announce(report: "Report") -> None:
    """Say on standard error, which is never mixed with the data, what is written and what is not."""
    for name, part in report.parts.items():
        of = f"{name}: " if len(report.parts) > 1 or name != "all" else ""
        written = f"{of}{counted(part.documents, 'document')} with {counted(part.spans, 'span')}"
        warn(written)
    for remark in report.remarks:
        warn(f"  {remark.words}")
    for title, lines in (("lost", report.losses.lost()), ("left out", report.losses.left_out())):
        for line in lines:
            warn(loss_line(title, line))
