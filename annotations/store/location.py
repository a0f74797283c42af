"""Where the database of a command is."""

import os
from pathlib import Path


def database_path(option: str | None) -> Path:
    """The database: as given, else by `ANNOTATE_DB`, else `annotations.json` in this folder."""
    return Path(option or os.environ.get("ANNOTATE_DB") or "annotations.json").expanduser().absolute()
