"""The languages there are tables of dates for, each read and compiled once."""

import re
import tomllib
from functools import cache
from importlib import resources

from msgspec import ValidationError, convert

from annotations.dates.document_language import ENGLISH
from annotations.dates.language_compiler import RuleError, compile_language
from annotations.dates.language_tables import Language, LanguageFile
from annotations.model.errors import AnnotateError


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages there are tables for."""
    folder = resources.files("annotations.dates") / "languages"
    return tuple(sorted(f.name[: -len(".toml")] for f in folder.iterdir() if f.name.endswith(".toml")))


def rules_for(language: str) -> str:
    """The code of the language whose rules read a document in a language: English where there are none for
    it, so that dates in figures are read all the same."""
    return language if language in languages() else ENGLISH


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
    return read_language(code, file.read_text(encoding="utf-8"))


def read_language(code: str, source: str) -> Language:
    """Read and compile the text of a language's file.

    Raises `AnnotateError` that names the file, and the line and the rule as far as they are known.
    """
    name = f"{code}.toml"
    try:
        return compile_language(code, convert(tomllib.loads(source), LanguageFile))
    except tomllib.TOMLDecodeError as error:
        raise AnnotateError(f"{name} is not valid TOML: {error}.") from error
    except RuleError as error:
        line = _line_of_entry(source, f"[[{error.of}]]", error.number)
        raise AnnotateError(f"{name}, line {line}: {error}.") from error
    except ValidationError as error:
        raise AnnotateError(f"{name}{_place(source, str(error))}: {error}.") from error
    except ValueError as error:
        raise AnnotateError(f"{name}: {error}.") from error


_ENTRY = re.compile(r"\$\.(rule|shape)\[(\d+)\]")
_SECTION = re.compile(r"\$\.(\w+)")
_NAME = re.compile(r'\[\[rule\]\]\s+name = "([^"\n]*)"')


def _place(source: str, message: str) -> str:
    """The line of what a message is about, and the name of its rule, as far as they are found."""
    if entry := _ENTRY.search(message):
        line = _line_of_entry(source, f"[[{entry[1]}]]", int(entry[2]))
        named = _NAME.match("\n".join(source.splitlines()[line - 1 : line + 1]))
        return f", line {line}" + (f": the rule {named[1]!r}" if named else "")
    section = _SECTION.search(message)
    if section is None:
        return ""
    lines = source.splitlines()
    if section[1] == "words":
        for class_, entries in tomllib.loads(source).get("words", {}).items():
            for word, value in entries.items():
                if not isinstance(value, (str, int, float)):
                    return f", line {_line_of_word(lines, class_, word)}"
    headings = (at for at, line in enumerate(lines, 1) if line.strip() == f"[{section[1]}]")
    return next((f", line {at}" for at in headings), "")


def _line_of_word(lines: list[str], class_: str, word: str) -> int:
    """The line of a word under the heading of its class."""
    heading = lines.index(f"[words.{class_}]")
    keys = (f"{word} ", f"{word}=", f'"{word}"')
    return next((at + 1 for at in range(heading, len(lines)) if lines[at].startswith(keys)), heading + 1)


def _line_of_entry(source: str, heading: str, number: int) -> int:
    """The line of the entry with that number, from 0, under such headings."""
    lines = [at for at, line in enumerate(source.splitlines(), 1) if line.strip() == heading]
    return lines[number]
