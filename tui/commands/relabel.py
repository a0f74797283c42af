"""`annotate relabel OLD NEW`: replace one label by another in all documents."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.model.errors import AnnotateError
from tui.command_line.output import add_json

if TYPE_CHECKING:
    from annotations.model.document import Document


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The old label, the new label, and the documents."""
    parser.add_argument("old", metavar="OLD", help="the label that spans have now")
    parser.add_argument("new", metavar="NEW", help="the label that they get")
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")
    parser.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="FILE",
        help="only this document: its path, its name or the start of its id (repeatable)",
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write one edit for each document and annotator, which can be undone, and say how much changed."""
    from annotations.editing.relabelling import number_relabelled, relabelling
    from annotations.formats.export_filter import ExportFilter
    from annotations.model.annotation_set import AnnotationSet
    from annotations.project.settings import is_label_name
    from annotations.store.interface import Pending
    from annotations.store.opening import database_url, open_store
    from annotations.store.stamp import login_name
    from annotations.text.plural import counted
    from tui.command_line.output import say, say_json

    old, new = options.old, options.new
    if not is_label_name(new):
        raise AnnotateError(f"{new!r} is not a name for a label; use one without spaces.")
    database = database_url(options.db)
    selection = ExportFilter(documents=options.document)
    store = open_store(database, existing=True)
    try:
        wanted = [document for document in store.documents() if selection.wants_document(document)]
        if options.document and not wanted:
            raise AnnotateError(
                f"{database} has none of these documents; `annotate list` shows those it has."
            )
        _refuse_unknown(new, wanted)
        pending = [
            Pending(document.id, row.annotator, edit)
            for document in wanted
            for row in store.annotations(document.id)
            if (
                edit := relabelling(AnnotationSet.from_row(row), old, new, login_name() or row.annotator)
            )
            is not None
        ]
        if pending:
            store.commit(pending)
    finally:
        store.close()
    spans = sum(number_relabelled(one.edit, old) for one in pending)
    documents = len({one.document for one in pending})
    if options.json:
        say_json({"from": old, "to": new, "spans": spans, "documents": documents})
        return 0
    if not pending:
        say(f"Nothing to change: no accepted or undecided span is labelled {old}.")
        return 0
    say(f"Changed {counted(spans, 'span')} in {counted(documents, 'document')} from {old} to {new}.")
    return 0


def _refuse_unknown(new: str, documents: Iterable["Document"]) -> None:
    """Raise an error if a project, here or of a document, has its own labels and this is not one of them."""
    from annotations.project.settings import find_settings, load_settings

    folders = {Path.cwd(), *(Path(document.path).parent for document in documents)}
    files = {find_settings(folder) for folder in folders if folder.is_absolute()}
    for file in sorted(file for file in files if file is not None):
        scheme = load_settings(file).scheme
        if not scheme.accepts(new):
            names = ", ".join(label.name for label in scheme)
            raise AnnotateError(f"{new} is not a label of {file}; its labels are {names}.")
