import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from annotations.model.edit import Run
from annotations.model.span import Span
from annotations.suggest.chunking import LIMIT, chunks
from annotations.suggest.protocol import BATCH
from annotations.suggest.service import SuggestionRun

LINE = "From Lisbon 😀 along the river Tagus to Porto.\r\n\r\n"
LONG = LINE * (3 * LIMIT // len(LINE))
DEADLINE = 30.0


class Recorder:
    """Listens to a run, and does something at a call when told to."""

    def __init__(self) -> None:
        self.ready: list[tuple[str, tuple[str, ...]]] = []
        self.spans: list[Span] = []
        self.runs: list[Run] = []
        self.batches: list[int] = []
        self.progress: list[tuple[int, int]] = []
        self.errors: list[str] = []
        self.at_ready: Callable[[], None] = lambda: None
        self.at_chunk: Callable[[], None] = lambda: None
        self.at_error: Callable[[], None] = lambda: None
        self._done = threading.Event()

    def on_ready(self, source: str, labels: Sequence[str]) -> None:
        self.ready.append((source, tuple(labels)))
        self.at_ready()

    def on_spans(self, source: str, spans: list[Span], run: Run | None) -> None:
        assert {span.sources for span in spans} <= {(source,)}
        self.spans += spans
        self.batches.append(len(spans))
        if run:
            self.runs.append(run)
            self.at_chunk()

    def on_progress(self, done: int, total: int) -> None:
        self.progress.append((done, total))

    def on_error(self, message: str) -> None:
        self.errors.append(message)
        self.at_error()

    def on_done(self) -> None:
        self._done.set()

    def wait(self) -> "Recorder":
        assert self._done.wait(DEADLINE)
        return self

    @property
    def finished(self) -> bool:
        return self._done.is_set()


def read(text: str, *suggesters: str, visible: int = 0) -> Recorder:
    recorder = Recorder()
    SuggestionRun(text, suggesters, recorder, visible=visible).start()
    return recorder.wait()


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


def test_the_visible_part_comes_first_and_moves_with_the_reader(places: Path) -> None:
    first, *_, last = chunks(LONG)
    recorder = Recorder()
    run = SuggestionRun(LONG, [f"pipeline:{places}"], recorder, visible=last[0])
    recorder.at_chunk = lambda: run.look_at(5)
    run.start()
    recorder.wait()
    assert [(run.start, run.end) for run in recorder.runs][:2] == [last, first]
    assert sorted((run.start, run.end) for run in recorder.runs) == chunks(LONG)


def test_what_was_read_before_is_not_read_again(places: Path) -> None:
    read_before = chunks(LONG)[1:]
    recorder = Recorder()
    asked: list[str] = []

    def has_read(source: str, start: int, end: int) -> bool:
        asked.append(source)
        return (start, end) in read_before

    SuggestionRun(LONG, [f"pipeline:{places}"], recorder, has_read).start()
    recorder.wait()
    assert [(run.start, run.end) for run in recorder.runs] == chunks(LONG)[:1]
    assert set(asked) == {recorder.runs[0].source}


def test_nothing_is_started_when_everything_was_read() -> None:
    recorder = Recorder()
    run = SuggestionRun(LONG, ["pipeline"], recorder, lambda source, start, end: True)
    run.start()
    recorder.wait()
    assert run.process is None
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
        self, places: Path, expected: list[tuple[int, int, str]]
    ) -> None:
        recorder = Recorder()
        run = SuggestionRun(LONG, [f"pipeline:{places}"], recorder)

        def kill_once() -> None:
            recorder.at_chunk = lambda: None
            assert run.process
            os.kill(run.process, signal.SIGKILL)

        recorder.at_chunk = kill_once
        run.start()
        recorder.wait()
        assert extents(recorder.spans) == expected
        assert [(run.start, run.end) for run in recorder.runs] == chunks(LONG)
        assert len(recorder.ready) == 1
        (message,) = recorder.errors
        assert "stopped (signal 9) and was started again" in message

    def test_again_is_the_end_of_it(self, places: Path) -> None:
        recorder = Recorder()
        run = SuggestionRun(LONG, [f"pipeline:{places}"], recorder)

        def kill() -> None:
            assert run.process
            os.kill(run.process, signal.SIGKILL)

        recorder.at_chunk = kill
        run.start()
        recorder.wait()
        assert len(recorder.runs) == 2
        assert "stopped again (signal 9)" in recorder.errors[1]
        assert len(recorder.errors) == 2

    def test_in_the_middle_of_a_chunk_by_its_own_doing(
        self, package: Callable[[str, str], Path]
    ) -> None:
        package("en_crash", "import os\nos._exit(7)")
        recorder = read("Lisbon", "pipeline:en_crash")
        assert recorder.spans == []
        assert ["exit status 7" in message for message in recorder.errors] == [True, True]


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


class TestCancelling:
    def test_while_it_loads_returns_at_once_and_leaves_no_process(self) -> None:
        recorder = Recorder()
        run = SuggestionRun(LONG, ["pipeline"], recorder)
        run.start()
        until(lambda: run.process is not None)
        pid = run.process
        assert pid
        before = time.monotonic()
        run.cancel()
        assert time.monotonic() - before < 0.1
        until(lambda: gone(pid))
        assert (recorder.ready, recorder.errors, recorder.finished) == ([], [], False)

    def test_between_chunks_no_call_follows(self, places: Path) -> None:
        recorder = Recorder()
        run = SuggestionRun(LONG, [f"pipeline:{places}"], recorder)
        recorder.at_chunk = run.cancel
        run.start()
        until(lambda: bool(recorder.runs))
        until(lambda: not any(thread.name == "suggestions" for thread in threading.enumerate()))
        assert run.process
        assert gone(run.process)
        assert len(recorder.runs) == 1
        assert not recorder.finished

    def test_before_it_started_starts_nothing(self) -> None:
        recorder = Recorder()
        run = SuggestionRun(LONG, ["pipeline"], recorder)
        run.cancel()
        run.start()
        until(lambda: not any(thread.name == "suggestions" for thread in threading.enumerate()))
        assert run.process is None
        assert recorder.progress == []


def test_the_program_itself_never_loads_spacy(places: Path) -> None:
    script = """if True:
        import sys, threading
        from annotations.suggest.service import SuggestionRun
        done, found = threading.Event(), []
        class Listener:
            def __getattr__(self, name):
                return lambda *args: name == "on_done" and done.set() or found.append((name, args))
        SuggestionRun("Lisbon", ["pipeline:" + sys.argv[1]], Listener()).start()
        assert done.wait(30)
        assert [args for name, args in found if name == "on_spans"], found
        print([name for name in ("spacy", "thinc", "numpy", "textual") if name in sys.modules])
    """
    done = subprocess.run(
        [sys.executable, "-c", script, str(places)], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.parametrize("request_line", [b"", b'{"kind":"load","suggester":"pipeline"}\n'])
def test_the_worker_ends_when_the_program_is_gone(request_line: bytes) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-P", "-m", "annotations.suggest.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    out, _ = worker.communicate(request_line, timeout=DEADLINE)
    assert (worker.returncode, out) == (0, b"")
