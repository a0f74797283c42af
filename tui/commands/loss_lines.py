"""How losses are listed: one line a kind, or one object of JSON, with counts and examples."""

from typing import TYPE_CHECKING

from annotations.text.plural import counted

if TYPE_CHECKING:
    from annotations.formats.loss import LossLine


def loss_object(line: "LossLine") -> dict[str, object]:
    """The same as JSON has it."""
    return {
        "reason": line.reason,
        "count": line.count,
        "documents": line.documents,
        "examples": line.examples,
    }


def loss_line(title: str, line: "LossLine") -> str:
    """One line about the losses of one kind, `title` saying what became of them."""
    documents = f", in {counted(line.documents, 'document')}" if line.documents else ""
    examples = f" ({'; '.join(line.examples)})" if line.examples else ""
    return f"  {title}: {line.count} × {line.reason}{documents}{examples}"
