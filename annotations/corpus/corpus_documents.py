"""The parts of a corpus: the named texts, the documents of the database, and the order."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from annotations.corpus.corpus import Corpus
from annotations.corpus.known_documents import KnownDocuments, StoredMembers, stored_member
from annotations.corpus.member import CorpusContents, Member, looked_at
from annotations.corpus.member_opening import NotOpened, OpenedMember
from annotations.corpus.order import Ordering
from annotations.corpus.order_names import Order
from annotations.dates.document_language import UNDECIDED, LanguageChoice
from annotations.model.document import path_as_text, text_of_id
from annotations.model.document_summary import DocumentSummaries, DocumentSummary

T = TypeVar("T")
MOST_SEARCHED, READ_FOR_THEM = 100, 200
"""How many missing files are sought under other names at the start, and how many files are read for
that (about 50 ms). Others are found when they are read.
"""


@dataclass(frozen=True)
class CorpusDocuments:
    """The members of a corpus, their documents in a database, and their order."""

    members: Sequence[Member]
    known: KnownDocuments
    ordering: Ordering

    @classmethod
    def of(
        cls,
        contents: CorpusContents | None,
        summaries: DocumentSummaries,
        order: Order,
        seed: int,
    ) -> "CorpusDocuments":
        """The listed members; if there are none, all documents of the database."""
        members = StoredMembers(summaries) if contents is None else contents.members
        return cls(members, KnownDocuments(summaries, members), Ordering(order, members, seed))

    def with_gone(
        self,
        folder: Path,
        size_of: Callable[[DocumentSummary], int | None],
        read: Callable[[Member], OpenedMember | NotOpened],
        *,
        recursive: bool,
    ) -> "CorpusDocuments":
        """The same, followed by the documents whose files in a folder no longer exist.

        A renamed file is still the same document. To detect this, files that have the length of a
        missing document are read: `size_of` gives the length of its file, in bytes.
        """
        gone = self.known.gone(folder, recursive=recursive)
        if not gone:
            return self
        moved = self._moved(gone, size_of, read)
        found = {one.document for one in moved.values()}
        below = len(path_as_text(os.path.join(folder, "")))
        lost = (one for one in gone if one.document not in found)
        members = (*self.members, *(stored_member(one, one.path[below:]) for one in lost))
        return CorpusDocuments(members, self.known.among(members, moved), self.ordering.among(members))

    def _moved(
        self,
        gone: Sequence[DocumentSummary],
        size_of: Callable[[DocumentSummary], int | None],
        read: Callable[[Member], OpenedMember | NotOpened],
    ) -> dict[str, DocumentSummary]:
        """The documents whose files were renamed, by the new paths."""
        sought = {text_of_id(one.document): one for one in gone}
        sizes = {size_of(one) for one in gone[:MOST_SEARCHED]}
        as_long = (one for one in self.known.unknown_files() if looked_at(one).size in sizes)
        found = {}
        for member in islice(as_long, READ_FOR_THEM):
            opened = read(member)
            if isinstance(opened, OpenedMember) and opened.document.sha256 in sought:
                found[member.path] = sought.pop(opened.document.sha256)
        return found

    def corpus(
        self,
        read: Callable[[Member], OpenedMember | NotOpened],
        open_document: Callable[[OpenedMember], T],
        close_document: Callable[[T], None] = lambda document: None,
        languages: LanguageChoice = UNDECIDED,
    ) -> Corpus[T]:
        """The corpus of these members; see `Corpus`."""
        return Corpus(
            self.members, self.known, read, open_document, close_document, self.ordering, languages
        )
