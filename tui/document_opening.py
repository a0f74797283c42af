"""Opening a document: its annotations from the store, those of an earlier text of it, then suggestions."""

import asyncio
from collections.abc import Callable

from msgspec import Struct
from textual.app import App
from textual.message import Message

from annotations.dates.creation_time import CreationTime
from annotations.dates.document_dates import prepare
from annotations.editing.done import is_done
from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Edit
from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import LabelScheme
from annotations.store.interface import Earlier
from tui.document_messages import AnnotationsLoaded, EditedElsewhere, TextChanged
from tui.keymap import Keymap
from tui.saving import Saving
from tui.screens.reader import ReaderScreen
from tui.suggestions import (
    MakeSuggestions,
    Suggested,
    SuggestingSays,
    Suggestions,
    TokensRead,
    ToScreen,
)

SETTLED = 1.0
"""Seconds after which the first rush is over and there is time to prepare for keys to come."""


class Opened(Struct, frozen=True):
    """What is opened, by whom and with what."""

    document: Document
    annotator: str
    scheme: LabelScheme
    keymap: Keymap
    find_creation_time: Callable[[], CreationTime | None]
    article_date: str
    """The article's own date as the command line gives it; it is stored as the key `@` does."""

    @property
    def key(self) -> DocumentKey:
        """The document as the store is asked for it."""
        return DocumentKey(self.document.id, self.annotator)

    def with_annotations(
        self, annotations: AnnotationSet | None = None, commit: Callable[[Edit], None] | None = None
    ) -> OpenDocument:
        """The document with these annotations, or with none."""
        if annotations is None:
            annotations = AnnotationSet(self.document.id, self.annotator)
        return OpenDocument(self.document, annotations, self.scheme, commit)


class DocumentOpening:
    """Brings one document to the screen, and to it what others find out about it."""

    def __init__(
        self,
        of: Opened,
        app: App[None],
        reader: ReaderScreen,
        saving: Saving,
        make_suggestions: MakeSuggestions,
        post: Callable[[Message], None],
    ) -> None:
        """`post` takes messages from any thread."""
        self._of = of
        self._app = app
        self._reader = reader
        self._saving = saving
        self._make_suggestions = make_suggestions
        self._post = post
        self._suggestions: Suggestions | None = None

    def start(self) -> None:
        """Ask the store for the annotations."""
        self._reader.settle_saving = self._saving.settle
        self._reader.opened.session.found_creation_time = self._of.find_creation_time()
        self._reader.show_later()
        key = self._of.key
        writer = self._saving.start()
        writer.load(
            self._of.document,
            self._of.annotator,
            lambda result: self._post(AnnotationsLoaded(key, result)),
        )

    def stop_suggesting(self) -> None:
        """End the process of the suggesters, if there is one."""
        if self._suggestions is not None:
            self._suggestions.close()

    def is_shown(self, key: DocumentKey) -> bool:
        """Whether the document on the screen is this one."""
        return key == self._reader.opened.session.annotations.key

    def load(self, message: AnnotationsLoaded) -> None:
        """Show the annotations and begin to suggest; without a store, say so and go on."""
        if not self.is_shown(message.key):
            return
        of, reader, writer, result = self._of, self._reader, self._saving.writer, message.result
        failed = isinstance(result, AnnotateError)
        opened = of.with_annotations(None if isinstance(result, AnnotateError) else result, self._commit)
        annotations = opened.session.annotations
        known = bool(annotations.runs or len(annotations.spans))
        opened.session.found_creation_time = reader.opened.session.found_creation_time
        if annotations.cursor == 0:
            opened.selection.place(reader.opened.selection.cursor)
        reader.load(opened)
        if of.article_date:
            opened.properties.set_creation_time(of.article_date)
        self._app.set_timer(
            SETTLED,
            lambda: self._app.run_worker(asyncio.to_thread(prepare, of.document.text)),
        )
        if known or failed:
            self._app.call_after_refresh(self._suggest)
        elif writer is not None:
            key = annotations.key
            writer.earlier(
                of.document, of.annotator, lambda earlier: self._look_at_earlier(key, earlier)
            )

    def _commit(self, edit: Edit) -> None:
        self._saving.commit(self._reader.opened.session.annotations.key, edit)

    def _look_at_earlier(self, key: DocumentKey, earlier: Earlier | None) -> None:
        """Find the spans of an earlier text in this one; on the writer's thread, as it may take long."""
        if earlier is None or not (earlier.row.spans or earlier.row.facts):
            if self._app.is_running:
                self._app.call_later(self._suggest)
            return
        from annotations.text.reanchor import reanchor

        found = reanchor(earlier.row.spans, earlier.document.text, self._of.document.text)
        self._post(TextChanged(key, earlier, found))

    def offer_earlier(self, message: TextChanged) -> None:
        """Ask before anything of the earlier text's annotations is taken over."""
        if not self.is_shown(message.key):
            return
        from tui.screens.text_changed import TextChangedScreen

        reader, row = self._reader, message.earlier.row

        def answer(carried_over: bool | None) -> None:
            if carried_over:
                spans = [new for _, new in message.found.placed]
                facts = dict(row.facts)
                if self._of.article_date:
                    # What was said on the command line is newer than what the earlier text had.
                    facts["created"] = self._of.article_date
                cursor = reader.opened.selection.cursor
                reader.show_outcome(reader.opened.session.carry_over(spans, facts, cursor=cursor))
            self._suggest()

        screen = TextChangedScreen(
            message.earlier.document.text,
            self._of.document.text,
            message.found,
            reader.base_style,
            self._of.keymap,
            was_done=is_done(row.facts),
        )
        self._app.push_screen(screen, answer)

    def _suggest(self) -> None:
        text = self._of.document.text
        if not text.strip():
            return
        annotations = self._reader.opened.session.annotations
        self._suggestions = self._suggestions or self._make_suggestions(ToScreen(self._post))
        if self._suggestions is not None:
            visible = self._reader.article.first_offset_in_sight()
            self._suggestions.read(annotations.key, text, annotations.runs, visible)

    # What others find out

    def take_external(self, message: EditedElsewhere) -> None:
        """Show what another program did to the annotations on the screen."""

        def take() -> Outcome:
            if not self.is_shown(message.key):
                return Outcome()
            edits = self._saving.made.over(message.edits, message.number)
            return self._reader.opened.session.take_over(edits)

        self._reader.arrivals.add(take)

    def take_suggestions(self, message: Suggested) -> None:
        """Show suggestions, and say what is on the screen by then: that is read next."""

        def take() -> Outcome:
            outcome, reader = Outcome(), self._reader
            if self.is_shown(message.key):
                outcome = reader.opened.session.suggest(message.source, message.spans, message.run)
                if outcome.message:
                    reader.say(outcome.message)
                if message.run and self._suggestions is not None:
                    self._suggestions.look_at(message.key, reader.article.first_offset_in_sight())
            message.shown()
            return outcome

        self._reader.arrivals.add(take)

    def take_tokens(self, message: TokensRead) -> None:
        """The tokens of the pipeline are known."""
        if self.is_shown(message.key):
            self._reader.opened.session.tokens = message.edges
            self._reader.show_later()

    def show_progress(self, message: SuggestingSays) -> None:
        """Show how far the suggesters are, and what went wrong with them."""
        if self.is_shown(message.key):
            self._reader.around.progress = message.progress
            if message.notice:
                self._reader.say(message.notice)
            self._reader.show_later()
