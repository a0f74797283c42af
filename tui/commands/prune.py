"""`annotate prune`: remove old history permanently."""

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from annotations.model.errors import AnnotateError
from annotations.text.plural import counted
from tui.command_line.output import add_json

if TYPE_CHECKING:
    from annotations.store.tinydb_file.pruning import PruningPlan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The time before which history is removed, and whether backups are removed, too."""
    parser.add_argument(
        "--before", required=True, metavar="TIME", help="a time such as 2021-04-08 (local time), or now"
    )
    parser.add_argument(
        "--backups", action="store_true", help="also delete backups with an earlier state"
    )
    sure = parser.add_mutually_exclusive_group()
    sure.add_argument("--yes", action="store_true", help="do not ask")
    sure.add_argument(
        "--dry-run", action="store_true", help="show what would be deleted, and delete nothing"
    )
    add_json(parser)
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")


def run(options: argparse.Namespace) -> int:
    """Show what would be removed, ask, remove it, and say how much was removed."""
    from datetime import UTC

    from annotations.store.opening import database_url, open_upkeep
    from tui.command_line.output import say, say_json
    from tui.commands.confirmation import confirmed
    from tui.commands.moment import parse_moment

    if options.json and not (options.yes or options.dry_run):
        raise AnnotateError("With --json nothing can be asked; give --dry-run or --yes, too.")
    moment = datetime.now(UTC) if options.before == "now" else parse_moment(options.before)
    upkeep = open_upkeep(database_url(options.db))
    plan = upkeep.plan(moment)
    if options.json:
        if options.yes and plan.commits:
            upkeep.prune(moment, backups=options.backups)
        say_json(_as_json(plan, moment, options))
        return 0
    if not plan.commits:
        say(f"There is no history before {_local(moment)}; nothing was deleted.")
        return 0
    for line in _removed_lines(plan, options.backups):
        say(line)
    if options.dry_run:
        return 0
    if not confirmed("Delete it for ever?", options.yes):
        say("Nothing was deleted.")
        return 1
    pruned = upkeep.prune(moment, backups=options.backups)
    say(
        f"Deleted {counted(pruned.commits, 'commit')} and {counted(pruned.backups, 'backup')} from "
        f"before {_local(moment)}; the annotations have not changed."
    )
    return 0


def _as_json(plan: "PruningPlan", moment: datetime, options: argparse.Namespace) -> dict[str, object]:
    """What would be removed, and whether it was."""
    return {
        "before": moment.isoformat(timespec="seconds"),
        "forgotten": bool(options.yes and plan.commits),
        "commits": plan.commits,
        "edits": plan.edits,
        "kept": plan.kept,
        "kept_with_an_earlier_time": plan.earlier_kept,
        "backups": [str(path) for path in plan.backups] if options.backups else [],
        "backups_kept": [] if options.backups else [str(path) for path in plan.backups],
        "set_aside": [str(path) for path in plan.set_aside],
    }


def _removed_lines(plan: "PruningPlan", backups: bool) -> list[str]:
    commits, edits = counted(plan.commits, "commit"), counted(plan.edits, "edit")
    lines = [f"To be deleted for ever: {commits} with {edits}"]
    if plan.first and plan.last:
        lines[0] += f", from {_local(plan.first)} to {_local(plan.last)}"
    lines[0] += "."
    lines.append(f"To be kept: {counted(plan.kept, 'commit')}, and all annotations.")
    if plan.earlier_kept:
        lines.append(
            f"Of these, {counted(plan.earlier_kept, 'commit')} with an earlier time come after a "
            f"later one: the clocks disagree, so the order in the journal decides."
        )
    if plan.backups:
        names = ", ".join(path.name for path in plan.backups)
        what = "also removed" if backups else "kept (--backups removes them)"
        lines.append(f"Backups of an earlier state, {what}: {names}.")
    if plan.set_aside:
        names = ", ".join(path.name for path in plan.set_aside)
        lines.append(f"Set aside earlier, kept, may contain old history: {names}.")
    return lines


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"
