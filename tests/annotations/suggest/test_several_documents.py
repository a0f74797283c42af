import os
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.model.document_key import DocumentKey
from annotations.model.edit import Run
from annotations.model.source import Source
from annotations.suggest.chunking import UNIT, chunks
from annotations.suggest.service import MOST_TOKENISED
from tests.annotations.suggest.listening import (
    KEY,
    LINE,
    LONG,
    OTHER,
    ListenersByDocument,
    Recorder,
    Start,
    extents,
    gone,
    no_threads,
    opened,
    until,
)


class TestSeveralDocuments:
    @pytest.fixture
    def diary(self, tmp_path: Path) -> Path:
        return tmp_path / "diary"

    @pytest.fixture
    def noted(self, package: Callable[[str, str], Path], diary: Path) -> str:
        """A pipeline that records each process that imports it, and each time it is loaded."""
        folder = package("en_noted", "doc.ents = [Span(doc, 0, 1, 'X')]")
        module = (folder / "__init__.py").read_text("utf-8")
        note = f"open({str(diary)!r}, 'a').write"
        module = f"import os\n{note}(f'start {{os.getpid()}}\\n')\n" + module.replace(
            "    return load_model_from", f"    {note}('load\\n')\n    return load_model_from"
        )
        (folder / "__init__.py").write_text(module, "utf-8")
        return "en_noted"

    def test_a_second_one_needs_no_second_start_of_spacy(
        self, noted: str, diary: Path, serve: Start
    ) -> None:
        several = ListenersByDocument(KEY, OTHER)
        service = serve(several, "dates", f"pipeline:{noted}", tokens=f"tokens:{noted}")
        service.read(KEY, "Lisbon on Tuesday.")
        until(lambda: several.of[KEY].edges is not None)
        first = service.process
        service.read(OTHER, "Porto on Wednesday, and on Thursday.")
        until(lambda: several.of[OTHER].edges is not None)
        assert (service.process, diary.read_text().splitlines()) == (first, [f"start {first}", "load"])
        assert [len(several.of[key].spans) for key in (KEY, OTHER)] == [2, 3]
        assert [len(several.of[key].ready) for key in (KEY, OTHER)] == [2, 0]
        assert several.of[OTHER].progress == [(0, 36), (36, 36)]

    def test_what_is_read_ahead_comes_after_what_is_open_and_is_not_begun_anew(
        self, places: Path, serve: Start
    ) -> None:
        several = ListenersByDocument(KEY, OTHER)
        service = serve(several, f"pipeline:{places}")
        order: list[str] = []

        def note(key: DocumentKey) -> None:
            order.append(key.document)
            if key == KEY:
                service.read_ahead(OTHER, LONG)

        for key in (KEY, OTHER):
            several.of[key].at_chunk = lambda key=key: note(key)  # type: ignore[misc]
        service.read(KEY, LONG)
        for recorder in several.of.values():
            recorder.wait()
        number = len(chunks(LONG))
        assert order == [KEY.document] * number + [OTHER.document] * number

    def test_what_was_read_ahead_and_is_opened_comes_first(self, places: Path, serve: Start) -> None:
        several = ListenersByDocument(KEY, OTHER)
        service = serve(several, f"pipeline:{places}")
        order: list[DocumentKey] = []

        def open_the_other() -> None:
            order.append(KEY)
            if len(order) == 1:
                service.read_ahead(OTHER, LONG)
                service.look_at(OTHER, 0)

        several.of[KEY].at_chunk = open_the_other
        several.of[OTHER].at_chunk = lambda: order.append(OTHER)
        service.read(KEY, LONG)
        several.of[KEY].wait()
        number = len(chunks(LONG))
        assert order == [KEY, *[OTHER] * number, *[KEY] * (number - 1)]

    def test_the_one_looked_at_is_read_first_and_the_other_is_read_on(
        self, places: Path, serve: Start
    ) -> None:
        several = ListenersByDocument(KEY, OTHER)
        service = serve(several, f"pipeline:{places}")
        order: list[DocumentKey] = []

        def first_chunk() -> None:
            order.append(KEY)
            if len(order) == 1:
                service.read(OTHER, LONG)

        def look_back() -> None:
            order.append(OTHER)
            if order.count(OTHER) == 1:
                service.look_at(KEY, 0)

        several.of[KEY].at_chunk, several.of[OTHER].at_chunk = first_chunk, look_back
        service.read(KEY, LONG)
        several.of[OTHER].wait()
        number = len(chunks(LONG))
        assert order == [KEY, OTHER, *[KEY] * (number - 1), *[OTHER] * (number - 1)]

    def test_asked_for_again_it_is_read_anew_and_nothing_comes_twice(
        self, places: Path, expected: list[tuple[int, int, str]], serve: Start
    ) -> None:
        recorder = Recorder()
        service = serve(recorder, f"pipeline:{places}")

        def again() -> None:
            recorder.at_chunk = lambda: None
            recorder.spans.clear()
            service.read(KEY, LONG, recorder.runs)

        recorder.at_chunk = again
        service.read(KEY, LONG)
        recorder.wait()
        assert extents(recorder.spans) == [s for s in expected if s[0] >= recorder.runs[0].end]
        assert [(run.start, run.end) for run in recorder.runs] == chunks(LONG)

    def test_who_is_not_there_is_said_once_for_each(self, serve: Start) -> None:
        several = ListenersByDocument(KEY, OTHER)
        service = serve(several, "dates", "pipeline:none_such")
        for key in (KEY, OTHER):
            service.read(key, "On Tuesday.")
            (message,) = several.of[key].wait().errors
            assert "There is no pipeline none_such" in message
            assert len(several.of[key].spans) == 1


