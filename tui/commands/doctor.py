"""`annotate doctor`: list what is wrong with a database, and write a repaired copy."""

import argparse

from tui.command_line.output import add_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The database, and the path of the copy."""
    parser.add_argument("--db", metavar="PATH", help="the database (default: annotations.json here)")
    parser.add_argument(
        "--repair", action="store_true", help="write a repaired copy; the original is not touched"
    )
    parser.add_argument(
        "--output", metavar="FILE", help="the copy (default: the database's name with -repaired)"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print all findings; returns 0 if there is no damage or a copy was written, otherwise 1."""
    from pathlib import Path

    from annotations.store.opening import database_url, open_upkeep
    from tui.command_line.output import say, say_json

    upkeep = open_upkeep(database_url(options.db))
    findings = upkeep.inspect()
    damage = any(finding.damage for finding in findings)
    if not options.json:
        for finding in findings:
            mark = "damage" if finding.damage else "note"
            say(f"{mark:<7} {finding.file}: {finding.what}")
    repaired = upkeep.repair(Path(options.output) if options.output else None) if options.repair else []
    if options.json:
        found = [{"file": str(one.file), "what": one.what, "damage": one.damage} for one in findings]
        say_json({"damage": damage, "findings": found, "repair": list(repaired)})
    elif options.repair:
        for line in repaired:
            say(line)
    elif damage:
        say("`annotate doctor --repair` writes a repaired copy and leaves everything as it is.")
    else:
        say("No damage.")
    return 1 if damage and not options.repair else 0
