"""The source of a span: a person, a model, rules, patterns, an import.

Files and databases hold a source as one text. Most sources are recognised by the form of their name alone,
and the text is that name: `dates`, `en_core_web_sm 3.8.0`, `names.jsonl 1a2b3c4d`, `import old.ann`; every
other plain name is a person's. If the name could be mistaken for another kind, the kind is written in front
of it: `person:dates`, `model:gpt-4`. Older databases, which have no kinds, are read by the same rule: in
them, a name in the form of a suggester's name means a suggester, even if it is the name of an annotator.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal, get_args

SourceKind = Literal["person", "model", "rules", "learned", "patterns", "import"]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)

MOST_KNOWN = 1 << 12
"""How many texts are remembered: a file from elsewhere may name any number of sources."""
_VERSION = re.compile(r"(?s)(.+?) (\d.*)")
_FORMS: tuple[tuple[SourceKind, re.Pattern[str]], ...] = (
    ("rules", re.compile(r"dates")),
    ("import", re.compile(r"(?s)import .+")),
    # The name of a spaCy pipeline begins with its language: en_core_web_sm 3.8.0, blank:de.
    ("model", re.compile(r"[a-z]*_\S+ \d\S*(?: [0-9a-f]{8})?|blank:\S+")),
    ("patterns", re.compile(r"(?s).+ [0-9a-f]{8}")),
)


class Source:
    """The person or program that made something. Two sources are equal if their texts are equal.

    It never changes. In encoded structs of `msgspec` it is its text: code that encodes them passes
    `source_as_text` as the hook, and code that decodes them passes `source_from_text`.
    """

    __slots__ = ("_text", "kind", "name", "version")

    def __init__(self, kind: SourceKind, name: str, version: str = "") -> None:
        self.kind: Final = kind
        self.name: Final = name
        self.version: Final = version
        words = f"{name} {version}" if version else name
        plain = f"import {words}" if kind == "import" else words
        is_plain = _parts_of(plain) == (kind, name, version)
        self._text: Final = plain if is_plain else f"{kind}:{words}"

    @classmethod
    def of(cls, kind: SourceKind, words: str) -> "Source":
        """A source of a kind, with a name and an optional version after the name.

        The version of a model or of patterns begins with the first word that begins with a digit; the
        last word of patterns is a version too.
        """
        return cls(*_parts_of_kind(kind, words))

    @classmethod
    def parse(cls, text: str) -> "Source":
        """The source that a text in a file or database represents."""
        return _known[text]

    def __str__(self) -> str:
        """The text that represents it: `parse` turns it back into the source."""
        return self._text

    def __repr__(self) -> str:
        return f"Source({self.kind!r}, {self.name!r}, {self.version!r})"

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Source) and self._text == other._text)

    def __hash__(self) -> int:
        return hash(self._text)


class _Known(dict[str, Source]):
    """A cache of the sources that were read, by their texts: very many spans have the same source."""

    def __missing__(self, text: str) -> Source:
        source = Source(*_parts_of(text))
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[text] = source
        return source


_known = _Known()


def _parts_of(text: str) -> tuple[SourceKind, str, str]:
    kind, colon, rest = text.partition(":")
    for known in SOURCE_KINDS:
        if colon and kind == known:
            return _parts_of_kind(known, rest)
    form = next((kind for kind, form in _FORMS if form.fullmatch(text)), None)
    return _parts_of_kind(form or "person", text)


def _parts_of_kind(kind: SourceKind, words: str) -> tuple[SourceKind, str, str]:
    parts = _VERSION.fullmatch(words) if kind == "model" else None
    if parts is not None:
        return kind, parts[1], parts[2]
    name, blank, digest = words.rpartition(" ")
    if kind == "patterns" and blank and name:
        return kind, name, digest
    return kind, words.removeprefix("import ") if kind == "import" else words, ""


def source_as_text(value: object) -> str:
    """The hook for encoding. Raises `NotImplementedError` for a value that is not a source, as such
    hooks do.
    """
    if isinstance(value, Source):
        return value._text
    raise NotImplementedError


def source_from_text(_: type, value: object) -> Source:
    """The hook for decoding. Raises `TypeError` for a value that is not a text, as such hooks do."""
    if isinstance(value, str):
        return _known[value]
    raise TypeError("Expected `str`")


def sources_of(texts: Iterable[str]) -> tuple[Source, ...]:
    """The sources that texts in a file represent."""
    return tuple(_known[text] for text in texts)


def texts_of(sources: Iterable[Source]) -> tuple[str, ...]:
    """The texts that represent sources in a file."""
    return tuple(str(source) for source in sources)


DATE_RULES = Source("rules", "dates")
"""The rules for dates, which are a suggester themselves."""
CARRIED = Source("learned", "carry-on")
"""The suggester that repeats a decision from elsewhere in the same article; see
`annotations.editing.carry_on`.
"""


@lru_cache(maxsize=64)
def person(name: str) -> Source:
    """The annotator as one of the sources of a span."""
    return Source("person", name)


def is_own(sources: Iterable[Source], annotator: str) -> bool:
    """Whether the annotator added a span that was not suggested first."""
    first = next(iter(sources), None)
    return first is None or first == person(annotator)


def has_corrected(sources: Iterable[Source], annotator: str) -> bool:
    """Whether the annotator is one of the sources of a span."""
    return person(annotator) in sources


REPEATED = Source("learned", "same words")
"""The suggester for words that another suggester found elsewhere in the same article; see
`annotations.editing.same_words`.
"""
