import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import pytest

from annotations.model.document_key import DocumentKey
from annotations.model.edit import Run
from annotations.model.span import Span
from annotations.suggest.chunking import LIMIT, UNIT, chunks
from annotations.suggest.protocol import BATCH
from annotations.suggest.registry import choose
from annotations.suggest.service import MOST_TOKENISED, SuggestionService
from annotations.text.token_edges import TokenEdges

LINE = "From Lisbon 😀 along the river Tagus to Porto.\r\n\r\n"
LONG = LINE * (3 * LIMIT // len(LINE))
DEADLINE = 120.0


KEY = DocumentKey("harbour", "ann")
OTHER = DocumentKey("market", "ann")


class Recorder:
    """Listens to what is said of one document, and does something at a call when told to."""

    def __init__(self, key: DocumentKey = KEY) -> None:
        self.key = key
        self.ready: list[tuple[str, tuple[str, ...]]] = []
        self.spans: list[Span] = []
        self.runs: list[Run] = []
        self.batches: list[int] = []
        self.progress: list[tuple[int, int]] = []
        self.errors: list[str] = []
        self.edges: TokenEdges | None = None
        self.at_ready: Callable[[], None] = lambda: None
        self.at_chunk: Callable[[], None] = lambda: None
        self._done = threading.Event()

    def on_ready(self, key: DocumentKey, source: str, labels: Sequence[str]) -> None:
        assert key == self.key
        self.ready.append((source, tuple(labels)))
        self.at_ready()

    def on_spans(self, key: DocumentKey, source: str, spans: list[Span], run: Run | None) -> None:
        assert key == self.key
        assert {span.sources for span in spans} <= {(source,)}
        self.spans += spans
        self.batches.append(len(spans))
        if run:
            self.runs.append(run)
            self.at_chunk()

    def on_progress(self, key: DocumentKey, done: int, total: int) -> None:
        assert key == self.key
        self.progress.append((done, total))

    def on_error(self, key: DocumentKey, message: str) -> None:
        assert key == self.key
        self.errors.append(message)

    def on_done(self, key: DocumentKey) -> None:
        assert key == self.key
        self._done.set()

    def on_tokens(self, key: DocumentKey, edges: TokenEdges) -> None:
        assert key == self.key
        assert self.finished
        self.edges = edges

    def wait(self) -> "Recorder":
        assert self._done.wait(DEADLINE)
        return self

    @property
    def finished(self) -> bool:
        return self._done.is_set()


class Several:
    """Passes on what is said to the recorder of each document; fails for a document nobody asked for."""

    def __init__(self, *keys: DocumentKey) -> None:
        self.of = {key: Recorder(key) for key in keys}

    def __getattr__(self, call: str) -> Callable[..., None]:
        return lambda key, *rest: getattr(self.of[key], call)(key, *rest)


Start = Callable[..., SuggestionService]


@pytest.fixture
def serve() -> Iterator[Start]:
    """Starts services, which end with the test."""
    services: list[SuggestionService] = []

    def started(listener: object, *suggesters: str, **options: object) -> SuggestionService:
        service = SuggestionService(suggesters, listener, **options)  # type: ignore[arg-type]
        services.append(service)
        return service

    yield started
    for service in services:
        service.close()


def read(text: str, *suggesters: str) -> Recorder:
    recorder = Recorder()
    service = SuggestionService(suggesters, recorder)
    try:
        service.read(KEY, text)
        return recorder.wait()
    finally:
        service.close()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def opened(gate: Path) -> TextIO:
    """A pipe to write to, as soon as somebody reads from it."""
    ends: list[int] = []

    def open_it() -> bool:
        with suppress(OSError):
            ends.append(os.open(gate, os.O_WRONLY | os.O_NONBLOCK))
        return bool(ends)

    until(open_it)
    return os.fdopen(ends[0], "w")


def kill(service: SuggestionService) -> None:
    assert service.process
    os.kill(service.process, signal.SIGKILL)


def no_threads() -> bool:
    return not any(thread.name.startswith("suggestions") for thread in threading.enumerate())


def extents(spans: list[Span]) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.label) for span in spans]


