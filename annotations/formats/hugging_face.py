"""A Hugging Face dataset: a folder with a data file for each part and one dataset card naming the classes.

Each row is a document: `id`, `text`, `tokens`, `offsets` (where each token begins, in code points) and
`ner_tags`, class numbers in IOB2. The card, `README.md`, declares the features and the parts, so that
`datasets.load_dataset(folder)` has the same `ClassLabel` names in all of them: `O`, then `B-` and `I-`
of each label in the order of the project. The data are JSON Lines, or Parquet through pyarrow. Files
from other programs have no `text` and `offsets`; their tokens are joined by single spaces. Their
classes are named in the card, or in the features that `datasets` stores in Parquet. Source:
huggingface.co/docs/hub/datasets-cards and huggingface.co/docs/datasets/loading.
"""

import itertools
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Literal

import msgspec
from msgspec import Struct

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.file_input import open_input, refuse_encoding
from annotations.formats.folder import files_in, plain
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.json_input import convert, json_objects, parse, text_of
from annotations.formats.loss import Loss, losses_without, minus, span_loss
from annotations.formats.span_input import UNUSABLE, SpanInput, unknown_fields
from annotations.formats.tags import is_tag, tag, tagged
from annotations.formats.tokens import OVERLAP, language_of, place, without_overlaps, word_tokens
from annotations.formats.tolerance import read_each

CARD = "README.md"
WHOLE = "train"
"""The name of the only part of a dataset that is not divided."""
_CLASS = re.compile(r"""^\s*['"]?(\d{1,9})['"]?\s*:\s*(.+?)\s*$""")
_LISTED = re.compile(r"^\s*-\s+(.+?)\s*$")
_HEAD = re.compile(r"---\r?\n(.*?)\n---", re.DOTALL)
_BATCH = 200


class _Row(Struct):
    tokens: list[str]
    ner_tags: list[int | str]
    id: Any = None
    text: str | None = None
    offsets: list[int] | None = None


