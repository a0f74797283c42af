"""Sources are recognised by kind, and their texts in files do not change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus.statistics import statistics
from annotations.editing import commands as edits
from annotations.model.annotation_set import AnnotationSet
from annotations.model.edit import make_edit
from annotations.model.source import MOST_KNOWN, SOURCE_KINDS, Source, SourceKind, person
from annotations.model.span import Span, replace
from annotations.model.span_index import SpanIndex
from annotations.store.encoding import encode
from annotations.store.tinydb_file.decoding import Decoder, Unreadable
from annotations.suggest.protocol import Ready, line_of, reply_of
from tests.spans import sources_named

NAMES = st.one_of(
    st.text(min_size=1, max_size=12),
    st.sampled_from(
        [
            "ann",
            "dates",
            "import x",
            "import ",
            "en_core_web_sm 3.8.0",
            "blank:en",
            "names.jsonl 1a2b3c4d",
            "person:ann",
            "model:x 1",
            "model 1",
            " ",
            "a 1 2 deadbeef",
        ]
    ),
)
NAMED_LIKE_A_SUGGESTER = (
    "dates",
    "import x",
    "en_core_web_sm 3.8.0",
    "names.jsonl 1a2b3c4d",
    "blank:en",
)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("ann", Source("person", "ann")),
        ("Ann Lee 2", Source("person", "Ann Lee 2")),
        ("dates", Source("rules", "dates")),
        ("en_core_web_sm 3.8.0", Source("model", "en_core_web_sm", "3.8.0")),
        ("de_names 1.0 0badf00d", Source("model", "de_names", "1.0 0badf00d")),
        ("blank:xx", Source("model", "blank:xx")),
        ("my names.jsonl 1a2b3c4d", Source("patterns", "my names.jsonl", "1a2b3c4d")),
        ("import old file.ann", Source("import", "old file.ann")),
        ("model:gpt-4", Source("model", "gpt-4")),
        ("person:dates", Source("person", "dates")),
        ("learned:ann 3", Source("learned", "ann 3")),
    ],
)
def test_each_kind_has_one_text(text: str, source: Source) -> None:
    assert Source.parse(text) == source
    assert str(source) == text


@given(st.sampled_from(SOURCE_KINDS), NAMES)
def test_a_source_written_is_read_as_the_same(kind: SourceKind, name: str) -> None:
    source = Source.of(kind, name)
    assert Source.parse(str(source)) == source


@given(NAMES)
def test_a_person_is_never_read_as_anything_else(name: str) -> None:
    assert Source.parse(str(person(name))) == Source("person", name)


@pytest.mark.parametrize("name", NAMED_LIKE_A_SUGGESTER)
def test_an_annotator_called_like_a_suggester_rejects_and_removes(name: str) -> None:
    suggested = Span(0, 4, "DATE", sources=sources_named(name))
    accepted = replace(suggested, status="accepted")
    for span in (suggested, accepted):
        (change,) = edits.reject(span, name)
        assert change.after == replace(span, status="rejected")
    (own,) = edits.label_range(SpanIndex(), 0, 4, "DATE", name)
    assert own.after is not None
    assert edits.reject(own.after, name)[0].after is None
    (corrected,) = edits.relabel(SpanIndex(), suggested, "TIME", name)
    assert corrected.after is not None
    assert corrected.after.sources == sources_named(name, f"person:{name}")
    assert edits.reject(corrected.after, name)[0].after == replace(corrected.after, status="rejected")


def test_a_suggestion_is_never_an_own_span_whatever_its_source_is_called() -> None:
    (change,) = edits.reject(Span(0, 4, "DATE", sources=sources_named("gpt-4")), "gpt-4")
    assert change.after is not None
    assert change.after.status == "rejected"


def test_figures_tell_the_annotators_spans_from_a_suggesters_of_the_same_name() -> None:
    annotations = AnnotationSet("d", "dates")
    suggested = [Span(at, at + 4, "DATE", sources=sources_named("dates")) for at in (0, 10, 20)]
    for span in suggested:
        annotations.spans.add(span)
    (corrected,) = edits.relabel(annotations.spans, suggested[1], "TIME", "dates")
    (own,) = edits.label_range(annotations.spans, 30, 34, "DATE", "dates")
    changes = (*edits.accept(suggested[0]), corrected, *edits.reject(suggested[2], "dates"), own)
    annotations.apply(make_edit("accept", "dates", changes))
    figures = statistics(annotations)
    assert {kind: number for kind, number in figures.total.items() if number} == {
        "accepted": 1,
        "corrected": 1,
        "rejected": 1,
        "added": 1,
    }
    assert {(t.label, str(t.source)) for t in figures.tallies} == {
        ("DATE", "dates"),
        ("TIME", "dates"),
        ("DATE", "person:dates"),
    }


def test_where_it_is_stored_a_source_is_its_text() -> None:
    texts = ("en_core_web_sm 3.8.0", "names.jsonl 1a2b3c4d", "import old.ann", "dates", "person:dates")
    stored = b'{"start":0,"end":4,"label":"DATE","sources":["' + '","'.join(texts).encode() + b'"]}'
    span = Decoder(Span).decode(stored)
    assert span.sources == sources_named(*texts)
    assert [source.kind for source in span.sources] == ["model", "patterns", "import", "rules", "person"]
    assert encode(span) == stored
    reply = Ready(1, span.sources[0], (), "chunk")
    assert line_of(reply) == (
        b'{"kind":"ready","id":1,"source":"en_core_web_sm 3.8.0","labels":[],"unit":"chunk"}\n'
    )
    assert reply_of(line_of(reply)) == reply


@pytest.mark.parametrize("stored", ["1", "null", "[]", '{"kind":"person","name":"ann"}'])
def test_what_is_no_text_is_no_source(stored: str) -> None:
    with pytest.raises(Unreadable, match=r"Expected `str` - at `\$\.sources\[0\]`"):
        Decoder(Span).decode(f'{{"start":0,"end":4,"label":"DATE","sources":[{stored}]}}'.encode())


def test_one_text_is_one_source_however_many_others_are_read() -> None:
    first = Source.parse("ann 0")
    assert Source.parse("ann 0") is first
    for number in range(MOST_KNOWN + 1):
        assert Source.parse(f"ann {number}") == Source("person", f"ann {number}")
    assert Source.parse("ann 0") == first
    assert hash(Source.parse("ann 0")) == hash(first)
    assert len({Source.parse("ann 0"), first, Source.parse("model:ann 0")}) == 2
