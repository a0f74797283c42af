"""Lists of losses: one line or one JSON object for each kind, with counts and examples."""

from typing import TYPE_CHECKING

from annotations.text.plural import counted

if TYPE_CHECKING:
    from annotations.formats.loss import LossLine


def loss_object(line: "LossLine") -> dict[str, object]:
    """The losses of one kind, as a JSON object."""
    return {
        "reason": line.reason,
        "count": line.count,
        "documents": line.documents,
        "examples": line.examples,
    }


def loss_line(title: str, line: "LossLine") -> str:
    """The losses of one kind, as one line; `title` says what happened to them."""
    documents = f", in {counted(line.documents, 'document')}" if line.documents else ""
    examples = f" ({'; '.join(line.examples)})" if line.examples else ""
    return f"  {title}: {line.count} × {line.reason}{documents}{examples}"
