"""Write, then read: the original minus exactly the announced losses, in every format that reads."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.document import Document
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import Options, Undone
from annotations.formats.loss import minus
from annotations.formats.registry import FORMATS, FormatEntry, entry, load
from tests.annotations.formats.corpus import documents

BOTH_WAYS = [entry.name for entry in FORMATS if entry.reads and entry.writes]


def ways(entry: FormatEntry) -> list[Undone]:
    """What a format can make of a document that is not done, other than leaving it out."""
    return [how for how in entry.undone if how != "leave-out"]


def squeezed(annotated: AnnotatedDocument) -> object:
    """What stays of a document when its white space does not count."""
    text = annotated.text
    before = [0]
    for char in text:
        before.append(before[-1] + (not char.isspace()))
    spans = [(before[s.start], before[s.end], s) for s in annotated.spans]
    bare = "".join(char for char in text if not char.isspace())
    return bare, [(start, end, span.label) for start, end, span in spans]


def told_apart(annotated: AnnotatedDocument) -> object:
    """What tells an article and its annotator where the text is not in the file."""
    return annotated.document, annotated.row.annotator


@pytest.mark.parametrize(
    ("name", "undone"),
    [(one.name, how) for one in FORMATS if one.name in BOTH_WAYS for how in ways(one)],
)
def test_write_then_read_is_the_original_minus_the_announced_losses(
    name: str, undone: Undone, tmp_path_factory: pytest.TempPathFactory
) -> None:
    format_ = load(name)
    articles: dict[str, Document] = {}
    options = Options(find=lambda sha256, path: articles.get(sha256), undone=undone)
    holds_texts = entry(name).holds_texts
    folder = tmp_path_factory.mktemp(name)
    count = 0

    @settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(documents(), min_size=1, max_size=3, unique_by=None if holds_texts else told_apart))
    def check(originals: list[AnnotatedDocument]) -> None:
        nonlocal count
        count += 1
        file = folder / f"{count}"
        fits = [format_.fit(original, options) for original in originals]
        format_.write([fit.annotated for fit in fits], file, options)
        articles.update({original.document.sha256: original.document for original in originals})
        readings = list(format_.read(file, file.name, options))
        back = [reading.annotated for reading in readings]
        assert back == [fit.annotated for fit in fits if holds_texts or fit.annotated.spans]
        if holds_texts and undone == "missing":
            assert [reading.complete for reading in readings] == [
                bool(fit.annotated.row.facts.get("done")) for fit in fits
            ]
        for original, (fitted, losses) in zip(originals, fits, strict=True):
            expected = minus(original, losses)
            if any(loss.part == "spacing" for loss in losses):
                assert squeezed(fitted) == squeezed(expected)
            else:
                assert fitted.without_history() == expected.without_history()

    check()
