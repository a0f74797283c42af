"""`annotate done`: mark articles as done, or take that back."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which articles, in whose hands."""
    parser.add_argument("articles", nargs="+", metavar="article", help="a text file")
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")
    parser.add_argument("--annotator", metavar="NAME", help="whose (default: your login name)")
    parser.add_argument(
        "--yes",
        action="store_true",
        help="also where suggestions are undecided: they count as no entity",
    )
    parser.add_argument("--undo", action="store_true", help="mark them as not done any more")


def run(options: argparse.Namespace) -> int:
    """Mark all of the articles in one save, or none, and say so of each."""
    from pathlib import Path

    from annotations.editing.done import Marking, marked
    from annotations.editing.label_mapping import ShownSuggestions
    from annotations.model.errors import AnnotateError
    from annotations.project.settings import find_settings, load_settings
    from annotations.store.interface import Pending
    from annotations.store.opening import database_url, open_store
    from tui.bootstrap import annotator_name
    from tui.commands.stored_article import stored_article
    from tui.output import say

    annotator = annotator_name(options.annotator)
    # Undecided is what the screen shows, under the labels of the project.
    scheme = load_settings(find_settings(Path.cwd())).scheme
    database = database_url(options.db)
    store = open_store(database, existing=True)
    try:
        wanted: dict[str, Marking] = {}
        for article in options.articles:
            document = stored_article(store, article)
            others = [row.annotator for row in store.annotations(document.id)]
            if others and annotator not in others:
                raise AnnotateError(
                    f"{database} has nothing of {article} by {annotator}, but by {', '.join(others)}; "
                    "say with --annotator who is done with it."
                )
            live = store.load(document, annotator)
            ShownSuggestions(live, scheme)
            wanted[document.id] = Marking(document.name or article, live)
        edits = marked(wanted.values(), annotator, done=not options.undo, despite_undecided=options.yes)
        store.commit([Pending(one.annotations.document, annotator, edit) for one, edit in edits])
    finally:
        store.close()
    changed = {one.annotations.document for one, _ in edits}
    for one in wanted.values():
        state = "not done any more" if options.undo else "done"
        if one.annotations.document not in changed:
            state = "not done" if options.undo else "done already"
        say(f"{one.name}: {state}{one.left(done=not options.undo)}")
    return 0