class TestTokens:
    TEXT = "\ufeffDon't go to U.S. ports,\r\n 😀 ever."

    def test_they_come_after_the_suggestions_from_the_same_process(self, serve: Start) -> None:
        recorder = Recorder()
        serve(recorder, "dates", tokens="tokens:blank:en").read(KEY, self.TEXT)
        until(lambda: recorder.edges is not None)
        edges, at = recorder.edges, self.TEXT.index("U.S.")
        assert edges
        assert not edges.cut_by(at, at + 4)
        assert edges.cut_by(at, at + 3)
        assert [source for source, _ in recorder.ready] == ["dates"]

    def test_they_are_read_too_when_all_suggestions_were_read_before(self, serve: Start) -> None:
        recorder = Recorder()
        service = serve(recorder, "dates", tokens="tokens:blank:en")
        service.read(KEY, self.TEXT, [Run(Source.parse("dates"), 0, len(self.TEXT), UNIT)])
        until(lambda: recorder.edges is not None)
        assert recorder.runs == []

    def test_not_of_long_texts_nor_of_a_pipeline_that_is_not_there_and_nobody_complains(
        self, serve: Start
    ) -> None:
        several = ListenersByDocument(KEY, OTHER, DocumentKey("third", "ann"))
        service = serve(several, "dates", tokens="tokens:none_such")
        for key, text in zip(several.of, ("a", "a" * (MOST_TOKENISED + 1), "b"), strict=True):
            service.read(key, text)
            several.of[key].wait()
        assert [(r.edges, r.errors) for r in several.of.values()] == [(None, [])] * 3

        long = serve(recorder := Recorder(), "dates", tokens="tokens:blank:en")
        long.read(KEY, "a b\n\n" * (MOST_TOKENISED // 5 + 1))
        until(lambda: recorder.finished and not long._readings)
        assert recorder.edges is None


class TestCancelling:
    def test_a_document_stops_it_and_keeps_the_process_for_the_next(
        self, places: Path, serve: Start
    ) -> None:
        several = ListenersByDocument(KEY, OTHER)
        recorder = several.of[KEY]
        service = serve(several, f"pipeline:{places}")
        recorder.at_chunk = lambda: service.cancel(KEY)
        service.read(KEY, LONG)
        until(lambda: bool(recorder.runs))
        first = service.process
        service.read(OTHER, LINE)
        several.of[OTHER].wait()
        assert service.process == first
        assert len(recorder.runs) == 1
        assert not recorder.finished

    def test_what_is_being_read_is_broken_off_and_its_answer_never_reported(
        self, package: Callable[[str, str], Path], tmp_path: Path, serve: Start
    ) -> None:
        gate = tmp_path / "gate"
        os.mkfifo(gate)
        package(
            "en_slow",
            f"if doc.text == 'first': open({str(gate)!r}).read()\ndoc.ents = [Span(doc, 0, 1, 'X')]",
        )
        several = ListenersByDocument(KEY, OTHER)
        service = serve(several, "pipeline:en_slow")
        service.read(KEY, "first")
        with opened(gate):
            # The component has begun to read: the request is being handled.
            service.cancel(KEY)
            service.read(OTHER, "second")
            first = service.process
        assert len(several.of[OTHER].wait().spans) == 1
        assert service.process == first
        assert (several.of[KEY].runs, several.of[KEY].errors) == ([], [])

    def test_a_component_that_does_not_heed_it_is_ended_without_a_word(
        self, package: Callable[[str, str], Path], tmp_path: Path, serve: Start
    ) -> None:
        gate = tmp_path / "gate"
        os.mkfifo(gate)
        package("en_stuck", f"if doc.text == 'first': open({str(gate)!r}).read()")
        several = ListenersByDocument(KEY, OTHER)
        service = serve(several, "pipeline:en_stuck", patience=0.01)
        service.read(KEY, "first")
        with opened(gate):
            first = service.process
            service.cancel(KEY)
            service.read(OTHER, "second")
            assert several.of[OTHER].wait().runs
        assert service.process != first
        assert (several.of[KEY].errors, several.of[OTHER].errors) == ([], [])

    def test_closing_while_it_loads_returns_at_once_and_leaves_no_process(self, serve: Start) -> None:
        recorder = Recorder()
        service = serve(recorder, "pipeline")
        service.read(KEY, LONG)
        until(lambda: service.process is not None)
        pid = service.process
        assert pid
        service.close()
        until(lambda: gone(pid))
        assert (recorder.ready, recorder.errors, recorder.finished) == ([], [], False)

    def test_closing_between_chunks_no_call_follows(self, places: Path, serve: Start) -> None:
        recorder = Recorder()
        service = serve(recorder, f"pipeline:{places}")
        recorder.at_chunk = service.close
        service.read(KEY, LONG)
        until(lambda: bool(recorder.runs) and no_threads())
        assert len(recorder.runs) == 1
        assert not recorder.finished

    def test_closed_it_starts_nothing(self, serve: Start) -> None:
        recorder = Recorder()
        service = serve(recorder, "pipeline")
        service.close()
        service.read(KEY, LONG)
        assert no_threads()
        assert service.process is None
        assert recorder.progress == []