@pytest.fixture(scope="module")
def expected() -> list[tuple[int, int, str]]:
    found = []
    for start in range(0, len(LONG), len(LINE)):
        for name, label in (("Lisbon", "GPE"), ("river Tagus", "RIVER"), ("Porto", "GPE")):
            place = start + LINE.index(name)
            found.append((place, place + len(name), label))
    return found


def test_the_default_pipeline_reads_an_article() -> None:
    text = "\ufeff😀 Maria Almeida met Kenya's minister in Nairobi on Tuesday.\r\n"
    recorder = read(text, "pipeline")
    (source, labels), (run,) = recorder.ready[0], recorder.runs
    assert {text[span.start : span.end] for span in recorder.spans} >= {"Nairobi", "Kenya", "Tuesday"}
    assert all(span.score for span in recorder.spans)
    assert "PERSON" in labels
    assert run == Run(source, 0, len(text), run.unit)
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
    others = [Run("another", *bounds, UNIT) for bounds in chunks(LONG)]
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


class TestTheWorkerDying:
    def test_once_it_is_started_again_and_nothing_is_lost_or_told_twice(
        self, places: Path, expected: list[tuple[int, int, str]], serve: Start
    ) -> None:
        recorder = Recorder()
        service = serve(recorder, f"pipeline:{places}")

        def kill_once() -> None:
            recorder.at_chunk = lambda: None
            kill(service)

        recorder.at_chunk = kill_once
        service.read(KEY, LONG)
        recorder.wait()
        assert extents(recorder.spans) == expected
        assert [(run.start, run.end) for run in recorder.runs] == chunks(LONG)
        assert len(recorder.ready) == 1
        (message,) = recorder.errors
        assert "stopped (signal 9) and was started again" in message

    def test_again_is_the_end_of_it_for_this_document_and_not_for_the_next(
        self, places: Path, serve: Start
    ) -> None:
        several = Several(KEY, OTHER)
        recorder = several.of[KEY]
        service = serve(several, f"pipeline:{places}")
        recorder.at_chunk = lambda: kill(service)
        service.read(KEY, LONG)
        recorder.wait()
        assert len(recorder.runs) == 2
        assert "stopped again (signal 9)" in recorder.errors[1]
        assert len(recorder.errors) == 2
        service.read(OTHER, LINE)
        assert extents(several.of[OTHER].wait().spans)[0] == (5, 11, "GPE")
        assert several.of[OTHER].errors == []

    def test_while_nothing_is_asked_is_said_with_the_next_document_which_is_read(
        self, places: Path, serve: Start
    ) -> None:
        several = Several(KEY, OTHER)
        service = serve(several, f"pipeline:{places}")
        service.read(KEY, LINE)
        several.of[KEY].wait()
        first = service.process
        kill(service)
        until(lambda: service.process is None)
        service.read(OTHER, LINE)
        assert len(several.of[OTHER].wait().spans) == 3
        assert several.of[OTHER].errors == [
            "The process of the suggesters stopped (signal 9) and was started again."
        ]
        assert several.of[KEY].errors == []
        assert service.process != first

    def test_while_it_loads_twice_is_the_end_of_it_for_the_whole_run(
        self, package: Callable[[str, str], Path], serve: Start
    ) -> None:
        folder = package("en_burst", "pass")
        (folder / "__init__.py").write_text("import os\nos._exit(7)\n")
        several = Several(KEY, OTHER)
        service = serve(several, "pipeline:en_burst", "dates")
        service.read(KEY, "On Tuesday.")
        service.read(OTHER, "On Wednesday.")
        kinds = [several.of[key].wait() for key in (KEY, OTHER)]
        assert [len(recorder.spans) for recorder in kinds] == [1, 1]
        errors = [error for recorder in kinds for error in recorder.errors]
        assert sum("was started again" in error for error in errors) <= 2
        assert all(
            "stopped again (exit status 7) and suggests no more" in recorder.errors[-1]
            for recorder in kinds
        )

    def test_in_the_middle_of_a_chunk_by_its_own_doing(
        self, package: Callable[[str, str], Path]
    ) -> None:
        package("en_crash", "import os\nos._exit(7)")
        recorder = read("Lisbon", "pipeline:en_crash")
        assert recorder.spans == []
        assert ["exit status 7" in message for message in recorder.errors] == [True, True]

    def test_because_somebody_elses_code_writes_among_its_answers(
        self, package: Callable[[str, str], Path]
    ) -> None:
        package(
            "en_scrawl",
            "import contextlib, os\n"
            "for number in range(3, 20):\n"
            "    with contextlib.suppress(OSError):\n"
            "        os.write(number, b'noise\\n')\n",
        )
        recorder = read("On Tuesday.", "pipeline:en_scrawl", "dates")
        assert "suggests no more" in recorder.errors[-1]
        assert len(recorder.spans) == 1


