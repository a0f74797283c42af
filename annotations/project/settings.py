"""A project's own settings: `annotate.toml` next to an article, or in a folder above it.

The file gives labels, the pipeline, the theme, key bindings and guidelines. Every mistake in it is
reported in one sentence that names the file, the key and, if known, the line.
"""

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from annotations.dates.scheme import DEFAULT_SCHEME, SCHEMES, DateKind
from annotations.learn.doubt import THRESHOLD
from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme, is_label_key, with_keys
from annotations.project.date_kinds import read_date_kinds
from annotations.project.doubt_setting import read_doubt
from annotations.project.several_texts import read_several
from annotations.text.regular_file import read_regular, read_regular_text

FILE_NAME = "annotate.toml"
TEXT_FILES = ("*.txt", "*.text")
"""The files of a folder that are articles by default."""
KNOWN = (
    *("model", "language", "dates", "patterns", "files", "theme", "glyphs", "measure", "doubt"),
    *("guidelines", "preset", "labels", "keys", "name_words"),
)
"""What an `annotate.toml` may set."""
KNOWN_OF_A_PERSON = ("annotator", "theme", "glyphs", "preset", "keys")
"""What a user's own settings may set."""
GlyphSet = Literal["", "ascii"]
"""`ascii` for only ASCII signs; empty for all signs that the terminal can show."""
MEASURE = 72
"""The default number of columns of text in a row, if there is room."""
MEASURES = (40, 120)
"""The smallest and the greatest number of columns that a project may choose."""
LONGEST = 1 << 20
"""The greatest length of a settings file, in bytes."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LABEL_NAME = re.compile(r"[^\s\x00-\x1f\x7f]+")


class Settings(Struct, frozen=True):
    """The choices of a project, or the defaults."""

    file: Path | None = None
    scheme: LabelScheme = ONTONOTES
    keyed: frozenset[str] = frozenset()
    """The names of the labels whose key is written in the file, not assigned automatically."""
    model: str = ""
    language: str = ""
    """The language of the articles; empty if the words of each article decide."""
    date_kinds: frozenset[DateKind] = SCHEMES[DEFAULT_SCHEME]
    """The kinds of expressions of time that are marked."""
    patterns: tuple[Path, ...] = ()
    files: tuple[str, ...] = TEXT_FILES
    """Which files of a folder are articles, as patterns of their names."""
    theme: str = ""
    glyphs: GlyphSet = ""
    """The signs to draw with; empty if the terminal decides."""
    measure: int = MEASURE
    """Columns of text in a row; 0 for the full width."""
    doubt: float = THRESHOLD
    """The probability of being wrong from which a suggestion is doubtful, after enough decisions."""
    guidelines: Path | None = None
    preset: str = ""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys by the name of the action. The names of actions are checked by the screen, which knows them."""
    annotator: str = ""
    """The default annotator: only the user's own settings have it."""
    own_file: Path | None = None
    """The file of the user's own settings, for all projects."""
    own: frozenset[str] = frozenset()
    """What comes from the user's own settings: names of settings, and `keys.` with the name of an action."""

    def place(self, key: str, number: int | None = None, table: str = "") -> str:
        """`file, line N` for a setting, to begin an error with; see `setting_line`."""
        file = self.own_file if (f"{table}.{key}" if table else key) in self.own else self.file
        return setting_line(file, key, number, table) if file else "The settings"


def is_label_name(name: str) -> bool:
    """Whether a label can have this name: any text without spaces and control characters."""
    return bool(_LABEL_NAME.fullmatch(name))


def find_settings(start: Path) -> Path | None:
    """The `annotate.toml` in a folder or the nearest one above it."""
    return next((f / FILE_NAME for f in (start, *start.parents) if (f / FILE_NAME).is_file()), None)


def load_settings(file: Path | None) -> Settings:
    """Read and check a settings file; `None` gives the defaults. Raises `AnnotateError`."""
    if file is None:
        return Settings()
    table, source = _read_table(file)
    return _Reader(file, source).settings(table)


def load_user_settings(file: Path) -> Settings:
    """Read and check a user's own settings; the defaults if there is no such file.

    Raises `AnnotateError`.
    """
    if not file.is_file():
        return Settings()
    table, source = _read_table(file)
    reader = _Reader(file, source)
    reader.refuse_unknown(table, KNOWN_OF_A_PERSON)
    keys = reader.keys(table.get("keys", {}))
    return Settings(
        own_file=file,
        annotator=reader.text(table, "annotator"),
        theme=reader.text(table, "theme"),
        glyphs=reader.glyphs(table),
        preset=reader.text(table, "preset"),
        keys=keys,
        own=frozenset(table) | {f"keys.{action}" for action in keys},
    )