class HuggingFace:
    """The format of the folder, with data files of one of two kinds."""

    def __init__(self, kind: Literal["jsonl", "parquet"]) -> None:
        self._kind = kind

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep the spans that begin and end where words do and do not overlap."""
        losses = losses_without(annotated, ())
        text = annotated.text
        placed, misfits = place(
            text, annotated.spans, word_tokens(text, language_of(annotated, options))
        )
        _, beside = without_overlaps([on.span for on in placed])
        losses += misfits + [span_loss(text, span, OVERLAP) for span in beside]
        return Fitted(minus(annotated, losses).without_history(), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write the data as one part, and the card."""
        self.write_parts({WHOLE: lambda: documents}, path, options)

    def write_parts(
        self,
        parts: Mapping[str, Callable[[], Iterable[AnnotatedDocument]]],
        path: Path,
        options: Options,
    ) -> None:
        """Write a data file for each part, with the name of the part, and one card for all of them."""
        path.mkdir()
        labels: dict[str, None] = {}
        with tempfile.TemporaryDirectory(dir=path.parent) as workplace:
            numbers = itertools.count()
            for part, documents in parts.items():
                with (Path(workplace) / part).open("wb") as file:
                    for document in documents():
                        labels.update(dict.fromkeys(span.label for span in document.spans))
                        row = msgspec.json.encode(tagged_row(next(numbers), document, options))
                        file.write(row + b"\n")
            classes = class_names(labels, options)
            for part in parts:
                with (Path(workplace) / part).open("rb") as file:
                    self._write_numbered(path / f"{part}.{self._kind}", file, classes)
        (path / CARD).write_text(card(classes, [*parts], self._kind), "utf-8")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read all data files in the folder and its subfolders, or one data file with the card beside it."""
        if self._kind == "parquet":
            refuse_encoding(options, name)
        yield from read_each(self._rows(path, name, options), _read_row)

    def _rows(
        self, path: Path, name: str, options: Options
    ) -> Iterator[tuple[str, tuple[object, list[str]]]]:
        """The rows of all files, each with its place for error messages and the names of its classes."""
        top = path if path.is_dir() else path.parent
        classes = _classes(top, name if path.is_dir() else str(Path(name).parent))
        for file in files_in(path, f".{self._kind}") if path.is_dir() else [path]:
            inside = plain(file.relative_to(top).as_posix())
            where = f"{name}/{inside}" if path.is_dir() else name
            if self._kind == "jsonl":
                objects = json_objects(file, where, options)
                yield from ((place, (data, classes)) for place, data in objects)
            else:
                known = _classes_in_parquet(file) or classes
                yield from ((line, (row, known)) for line, row in _read_parquet(file, where))

    def _write_numbered(self, path: Path, rows: IO[bytes], classes: list[str]) -> None:
        """Write rows with the names of their classes replaced by numbers."""
        numbers = {name: number for number, name in enumerate(classes)}

        def numbered() -> Iterator[dict[str, object]]:
            for line in rows:
                row = msgspec.json.decode(line)
                yield row | {"ner_tags": [numbers[name] for name in row["ner_tags"]]}

        if self._kind == "jsonl":
            with path.open("wb") as file:
                for row in numbered():
                    file.write(msgspec.json.encode(row) + b"\n")
        else:
            _write_parquet(path, numbered())


def class_names(labels: Iterable[str], options: Options) -> list[str]:
    """`O`, then the two classes of each label: those of the project in its order, then others by name."""
    order = {label: number for number, label in enumerate(options.labels)}
    ordered = sorted(labels, key=lambda label: (order.get(label, len(order)), label))
    return ["O", *(f"{mark}-{label}" for label in ordered for mark in "BI")]


def card(classes: Iterable[str], parts: Iterable[str], kind: str) -> str:
    """The dataset card that declares the features of a row and the file of each part."""
    names = "".join(f"          '{n}': {_yaml(name)}\n" for n, name in enumerate(classes))
    strings = "".join(f"  - name: {name}\n    dtype: string\n" for name in ("id", "text"))
    files = "".join(f"  - split: {part}\n    path: {_yaml(f'{part}.{kind}')}\n" for part in parts)
    return (
        "---\ntask_categories:\n- token-classification\n"
        f"configs:\n- config_name: default\n  data_files:\n{files}"
        f"dataset_info:\n  features:\n{strings}"
        "  - name: tokens\n    sequence: string\n  - name: offsets\n    sequence: int64\n"
        f"  - name: ner_tags\n    sequence:\n      class_label:\n        names:\n{names}"
        "---\n\nNamed entities by document. `tokens` are words, `offsets` where each begins in `text`\n"
        "(Unicode code points), `ner_tags` their classes in IOB2.\n"
    )


def _yaml(text: str) -> str:
    """A double-quoted YAML string, with characters escaped that are not printable."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted) + '"'


def _from_yaml(quoted: str) -> str:
    """The text of a YAML string: in double quotes as `_yaml` writes it, in single quotes or in none."""
    if not (len(quoted) > 1 and quoted[0] == quoted[-1] == '"'):
        return quoted.strip("'")

    def unescaped(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else match[2]

    return re.sub(r"\\(?:U([0-9a-f]{8})|(.))", unescaped, quoted[1:-1])


def tagged_row(number: int, document: AnnotatedDocument, options: Options) -> dict[str, object]:
    """The row of a document, with the names of its classes instead of their numbers."""
    text = document.text
    cut = word_tokens(text, language_of(document, options))
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
        "ner_tags": tags,
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
        while batch := list(itertools.islice(rows, _BATCH)):
            writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))


