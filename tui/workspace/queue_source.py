"""Puts together the documents to show, from the command line and from the database."""

from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, TypeVar

from annotations.corpus.corpus_documents import CorpusDocuments
from annotations.corpus.listing import ListedDocument
from annotations.corpus.member import Member
from annotations.corpus.member_opening import NotOpened, OpenedMember, open_member
from annotations.corpus.shown_summaries import shown_summaries
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document, text_of_id
from annotations.model.document_summary import DocumentSummaries, DocumentSummary, ListedSummaries
from annotations.model.edit import Edit
from annotations.model.label_scheme import LabelScheme
from annotations.store.interface import SaveState, Store, StoreError, Writer
from annotations.store.opening import database_exists, open_store, open_writer
from annotations.text.plural import counted
from tui.bootstrap import creation_time_of
from tui.keymap import Keymap
from tui.workspace.document_queue import DocumentQueue, QueueSource
from tui.workspace.screen_services import MakeDocuments, ScreenServices
from tui.workspace.workspace import DISK_PATIENCE, MakeWriter, Workspace

if TYPE_CHECKING:
    from annotations.corpus.statistics import Statistics
    from annotations.corpus.summary import CorpusSummary
    from tui.command_line.corpus_arguments import CorpusChoice


T = TypeVar("T")


def documents_of(
    choice: "CorpusChoice", annotator: str, scheme: LabelScheme
) -> tuple[MakeDocuments, MakeWriter]:
    """The function that makes the queue of the documents named on the command line, and the one that makes
    its writer.

    Spans whose labels are not in the project's `scheme` are not counted. Raises `AnnotateError`.
    """
    stored = StoredDocuments(choice.database, annotator)
    contents = choice.contents
    documents = CorpusDocuments.of(
        contents, shown_summaries(stored.summaries(), scheme), choice.order, choice.seed
    )
    notices = contents.notices if contents is not None else ()
    if contents is not None and contents.passed_over:
        passed_over = counted(len(contents.passed_over), "file")
        notices = (*notices, f"{passed_over} skipped; `annotate list` shows the reasons.")

    def read(member: Member) -> OpenedMember | NotOpened:
        return open_member(member, choice.encoding, stored.document)

    if choice.is_folder:

        def size_of(gone: DocumentSummary) -> int | None:
            return stored.size_of(gone.document, choice.encoding)

        documents = documents.with_gone(choice.root, size_of, read, recursive=choice.recursive)

    corpus = QueueSource(
        choice.root.name or str(choice.root),
        documents,
        read,
        creation_time_of,
        choice.order,
        choice.seed,
        notices,
        lambda rows: stored.summary_of(rows, documents.members),
    )

    def make(workspace: Workspace, keymap: Keymap, services: ScreenServices) -> DocumentQueue:
        return DocumentQueue(corpus, workspace, keymap, services)

    return make, stored.make_writer


class StoredDocuments:
    """What the database has of a corpus, and its writer. Both use one store, which is opened once."""

    def __init__(self, database: str, annotator: str) -> None:
        self._database = database
        self._annotator = annotator
        self._opened = open_store(database) if database_exists(database) else None
        """The store, used here until the screen is drawn; after that, only the writer uses it."""
        self._writer: Writer | None = None

    def summaries(self) -> DocumentSummaries:
        """The annotator's progress in each document; empty if there is no database yet."""
        if self._opened is None:
            return ListedSummaries(())
        return self._opened.summaries(self._annotator)

    def make_writer(
        self,
        on_state: Callable[[SaveState], None],
        on_foreign: Callable[[str, str, list[Edit]], None],
    ) -> Writer:
        """Make the writer, once the text is shown. See `annotations.store.writer` for the callbacks."""
        self._writer = open_writer(self._database, on_state, on_foreign, self._opened)
        return self._writer

    def document(self, id_: str) -> Document | None:
        """The document with this id; `None` if it is gone, or if the disk does not answer in time."""

        def find(store: Store) -> Document | None:
            return next((one for one in store.with_text(text_of_id(id_)) if one.id == id_), None)

        return self._read(find, None)

    def size_of(self, id_: str, encoding: str) -> int | None:
        """The length of a document in this encoding, in bytes; `None` if it is gone or cannot be encoded."""
        document = self.document(id_)
        try:
            return None if document is None else len(document.text.encode(encoding))
        except (UnicodeError, LookupError):
            return None

    def summary_of(self, rows: list[ListedDocument], members: Iterable[Member]) -> "CorpusSummary":
        """The results of annotating the members. This reads all their annotations."""
        from annotations.corpus.summary import summarise

        places = {member.path or member.source or member.key for member in members}

        def sum_up(store: Store) -> "CorpusSummary":
            found = (
                document
                for document in store.documents()
                if {document.path, document.source, document.id} & places
            )
            return summarise(rows, self._statistics(found, store))

        return self._read(sum_up, summarise(rows, ()))

    def _read(self, read: Callable[[Store], T], otherwise: T) -> T:
        """Read from the store, on the writer's thread if there is one; returns `otherwise` if that fails."""
        if self._writer is None:
            return read(self._opened) if self._opened is not None else otherwise
        answers: SimpleQueue[T | StoreError] = SimpleQueue()
        self._writer.ask(read, answers.put)
        try:
            answer = answers.get(timeout=DISK_PATIENCE)
        except Empty:
            return otherwise
        return otherwise if isinstance(answer, StoreError) else answer

    def _statistics(self, documents: Iterable[Document], store: Store) -> "Iterator[Statistics]":
        from annotations.corpus.statistics import statistics

        for document in documents:
            for row in store.annotations(document.id):
                if row.annotator == self._annotator:
                    yield statistics(AnnotationSet.from_row(row))
