"""A project's guidelines: a Markdown file that says what each label is for."""

import re
from collections.abc import Sequence
from pathlib import Path

from annotations.model.errors import AnnotateError
from annotations.text.regular_file import read_regular_text

MOST = 200_000
"""At most this many code points of a file are shown."""
LONGEST = 4 << 20
"""The greatest length of a file of guidelines, in bytes."""


def read_guidelines(file: Path | None) -> str:
    """The Markdown of the guidelines. Raises `AnnotateError` when there are none to read."""
    if file is None:
        raise AnnotateError('No guidelines yet: write guidelines = "guidelines.md" into annotate.toml.')
    try:
        text = read_regular_text(file, f"The guidelines {file}", LONGEST, "utf-8-sig")
    except OSError as error:
        raise AnnotateError(f"The guidelines cannot be read: {error.strerror} ({file}).") from None
    except UnicodeDecodeError as error:
        raise AnnotateError(
            f"The guidelines {file} are not UTF-8: byte {error.start}; save them as UTF-8."
        ) from None
    return text if len(text) <= MOST else f"{text[:MOST]}\n\n…"


def section_of(label: str, headings: Sequence[str]) -> int | None:
    """The heading about a label: one that is its name, otherwise the first one that contains the name as a word."""
    wanted = re.compile(rf"(?<![\w-]){re.escape(label)}(?![\w-])", re.IGNORECASE)
    for number, heading in enumerate(headings):
        if heading.strip().casefold() == label.casefold():
            return number
    return next((n for n, heading in enumerate(headings) if wanted.search(heading)), None)
