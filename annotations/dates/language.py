"""The languages that have tables for dates; the tables are read and compiled once."""

import re
import tomllib
from functools import cache
from importlib import resources

from msgspec import ValidationError, convert

from annotations.dates.document_language import ENGLISH
from annotations.dates.language_checks import WordError
from annotations.dates.language_compiler import RuleError, SettingError, compile_language
from annotations.dates.language_tables import Language, LanguageFile
from annotations.model.errors import AnnotateError


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that have tables."""
    folder = resources.files("annotations.dates") / "languages"
    return tuple(sorted(f.name[: -len(".toml")] for f in folder.iterdir() if f.name.endswith(".toml")))


def rules_for(language: str) -> str:
    """The code of the language whose rules read a document in `language`: English where it has no rules, so
    that at least dates in figures are read."""
    return language if language in languages() else ENGLISH


@cache
def load_language(code: str) -> Language:
    """Read and compile the tables of a language, once.

    Raises `AnnotateError` for a language without tables.
    """
    if code not in languages():
        raise AnnotateError(
            f"There are no rules for dates in the language {code!r}; "
            f"the languages with rules are {', '.join(languages())}."
        )
    file = resources.files("annotations.dates") / "languages" / f"{code}.toml"
    return read_language(code, text_of_file(code, file.read_bytes()))


def text_of_file(code: str, data: bytes) -> str:
    """The text of a file, without a byte order mark. Raises `AnnotateError` where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AnnotateError(
            f"{code}.toml, line {line}: this is not UTF-8; save the file as UTF-8."
        ) from error


def line_of_rule(code: str, number: int) -> int:
    """The line of a rule in the file of a language; `number` is its position among the rules, from 0."""
    file = resources.files("annotations.dates") / "languages" / f"{code}.toml"
    return _line_of_entry(text_of_file(code, file.read_bytes()), "[[rule]]", number)


def read_language(code: str, source: str) -> Language:
    """Read and compile the text of a language's file.

    Raises an `AnnotateError` that names the file, and the line and the rule where they are known.
    """
    name = f"{code}.toml"
    try:
        return compile_language(code, convert(tomllib.loads(source), LanguageFile))
    except tomllib.TOMLDecodeError as error:
        raise AnnotateError(f"{name} is not valid TOML: {error}.") from error
    except RuleError as error:
        line = _line_of_entry(source, f"[[{error.of}]]", error.number)
        raise AnnotateError(f"{name}, line {line}: {_plain(str(error))}.") from error
    except WordError as error:
        line = _line_of_word(source.splitlines(), error.class_, error.word)
        raise AnnotateError(f"{name}, line {line}: {_plain(str(error))}.") from error
    except SettingError as error:
        line = _line_of_key(source, "settings", error.key)
        raise AnnotateError(f"{name}, line {line}: {_plain(str(error))}.") from error
    except ValidationError as error:
        raise AnnotateError(f"{name}{_place(source, str(error))}: {_plain(str(error))}.") from error
    except ValueError as error:
        raise AnnotateError(f"{name}: {error}.") from error


_PLAIN = (
    (re.compile(r"Object contains unknown field `(.+)`"), r"there is no key \1 here"),
    (re.compile(r"Object missing required field `(.+)`"), r"the key \1 is missing"),
    (re.compile(r"Invalid enum value (.+)"), r"\1 is not one of the values that are allowed here"),
    (re.compile(r"Expected `(.+?)(?: \| null)?`, got `(.+)`"), r"this must be \1, not \2"),
)
_TYPES = {"str": "a text", "int": "a number", "float": "a number", "bool": "true or false", "array": "a list",
          "object": "a table"}  # fmt: skip


def _plain(message: str) -> str:
    """An error message in the words of the file's format, with the last key of its path."""
    said, _, path = message.partition(" - at ")
    for form, plain in _PLAIN:
        said = form.sub(plain, said)
    said = re.sub(r"\b(?:str|int|float|bool|array|object)\b", lambda match: _TYPES[match[0]], said)
    said = said.replace(" | null", "").replace(" | ", " or ").replace("a number or a number", "a number")
    key = re.search(r"\.(\w+)(?:\[[^\]]*\])*`$", path)
    return f"{said} ({key[1]})" if key and key[1] not in ("rule", "shape") else said


_ENTRY = re.compile(r"\$\.(rule|shape)\[(\d+)\]")
_SECTION = re.compile(r"\$\.(\w+)")
_NAME = re.compile(r'\[\[rule\]\]\s+name = "([^"\n]*)"')


def _place(source: str, message: str) -> str:
    """The line that a message is about, and the name of the rule, where they are found."""
    if entry := _ENTRY.search(message):
        line = _line_of_entry(source, f"[[{entry[1]}]]", int(entry[2]))
        named = _NAME.match("\n".join(source.splitlines()[line - 1 : line + 1]))
        return f", line {line}" + (f": the rule {named[1]!r}" if named else "")
    section = _SECTION.search(message)
    if section is None:
        unknown = re.search(r"unknown field `(.+)`", message)
        heading = (
            re.search(rf"^\s*\[+{re.escape(unknown[1])}\b", source, re.MULTILINE) if unknown else None
        )
        return f", line {source.count(chr(10), 0, heading.start()) + 1}" if heading else ""
    lines = source.splitlines()
    if section[1] == "words":
        for class_, entries in tomllib.loads(source).get("words", {}).items():
            for word, value in entries.items():
                if not isinstance(value, (str, int, float)):
                    return f", line {_line_of_word(lines, class_, word)}"
    headings = (at for at, line in enumerate(lines, 1) if line.strip() == f"[{section[1]}]")
    return next((f", line {at}" for at in headings), "")


def _line_of_key(source: str, section: str, key: str) -> int:
    """The line of a key under a heading, or else of the heading."""
    lines = source.splitlines()
    heading = lines.index(f"[{section}]")
    begins = (f"{key} ", f"{key}=")
    return next(
        (at + 1 for at in range(heading, len(lines)) if lines[at].startswith(begins)), heading + 1
    )


def _line_of_word(lines: list[str], class_: str, word: str) -> int:
    """The line of a word under the heading of its class."""
    heading = lines.index(f"[words.{class_}]")
    keys = (f"{word} ", f"{word}=", f'"{word}"')
    return next((at + 1 for at in range(heading, len(lines)) if lines[at].startswith(keys)), heading + 1)


def _line_of_entry(source: str, heading: str, number: int) -> int:
    """The line of an entry by its number, from 0, among the entries with this heading."""
    lines = [at for at, line in enumerate(source.splitlines(), 1) if line.strip() == heading]
    return lines[number]
