"""How the suggestions for the texts of a corpus are made: with which suggesters, versions and settings."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

import annotations.dates
from annotations.dates.document_language import UNDECIDED, LanguageChoice
from annotations.dates.scheme import DEFAULT_DATES, DateKind, DateSettings
from annotations.dates.time_stamps import stamps_of
from annotations.model.source import DATE_RULES, Source
from annotations.suggest.chunking import UNIT
from annotations.suggest.registry import choose
from annotations.suggest.sources.model import find_model

VERSION = 2
"""The version of the code that makes and writes suggestions: a new number when the same suggesters give
another result.
"""


class Recipe(Struct, frozen=True):
    """What a process needs to know to read texts."""

    suggesters: tuple[str, ...]
    """Their names, as in `annotations.suggest.registry`; paths in them are absolute."""
    date_kinds: frozenset[DateKind] = DEFAULT_DATES.kinds
    """The kinds of dates that are marked."""
    languages: LanguageChoice = UNDECIDED
    """What the settings say about the language of the texts."""
    encoding: str = "utf-8"
    """The encoding of the texts."""

    def dates_of(self, text: str) -> DateSettings:
        """How the dates of a text are read."""
        return DateSettings(self.languages.language_of(text), self.date_kinds, stamps_of(text))


class SuggesterVersion(Struct, frozen=True):
    """One suggester as it is now."""

    source: str
    """The source of its spans, as it is written in files."""
    version: str
    chosen: bool = True
    """Whether a person chose it. A default pipeline's names are not used for texts in other languages."""


class MadeBy(Struct, frozen=True):
    """Everything that suggestions depend on besides the text: if two of these are equal, so are the suggestions."""

    suggesters: tuple[SuggesterVersion, ...]
    languages: LanguageChoice
    date_kinds: tuple[str, ...]
    date_rules: str
    """The version of the rules for dates, which also correct a pipeline's dates."""
    unit: str = UNIT
    version: int = VERSION


def recipe_of(
    suggesters: Sequence[str],
    date_kinds: frozenset[DateKind] = DEFAULT_DATES.kinds,
    languages: LanguageChoice = UNDECIDED,
    encoding: str = "utf-8",
) -> Recipe:
    """The recipe with these suggesters. Raises `AnnotateError` if one is not available."""
    return Recipe(tuple(map(_from_everywhere, suggesters)), date_kinds, languages, encoding)


def made_by(recipe: Recipe) -> MadeBy:
    """What suggestions with this recipe depend on now. Raises `AnnotateError` if a suggester is not available."""
    return MadeBy(
        tuple(map(_version, recipe.suggesters)),
        recipe.languages,
        tuple(sorted(recipe.date_kinds)),
        date_rules_version(),
    )


def _version(name: str) -> SuggesterVersion:
    source = choose(name).source
    return SuggesterVersion(str(source), version_of(source), chosen=name != "pipeline")


def version_of(source: Source) -> str:
    """The version of a suggester; for the rules for dates, which have no version number, a digest of their files."""
    return date_rules_version() if source == DATE_RULES else source.version


@cache
def date_rules_version() -> str:
    """The start of the SHA-256 of all files that are used to find the dates of a text."""
    folder = Path(annotations.dates.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".toml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


def _from_everywhere(name: str) -> str:
    """The name of a suggester with absolute paths, so that it also works in a process that runs in another folder."""
    kind, _, what = name.partition(":")
    if kind == "patterns":
        return f"patterns:{Path(what).absolute()}"
    if kind == "pipeline" and what:
        model = find_model(what)
        return f"pipeline:{model.name}"
    return name
