"""`annotate restore`: bring an earlier state of the annotations back, as a new edit."""

import argparse
from typing import TYPE_CHECKING

from annotations.errors import AnnotateError
from annotations.plural import counted

if TYPE_CHECKING:
    from annotations.store.history import EarlierState


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
        if then.later or then.earlier:
            print(_disagreement(then))
        edit = restoring(now, then.annotations, annotator)
        if edit is None:
            print(f"Nothing differs from {moment:%Y-%m-%d %H:%M:%S}.")
            return 0
        store.commit([Pending(document.sha256, annotator, edit)])
    finally:
        store.close()
    print(f"{annotator} {describe(edit, document.text)}, as of {moment:%Y-%m-%d %H:%M:%S}.")
    return 0


def _disagreement(then: "EarlierState") -> str:
    """What a person has to know where times in the journal do not follow its order."""
    parts = []
    if then.later:
        parts.append(f"{counted(then.later, 'commit')} up to it with a later time")
    if then.earlier:
        parts.append(f"{counted(then.earlier, 'commit')} after it with an earlier time")
    return (
        f"The clocks disagree, so the order of the journal counts: this is the state after commit "
        f"{then.sequence}; there are {' and '.join(parts)}."
    )
