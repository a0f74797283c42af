"""Who or what says that a span is there: a person, a model, rules, patterns, an import.

Files and databases hold a source as one text. Most sources are recognised by the form of their name alone,
and the text is that name: `dates`, `en_core_web_sm 3.8.0`, `names.jsonl 1a2b3c4d`, `import old.ann`;
every other plain name is a person's. Where the name would be read as something else, the kind is
written in front of it: `person:dates`, `model:gpt-4`. Databases from before there were kinds are read by the
same rule: there a name of the form of a suggester's is a suggester's, whoever the annotator is.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from msgspec import Struct

from annotations.model.span import Span, replace

SourceKind = Literal["person", "model", "rules", "learned", "patterns", "import"]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)

_VERSION = re.compile(r"(?s)(.+?) (\d.*)")
_FORMS: tuple[tuple[SourceKind, re.Pattern[str]], ...] = (
    ("rules", re.compile(r"dates")),
    ("import", re.compile(r"(?s)import .+")),
    # The name of a spaCy pipeline begins with its language: en_core_web_sm 3.8.0, blank:de.
    ("model", re.compile(r"[a-z]*_\S+ \d\S*(?: [0-9a-f]{8})?|blank:\S+")),
    ("patterns", re.compile(r"(?s).+ [0-9a-f]{8}")),
)


class Source(Struct, frozen=True):
    """Who or what says so. Two sources are the same if kind, name and version are."""

    kind: SourceKind
    name: str
    version: str = ""

    @classmethod
    def of(cls, kind: SourceKind, words: str) -> "Source":
        """The source of a kind with a name and, behind it, perhaps a version.

        The version of a model or of patterns begins with the first word that begins with a digit; the
        last word of patterns is one too.
        """
        parts = _VERSION.fullmatch(words) if kind == "model" else None
        if parts is not None:
            return cls(kind, parts[1], parts[2])
        name, blank, digest = words.rpartition(" ")
        if kind == "patterns" and blank and name:
            return cls(kind, name, digest)
        return cls(kind, words.removeprefix("import ") if kind == "import" else words)

    @classmethod
    def parse(cls, text: str) -> "Source":
        """The source that a text in a file or database stands for."""
        kind, colon, rest = text.partition(":")
        for known in SOURCE_KINDS:
            if colon and kind == known:
                return cls.of(known, rest)
        form = next((kind for kind, form in _FORMS if form.fullmatch(text)), None)
        return cls.of(form or "person", text)

    def __str__(self) -> str:
        """The text that stands for it: `parse` gives it back."""
        words = f"{self.name} {self.version}" if self.version else self.name
        plain = f"import {words}" if self.kind == "import" else words
        return plain if Source.parse(plain) == self else f"{self.kind}:{words}"


def person(name: str) -> str:
    """How an annotator stands among the sources of a span."""
    return str(Source("person", name))


def not_by(annotator: str, suggestions: Iterable[Span]) -> Iterator[Span]:
    """What a suggester found, under another name than the annotator's where they have the same."""
    own = person(annotator)
    for span in suggestions:
        if own in span.sources:
            other = str(Source("model", annotator))
            span = replace(span, sources=tuple(other if s == own else s for s in span.sources))
        yield span


def is_own(sources: Iterable[str], annotator: str) -> bool:
    """Whether a span is one that the annotator added, not one that was suggested first."""
    first = next(iter(sources), None)
    return first is None or Source.parse(first) == Source("person", annotator)


def has_corrected(sources: Iterable[str], annotator: str) -> bool:
    """Whether the annotator is among those who made a span what it is."""
    return any(Source.parse(source) == Source("person", annotator) for source in sources)
