"""`annotate log`: who did what when, in plain words."""

import argparse

from tui.command_line.output import add_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The article, and the annotator."""
    parser.add_argument("article", help="the text file")
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")
    parser.add_argument("--annotator", metavar="NAME", help="only the annotations of this annotator")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print one line for each edit, oldest first, or one JSON value."""
    from datetime import datetime

    from annotations.editing.history import describe
    from annotations.model.edit import Edit
    from annotations.store.opening import database_of_articles, open_store
    from tui.command_line.output import say, say_json
    from tui.commands.notices import say_notices
    from tui.commands.stored_article import stored_article

    database = database_of_articles(options.db, [options.article])
    store = open_store(database, read_only=True, existing=True)
    say_notices(store)
    edits: dict[str, Edit] = {}
    lines: list[dict[str, str]] = []
    try:
        document = stored_article(store, options.article)
        for entry in store.history(document.id):
            edit = entry.edit
            edits[edit.id] = edit
            whose = entry.annotator
            if edit.kind == "place" and not edit.changes:
                continue
            if options.annotator in (None, whose):
                moment = datetime.fromisoformat(edit.at).astimezone()
                own = edit.by == whose and edit.kind not in ("suggest", "external")
                who = whose if own else f"{edit.by} for {whose}"
                what = describe(edit, document.text, edits.get(edit.of))
                if options.json:
                    line = {"at": edit.at, "annotator": whose, "by": edit.by, "kind": edit.kind}
                    lines.append({**line, "id": edit.id, "what": what})
                else:
                    say(f"{moment:%Y-%m-%d %H:%M:%S}  {who}  {what}")
    finally:
        store.close()
    if options.json:
        say_json({"database": database, "document": document.name, "edits": lines})
    return 0
