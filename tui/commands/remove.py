"""`annotate remove`: remove documents from the database, with all their annotations."""

import argparse

from annotations.model.errors import AnnotateError
from tui.command_line.output import add_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The documents."""
    parser.add_argument(
        "document", nargs="+", help="an article's path, name, id, or place in an imported file"
    )
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show what would be removed, ask, and remove it. Returns 0, or 1 if the answer is no."""
    from annotations.store.opening import database_of_articles, open_store
    from annotations.text.plural import counted
    from tui.command_line.output import say, say_json
    from tui.commands.confirmation import confirmed
    from tui.commands.notices import say_notices
    from tui.commands.stored_article import stored_article

    if options.json and not options.yes:
        raise AnnotateError("With --json nothing can be asked; give --yes, too.")
    database = database_of_articles(options.db, options.document)
    store = open_store(database, existing=True)
    say_notices(store)
    try:
        found = {}
        for name in options.document:
            document = stored_article(store, name)
            found[document.id] = document
        for document in [] if options.json else found.values():
            sets = [
                f"{counted(sum(span.decided for span in row.spans), 'decision')} by {row.annotator}"
                for row in store.annotations(document.id)
            ]
            say(f"  {document.name}: {', '.join(sets) or 'no annotations'}")
        if not confirmed(f"Remove {counted(len(found), 'document')} from {database}?", options.yes):
            say("Nothing was removed.")
            return 1
        store.remove(found)
    finally:
        store.close()
    if options.json:
        say_json({"database": database, "removed": [one.name for one in found.values()]})
        return 0
    say(f"{counted(len(found), 'document')} removed; `annotate restore` with its name brings one back.")
    return 0
