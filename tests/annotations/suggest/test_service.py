from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.model.edit import Run
from annotations.model.source import Source
from annotations.suggest.chunking import LIMIT, UNIT, chunks
from annotations.suggest.protocol import BATCH
from annotations.suggest.registry import choose
from tests.annotations.suggest.listening import KEY, LINE, LONG, Recorder, Start, extents, read


def test_the_default_pipeline_reads_an_article() -> None:
    text = "\ufeff😀 Maria Almeida met Kenya's minister in Nairobi on Tuesday.\r\n"
    recorder = read(text, "pipeline")
    (source, labels), (run,) = recorder.ready[0], recorder.runs
    assert {text[span.start : span.end] for span in recorder.spans} >= {"Nairobi", "Kenya", "Tuesday"}
    assert all(span.score for span in recorder.spans)
    assert "PERSON" in labels
    assert run == Run(Source.parse(source), 0, len(text), run.unit)
    assert str(LIMIT) in run.unit
    assert recorder.errors == []


def test_a_long_text_comes_in_small_batches_each_chunk_read_once(
    places: Path, expected: list[tuple[int, int, str]]
) -> None:
    recorder = read(LONG, f"pipeline:{places}")
    assert extents(recorder.spans) == expected
    assert max(recorder.batches) <= BATCH
    assert [(run.start, run.end) for run in recorder.runs] == chunks(LONG)
    assert recorder.progress[0] == (0, len(LONG))
    assert recorder.progress[-1] == (len(LONG), len(LONG))


def test_the_visible_part_comes_first_and_moves_with_the_reader(places: Path, serve: Start) -> None:
    first, *_, last = chunks(LONG)
    recorder = Recorder()
    service = serve(recorder, f"pipeline:{places}")
    recorder.at_chunk = lambda: service.look_at(KEY, 5)
    service.read(KEY, LONG, visible=last[0])
    recorder.wait()
    assert [(run.start, run.end) for run in recorder.runs][:2] == [last, first]
    assert sorted((run.start, run.end) for run in recorder.runs) == chunks(LONG)


def test_what_was_read_before_is_not_read_again(places: Path, serve: Start) -> None:
    source = choose(f"pipeline:{places}").source
    before = [Run(source, *bounds, UNIT) for bounds in chunks(LONG)[1:]]
    others = [Run(Source.parse("another"), *bounds, UNIT) for bounds in chunks(LONG)]
    recorder = Recorder()
    serve(recorder, f"pipeline:{places}").read(KEY, LONG, [*before, *others])
    recorder.wait()
    assert [(run.source, run.start, run.end) for run in recorder.runs] == [(source, *chunks(LONG)[0])]


def test_nothing_is_started_when_everything_was_read(serve: Start) -> None:
    recorder = Recorder()
    service = serve(recorder, "pipeline")
    service.read(KEY, LONG, [Run(choose("pipeline").source, 0, len(LONG), UNIT)])
    recorder.wait()
    assert service.process is None
    assert recorder.progress == [(len(LONG), len(LONG))]


def test_an_empty_text_needs_nobody_to_read_it() -> None:
    recorder = read("", "pipeline")
    assert (recorder.spans, recorder.errors, recorder.progress) == ([], [], [(0, 0)])


def test_several_suggesters_read_each_chunk_and_one_that_fails_stops_no_other(
    places: Path, tmp_path: Path
) -> None:
    patterns = tmp_path / "signs.jsonl"
    patterns.write_text('{"label": "SIGN", "pattern": "😀"}\n')
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text('{"label": "SIGN", "pattern": [{"POS": "X"}]}\n')
    recorder = read(
        LINE, f"patterns:{patterns}", "pipeline:en_core_none", f"patterns:{wrong}", f"pipeline:{places}"
    )
    assert [span.label for span in recorder.spans] == ["SIGN", "GPE", "RIVER", "GPE"]
    assert ["en_core_none" in recorder.errors[0], "POS" in recorder.errors[1]] == [True, True]
    assert len(recorder.errors) == len(recorder.ready) == 2


@pytest.mark.parametrize("suggester", ["pipeline:none_such", "patterns:none.jsonl", "oracle", ""])
def test_a_suggester_that_is_not_there_is_one_sentence(suggester: str) -> None:
    recorder = read("Lisbon", suggester)
    (message,) = recorder.errors
    assert message.startswith(("There is no", "The pattern file none.jsonl"))
    assert recorder.ready == []


def test_a_component_that_fails_on_one_chunk_is_said_once_and_the_rest_is_read(
    package: Callable[[str, str], Path],
) -> None:
    package("en_picky", "if 'Lisbon' in doc.text: raise ValueError('no\\nLisbon')")
    text = LONG + "Nothing to see here. " * (LIMIT // 20)
    recorder = read(text, "pipeline:en_picky")
    (message,) = recorder.errors
    assert message.endswith("no")
    assert [run.end for run in recorder.runs][-1:] == [len(text)]


def test_text_that_json_cannot_hold_keeps_its_offsets(places: Path) -> None:
    recorder = read("\ud800\x00\x1b Lisbon \udfff😀 Porto", f"pipeline:{places}")
    assert extents(recorder.spans) == [(4, 10, "GPE"), (14, 19, "GPE")]
