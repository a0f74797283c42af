"""`annotate prune`: forget history for good."""

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from annotations.text.plural import counted

if TYPE_CHECKING:
    from annotations.store.tinydb_file.pruning import PruningPlan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Up to when, and whether the backups go, too."""
    parser.add_argument(
        "--before", required=True, metavar="TIME", help="such as 2021-04-08, local time; or now"
    )
    parser.add_argument("--backups", action="store_true", help="remove backups from before, too")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")


def run(options: argparse.Namespace) -> int:
    """Show what would go, ask, forget it, and say how much went."""
    from datetime import UTC

    from annotations.store.opening import database_url, open_upkeep
    from tui.commands.confirmation import confirmed
    from tui.commands.moment import parse_moment
    from tui.output import say

    moment = datetime.now(UTC) if options.before == "now" else parse_moment(options.before)
    upkeep = open_upkeep(database_url(options.db))
    plan = upkeep.plan(moment)
    if not plan.commits:
        say(f"No history is from before {_local(moment)}; nothing was forgotten.")
        return 0
    for line in _would_go(plan, options.backups):
        say(line)
    if not confirmed("Forget it for good?", options.yes):
        say("Nothing was forgotten.")
        return 1
    pruned = upkeep.prune(moment, backups=options.backups)
    say(
        f"Forgot {counted(pruned.commits, 'commit')} and {counted(pruned.backups, 'backup')} from before "
        f"{_local(moment)}; the annotations are as they were."
    )
    return 0


def _would_go(plan: "PruningPlan", backups: bool) -> list[str]:
    commits, edits = counted(plan.commits, "commit"), counted(plan.edits, "edit")
    lines = [f"To be forgotten for good: {commits} with {edits}"]
    if plan.first and plan.last:
        lines[0] += f", from {_local(plan.first)} to {_local(plan.last)}"
    lines[0] += "."
    lines.append(f"To be kept: {counted(plan.kept, 'commit')}, and all annotations.")
    if plan.earlier_kept:
        lines.append(
            f"Of these, {counted(plan.earlier_kept, 'commit')} with an earlier time come after a later "
            "one: the clocks disagree, and the order of the journal counts."
        )
    if plan.backups:
        names = ", ".join(path.name for path in plan.backups)
        what = "removed, too" if backups else "kept (--backups removes them)"
        lines.append(f"Backups with a state from before, {what}: {names}.")
    if plan.set_aside:
        names = ", ".join(path.name for path in plan.set_aside)
        lines.append(f"Set aside earlier, kept, and perhaps with old history: {names}.")
    return lines


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"
