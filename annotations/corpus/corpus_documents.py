"""What a corpus is put together from: what was named, what a database has of it, and the order it comes in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from annotations.corpus.corpus import Corpus
from annotations.corpus.known_documents import KnownDocuments, StoredMembers, stored_member
from annotations.corpus.member import CorpusContents, Member
from annotations.corpus.member_opening import NotOpened, OpenedMember
from annotations.corpus.order import Ordering
from annotations.corpus.order_names import Order
from annotations.model.document_summary import DocumentSummaries

T = TypeVar("T")


@dataclass(frozen=True)
class CorpusDocuments:
    """The members of a corpus, which of them a database knows, and their order."""

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
        """Those that were listed; without any all documents of the database."""
        members = StoredMembers(summaries) if contents is None else contents.members
        return cls(members, KnownDocuments(summaries, members), Ordering(order, members, seed))

    def with_gone(self, folder: Path, *, recursive: bool) -> "CorpusDocuments":
        """The same with the documents behind them that were read from files of a folder and are gone."""
        gone = self.known.gone(folder, recursive=recursive)
        if not gone:
            return self
        members = (*self.members, *map(stored_member, gone))
        return CorpusDocuments(members, self.known.among(members), self.ordering.among(members))

    def corpus(
        self,
        read: Callable[[Member], OpenedMember | NotOpened],
        open_document: Callable[[OpenedMember], T],
        close_document: Callable[[T], None] = lambda document: None,
    ) -> Corpus[T]:
        """The corpus of these; see there."""
        return Corpus(self.members, self.known, read, open_document, close_document, self.ordering)
