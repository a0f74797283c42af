import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from annotations.model.source import Source
from annotations.model.value import Entity
from annotations.suggest.sources.model import ModelError, find_model
from annotations.suggest.sources.pipeline import PipelineSuggester, spans_of
from annotations.suggest.sources.second_reading import LEAST_BEGINNING
from tests.spans import sources_named

NEWS = (
    "2019-05-14 Maria Almeida, the mayor of Porto, met Kenya's minister on Tuesday.\r\n\r\n"
    "She flew to Nairobi last June 😀 with 30 million euros from the World Bank 👩\u200d🚀.\r\n"
    "Jubal A. Early wrote to \u201cThe Times\u201d in 1864…\r\n\r\n"
    "Thursday, January 12, 2006\r\n\r\nThe plains were full on the day. Zu\u0308rich (Twitter)\r\n"
)
HOSTILE = [
    "",
    " \t\r\n\u00a0\u2003",
    "\u202eabc\u202c \u200f\u0645\u0631\u062d\u0628\u0627 \x1b[31mParis\x1b[0m \ufeff",
    "x" * 20_000,
    "(" * 300,
    "e\u0301" * 5_000,
    "\ufffd\ue000\U0010ffff",
]


@pytest.fixture(scope="session")
def whole() -> Language:
    """The default pipeline with all components, run by spaCy."""
    return spacy.load(find_model().name)


@pytest.mark.parametrize("text", [NEWS, NEWS * 20, *HOSTILE])
def test_suggests_exactly_the_entities_the_whole_pipeline_finds(
    default_pipeline: PipelineSuggester, whole: Language, text: str
) -> None:
    suggested = [(span.start, span.end, span.label) for span in default_pipeline.suggest(text)]
    entities = [(entity.start_char, entity.end_char, entity.label_) for entity in whole(text).ents]
    kept = [(s, e, label) for s, e, label in entities if text[s:e] == text[s:e].strip()]
    assert set(kept) <= set(suggested)
    assert len(suggested) == len([1 for s, e, _ in entities if text[s:e].strip()])


def test_every_entity_has_a_score_and_clear_ones_a_higher_one(
    default_pipeline: PipelineSuggester,
) -> None:
    spans = default_pipeline.suggest(NEWS)
    scores = {NEWS[span.start : span.end]: span.score or 0 for span in spans}
    assert all(0 < score <= 1 for score in scores.values())
    assert scores["Nairobi"] > 0.9
    assert min(scores.values()) < 0.8


def test_knows_the_labels_of_spans_and_no_others(default_pipeline: PipelineSuggester) -> None:
    assert len(default_pipeline.labels) == 18
    assert "WORK_OF_ART" in default_pipeline.labels


