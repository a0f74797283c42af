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
    import os
    from pathlib import Path

    from annotations.model.errors import AnnotateError
    from annotations.store.files import StoreFiles
    from annotations.store.inspection import inspect
    from annotations.store.location import database_path
    from annotations.store.repair import repair
    from tui.output import say

    database = database_path(options.db)
    files = StoreFiles.at(database)
    if not files.folder.is_dir() or not any(
        map(os.path.lexists, (files.base, files.journal, *files.earlier()))
    ):
        raise AnnotateError(f"There is no database {database}; name it with --db.")
    damage = 0
    try:
        for finding in inspect(database):
            damage += finding.damage
            mark = "damage" if finding.damage else "note"
            say(f"{mark:<7} {finding.file}: {finding.what}")
        if options.repair:
            name = f"{database.stem}-repaired{database.suffix}"
            copy = Path(options.output or database.with_name(name)).absolute()
            for line in repair(database, copy):
                say(line)
            return 0
    except OSError as error:
        where = error.filename or database
        raise AnnotateError(f"{where} cannot be read or written: {error.strerror}.") from None
    if damage:
        say("`annotate doctor --repair` writes a repaired copy and leaves everything as it is.")
    else:
        say("No damage.")
    return 1 if damage else 0
