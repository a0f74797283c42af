"""Where a database is, by the name that a person gives: the only module that knows the kinds of databases.

Today a database is the path of a TinyDB file. Anything like `postgresql://...` is already distinguished
from paths and refused.
"""

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, overload

from annotations.model.edit import Edit
from annotations.store.interface import SaveState, Store, StoreError, Writer
from annotations.store.tinydb_file.location import (
    database_path,
    is_database_there,
    refuse_unsafe_files,
)

if TYPE_CHECKING:
    from annotations.store.tinydb_file.tinydb_store import TinyStore
    from annotations.store.tinydb_file.upkeep import Upkeep

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def database_url(option: str | None, folder: Path | None = None) -> str:
    """The database of a command: the given one, otherwise that of `ANNOTATE_DB`, otherwise `annotations.json`.

    This file is in the current folder. If texts in a `folder` are named, a database there is used
    before one in the current folder, and a new one is made there. Raises `StoreError` for a link that must not be
    followed.
    """
    chosen = option or os.environ.get("ANNOTATE_DB") or ""
    return chosen if _URL.match(chosen) else str(database_path(option, folder))


def database_of_articles(option: str | None, articles: Sequence[str]) -> str:
    """The database of a command about articles that are named one by one, by their paths, names or ids.

    One article is searched in the database in the current folder, where `annotate` keeps single
    articles. If there is no database, and for several articles, the rule for texts in their folder
    applies. Raises `StoreError`.
    """
    here = database_url(option)
    if len(articles) == 1 and database_exists(here):
        return here
    folders = {os.path.dirname(os.path.abspath(one)) for one in articles if os.path.lexists(one)}
    there = database_url(option, Path(folders.pop())) if len(folders) == 1 else here
    return there if database_exists(there) else here


def database_exists(url: str | Path) -> bool:
    """Whether there is a database at a place. Raises `StoreError` for a kind that cannot be opened."""
    return is_database_there(_path(url))


@overload
def open_store(url: Path, *, read_only: bool = False, existing: bool = False) -> "TinyStore": ...
@overload
def open_store(url: str, *, read_only: bool = False, existing: bool = False) -> Store: ...
def open_store(url: str | Path, *, read_only: bool = False, existing: bool = False) -> Store:
    """The store at a place. It need not exist yet, unless `existing` is set.

    The store at a path has its TinyDB object as `database`. Opening writes nothing;
    a `read_only` store is not rewritten when it is closed. Raises `StoreError`.
    """
    path = _path(url)
    if existing:
        _refuse_missing(path)
    from annotations.store.tinydb_file.tinydb_store import TinyStore

    return TinyStore(path, read_only=read_only)


def open_upkeep(url: str | Path) -> "Upkeep":
    """Work on the files of an existing store, also of one that cannot be opened.

    Raises `StoreError`.
    """
    path = _path(url)
    _refuse_missing(path)
    from annotations.store.tinydb_file.upkeep import Upkeep

    return Upkeep(path)


def refuse_unsafe(url: str | Path) -> None:
    """Raise `StoreError` for a store whose files must not be opened, before any is opened."""
    refuse_unsafe_files(_path(url))


def open_writer(
    url: str | Path,
    on_state: Callable[[SaveState], None],
    on_foreign: Callable[[str, str, list[Edit]], None],
    opened: Store | None = None,
) -> Writer:
    """The thread that writes the store at a place. See `StoreWriter` for the callbacks.

    `opened` is the store there, if it was opened before; it belongs to the writer from then on.
    """
    from annotations.store.writer import StoreWriter

    at_first, first = _path(url), [opened] if opened is not None else []

    def open_at(path: Path) -> Store:
        return first.pop() if first and path == at_first else open_store(path)

    return StoreWriter(at_first, open_at, on_state, on_foreign)


def _path(url: str | Path) -> Path:
    if isinstance(url, str) and _URL.match(url):
        kind = url.partition("://")[0]
        raise StoreError(f"A {kind} database cannot be opened yet; name a file with --db.")
    return Path(url)


def _refuse_missing(path: Path) -> None:
    if not is_database_there(path):
        raise StoreError(f"There is no database {path}; name it with --db.")