def _read_parquet(path: Path, name: str) -> Iterator[tuple[str, object]]:
    import pyarrow
    import pyarrow.parquet

    number = 0
    try:
        with open_input(path, name) as stream, pyarrow.parquet.ParquetFile(stream) as file:
            for batch in file.iter_batches(_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{name}, row {number}", row
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise FormatError(f"{name} cannot be read after row {number}: {reason}.") from None


def _classes(path: Path, name: str) -> list[str]:
    """The class names of the card, in the order of their numbers; empty if there is no card."""
    if not (path / CARD).is_file():
        return []
    with open_input(path / CARD, f"{name}/{CARD}") as file:
        text = file.read(2**24).decode("utf-8", "replace")
    head = _HEAD.match(text)
    found: dict[int, str] = {}
    try:
        for line in _lines_of_names(head[1].splitlines() if head else []):
            match, listed = _CLASS.match(line), _LISTED.match(line)
            if match:
                found[int(match[1])] = _from_yaml(match[2])
            elif listed:
                found[len(found)] = _from_yaml(listed[1])
    except (ValueError, OverflowError):
        raise FormatError(f"{name}/{CARD} has class names that cannot be read.") from None
    if len(found) != max(found, default=-1) + 1:
        raise FormatError(f"{name}/{CARD} leaves out the names of some classes.")
    return [found[number] for number in sorted(found)]


def _lines_of_names(lines: list[str]) -> Iterator[str]:
    """The lines of a card after `names:` of the feature `ner_tags`."""
    inside, depth = False, -1
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if depth >= 0:
            if indent < depth or (indent == depth and not line.lstrip().startswith("-")):
                return
            yield line
        elif re.match(r"\s*-\s+name:", line):
            inside = line.split(":", 1)[1].strip().strip("'\"") == "ner_tags"
        elif inside and line.strip() == "names:":
            depth = indent


def _classes_in_parquet(path: Path) -> list[str]:
    """The class names in the features that `datasets` stores in a Parquet file; empty if it has none."""
    import pyarrow
    import pyarrow.parquet

    try:
        stored = (pyarrow.parquet.read_schema(path).metadata or {}).get(b"huggingface", b"{}")
        feature = json.loads(stored)["info"]["features"]["ner_tags"]
        names = feature.get("feature", feature)["names"]
    except (
        pyarrow.ArrowException,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ):
        return []
    return names if isinstance(names, list) and all(isinstance(name, str) for name in names) else []


def _read_row(where: str, row: tuple[object, list[str]]) -> Iterator[Reading]:
    data, classes = row
    value = parse(data, where) if isinstance(data, bytes) else data
    filled = (
        {key: one for key, one in value.items() if one is not None} if isinstance(value, dict) else {}
    )
    yield _reading(convert(value, _Row, where), unknown_fields(filled, _Row), classes, where)


def _reading(row: _Row, losses: list[Loss], classes: list[str], where: str) -> Reading:
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
    found.losses += losses
    ends = [start + len(token) for start, token in zip(offsets, row.tokens, strict=False)]
    for number, (start, end) in enumerate(zip(offsets, ends, strict=False)):
        if start < 0 or text[start:end] != row.tokens[number]:
            raise FormatError(f"{where}: token {number} is not at its offset in the text.")
    tags = []
    for number, value in enumerate(row.ner_tags):
        name = _tag(value, classes, where)
        if not is_tag(name):
            found.leave_out(UNUSABLE, f"ner_tags[{number}] is {name[:40]!r}, which is not a tag")
        tags.append(name if is_tag(name) else "O")
    for first, last, label, oddity in tagged(tags, "IOB2", where):
        if oddity:
            found.losses.append(Loss("foreign", oddity, None, row.tokens[first][:40]))
        found.add(offsets[first], ends[last], label, f"the span of {label}", status="accepted")
    return Reading(annotated(text, found.spans), found.losses, complete=True, key=text_of(row.id))


def _tag(value: int | str, classes: list[str], where: str) -> str:
    if isinstance(value, int):
        if not 0 <= value < len(classes):
            raise FormatError(f"{where} has the class {str(value)[:20]}, which {CARD} does not name.")
        value = classes[value]
    return value


JSONL = HuggingFace("jsonl")
PARQUET = HuggingFace("parquet")
