"""Writing and then reading gives the original without the announced losses, in every format that reads."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.folder import FileNames
from annotations.formats.format import Options, Undone
from annotations.formats.loss import minus
from annotations.formats.registry import FORMATS, FormatEntry, entry, load
from annotations.model.document import Document
from tests.annotations.formats.corpus import documents

BOTH_WAYS = [entry.name for entry in FORMATS if entry.reads and entry.writes]


def ways(entry: FormatEntry) -> list[Undone]:
    """What a format can do with a document that is not done, besides leaving it out."""
    return [how for how in entry.undone if how != "leave-out"]


def squeezed(annotated: AnnotatedDocument) -> object:
    """The text and spans of a document without white space."""
    text = annotated.text
    before = [0]
    for char in text:
        before.append(before[-1] + (not char.isspace()))
    spans = [(before[s.start], before[s.end], s) for s in annotated.spans]
    bare = "".join(char for char in text if not char.isspace())
    return bare, [(start, end, span.label) for start, end, span in spans]


def told_apart(annotated: AnnotatedDocument) -> object:
    """What identifies an article and its annotator if the text is not in the file."""
    return annotated.document.id, annotated.row.annotator


def as_named(name: str, fitted: list[AnnotatedDocument]) -> list[AnnotatedDocument]:
    """Documents with the names of their files, if each has a separate file."""
    if not entry(name).file_endings:
        return fitted
    names = FileNames(*entry(name).file_endings)
    return [names.named(one)[0] for one in fitted]


def in_order(documents: list[AnnotatedDocument]) -> list[str]:
    return sorted(repr(replace(one, origin="")) for one in documents)


@pytest.mark.parametrize(
    ("name", "undone"),
    [(one.name, how) for one in FORMATS if one.name in BOTH_WAYS for how in ways(one)],
)
def test_write_then_read_is_the_original_minus_the_announced_losses(
    name: str, undone: Undone, tmp_path_factory: pytest.TempPathFactory
) -> None:
    format_ = load(name)
    articles: dict[str, Document] = {}
    options = Options(find=lambda id_, path: articles.get(id_), undone=undone)
    holds_texts = entry(name).holds_texts
    folder = tmp_path_factory.mktemp(name)
    count = 0

    @settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(documents(), min_size=1, max_size=3, unique_by=None if holds_texts else told_apart))
    def check(originals: list[AnnotatedDocument]) -> None:
        nonlocal count
        count += 1
        file = folder / f"{count}"
        if not holds_texts:
            # A database has each article once, with one path.
            originals = [
                replace(one, document=articles.setdefault(one.document.id, one.document))
                for one in originals
            ]
        fits = [format_.fit(original, options) for original in originals]
        format_.write([fit.annotated for fit in fits], file, options)
        readings = list(format_.read(file, file.name, options))
        back = [reading.annotated for reading in readings]
        kept = [fit.annotated for fit in fits if holds_texts or fit.annotated.spans]
        expected_back = as_named(name, kept)
        if entry(name).is_folder:
            assert in_order(back) == in_order(expected_back)
        else:
            assert back == expected_back
        if holds_texts and undone == "missing":
            assert [reading.complete for reading in readings] == [
                fit.annotated.row.facts.done for fit in fits
            ]
        for original, (fitted, losses) in zip(originals, fits, strict=True):
            expected = minus(original, losses)
            if any(loss.part == "spacing" for loss in losses):
                assert squeezed(fitted) == squeezed(expected)
            else:
                assert fitted.without_history() == expected.without_history()

    check()
