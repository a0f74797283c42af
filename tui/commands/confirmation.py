"""The question that a command asks before it does something that the person may not intend."""

import sys

from annotations.model.errors import AnnotateError
from tui.command_line.output import ask


def confirmed(question: str, yes: bool) -> bool:
    """Whether the person answers yes; with `yes`, the answer is yes without asking.

    Raises `AnnotateError` if nobody can be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise AnnotateError(f"{question} There is no terminal to ask in; --yes answers with yes.")
    return ask(f"{question} [y/N]").lower() in ("y", "yes")
