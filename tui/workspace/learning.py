"""Learning from the person's decisions in the other documents of the store, one document after the other.

It begins once the document on the screen has its suggestions, and pauses between documents for keys and
saving.
"""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from textual.message import Message

from annotations.corpus.recorded_lessons import decided_documents, recorded_lessons
from annotations.learn.learned import TaughtByEdit
from annotations.model.label_scheme import LabelScheme
from annotations.store.interface import Store, StoreError

PAUSE = 0.01
"""Seconds between two documents, in which the writer can save and keys are handled."""
T = TypeVar("T")


class LessonsRead(Message):
    """The lessons of the decisions in one document, and the documents that are still to be read."""

    def __init__(self, taught: list[TaughtByEdit], left: Iterator[str]) -> None:
        super().__init__()
        self.taught = taught
        self.left = left


class Ask(Protocol):
    """Reads something from the store on the writer's thread."""

    def __call__(self, read: Callable[[Store], T], done: Callable[[T | StoreError], None]) -> None:
        """Returns at once; `done` gets the result, or the reason why it failed."""
        ...


class LearningElsewhere:
    """Reads the decisions in other documents, one document after the other."""

    def __init__(
        self, ask: Ask, post: Callable[[Message], None], annotator: str, scheme: LabelScheme
    ) -> None:
        self._ask = ask
        self._post = post
        self._annotator = annotator
        self._scheme = scheme
        self._begun = False

    def begin(self) -> None:
        """Find the documents with decisions; only the first call does anything."""
        if self._begun:
            return
        self._begun = True
        self._ask(lambda store: decided_documents(store, self._annotator), self._found)

    def go_on(self, left: Iterator[str]) -> bool:
        """Read the next of these documents; returns whether there was one."""
        document = next(left, None)
        if document is None:
            return False
        # If this one cannot be read, the others still can.
        self._ask(
            lambda store: recorded_lessons(store, self._annotator, document, self._scheme),
            lambda found: self._post(LessonsRead([] if isinstance(found, StoreError) else found, left)),
        )
        return True

    def _found(self, documents: list[str] | StoreError) -> None:
        self._post(LessonsRead([], iter([] if isinstance(documents, StoreError) else documents)))
