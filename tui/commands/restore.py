"""`annotate restore`: bring an earlier state of the annotations back, as a new edit."""

import argparse

from annotations.errors import AnnotateError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which article, whose annotations, and from when."""
    parser.add_argument("article", help="the text file")
    parser.add_argument(
        "--at", required=True, metavar="TIME", help="such as 2021-04-08T16:30, local time"
    )
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")
    parser.add_argument("--annotator", metavar="NAME", help="whose (default: your login name)")


def run(options: argparse.Namespace) -> int:
    """Write the edit, and say what it changed."""
    from annotations.history import describe
    from annotations.store.database import login_name
    from annotations.store.history import annotations_at, restoring
    from annotations.store.location import database_path
    from annotations.store.protocol import Pending
    from annotations.store.tinydb_store import open_store
    from tui.commands.moment import parse_moment
    from tui.commands.stored_article import stored_article
    from tui.output import say

    annotator = options.annotator or login_name()
    moment = parse_moment(options.at)
    database = database_path(options.db)
    store = open_store(database)
    try:
        document = stored_article(store, options.article, database)
        now = store.load(document, annotator)
        if not len(now.spans) and annotator not in {
            row.annotator for row in store.annotations(document.sha256)
        }:
            raise AnnotateError(f"There is nothing of {options.article} by {annotator} in {database}.")
        then = annotations_at(database, document, annotator, moment)
        edit = restoring(now, then, annotator)
        if edit is None:
            say(f"Nothing differs from {moment:%Y-%m-%d %H:%M:%S}.")
            return 0
        store.commit([Pending(document.sha256, annotator, edit)])
    finally:
        store.close()
    say(f"{annotator} {describe(edit, document.text)}, as of {moment:%Y-%m-%d %H:%M:%S}.")
    return 0
