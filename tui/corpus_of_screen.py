"""What a queue of documents is put together from: what was named, what the database has of it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from annotations.corpus.known_documents import KnownDocuments, stored_members
from annotations.corpus.listing import ListedDocument
from annotations.corpus.member import Member
from annotations.corpus.member_opening import NotOpened, OpenedMember, open_member
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document, text_of_id
from annotations.model.document_summary import DocumentSummary
from annotations.store.opening import database_exists, open_store
from annotations.text.plural import counted
from tui.bootstrap import creation_time_of
from tui.document_queue import CorpusOfScreen, DocumentQueue
from tui.keymap import Keymap
from tui.stage import MakeDocuments, Stage
from tui.workspace import Workspace

if TYPE_CHECKING:
    from annotations.corpus.statistics import Statistics
    from annotations.corpus.summary import CorpusSummary
    from annotations.store.interface import Store
    from tui.corpus_arguments import CorpusChoice


def documents_of(choice: "CorpusChoice", annotator: str) -> MakeDocuments:
    """Makes the queue of what was named on the command line. Raises `AnnotateError`."""
    stored = StoredDocuments(choice.database, annotator)
    summaries = stored.summaries()
    contents = choice.contents
    members = contents.members if contents is not None else stored_members(summaries)
    known = KnownDocuments(summaries, members)
    if choice.is_folder:
        members = (*members, *stored_members(known.gone(choice.root, recursive=choice.recursive)))
    notices = contents.notices if contents is not None else ()
    if contents is not None and contents.passed_over:
        passed_over = counted(len(contents.passed_over), "file")
        notices = (*notices, f"{passed_over} passed over; `annotate list` names them.")

    def read(member: Member) -> OpenedMember | NotOpened:
        return open_member(member, choice.encoding, stored.document)

    corpus = CorpusOfScreen(
        choice.root.name or str(choice.root),
        members,
        known,
        read,
        creation_time_of,
        choice.order,
        choice.seed,
        notices,
        lambda rows, path: StoredDocuments(str(path), annotator).summary_of(rows, members),
    )

    def make(workspace: Workspace, keymap: Keymap, stage: Stage) -> DocumentQueue:
        return DocumentQueue(corpus, workspace, keymap, stage)

    return make


class StoredDocuments:
    """What the database has, read beside the writer."""

    def __init__(self, database: str, annotator: str) -> None:
        self._database = database
        self._annotator = annotator

    def summaries(self) -> list[DocumentSummary]:
        """How far the annotator is in each document; nothing where there is no database yet."""
        if not database_exists(self._database):
            return []
        store = self._opened()
        try:
            return list(store.summaries(self._annotator))
        finally:
            store.close()

    def document(self, id_: str) -> Document | None:
        """The document with an id."""
        store = self._opened()
        try:
            return next((one for one in store.alike(text_of_id(id_)) if one.id == id_), None)
        finally:
            store.close()

    def summary_of(self, rows: list[ListedDocument], members: Iterable[Member]) -> "CorpusSummary":
        """What came of the documents that are members; all their annotations are read for it."""
        from annotations.corpus.summary import summarise

        places = {member.path or member.source or member.key for member in members}
        store = self._opened()
        try:
            found = (
                document
                for document in store.documents()
                if {document.path, document.source, document.id} & places
            )
            return summarise(rows, self._statistics(found, store))
        finally:
            store.close()

    def _opened(self) -> "Store":
        return open_store(self._database, read_only=True)

    def _statistics(self, documents: Iterable[Document], store: "Store") -> "Iterator[Statistics]":
        from annotations.corpus.statistics import statistics

        for document in documents:
            for row in store.annotations(document.id):
                if row.annotator == self._annotator:
                    yield statistics(AnnotationSet.from_row(row))
