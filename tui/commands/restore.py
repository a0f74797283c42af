"""`annotate restore`: restore an earlier state of the annotations, as a new edit."""

import argparse
from typing import TYPE_CHECKING

from annotations.model.errors import AnnotateError
from annotations.text.plural import counted
from tui.command_line.output import add_json

if TYPE_CHECKING:
    from annotations.model.document import Document
    from annotations.store.interface import EarlierState


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The article, the annotator, and the time."""
    parser.add_argument("article", help="the text file")
    parser.add_argument(
        "--at",
        metavar="TIME",
        help="a time such as 2021-04-08T16:30 (local time); not for a removed article",
    )
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")
    parser.add_argument("--annotator", metavar="NAME", help="the annotator (default: your login name)")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the edit, and say what it changed; without a time, restore a removed article."""
    if not options.at:
        return _put_back(options)
    from annotations.editing.difference import restoring
    from annotations.editing.history import describe
    from annotations.store.interface import Pending
    from annotations.store.opening import database_of_articles, open_store
    from annotations.store.stamp import login_name
    from tui.command_line.output import say, say_json
    from tui.commands.moment import parse_moment
    from tui.commands.notices import say_notices
    from tui.commands.stored_article import stored_article

    annotator = options.annotator or login_name()
    moment = parse_moment(options.at)
    database = database_of_articles(options.db, [options.article])
    store = open_store(database, existing=True)
    say_notices(store)
    try:
        document = stored_article(store, options.article)
        now = store.load(document, annotator)
        if not len(now.spans) and annotator not in {
            row.annotator for row in store.annotations(document.id)
        }:
            raise AnnotateError(f"{database} has no annotations of {options.article} by {annotator}.")
        then = store.annotations_at(document, annotator, moment)
        edit = restoring(now, then.annotations, annotator)
        if edit is not None:
            store.commit([Pending(document.id, annotator, edit)])
    finally:
        store.close()
    disagreement = _disagreement(then) if then.later or then.earlier else ""
    what = "" if edit is None else describe(edit, document.text)
    if options.json:
        at = moment.isoformat()
        say_json({"document": document.name, "at": at, "what": what, "clocks": disagreement})
        return 0
    if disagreement:
        say(disagreement)
    if edit is None:
        say(f"Nothing has changed since {moment:%Y-%m-%d %H:%M:%S}.")
    else:
        say(f"{annotator} {what}, as of {moment:%Y-%m-%d %H:%M:%S}.")
    return 0


def _disagreement(then: "EarlierState") -> str:
    """A message for a journal in which the times of the commits contradict their order."""
    parts = []
    if then.later:
        parts.append(f"{counted(then.later, 'commit')} before it with a later time")
    if then.earlier:
        parts.append(f"{counted(then.earlier, 'commit')} after it with an earlier time")
    return (
        f"The clocks disagree, so the order in the journal decides: this is the state after commit "
        f"{then.sequence}; there are {' and '.join(parts)}."
    )


def _put_back(options: argparse.Namespace) -> int:
    from datetime import datetime

    from annotations.store.opening import database_of_articles, open_store
    from tui.command_line.output import say, say_json
    from tui.commands.notices import say_notices
    from tui.commands.stored_article import matches_article

    database = database_of_articles(options.db, [options.article])
    store = open_store(database, existing=True)
    say_notices(store)
    try:
        found = store.last_removed(matches_article(options.article))
        if found is None:
            raise AnnotateError(
                f"No article {options.article} was removed from {database} within its history; to "
                f"bring back an earlier state of an article that is still there, name a time with --at."
            )
        if any(_is_same(found.document, known) for known in store.with_text(found.document.sha256)):
            raise AnnotateError(f"{options.article} is in {database}: it has been added again.")
        store.put_back(found)
    finally:
        store.close()
    if options.json:
        say_json({"document": found.document.name, "removed_at": found.at})
        return 0
    removed = datetime.fromisoformat(found.at).astimezone()
    say(f"{found.document.name} is back, as it was when it was removed {removed:%Y-%m-%d %H:%M:%S}.")
    return 0


def _is_same(removed: "Document", there: "Document") -> bool:
    """Whether a removed document has been added again, perhaps with another id."""
    by_name = not (removed.path and there.path)
    same = removed.name == there.name if by_name else removed.path == there.path
    return removed.id == there.id or same
