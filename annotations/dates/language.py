"""The languages there are tables of dates for, each read and compiled once."""

import tomllib
from functools import cache
from importlib import resources

from msgspec import convert

from annotations.dates.document_language import language_of
from annotations.dates.language_compiler import compile_language
from annotations.dates.language_tables import Language, LanguageFile
from annotations.model.errors import AnnotateError


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages there are tables for."""
    folder = resources.files("annotations.dates") / "languages"
    return tuple(sorted(f.name[: -len(".toml")] for f in folder.iterdir() if f.name.endswith(".toml")))


def language_with_rules(text: str) -> str:
    """The code of the language whose rules read a text; English where there are none for its own."""
    code = language_of(text)
    return code if code in languages() else "en"


@cache
def load_language(code: str) -> Language:
    """Read and compile the tables of a language, once.

    Raises `AnnotateError` for a language there are no tables for.
    """
    if code not in languages():
        raise AnnotateError(
            f"There are no rules for dates in the language {code!r}; "
            f"the languages with rules are {', '.join(languages())}."
        )
    file = resources.files("annotations.dates") / "languages" / f"{code}.toml"
    return compile_language(code, convert(tomllib.loads(file.read_text(encoding="utf-8")), LanguageFile))
