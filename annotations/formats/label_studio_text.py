"""The text of a Label Studio task, and the places in it that the results name.

The field that holds the text is the one in the labelling config beside the file (`NAME.config.xml` or
`config.xml`), otherwise the only one that contains the words quoted by the results, otherwise `text`, the
only string, or the string that is at least twice as long as any other. A text is plain, HTML (only its
text is read) or a list of paragraphs. Offsets are UTF-16 units; they are code points if the words that a
result quotes are found only there.
"""

import re
import xml.parsers.expat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from annotations.formats.format import FormatError
from annotations.formats.hypertext import Hypertext
from annotations.formats.json_input import text_of
from annotations.formats.loss import Loss
from annotations.formats.utf16 import Utf16

DATA = "text"
_OBJECTS = ("text", "hypertext", "paragraphs")
_ADDRESS = re.compile(r"(?:https?://|s3://|gs://|azure-blob://|/data/)\S+")
_SEARCHED = 10**6
"""The length of the longest page that is searched for quoted words that are not at their offsets."""
_LARGEST_CONFIG = 2**20

Extent = tuple[int, int]
ToCodePoints = Callable[[int], int | None]
PlaceOf = Callable[[dict[str, Any]], Extent | None]
"""Gives the place of a result, from its value, in code points; `None` if it has no place."""


class Region(Struct):
    """One result: a place in the text with labels, or another statement about a place."""

    id: Any = None
    type: str = ""
    value: Any = None
    meta: Any = None
    score: float | None = None
    from_name: Any = ""
    to_name: Any = ""

    @property
    def key(self) -> str:
        """The id that all results of one region have; empty if there is none."""
        return self.id if isinstance(self.id, str) else ""

    @property
    def comment(self) -> str:
        """The text that a person wrote about the region."""
        text = self.meta.get("text") if isinstance(self.meta, dict) else None
        lines = text if isinstance(text, list) else [text]
        return "\n".join(line for line in lines if isinstance(line, str))


class TaskText(NamedTuple):
    """The text of a task, and a function that finds the places of results in it."""

    text: str
    place: PlaceOf
    losses: list[Loss]


@dataclass
class Config:
    """What a labelling config says: the data field of each labelled object, and the kind of each field."""

    fields: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    text_key: str = "text"


def config_beside(path: Path) -> Config:
    """The content of the labelling config beside a file; empty if there is none that can be read."""
    config = Config()
    places = (path.with_suffix(".config.xml"), path.with_name("config.xml"))
    file = next((place for place in places if place.is_file()), places[0])

    def start(tag: str, attributes: dict[str, str]) -> None:
        key = attributes.get("value", "")
        if tag.lower() in _OBJECTS and key.startswith("$"):
            config.fields[attributes.get("name", "")] = key[1:]
            config.kinds[key[1:]] = tag.lower()
            if tag.lower() == "paragraphs":
                config.text_key = attributes.get("textKey", "text")

    def refuse(*_: object) -> None:
        raise ValueError("XML entities are not allowed in a config")

    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    try:
        if file.is_file() and file.stat().st_size <= _LARGEST_CONFIG:
            parser.Parse(file.read_bytes(), True)
    except (xml.parsers.expat.ExpatError, OSError, ValueError, LookupError):
        return Config()
    return config


def text_field(
    data: dict[str, Any], regions: list[Region], config: Config, where: str, ours: bool
) -> str:
    """The field of the data that holds the text.

    Raises `FormatError` if that cannot be decided, or if the field holds only the address of a text. Tasks
    that this program wrote (`ours`) never hold addresses, so their text may look like one.
    """
    name = _field(data, regions, config, where)
    if not ours and isinstance(data[name], str) and _ADDRESS.fullmatch(data[name]):
        raise FormatError(
            f"{where}, field data.{name[:40]} is the address of a text and not the text; "
            "export the tasks with their texts."
        )
    return name


def _field(data: dict[str, Any], regions: list[Region], config: Config, where: str) -> str:
    texts = {
        key: value
        for key, value in data.items()
        if isinstance(value, str) or (isinstance(value, list) and _paragraphs(value, config))
    }
    named = [config.fields.get(text_of(region.to_name), "") for region in regions]
    for key in (*named, *config.fields.values()):
        if key in texts:
            return key
    quoting = [key for key, value in texts.items() if _is_quoted(value, regions)]
    if len(quoting) == 1:
        return quoting[0]
    if DATA in texts:
        return DATA
    if len(texts) == 1:
        return next(iter(texts))
    *_, second, first = ["", "", *sorted(texts, key=lambda key: len(texts[key]))]
    if first and len(texts[first]) >= 2 * len(texts[second]) and second:
        return first
    if not texts:
        raise FormatError(f"{where}, field data has no text.")
    raise FormatError(
        f"{where}, field data has several strings ({', '.join(texts)[:80]}) and none called {DATA!r}; "
        "put the labelling config beside the file, under its name with the ending .config.xml."
    )


