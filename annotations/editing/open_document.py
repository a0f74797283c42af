"""One open document of one annotator: its session and everything that works on it."""

from collections.abc import Callable

from annotations.editing.annotator_state import AnnotatorState
from annotations.editing.document_session import DocumentSession
from annotations.editing.effort import Effort
from annotations.editing.entity_linking import EntityLinking
from annotations.editing.propagation import Propagation
from annotations.editing.properties import Properties
from annotations.editing.resizing import Resizing
from annotations.editing.review import Review
from annotations.editing.search_cursor import SearchCursor
from annotations.editing.selection import Focus, Selection
from annotations.editing.sweep import Sweep
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Edit
from annotations.model.label_scheme import LabelScheme


class OpenDocument:
    """The parts of an open document. Every key calls a method of one of these."""

    def __init__(
        self,
        document: Document,
        annotations: AnnotationSet,
        scheme: LabelScheme,
        commit: Callable[[Edit], None] | None = None,
        state: AnnotatorState | None = None,
        effort: Effort | None = None,
    ) -> None:
        """`commit` makes an edit durable; `state` is the person's state from other documents.

        `effort` is the effort since the last edit, if the document was on the screen before.
        """
        self.state = state or AnnotatorState()
        self.effort = effort or Effort()
        self.session = session = DocumentSession(
            document, annotations, scheme, self.effort, self.state.learned, self.state.languages
        )
        self.selection = selection = Selection(
            document.text, annotations.spans, self.state, lambda: session.dating.language
        )
        self.review = Review(session, selection, self.state)
        self.sweep = Sweep(session, selection, self.review)
        self.resizing = Resizing(session, selection, self.state)
        self.properties = Properties(session, selection)
        self.propagation = Propagation(session, selection, self.review, self.state)
        self.entity_linking = EntityLinking(session, selection)
        self.search_cursor = SearchCursor(session, selection, self.state)
        if commit is not None:
            session.on_edit.append(commit)
        session.on_change.append(selection.refresh)
        selection.place(annotations.cursor)
        if annotations.facts.done:
            selection.focus = Focus.nothing_at(selection.cursor)

    def remember_place(self, *, always: bool = False) -> None:
        """Save the person's place for the next time, if it has changed; with `always` even if not.

        The time is saved with it.
        """
        if always or self.session.annotations.cursor != self.selection.cursor:
            self.session.apply("place", cursor=self.selection.cursor)
