"""How a file of an older schema is converted to the present one: one module for each step, each a pure function.

| schema | what it was |
|---|---|
| 1 | tables `documents` and `annotations` as stock TinyDB writes them, without `meta` and a journal |
| 2 | `meta` says which commit of the journal the file is complete to; a document names its SHA-256 |
| 3 | two documents may have the same text: the second one has an `id`; a document may have a `name` |
"""

from collections.abc import Callable, Mapping

from annotations.store.tinydb_file.foreign import Tables
from annotations.store.tinydb_file.migrations import from_1, from_2

STEPS: Mapping[int, Callable[[Tables], Tables]] = {1: from_1.migrated, 2: from_2.migrated}


def migrated(schema: int, tables: Tables) -> Tables:
    """The rows of a file of an older schema in the form of the present one.

    Raises `Unreadable` for rows that do not fit their schema.
    """
    while schema in STEPS:
        tables = STEPS[schema](tables)
        schema += 1
    return tables
