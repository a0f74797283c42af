"""Time per document to write and read formats, compared with plain json and spaCy's tokenizer.

    python -m benchmarks.formats [--documents 500] [--format jsonl --format spacy]

Every figure is a ratio to a baseline of the same run over the same documents: `json.dumps` of the text
and its spans, and the tokenizer of a blank pipeline. Each format is measured in a separate process; its
peak memory is also compared with the peak for a quarter of the documents.
"""

import argparse
import json
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.export import Export
from annotations.formats.format import Options
from annotations.formats.registry import FORMATS, entry, load
from annotations.model.document import Document
from annotations.model.source import person
from annotations.model.span import Span

SENTENCE = "the ministers of Kenya and Peru met Ada Lovelace in Geneva on 3 March 2021 to talk."
P = ParamSpec("P")
T = TypeVar("T")

LABELS = ("PERSON", "GPE", "DATE", "ORG")


def make_documents(number: int, size: int = 3000, spans: int = 60) -> Iterator[AnnotatedDocument]:
    """Documents of about `size` characters with `spans` spans on words, the same in every run."""
    some = SENTENCE.split()
    for count in range(number):
        draw = random.Random(count)
        words, length = [], 0
        while length < size:
            words.append(draw.choice(some) + (f"{draw.randrange(9999)}" if draw.random() < 0.05 else ""))
            length += len(words[-1]) + 1
        starts, offset = [], 0
        for word in words:
            starts.append((offset, offset + len(word.rstrip("."))))
            offset += len(word) + 1
        made = [
            Span(start, end, draw.choice(LABELS), "accepted", (person("ann"),))
            for start, end in draw.sample(starts, min(spans, len(starts)))
        ]
        yield annotated(" ".join(words), made, path=f"/articles/{count}.txt", annotator="ann")


def baseline_json(documents: int) -> float:
    """Seconds to encode the same data with the standard library, without the time to make the data."""
    taken = 0.0
    for document in make_documents(documents):
        begin = time.perf_counter()
        spans = [
            {"start": s.start, "end": s.end, "label": s.label, "text": document.text[s.start : s.end]}
            for s in document.spans
        ]
        json.dumps({"text": document.text, "spans": spans})
        taken += time.perf_counter() - begin
    return taken


def baseline_tokenizer(documents: int) -> float:
    """Seconds to split the same texts with only spaCy's tokenizer."""
    import spacy

    tokenizer = spacy.blank("en").tokenizer
    taken = 0.0
    for document in make_documents(documents):
        begin = time.perf_counter()
        tokenizer(document.text)
        taken += time.perf_counter() - begin
    return taken


def making(documents: int) -> float:
    """Seconds to make the documents, to be subtracted."""
    begin = time.perf_counter()
    for _ in make_documents(documents):
        pass
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--format", action="append", help="only these formats (default: all)")
    options = parser.parse_args()
    number = options.documents
    json_time, cut_time, make_time = (
        in_a_process(baseline, number) for baseline in (baseline_json, baseline_tokenizer, making)
    )
    per_document = 1e3 / number
    print(f"{number} documents of 3 KB with 60 spans. json takes {json_time * per_document:.2f} ms")
    print(f"a document, spaCy's tokenizer {cut_time * per_document:.2f} ms.\n")
    print(
        f"{'format':<16} {'export':>9} {'read':>9} {'to json':>8} {'to tokenizer':>13}"
        f" {'peak':>7} {'to a quarter':>13}"
    )
    for name in options.format or [found.name for found in FORMATS if found.writes]:
        wrote, read, peak = in_a_process(measure, number, name)
        wrote -= make_time
        _, _, before = in_a_process(measure, number // 4, name)
        print(
            f"{name:<16} {wrote * per_document:>6.2f} ms {read * per_document:>6.2f} ms"
            f" {wrote / json_time:>8.1f} {wrote / cut_time:>13.1f} {peak:>4.0f} MB {peak / before:>13.2f}"
        )


def in_a_process(work: Callable[P, T], *arguments: P.args, **more: P.kwargs) -> T:
    """The result of some work, done in a new process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments, **more).result()


def measure(number: int, name: str) -> tuple[float, float, float]:
    """Seconds to export (fit, write, read back, compare), seconds to read, and the peak memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / f"out{entry(name).suffix}"
        begin = time.perf_counter()
        export = Export(entry(name), output, Options())
        export.run(lambda: make_documents(number), lambda report: None)
        wrote = time.perf_counter() - begin
        articles: dict[str, Document] = {}
        if not entry(name).holds_texts:
            articles = {made.document.sha256: made.document for made in make_documents(number)}
        options = Options(find=lambda sha256, path: articles.get(sha256))
        begin = time.perf_counter()
        for _ in load(name).read(output, output.name, options) if entry(name).reads else ():
            pass
        read = time.perf_counter() - begin
    return wrote, read, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
