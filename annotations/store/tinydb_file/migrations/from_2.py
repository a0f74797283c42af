"""From schema 2 to 3: a document has an id, which for those of schema 2 is the SHA-256 they have.

A row of schema 2 is therefore a row of schema 3, and so is each row and edit of a journal of schema 2:
history, undo and the sets of several annotators stay as they are. Only the number of the schema
changes, so that an older program, which treats documents with the same text as one, refuses the file.
"""

from annotations.store.tinydb_file.foreign import Tables


def migrated(tables: Tables) -> Tables:
    """The tables of a file of schema 2 as schema 3 has them: as they are."""
    return tables