def test_without_spacy_the_pipeline_is_one_sentence_and_the_rules_read_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serve: Start
) -> None:
    (tmp_path / "spacy.py").write_text("raise ImportError('there is no spaCy here')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    recorder = Recorder()
    service = serve(recorder, "dates", "pipeline", tokens="tokens")
    service.read(KEY, "On Tuesday.")
    recorder.wait()
    until(lambda: not service._readings)
    assert recorder.errors == ["The suggester pipeline failed: there is no spaCy here"]
    assert [span.label for span in recorder.spans] == ["DATE"]
    assert recorder.edges is None


def test_prints_the_network_and_the_current_folder_do_no_harm(
    package: Callable[[str, str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package(
        "en_noisy",
        "import os, socket, sys\n"
        'print(\'{"kind":"found"\')\n'
        "os.write(1, b'noise')\n"
        "sys.stderr.write('noise')\n"
        "sys.stdin.read()\n"
        "try:\n"
        "    socket.create_connection(('127.0.0.1', 9))\n"
        "except ConnectionRefusedError:\n"
        "    raise SystemError('it reached the network')\n"
        "except OSError:\n"
        "    doc.ents = [Span(doc, 0, 1, 'X')]\n",
    )
    for module in ("spacy", "msgspec", "json", "annotations", "random"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit('imported from here')\n")
    monkeypatch.chdir(tmp_path)
    recorder = read("Lisbon", "pipeline:en_noisy")
    assert (extents(recorder.spans), recorder.errors) == ([(0, 6, "X")], [])


def test_a_component_that_fails_on_one_chunk_is_told_once_and_the_rest_is_read(
    package: Callable[[str, str], Path],
) -> None:
    package("en_picky", "if 'Lisbon' in doc.text: raise ValueError('no\\nLisbon')")
    text = LONG + "Nothing to see here. " * (LIMIT // 20)
    recorder = read(text, "pipeline:en_picky")
    (message,) = recorder.errors
    assert message.endswith("no")
    assert [run.end for run in recorder.runs][-1:] == [len(text)]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ([{"TEXT": {"REGEX": "(a|aa)+$"}}], "takes too long and suggests no more"),
        ([{"OP": "*"}] * 12 + [{"LOWER": "zebra"}], "needs too much memory"),
        ([{"LOWER": "a", "OP": "{1,9000000}"}], "needs too much memory"),
    ],
    ids=["matching text", "matching tokens", "compiling"],
)
def test_hostile_patterns_of_a_file_are_given_up_and_the_others_read_on(
    tmp_path: Path, pattern: list[object], said: str
) -> None:
    file = tmp_path / "strange.jsonl"
    file.write_text(json.dumps({"label": "X", "pattern": pattern}) + "\n")
    text = "On Tuesday " + "a" * 60 + "b " + "one two three four " * 200
    recorder = read(text, f"patterns:{file}", "dates")
    assert [error for error in recorder.errors if said not in error] == []
    assert len(recorder.errors) == 1
    assert "Tuesday" in {text[span.start : span.end] for span in recorder.spans}


def test_text_that_json_cannot_hold_keeps_its_offsets(places: Path) -> None:
    recorder = read("\ud800\x00\x1b Lisbon \udfff😀 Porto", f"pipeline:{places}")
    assert extents(recorder.spans) == [(4, 10, "GPE"), (14, 19, "GPE")]


class TestSeveralDocuments:
    @pytest.fixture
    def diary(self, tmp_path: Path) -> Path:
        return tmp_path / "diary"

    @pytest.fixture
    def noted(self, package: Callable[[str, str], Path], diary: Path) -> str:
        """A pipeline that notes each process that starts spaCy for it and each time it is loaded."""
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
        several = Several(KEY, OTHER)
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

    def test_the_one_looked_at_is_read_first_and_the_other_is_read_on(
        self, places: Path, serve: Start
    ) -> None:
        several = Several(KEY, OTHER)
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
        several = Several(KEY, OTHER)
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
        service.read(KEY, self.TEXT, [Run("dates", 0, len(self.TEXT), UNIT)])
        until(lambda: recorder.edges is not None)
        assert recorder.runs == []

    def test_not_of_long_texts_nor_of_a_pipeline_that_is_not_there_and_nobody_complains(
        self, serve: Start
    ) -> None:
        several = Several(KEY, OTHER, DocumentKey("third", "ann"))
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
        several = Several(KEY, OTHER)
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

    def test_what_is_being_read_is_broken_off_and_its_answer_never_told(
        self, package: Callable[[str, str], Path], tmp_path: Path, serve: Start
    ) -> None:
        gate = tmp_path / "gate"
        os.mkfifo(gate)
        package(
            "en_slow",
            f"if doc.text == 'first': open({str(gate)!r}).read()\ndoc.ents = [Span(doc, 0, 1, 'X')]",
        )
        several = Several(KEY, OTHER)
        service = serve(several, "pipeline:en_slow")
        service.read(KEY, "first")
        with opened(gate):
            # The component has begun to read: the request is under way.
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
        several = Several(KEY, OTHER)
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


class TestTheProcess:
    def test_has_a_lower_priority_and_threads_for_reading_only(self, serve: Start) -> None:
        recorder = Recorder()
        service = serve(recorder, "pipeline")
        service.read(KEY, "Lisbon")
        assert recorder.wait().runs
        pid = service.process
        assert pid
        assert os.getpriority(os.PRIO_PROCESS, pid) >= os.getpriority(os.PRIO_PROCESS, 0) + 10
        # One that reads, one that receives.
        assert len(list(Path(f"/proc/{pid}/task").iterdir())) == 2

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
    def test_dies_with_the_program_even_inside_code_that_never_lets_python_go_on(
        self, package: Callable[[str, str], Path], tmp_path: Path, number: signal.Signals
    ) -> None:
        begun = tmp_path / "begun"
        package(
            "en_hangs",
            f"open({str(begun)!r}, 'w').write(str(__import__('os').getpid()))\n"
            "__import__('re').match('(a|aa)+$', 'a' * 60 + 'b')",
        )
        script = """if True:
            import sys, time
            from unittest.mock import MagicMock
            from annotations.model.document_key import DocumentKey
            from annotations.suggest.service import SuggestionService
            service = SuggestionService(["pipeline:en_hangs"], MagicMock())
            service.read(DocumentKey("harbour", "ann"), "Lisbon")
            time.sleep(600)
        """
        folders = f"{os.environ['PYTHONPATH']}{os.pathsep}{Path(__file__).parents[3]}"
        program = subprocess.Popen(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": folders}
        )
        try:
            until(lambda: begun.exists() and bool(begun.read_text()))
            pid = int(begun.read_text())
            assert not gone(pid)
        finally:
            program.send_signal(number)
            program.wait()
        try:
            until(lambda: gone(pid))
        except AssertionError:
            os.kill(pid, signal.SIGKILL)
            raise


def test_the_program_itself_never_loads_spacy(places: Path) -> None:
    script = """if True:
        import sys, threading
        from annotations.model.document_key import DocumentKey
        from annotations.suggest.service import SuggestionService
        done, found = threading.Event(), []
        class Listener:
            def __getattr__(self, name):
                return lambda *args: name == "on_done" and done.set() or found.append((name, args))
        service = SuggestionService(["pipeline:" + sys.argv[1]], Listener())
        service.read(DocumentKey("harbour", "ann"), "Lisbon")
        assert done.wait(30)
        service.close()
        assert [args for name, args in found if name == "on_spans"], found
        print([name for name in ("spacy", "thinc", "numpy", "textual") if name in sys.modules])
    """
    done = subprocess.run(
        [sys.executable, "-c", script, str(places)], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.parametrize("request_line", [b"", b'{"kind":"load","id":1,"suggester":"pipeline"}\n'])
def test_the_worker_ends_when_the_program_is_gone(request_line: bytes) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-P", "-m", "annotations.suggest.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    out, _ = worker.communicate(request_line, timeout=DEADLINE)
    assert (worker.returncode, out) == (0, b"")
