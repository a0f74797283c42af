"""A single article: there is no other document to go to."""

from annotations.editing.dating import FindCreationTime, nothing_found
from annotations.editing.done import progress_words
from annotations.editing.outcome import Outcome
from annotations.model.document import Document
from tui.keymap import Keymap
from tui.workspace.document_at_hand import DocumentAtHand
from tui.workspace.stage import MakeDocuments, Stage
from tui.workspace.workspace import Workspace

ALONE = "This is the only document; name a folder or several files for more."


class OneDocument:
    """The `OtherDocuments` of `annotate article.txt`."""

    position = ""

    def __init__(
        self,
        workspace: Workspace,
        document: Document,
        find_creation_time: FindCreationTime = nothing_found,
    ) -> None:
        self._workspace = workspace
        self._first = workspace.take(document, find_creation_time)

    @property
    def name(self) -> str:
        """See `OtherDocuments`."""
        return self._workspace.current.document.name

    @property
    def first(self) -> DocumentAtHand:
        """The article."""
        return self._first

    def begun(self) -> None:
        """Nothing is to be prepared."""

    def next(self) -> None:
        """There is none."""
        self._workspace.view.say(ALONE)

    def previous(self) -> None:
        """There is none."""
        self._workspace.view.say(ALONE)

    def show_list(self) -> None:
        """There is nothing to list."""
        self._workspace.view.say(ALONE)

    def after(self, outcome: Outcome) -> None:
        """No other document comes."""

    def go_back_to_marked(self) -> bool:
        """There was no other document before this one."""
        return False

    def parting(self, at_hand: DocumentAtHand) -> str:
        """How far the article is."""
        return f"{at_hand.document.name}: {progress_words(at_hand.opened.session.annotations)}"


def one_document(
    document: Document, find_creation_time: FindCreationTime = nothing_found
) -> MakeDocuments:
    """Makes the documents of a program that shows one."""

    def make(workspace: Workspace, keymap: Keymap, stage: Stage) -> OneDocument:
        return OneDocument(workspace, document, find_creation_time)

    return make
