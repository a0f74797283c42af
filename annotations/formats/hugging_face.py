"""A Hugging Face dataset: a folder with one data file and a dataset card naming the classes.

Each row is a document: `id`, `text`, `tokens`, `offsets` (where each token begins, in code points) and
`ner_tags`, class numbers in IOB2. The card, `README.md`, declares the features, so that
`datasets.load_dataset(folder)` has `ClassLabel` names. Data are JSON Lines, or Parquet through pyarrow.
Files without `text` and `offsets`, as others write them, read as tokens with single spaces between.
Source: huggingface.co/docs/hub/datasets-cards and huggingface.co/docs/datasets/loading.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.file_input import numbered_lines, opened
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.json_input import convert, parse
from annotations.formats.loss import Loss, losses_without, minus, span_loss
from annotations.formats.span_input import SpanInput
from annotations.formats.tags import tag, tagged
from annotations.formats.tokens import OVERLAP, place, without_overlaps, words

CARD = "README.md"
_CLASS = re.compile(r"^ {10}'(\d+)': (\".*\")$", re.MULTILINE)
_BATCH = 200


class _Row(Struct):
    tokens: list[str]
    ner_tags: list[int | str]
    id: Any = None
    text: str | None = None
    offsets: list[int] | None = None


class HuggingFace:
    """The format of the folder, its data in one of two kinds of file."""

    def __init__(self, kind: Literal["jsonl", "parquet"]) -> None:
        self._kind = kind
        self._data = f"train.{kind}"

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep what lies on words and does not overlap."""
        losses = losses_without(annotated, ())
        text = annotated.text
        placed, misfits = place(text, annotated.spans, words(text, options.language))
        _, beside = without_overlaps([on.span for on in placed])
        losses += misfits + [span_loss(text, span, OVERLAP) for span in beside]
        return Fitted(minus(annotated, losses).without_history(), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write the data, and the card when all classes are known."""
        path.mkdir()
        classes = {"O": 0}
        rows = (_row(n, document, classes, options) for n, document in enumerate(documents))
        if self._kind == "jsonl":
            with (path / self._data).open("wb") as file:
                for row in rows:
                    file.write(msgspec.json.encode(row) + b"\n")
        else:
            _write_parquet(path / self._data, rows)
        (path / CARD).write_text(card(classes), "utf-8")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the data files of the folder."""
        if not path.is_dir():
            raise FormatError(f"{name} is not a folder; name the one with the data and {CARD}.")
        classes = _classes(path, name)
        for file in sorted(path.glob(f"*.{self._kind}")):
            rows = _read_jsonl if self._kind == "jsonl" else _read_parquet
            for where, value in rows(file, f"{name}/{file.name}"):
                yield _reading(convert(value, _Row, where), classes, where)


def card(classes: Iterable[str]) -> str:
    """The dataset card that declares the features of a row."""
    names = "".join(f"          '{n}': {_yaml(name)}\n" for n, name in enumerate(classes))
    plain = "".join(f"  - name: {name}\n    dtype: string\n" for name in ("id", "text"))
    return (
        "---\ntask_categories:\n- token-classification\ndataset_info:\n  features:\n"
        f"{plain}  - name: tokens\n    sequence: string\n  - name: offsets\n    sequence: int64\n"
        f"  - name: ner_tags\n    sequence:\n      class_label:\n        names:\n{names}"
        "---\n\nNamed entities by document. `tokens` are words, `offsets` where each begins in `text`\n"
        "(Unicode code points), `ner_tags` their classes in IOB2.\n"
    )


def _yaml(text: str) -> str:
    """A double-quoted YAML string; what does not print is escaped."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted) + '"'


def _from_yaml(quoted: str) -> str:
    def plain(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else match[2]

    return re.sub(r"\\(?:U([0-9a-f]{8})|(.))", plain, quoted[1:-1])


def _row(
    number: int, document: AnnotatedDocument, classes: dict[str, int], options: Options
) -> dict[str, object]:
    text = document.text
    cut = words(text, options.language)
    covering = {
        place_: on.span
        for on in place(text, document.spans, cut)[0]
        for place_ in range(on.first, on.last + 1)
    }
    tags = [tag(covering.get(n), start, end, None, "IOB2") for n, (start, end) in enumerate(cut)]
    return {
        "id": str(number),
        "text": text,
        "tokens": [text[start:end] for start, end in cut],
        "offsets": [start for start, _ in cut],
        "ner_tags": [classes.setdefault(name, len(classes)) for name in tags],
    }


def _write_parquet(path: Path, rows: Iterator[dict[str, object]]) -> None:
    import pyarrow
    import pyarrow.parquet

    schema = pyarrow.schema(
        [
            ("id", pyarrow.string()),
            ("text", pyarrow.string()),
            ("tokens", pyarrow.list_(pyarrow.string())),
            ("offsets", pyarrow.list_(pyarrow.int64())),
            ("ner_tags", pyarrow.list_(pyarrow.int64())),
        ]
    )
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        while batch := list(islice(rows, _BATCH)):
            writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))


def _read_jsonl(path: Path, name: str) -> Iterator[tuple[str, object]]:
    for where, data in numbered_lines(path, name):
        yield where, parse(data, where)


def _read_parquet(path: Path, name: str) -> Iterator[tuple[str, object]]:
    import pyarrow
    import pyarrow.parquet

    number = 0
    try:
        with opened(path, name) as stream, pyarrow.parquet.ParquetFile(stream) as file:
            for batch in file.iter_batches(_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{name}, row {number}", row
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise FormatError(f"{name} cannot be read behind row {number}: {reason}.") from None


def _classes(path: Path, name: str) -> list[str]:
    """The class names of the card, in the order of their numbers; none without a card."""
    if not (path / CARD).is_file():
        return []
    with opened(path / CARD, f"{name}/{CARD}") as file:
        text = file.read(2**24).decode("utf-8", "replace")
    try:
        found = {int(number): _from_yaml(quoted) for number, quoted in _CLASS.findall(text)}
    except (ValueError, OverflowError):
        raise FormatError(f"{name}/{CARD} has class names that cannot be read.") from None
    return [found[number] for number in sorted(found)]


def _reading(row: _Row, classes: list[str], where: str) -> Reading:
    if len(row.tokens) != len(row.ner_tags):
        raise FormatError(f"{where} has {len(row.tokens)} tokens and {len(row.ner_tags)} ner_tags.")
    text, offsets = row.text, row.offsets
    if text is None or offsets is None:
        text, offsets = " ".join(row.tokens), [0]
        for token in row.tokens[:-1]:
            offsets.append(offsets[-1] + len(token) + 1)
    if len(offsets) < len(row.tokens):
        raise FormatError(f"{where} has {len(row.tokens)} tokens and {len(offsets)} offsets.")
    found = SpanInput(text, where)
    ends = [start + len(token) for start, token in zip(offsets, row.tokens, strict=False)]
    for number, (start, end) in enumerate(zip(offsets, ends, strict=False)):
        if start < 0 or text[start:end] != row.tokens[number]:
            raise FormatError(f"{where}: token {number} does not stand at its offset in the text.")
    tags = [_tag(value, classes, where) for value in row.ner_tags]
    for first, last, label, oddity in tagged(tags, "IOB2", where):
        if oddity:
            found.losses.append(Loss("foreign", oddity, None, row.tokens[first][:40]))
        found.add(offsets[first], ends[last], label, f"the span of {label}", status="accepted")
    return Reading(annotated(text, found.spans), found.losses)


def _tag(value: int | str, classes: list[str], where: str) -> str:
    if isinstance(value, int):
        if not 0 <= value < len(classes):
            raise FormatError(f"{where} has the class {str(value)[:20]}, which {CARD} does not name.")
        value = classes[value]
    return value


JSONL = HuggingFace("jsonl")
PARQUET = HuggingFace("parquet")
