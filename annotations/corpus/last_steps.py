"""The last steps of a person in all documents, to know in which document the last step was."""

from msgspec import Struct

from annotations.editing.done import marks_done
from annotations.model.edit import Edit

_REMEMBERED = 1000
"""How many steps are remembered; the same number as in one document."""


class _Step(Struct, frozen=True):
    document: str
    id: str
    marks_done: bool


class LastSteps:
    """The steps in all documents since the program was started, without those that were undone."""

    def __init__(self) -> None:
        self._steps: list[_Step] = []

    def note(self, document: str, edit: Edit) -> None:
        """Note an edit made here in the document with this key in the corpus."""
        wanted = edit.of or edit.id
        before = next((step for step in reversed(self._steps) if step.id == wanted), None)
        if before is not None:
            self._steps.remove(before)
        if edit.undoable or edit.kind == "redo":
            self._steps.append(_Step(document, wanted, marks_done(edit)))
        del self._steps[:-_REMEMBERED]

    def forget_last(self) -> None:
        """Remove the last step, which cannot be undone: the one before it is now the last."""
        del self._steps[-1:]

    @property
    def marked_last(self) -> str | None:
        """The document that was marked as done, if that was the last step of all."""
        last = self._steps[-1] if self._steps else None
        return last.document if last is not None and last.marks_done else None
