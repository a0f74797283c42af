"""`annotate prune`: forget history for good."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Up to when."""
    parser.add_argument(
        "--before", required=True, metavar="TIME", help="such as 2021-04-08, local time; or now"
    )
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")


def run(options: argparse.Namespace) -> int:
    """Forget, and say how much went."""
    from datetime import UTC, datetime

    from annotations.errors import AnnotateError
    from annotations.store.location import database_path
    from annotations.store.pruning import prune
    from tui.commands.moment import parse_moment
    from tui.output import say

    moment = datetime.now(UTC) if options.before == "now" else parse_moment(options.before)
    database = database_path(options.db)
    if not database.exists():
        raise AnnotateError(f"There is no database {database}; name it with --db.")
    pruned = prune(database, moment)
    say(
        f"Forgot {pruned.commits} commits and {pruned.backups} backups from before "
        f"{moment.astimezone():%Y-%m-%d %H:%M:%S}; the annotations are as they were."
    )
    return 0
