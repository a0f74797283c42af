"""`annotate doctor`: say what is wrong with a database, and write a repaired copy."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which database, and where the copy goes."""
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")
    parser.add_argument(
        "--repair", action="store_true", help="write a repaired copy; the original is not touched"
    )
    parser.add_argument(
        "--output", metavar="FILE", help="the copy (default: the database's name with -repaired)"
    )


def run(options: argparse.Namespace) -> int:
    """Print all findings; 0 when there is no damage or a copy was written, else 1."""
    from pathlib import Path

    from annotations.store.opening import database_url, open_upkeep
    from tui.output import say

    upkeep = open_upkeep(database_url(options.db))
    damage = 0
    for finding in upkeep.inspect():
        damage += finding.damage
        mark = "damage" if finding.damage else "note"
        say(f"{mark:<7} {finding.file}: {finding.what}")
    if options.repair:
        for line in upkeep.repair(Path(options.output) if options.output else None):
            say(line)
        return 0
    if damage:
        say("`annotate doctor --repair` writes a repaired copy and leaves everything as it is.")
    else:
        say("No damage.")
    return 1 if damage else 0