def test_span_groups_and_rules_are_suggestions_too(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(  # type: ignore[attr-defined]
        [{"label": "GPE", "pattern": "Lisbon"}, {"label": "GPE", "pattern": "Porto", "id": "Q36433"}]
    )
    nlp.add_pipe("span_ruler").add_patterns(  # type: ignore[attr-defined]
        [{"label": "TEAM", "pattern": "FC Porto"}, {"label": "GPE", "pattern": "Lisbon"}]
    )
    nlp.to_disk(tmp_path / "ruled")
    pipeline = PipelineSuggester(find_model(str(tmp_path / "ruled")))
    text = "😀 Lisbon lost to FC Porto"
    spans = pipeline.suggest(text)
    assert [(text[span.start : span.end], span.label) for span in spans] == [
        ("Lisbon", "GPE"),
        ("FC Porto", "TEAM"),
        ("Porto", "GPE"),
    ]
    assert pipeline.labels == ("GPE", "TEAM")
    assert spans[2].value == Entity(id="Q36433", origin="rule")
    assert {span.score for span in spans} == {None}


def test_rules_over_tags_keep_the_components_that_give_tags(
    whole: Language, tmp_path: Path, default_pipeline: PipelineSuggester
) -> None:
    nlp = spacy.load(find_model().name)
    nlp.add_pipe("span_ruler").add_patterns(  # type: ignore[attr-defined]
        [{"label": "VERB", "pattern": [{"LEMMA": "write", "POS": "VERB"}]}]
    )
    nlp.to_disk(tmp_path / "tagged")
    pipeline = PipelineSuggester(find_model(str(tmp_path / "tagged")))
    found = {NEWS[span.start : span.end] for span in pipeline.suggest(NEWS) if span.label == "VERB"}
    assert found == {"wrote"}


def test_white_space_is_cut_off_and_nothing_but_white_space_dropped() -> None:
    doc = Doc(spacy.blank("en").vocab, ["a", "\n\n", "b", " "], [True, False, True, False])
    doc.spans["g"] = [DocSpan(doc, 0, 2, "X"), DocSpan(doc, 1, 2, "X"), DocSpan(doc, 1, 4, "X")]
    assert [(s.start, s.end) for s in spans_of(doc, Source.parse("here"), {})] == [(0, 1), (4, 5)]


def test_a_span_without_a_label_has_that_of_its_group() -> None:
    doc = spacy.blank("en")("one two")
    doc.spans["names"] = [doc[0:1]]
    doc.spans["names"].attrs["scores"] = [0.25]
    (span,) = spans_of(doc, Source.parse("here"), {})
    assert (span.label, span.score, span.sources) == ("names", 0.25, sources_named("here"))


def test_a_pipeline_of_another_version_loads_without_a_word(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "old")
    meta = tmp_path / "old" / "meta.json"
    meta.write_text(meta.read_text().replace(">=3.8", ">=3.1").replace("<3.9.0", "<3.2.0"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert PipelineSuggester(find_model(str(tmp_path / "old"))).suggest("Lisbon") == []


def test_a_broken_pipeline_is_one_sentence(places: Path, tmp_path: Path) -> None:
    import shutil

    broken = shutil.copytree(places, tmp_path / "broken")
    config = broken / "config.cfg"
    config.write_text(config.read_text().replace('factory = "entity_ruler"', 'factory = "gone"'))
    with pytest.raises(ModelError, match=r"cannot be loaded: [^\n]*$"):
        PipelineSuggester(find_model(str(broken)))


def test_a_language_spacy_does_not_have_is_one_sentence() -> None:
    with pytest.raises(ModelError, match="blank:xyz cannot be loaded"):
        PipelineSuggester(find_model("blank:xyz"))


def test_a_component_of_a_package_may_find_anything(package: Callable[[str, str], Path]) -> None:
    package("en_last", "doc.ents = [Span(doc, len(doc) - 1, len(doc), 'LAST')] if len(doc) else []")
    pipeline = PipelineSuggester(find_model("en_last"))
    assert [(s.start, s.end, s.label) for s in pipeline.suggest("a b c")] == [(4, 5, "LAST")]


def test_a_reading_can_be_broken_off_between_components_and_the_next_is_whole() -> None:
    asked: list[int] = []

    def check() -> None:
        asked.append(len(asked))
        if len(asked) == 2:
            raise InterruptedError

    pipeline = PipelineSuggester(find_model(), check)
    text = "She met Kenya's minister in Nairobi."
    with pytest.raises(InterruptedError):
        pipeline.suggest(text)
    assert asked == [0, 1]
    assert "Nairobi" in {text[span.start : span.end] for span in pipeline.suggest(text)}


def test_second_readings_are_possible_names_where_the_pipeline_found_none(
    default_pipeline: PipelineSuggester,
) -> None:
    text = (
        "Saw Help at the Old Vic then home by tube; loved Hamlet, hated the Fringe. "
        "Top marks to Avenue Q and Wicked."
    )
    spans = default_pipeline.suggest(text)
    readings = default_pipeline.second_readings
    assert readings
    for reading in readings:
        assert text[reading.start : reading.end].strip() == text[reading.start : reading.end] != ""
        assert reading.label in default_pipeline.labels
        assert reading.score is not None
        assert LEAST_BEGINNING <= reading.score < 1
        assert not any(span.overlaps(reading.start, reading.end) for span in spans)
    assert len({reading.key for reading in readings}) == len(readings)
    default_pipeline.suggest("")
    assert default_pipeline.second_readings == []
