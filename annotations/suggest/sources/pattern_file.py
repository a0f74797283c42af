"""Pattern files: one JSON object per line, in the format of Prodigy and spaCy's entity ruler.

`{"label": "GPE", "pattern": "New Delhi"}` or, token by token,
`{"label": "GPE", "pattern": [{"lower": "new"}, {"lower": "delhi"}], "id": "new-delhi"}`
(https://spacy.io/usage/rule-based-matching#entityruler-files).
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from annotations.model.errors import AnnotateError
from annotations.model.source import Source
from annotations.text.regular_file import NotRegular, read_regular

LONGEST = 64 << 20
"""The greatest length of a pattern file, in bytes."""


class PatternError(AnnotateError):
    """A pattern file cannot be used; the text says which one, where and why."""


class Pattern(msgspec.Struct, frozen=True):
    """One line of a pattern file."""

    label: str
    pattern: str | list[dict[str, Any]]
    id: str = ""


@dataclass(frozen=True)
class PatternFile:
    """The content of a pattern file. `lines` are the lines of its patterns, counted from 1."""

    path: str
    source: Source
    """The file's name and the start of its SHA-256: after a change it suggests other spans."""
    patterns: tuple[Pattern, ...]
    lines: tuple[int, ...]

    def error(self, place: int, reason: str) -> PatternError:
        """The error about the pattern at `place` among `patterns`."""
        return PatternError(f"{self.path}, line {self.lines[place]}: {reason}")


def read_patterns(path: str) -> PatternFile:
    """Read a pattern file. Empty lines are skipped.

    Raises `PatternError` naming the line.
    """
    try:
        data = read_regular(Path(path), f"The pattern file {path}", LONGEST)
    except NotRegular as error:
        raise PatternError(str(error)) from None
    except OSError as error:
        raise PatternError(f"The pattern file {path} cannot be read: {error.strerror}.") from None
    decoder = msgspec.json.Decoder(Pattern)
    patterns, lines = [], []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            pattern = decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise PatternError(f"{path}, line {number}: {error}.") from None
        except RecursionError:
            raise PatternError(f"{path}, line {number}: it is nested too deeply.") from None
        if not pattern.label or not pattern.pattern:
            raise PatternError(f"{path}, line {number}: the label or the pattern is empty.")
        patterns.append(pattern)
        lines.append(number)
    source = Source("patterns", Path(path).name, hashlib.sha256(data).hexdigest()[:8])
    return PatternFile(path, source, tuple(patterns), tuple(lines))
