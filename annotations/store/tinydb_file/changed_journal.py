"""What to do when another program has emptied, cut, overwritten or replaced the open journal."""

from annotations.store.interface import StoreError
from annotations.store.stamp import now
from annotations.store.tinydb_file.open_files import OpenFiles
from annotations.store.tinydb_file.segment import extent_of


def leave_changed_journal(opened: OpenFiles) -> None:
    """Continue in a new journal if the open one was emptied, cut or overwritten.

    Everything that was saved is in the state in memory, so it gets into the TinyDB file.
    """
    named = opened.journal.is_named()
    if not named and opened.journal.goes_on():
        opened.journal.close()
        return
    if not named and not _refuse_other_journal(opened):
        opened.journal.close()
        opened.unsettled = True
        return
    aside = opened.journal.set_aside(now())
    opened.journal.close()
    opened.checkpoint(as_beginning=True)
    opened.note(
        f"{opened.files.journal} was emptied, cut or overwritten by another program; nothing that "
        f"was saved is lost: {opened.files.base} has it all; the history starts again, and what "
        f"the journal held was kept as {aside}."
    )


def take_name_back(opened: OpenFiles) -> None:
    """Write the open journal again if a file that does not continue it has its name."""
    if not _refuse_other_journal(opened):
        return
    aside = opened.journal.set_aside(now())
    opened.journal.bring_back(opened.mode())
    opened.note(
        f"{opened.files.journal} was replaced by an older or another file while it was open; it was "
        f"written again with everything that was saved, and the other file was kept as {aside}."
    )


def _refuse_other_journal(opened: OpenFiles) -> bool:
    """Whether to replace the file with the journal's name: it is older than the open journal, or not a journal.

    `False` if it was started by a program that knew more. Raises `StoreError` if each has
    edits that the other does not have.
    """
    other, last = extent_of(opened.disk, opened.files.journal), opened.journal.position.sequence
    if other is not None and other[0] <= last < other[1]:
        raise StoreError(
            f"{opened.files.journal} was replaced while it was open here by one with other edits; "
            "nothing more is written to it; save to another file."
        )
    return other is None or other[1] <= last
