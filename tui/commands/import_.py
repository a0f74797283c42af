"""`annotate import`: take labelled spans from a file of another tool."""

import argparse
import sys
from pathlib import Path

from annotations.errors import AnnotateError
from annotations.plural import counted
from tui.commands.loss_lines import describe, visible
from tui.commands.progress import progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to read, and what it becomes."""
    parser.add_argument("file", help="a file or folder, or - for standard input")
    parser.add_argument(
        "--format", default="auto", metavar="NAME", help="see: annotate formats (default: auto)"
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
    parser.add_argument("--language", default="en", metavar="CODE", help="of formats with words")
    parser.add_argument(
        "--strict", action="store_true", help="take nothing in if anything cannot be taken in"
    )


def run(options: argparse.Namespace) -> int:
    """Read the whole file before anything is taken in. 0, or 3 where --strict forbids it."""
    import shutil
    import tempfile

    from annotations.formats.format import Options
    from annotations.formats.importing import import_readings
    from annotations.formats.recognition import recognise
    from annotations.formats.registry import entry, load
    from annotations.formats.stored import StoredArticles
    from annotations.formats.white_space import without_white_space
    from annotations.store.location import database_path
    from annotations.store.tinydb_store import open_store
    from tui.opening import annotator_name

    with tempfile.TemporaryDirectory(prefix="annotate-") as workplace:
        path, name = Path(options.file), options.file
        if options.file == "-":
            path, name = Path(workplace) / "input", "standard input"
            with path.open("wb") as copy:
                shutil.copyfileobj(sys.stdin.buffer, copy)
        chosen = recognise(path, name) if options.format == "auto" else options.format
        if options.format == "auto":
            print(f"Took {visible(name)} for {entry(chosen).title}.")
        if not entry(chosen).reads:
            raise AnnotateError(f"The format {chosen} is only written, not read.")
        store = open_store(database_path(options.db))
        try:
            known = StoredArticles(store)
            readings = load(chosen).read(path, name, Options(options.language, find=known.find))
            with progress("Reading", None) as seen:
                report = import_readings(
                    without_white_space(seen(readings)),
                    store,
                    status=options.status,
                    annotator=annotator_name(options.annotator),
                    by_file=options.annotator is None,
                    name=options.file,
                    strict=options.strict,
                )
        finally:
            store.close()
    for line in report.losses.lost():
        print(describe("not taken in", line))
    for one in report.unplaced:
        print(f"  no place: {visible(one)}")
    print(
        f"{counted(report.spans, 'span')} in {counted(report.documents, 'document')} became"
        f" {options.status} ({counted(report.new_documents, 'new document')},"
        f" {report.moved_documents} with moved offsets);"
        f" {report.kept} were there or decided already."
    )
    return 0
