import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from annotations.suggest.chunking import chunks
from annotations.suggest.protocol import Cancel, Cancelled, Load, Read, Ready, SpansFound
from annotations.suggest.worker import Answering, Requests
from tests.annotations.suggest.listening import (
    DEADLINE,
    KEY,
    LINE,
    LONG,
    OTHER,
    ListenersByDocument,
    Recorder,
    Start,
    extents,
    gone,
    kill,
    read,
    until,
)


class TestTheWorkerDying:
    def test_once_it_is_started_again_and_nothing_is_lost_or_reported_twice(
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
        several = ListenersByDocument(KEY, OTHER)
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
        several = ListenersByDocument(KEY, OTHER)
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
        several = ListenersByDocument(KEY, OTHER)
        service = serve(several, "pipeline:en_burst", "dates")
        service.read(KEY, "On Tuesday.")
        service.read(OTHER, "On Wednesday.")
        kinds = [several.of[key].wait() for key in (KEY, OTHER)]
        assert [len(recorder.spans) for recorder in kinds] == [1, 1]
        errors = [error for recorder in kinds for error in recorder.errors]
        assert sum("was started again" in error for error in errors) <= 2
        assert all(
            "stopped again (exit status 7) and makes no more suggestions" in recorder.errors[-1]
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
        assert "makes no more suggestions" in recorder.errors[-1]
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


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ([{"TEXT": {"REGEX": "(a|aa)+$"}}], "takes too long and makes no more suggestions"),
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


class TestTheProcess:
    def test_has_a_lower_priority_and_threads_for_reading_only(self, serve: Start) -> None:
        recorder = Recorder()
        service = serve(recorder, "pipeline")
        service.read(KEY, "Lisbon")
        assert recorder.wait().runs
        pid = service.process
        assert pid
        lowest = 19
        ours = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, pid) >= min(ours + 10, lowest)
        # Two threads: one reads texts, one receives requests.
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


def test_a_cancellation_overtakes_and_the_next_request_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = [
        Load(1, "dates"),
        Read(2, "dates", 0, "On Tuesday."),
        Read(3, "dates", 100, "On Friday."),
        Cancel(2),
    ]
    monkeypatch.setattr(os, "_exit", lambda status: None)
    requests = Requests()
    requests.receive(io.BytesIO(b"".join(msgspec.json.encode(request) + b"\n" for request in asked)))
    answering = Answering(requests)
    loaded, cancelled, read_on = [list(answering.answer(requests.next())) for _ in range(3)]
    assert isinstance(loaded[0], Ready)
    assert cancelled == [Cancelled(2)]
    assert isinstance(read_on[0], SpansFound)
    assert (read_on[0].id, extents(read_on[0].spans)) == (3, [(103, 109, "DATE")])