def _read_table(file: Path) -> tuple[dict[str, object], str]:
    """A settings file, parsed as TOML, and its text. Raises `AnnotateError`."""
    import tomllib

    try:
        source = read_regular_text(file, str(file), LONGEST)
        return tomllib.loads(source), source
    except OSError as error:
        raise AnnotateError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise AnnotateError(f"{file} is not UTF-8: byte {error.start}; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise AnnotateError(f"{file} is not valid TOML: {error}.") from None
    except (ValueError, RecursionError):
        # Raised for numbers with thousands of digits, and for values nested thousands of levels deep.
        raise AnnotateError(f"{file} has a value that is too long or nested too deeply.") from None


class _Reader:
    """Turns the parsed table into `Settings`; keeps the text of the file to find line numbers."""

    def __init__(self, file: Path, source: str) -> None:
        self.file = file
        self.lines = source.splitlines()

    def settings(self, table: dict[str, object]) -> Settings:
        self.refuse_unknown(table, KNOWN)
        guidelines = self.text(table, "guidelines")
        patterns = table.get("patterns", [])
        if isinstance(patterns, str):
            patterns = [patterns]
        if not isinstance(patterns, list) or not all(isinstance(p, str) for p in patterns):
            raise self.error("'patterns' must be the path of a file or a list of paths", "patterns")
        return Settings(
            file=self.file,
            scheme=replace(
                self.scheme(table.get("labels")), name_words=self.name_words(table.get("name_words", []))
            ),
            keyed=_keyed(table.get("labels")),
            model=self.model(table),
            language=self.text(table, "language"),
            date_kinds=read_date_kinds(table.get("dates", DEFAULT_SCHEME), self.error),
            patterns=tuple(self.file.parent / path for path in patterns),
            files=self.files(table.get("files", list(TEXT_FILES))),
            theme=self.text(table, "theme"),
            glyphs=self.glyphs(table),
            measure=self.measure(table.get("measure", MEASURE)),
            doubt=read_doubt(table.get("doubt", THRESHOLD), self.error),
            guidelines=self.file.parent / guidelines if guidelines else None,
            preset=self.text(table, "preset"),
            keys=self.keys(table.get("keys", {})),
        )

    def refuse_unknown(self, table: dict[str, object], known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                raise self.error(f"unknown setting {key!r}{_nearest(key, known)}", key)

    def model(self, table: dict[str, object]) -> str:
        """The pipeline: its name, or the path of its folder if it is a folder next to the file."""
        name = self.text(table, "model")
        folder = self.file.parent / name
        return str(folder) if name and folder.is_dir() else name

    def glyphs(self, table: dict[str, object]) -> GlyphSet:
        match self.text(table, "glyphs"):
            case "":
                return ""
            case "ascii":
                return "ascii"
            case other:
                raise self.error(f"'glyphs' must be \"ascii\" or left out, not {other!r}", "glyphs")

    def files(self, value: object) -> tuple[str, ...]:
        patterns = [value] if isinstance(value, str) else value
        if not isinstance(patterns, list) or not patterns or not all(map(_is_name_pattern, patterns)):
            raise self.error(
                f"'files' must be a pattern of file names such as '*.txt', or a list, not {value!r}",
                "files",
            )
        return tuple(dict.fromkeys(patterns))

    def name_words(self, value: object) -> frozenset[str]:
        entries = [value] if isinstance(value, str) else value
        if not isinstance(entries, list) or not all(isinstance(e, str) and e.strip() for e in entries):
            raise self.error(
                f"'name_words' must be small words such as 'of', as a list, not {value!r}", "name_words"
            )
        return frozenset(entry.strip() for entry in entries)

    def measure(self, value: object) -> int:
        fewest, most = MEASURES
        number = value if isinstance(value, int) and not isinstance(value, bool) else -1
        if number == 0 or fewest <= number <= most:
            return number
        raise self.error(
            f"'measure' must be a number from {fewest} to {most}, or 0 for the whole width,"
            f" not {value!r}",
            "measure",
        )

    def scheme(self, entries: object) -> LabelScheme:
        if entries is None:
            return ONTONOTES
        if not isinstance(entries, list) or not entries:
            raise self.error("'labels' must be one or more [[labels]] tables", "labels")
        labels: list[Label] = []
        for number, entry in enumerate(entries):
            labels.append(self.label(entry, number))
            here = labels[-1]
            for other in labels[:-1]:
                if other.name == here.name:
                    raise self.error(f"the label {here.name} appears twice", "name", number)
                if here.key and other.key == here.key:
                    raise self.error(
                        f"the labels {other.name} and {here.name} have the same key {here.key!r}",
                        "key",
                        number,
                    )
        self.check_sources(labels)
        return replace(with_keys(labels), own=True)

    def check_sources(self, labels: list[Label]) -> None:
        """Check that each label of another source belongs to only one label of the project."""
        names = {label.name for label in labels}
        owners: dict[str, str] = {}
        for number, label in enumerate(labels):
            for source in label.sources:
                if source in names - {label.name}:
                    raise self.error(
                        f"'from' of {label.name} names {source}, which is a label of its own;"
                        " remove one of them",
                        "from",
                        number,
                    )
                if owners.setdefault(source, label.name) != label.name:
                    raise self.error(
                        f"{source} is in 'from' of both {owners[source]} and {label.name};"
                        " remove it from one of them",
                        "from",
                        number,
                    )

    def label(self, entry: object, number: int) -> Label:
        if not isinstance(entry, dict):
            raise self.error("each label must be a [[labels]] table with a name", "labels")
        texts = ("name", "key", "colour", "definition")
        several = ("example", "counterexample", "from")
        known = (*texts, *several, "nested")
        for key in entry:
            if key not in known:
                near = _nearest(key, known)
                raise self.error(f"unknown setting {key!r} of a label{near}", key, number)
        values = {key: self.text(entry, key, number) for key in texts}
        nested = entry.get("nested", False)
        if not isinstance(nested, bool):
            raise self.error(f"'nested' must be true or false, not {nested!r}", "nested", number)
        if not is_label_name(values["name"]):
            raise self.error("a label needs a 'name' without spaces", "name", number)
        if values["key"] and not is_label_key(values["key"]):
            raise self.error(
                f"the key {values['key']!r} of {values['name']} is not one lower-case letter or digit",
                "key",
                number,
            )
        if values["colour"] and not _COLOUR.fullmatch(values["colour"]):
            raise self.error(
                f"the colour {values['colour']!r} of {values['name']} is not of the form #rrggbb",
                "colour",
                number,
            )
        examples, counterexamples, sources = (self.several(entry, key, number) for key in several)
        return Label(
            **values,
            examples=examples,
            counterexamples=counterexamples,
            sources=sources,
            nested=nested,
        )

    def several(self, entry: dict[str, object], key: str, number: int) -> tuple[str, ...]:
        one = "label" if key == "from" else "text"
        what = f"{key!r} must be a {one} or a list of {one}s"
        return read_several(entry.get(key, ""), what, lambda said: self.error(said, key, number))

    def keys(self, table: object) -> dict[str, tuple[str, ...]]:
        if not isinstance(table, dict):
            raise self.error("'keys' must be a [keys] table of actions and their keys", "keys")
        bindings = {}
        for action, keys in table.items():
            keys = [keys] if isinstance(keys, str) else keys
            if not isinstance(keys, list) or not all(isinstance(k, str) and k for k in keys):
                raise self.error(
                    f"the keys of {action!r} must be a key or a list of keys", action, table="keys"
                )
            bindings[action] = tuple(keys)
        return bindings

    def text(self, table: dict[str, object], key: str, number: int | None = None) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            raise self.error(f"{key!r} must be a text in quotes, not {value!r}", key, number)
        return value

    def error(self, what: str, key: str, number: int | None = None, table: str = "") -> AnnotateError:
        line = self.line(key, number, table)
        place = f"{self.file}, line {line}" if line else f"{self.file}"
        return AnnotateError(f"{place}: {what}.")

    def line(self, key: str, number: int | None, table: str = "") -> int | None:
        """The line of a key, or of a key of label `number` or of a table: Python's TOML parser does not give it."""
        first, last = 0, len(self.lines)
        if table:
            heading = re.compile(rf"\s*\[\s*{table}\s*\]")
            first = next((n for n, text in enumerate(self.lines) if heading.match(text)), 0)
        if number is not None:
            heads = [n for n, text in enumerate(self.lines) if re.match(r"\s*\[\[\s*labels", text)]
            if number >= len(heads):
                return None
            first = heads[number]
            last = heads[number + 1] if number + 1 < len(heads) else last
        pattern = re.compile(rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[=\]]""")
        for place in range(first, last):
            if pattern.match(self.lines[place]):
                return place + 1
        return first + 1 if number is not None else None


def setting_line(file: Path, key: str, number: int | None = None, table: str = "") -> str:
    """`file, line N` for a key of a settings file, or the file alone, to begin an error with.

    The key may be one of the label `number` (from 0, in the order of the file) or of a table.
    """
    source = read_regular(file, str(file), LONGEST).decode("utf-8", errors="replace")
    line = _Reader(file, source).line(key, number, table)
    return f"{file}, line {line}" if line else str(file)


def _is_name_pattern(pattern: object) -> bool:
    return isinstance(pattern, str) and bool(pattern) and "/" not in pattern


def _keyed(entries: object) -> frozenset[str]:
    """The names of the labels that have a key; the rest of the entries is already checked."""
    labels = entries if isinstance(entries, list) else []
    return frozenset(label["name"] for label in labels if label.get("key"))


def _nearest(word: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(word, known, 1)
    return f"; did you mean {near[0]!r}?" if near else ""