def _is_quoted(value: object, regions: list[Region]) -> bool:
    """Whether a text has all the words that results quote, at their offsets if they have any."""
    if not isinstance(value, str):
        return False
    quoted = [region.value for region in regions if quote_of(region.value) is not None]
    if not quoted:
        return False
    to, bare = Utf16(value).code_points, _bare(value)
    for one in quoted:
        if isinstance(one.get("start"), int):
            places = [at for at in _in_plain(to, one) if at is not None]
            if not any(quotes_match(value[start:end], one["text"]) for start, end in places):
                return False
        elif _bare(one["text"]) not in bare:
            return False
    return True


def text_source(value: Any, kind: str, regions: list[Region], config: Config) -> TaskText:
    """The text in a field of the data; `kind` is its kind in the config, empty if not stated."""
    if isinstance(value, list):
        return _from_paragraphs(value, config)
    by_path = any(
        isinstance(region.value, dict) and isinstance(region.value.get("start"), str)
        for region in regions
    )
    if kind == "hypertext" or by_path or any(region.type == "hypertextlabels" for region in regions):
        return _from_html(value)
    to = Utf16(value).code_points
    return TaskText(value, _chooser(value, lambda one: _in_plain(to, one)), [])


def _chooser(text: str, candidates: Callable[[dict[str, Any]], Iterator[Extent | None]]) -> PlaceOf:
    """A function that finds the place of a result: the first with the quoted text, otherwise the first."""

    def place(one: dict[str, Any]) -> Extent | None:
        quote, first = quote_of(one), None
        for extent in candidates(one):
            if extent is not None:
                if quote is None or quotes_match(text[extent[0] : extent[1]], quote):
                    return extent
                first = first or extent
        return first

    return place


def _in_plain(to: ToCodePoints, one: dict[str, Any]) -> Iterator[Extent | None]:
    start, end = one.get("start"), one.get("end")
    if isinstance(start, int) and isinstance(end, int):
        yield _extent(to(start), to(end))
        if quote_of(one) is not None:
            yield start, end


def _extent(start: int | None, end: int | None) -> Extent | None:
    return None if start is None or end is None else (start, end)


def _from_html(html: str) -> TaskText:
    page = Hypertext(html)

    def candidates(one: dict[str, Any]) -> Iterator[Extent | None]:
        whole = one.get("globalOffsets")
        for place in (whole if isinstance(whole, dict) else {}, one):
            start, end = place.get("start"), place.get("end")
            if isinstance(start, int) and isinstance(end, int):
                for utf16 in (True, False):
                    yield _extent(
                        page.offset_of_global(start, False, utf16),
                        page.offset_of_global(end, True, utf16),
                    )
        start, end = one.get("startOffset"), one.get("endOffset")
        if isinstance(start, int) and isinstance(end, int):
            yield _extent(page.at(str(one.get("start")), start), page.at(str(one.get("end")), end))
        quote = quote_of(one)
        if quote is not None and len(page.text) < _SEARCHED and page.text.count(quote) == 1:
            yield page.text.index(quote), page.text.index(quote) + len(quote)

    return TaskText(page.text, _chooser(page.text, candidates), [])


def _paragraphs(value: list[Any], config: Config) -> list[str]:
    """The texts of a list of paragraphs; empty for a list of anything else."""
    texts = [one.get(config.text_key) for one in value if isinstance(one, dict)]
    known = [text for text in texts if isinstance(text, str)]
    return known if len(known) == len(value) else []


def _from_paragraphs(value: list[Any], config: Config) -> TaskText:
    texts = _paragraphs(value, config)
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    others = sorted({key for one in value for key in one if key != config.text_key})

    def offset(number: object, units: object) -> int | None:
        if not str(number).isdecimal() or not isinstance(units, int) or int(str(number)) >= len(texts):
            return None
        paragraph = texts[int(str(number))]
        inside = Utf16(paragraph).code_points(units)
        return None if inside is None or inside > len(paragraph) else starts[int(str(number))] + inside

    def place(one: dict[str, Any]) -> Extent | None:
        first = offset(one.get("start"), one.get("startOffset"))
        last = offset(one.get("end"), one.get("endOffset"))
        return _extent(first, last)

    losses = [Loss("foreign", f"field {key[:40]!r} of paragraphs, which is not read") for key in others]
    return TaskText("\n".join(texts), place, losses)


def quote_of(value: object) -> str | None:
    """The words that the value of a result quotes, if any."""
    quote = value.get("text") if isinstance(value, dict) else None
    return quote if isinstance(quote, str) and quote else None


def _bare(text: str) -> str:
    """A text without white space; a line end written as backslash and n also counts as white space."""
    return "".join(text.replace("\\n", " ").split())


def quotes_match(text: str, quote: str) -> bool:
    """Whether a text equals a quoted text, apart from white space."""
    return text == quote or _bare(text) == _bare(quote)
