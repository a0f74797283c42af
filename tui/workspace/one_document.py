"""The documents of a run with a single article: there is no other document to go to."""

from annotations.editing.dating import FindCreationTime, nothing_found
from annotations.editing.done import progress_words
from annotations.editing.outcome import Outcome
from annotations.model.document import Document
from tui.keymap import Keymap
from tui.workspace.document_at_hand import DocumentAtHand
from tui.workspace.screen_services import MakeDocuments, ScreenServices
from tui.workspace.workspace import Workspace

ALONE = "This is the only document; name a folder or several files for more."


class OneDocument:
    """Implements `OtherDocuments` for a single article, as in `annotate article.txt`."""

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
        """The name of the article."""
        return self._workspace.current.document.name

    @property
    def first(self) -> DocumentAtHand:
        """The article, which is the only document."""
        return self._first

    def begun(self) -> None:
        """Do nothing: no other document is read in advance."""

    def next(self) -> None:
        """Say that there is no other document."""
        self._workspace.view.say(ALONE)

    def previous(self) -> None:
        """Say that there is no other document."""
        self._workspace.view.say(ALONE)

    def show_list(self) -> None:
        """Say that there is no other document."""
        self._workspace.view.say(ALONE)

    def after(self, outcome: Outcome) -> None:
        """Do nothing: there is no next document."""

    def go_back_to_marked(self) -> bool:
        """Always `False`: there is no other document to go back to."""
        return False

    def closing_message(self, at_hand: DocumentAtHand) -> str:
        """Describe the progress in the article."""
        return f"{at_hand.document.name}: {progress_words(at_hand.opened.session.annotations)}"


def one_document(
    document: Document, find_creation_time: FindCreationTime = nothing_found
) -> MakeDocuments:
    """Returns the function that makes the documents of a run with this single article."""

    def make(workspace: Workspace, keymap: Keymap, services: ScreenServices) -> OneDocument:
        return OneDocument(workspace, document, find_creation_time)

    return make
