"""`annotate done`: mark documents as done, or undo that."""

import argparse

from tui.command_line.corpus_arguments import add_texts
from tui.command_line.output import add_json

LISTED = 10
"""How many documents are listed, one line each; if there are more, a last line gives the total."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The documents, and the annotator."""
    add_texts(parser, "articles, folders, patterns or files of texts", required=True)
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")
    parser.add_argument("--annotator", metavar="NAME", help="the annotator (default: your login name)")
    parser.add_argument(
        "--yes",
        action="store_true",
        help="mark articles with undecided suggestions too; these then count as no entity",
    )
    parser.add_argument("--undo", action="store_true", help="mark the articles as not done")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Mark all of the documents in one commit, or none of them, and report the state of each."""
    from pathlib import Path

    from annotations.editing.done import Marking, marked
    from annotations.editing.label_mapping import ShownSuggestions
    from annotations.model.errors import AnnotateError
    from annotations.project.settings import find_settings, load_settings
    from annotations.store.interface import Pending
    from annotations.store.opening import open_store
    from annotations.text.plural import counted
    from tui.bootstrap import annotator_name
    from tui.command_line.output import say, say_json
    from tui.commands.named_documents import find_documents, named_documents, warn_of_not_stored
    from tui.commands.progress import progress
    from tui.commands.stored_article import stored_by_ids

    annotator = annotator_name(options.annotator)
    # Only suggestions that the screen shows, with labels of the project, count as undecided.
    scheme = load_settings(find_settings(Path.cwd())).scheme
    named = named_documents(options)
    store = open_store(named.database, existing=True)
    try:
        wanted: dict[str, Marking] = {}
        found = find_documents(named, store)
        warn_of_not_stored(found.not_stored)
        with progress("Looking", len(found.documents)) as seen:
            for document in seen(stored_by_ids(store, found.documents)):
                others = [row.annotator for row in store.annotations(document.id)]
                if others and annotator not in others:
                    raise AnnotateError(
                        f"{named.database} has no annotations of {document.name} by {annotator}, only by "
                        f"{', '.join(others)}; name one of them with --annotator."
                    )
                live = store.load(document, annotator)
                ShownSuggestions(live, scheme)
                wanted[document.id] = Marking(document.name, live)
        edits = marked(wanted.values(), annotator, done=not options.undo, despite_undecided=options.yes)
        store.commit([Pending(one.annotations.document, annotator, edit) for one, edit in edits])
    finally:
        store.close()
    changed = {one.annotations.document for one, _ in edits}
    if options.json:
        done = not options.undo
        say_json(
            [
                {"name": one.name, "done": done, "changed": one.annotations.document in changed}
                for one in wanted.values()
            ]
        )
        return 0
    for one in list(wanted.values())[:LISTED]:
        state = "no longer done" if options.undo else "done"
        if one.annotations.document not in changed:
            state = "not done" if options.undo else "already done"
        say(f"{one.name}: {state}{one.left(done=not options.undo)}")
    if len(wanted) > LISTED:
        state = "no longer done" if options.undo else "marked done"
        rest = "; the others already were" if len(changed) < len(wanted) else ""
        say(f"In total, {len(changed)} of {counted(len(wanted), 'document')} {state}{rest}.")
    return 0
