"""Finding the document of a database that a member of a corpus is, for commands that need only this."""

from collections.abc import Callable

from msgspec import Struct

from annotations.corpus.known_documents import KnownDocuments
from annotations.corpus.member import Member
from annotations.corpus.member_opening import NotOpened, OpenedMember


class NotStored(Struct, frozen=True):
    """Why a member is not a document of the database, in one sentence."""

    reason: str


def document_of(
    member: Member, known: KnownDocuments, read: Callable[[Member], OpenedMember | NotOpened]
) -> str | NotStored:
    """The id of the document that a member is. The member is read only if nothing but its text shows the document."""
    found = known.at_a_glance(member)
    if known.must_be_read(member):
        opened = read(member)
        if isinstance(opened, NotOpened):
            return NotStored(opened.reason)
        found = known.with_text(opened.member, opened.document.sha256)
    if found.summary is not None:
        return found.summary.document
    if found.file_state == "changed":
        return NotStored(f"{member.name} has a different text now, which is not in the database.")
    return NotStored(f"{member.name} is not in the database: nobody has opened it yet.")
