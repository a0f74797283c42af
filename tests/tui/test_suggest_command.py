"""`annotate suggest`, and what `annotate` does with the folder that it writes, from the command line."""

import errno
import io
import json
import os
import sys
from pathlib import Path

import pytest

from annotations.bulk.engine import LocalEngine
from annotations.bulk.recipe import made_by, recipe_of
from annotations.bulk.run import BulkProgress, BulkReport
from annotations.bulk.run_words import how_far_words, report_words
from annotations.bulk.shard import SetAside
from annotations.bulk.speed import ReadingSpeed
from annotations.corpus.own_files import SUGGESTIONS
from annotations.dates.document_language import LanguageChoice
from annotations.dates.scheme import DEFAULT_DATES
from annotations.store.tinydb_file.disk import RealDisk
from tests.annotations.bulk.making import InProcessEngine, write_texts
from tests.annotations.suggest.listening import KEY, Recorder
from tui.bootstrap import prepared_folder, suggestions_of
from tui.cli import main
from tui.command_line.output import ProgressLine


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, which has five letters; they are read in this process."""
    write_texts(tmp_path / "letters", range(5))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("annotations.bulk.engine.engine_of", lambda name, workers: InProcessEngine())
    return tmp_path


def suggest(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["suggest", *arguments, "--no-model"])
    return (status, *capsys.readouterr())


def test_the_suggestions_go_next_to_the_corpus(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = suggest(capsys, "letters/")
    assert (status, err) == (0, "")
    folder = here / "letters.suggested"
    assert out == f"Suggestions for 5 documents are in {folder}: 5 read now, 0 already there.\n"
    assert len(list(folder.glob("00000-*.jsonl"))) == 1
    write_texts(here / "letters", range(4, 7))
    (here / "letters" / "letter-0000.txt").write_text("Changed.", "utf-8")
    _, out, _ = suggest(capsys, "letters")
    assert out.splitlines() == [
        f"Suggestions for 7 documents are in {folder}: 3 read now, 4 already there.",
        "Since the previous run 2 were added, 1 were changed and 0 were removed.",
    ]


def test_a_script_gets_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "letters" / "letter-0003.txt").write_bytes(b"\xff\xfe")
    (here / "letters" / "picture.png").write_bytes(b"\x89")
    status, out, err = suggest(capsys, "letters", "-o", "out", "--json")
    said = json.loads(out)
    assert (status, err) == (0, "")
    assert (said["folder"], said["documents"], said["shards"], said["read"]) == (
        str(here / "out"),
        5,
        1,
        5,
    )
    assert (said["new"], said["changed"], said["gone"], said["made_by_before"]) == (5, 0, 0, None)
    assert [suggester["source"] for suggester in said["made_by"]] == ["dates"]
    assert [one["name"] for one in said["set_aside"]] == ["letter-0003.txt"]
    assert [one["name"] for one in said["passed_over"]] == ["picture.png"]


def test_rows_of_a_table_are_texts_as_in_the_queue(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "rows.csv").write_text("id,body\na,On 3 May 1999.\nb,On 4 May 1999.\n", "utf-8")
    status, _, _ = suggest(capsys, "rows.csv", "--text-column", "body", "--id-column", "id")
    assert status == 0
    (lines,) = (here / "rows.csv.suggested").glob("*.jsonl")
    assert [json.loads(line)["meta"]["name"] for line in lines.read_text("utf-8").splitlines()] == [
        "a",
        "b",
    ]


def test_a_folder_of_suggestions_is_never_read_as_documents(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suggest(capsys, "letters")
    (lines,) = (here / "letters.suggested").glob("*.jsonl")
    for named in (
        ["letters.suggested"],
        [str(lines)],
        ["letters.suggested/*.jsonl"],
        [".", "--recursive"],
    ):
        status = main(["list", *named, "--json"])
        out, err = capsys.readouterr()
        if status:
            assert "suggestions made in advance" in err, named
        else:
            said = json.loads(out)
            assert len(said["documents"]) == 5, named
            reasons = {one["name"]: one["reason"] for one in said["passed_over"]}
            assert "of suggestions made in advance" in reasons["letters.suggested"]
    assert (here / "letters.suggested" / SUGGESTIONS).exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "There is no file nothing"),
        (["letters", "-o", "letters"], "contains files that are not suggestions"),
        (["letters", "-o", "no/such/folder"], "its folder is not there"),
        (["letters", "-o", "letters/letter-0001.txt"], "is not a folder"),
        (["letters", "--language", "xx"], "There is no language"),
    ],
)
def test_what_a_person_can_put_right_is_one_sentence(
    arguments: list[str], said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = suggest(capsys, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_a_full_disk_is_one_sentence(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(RealDisk, "write", full)
    status, out, err = suggest(capsys, "letters")
    assert (status, out) == (2, "")
    folder = here / "letters.suggested"
    assert err == f"annotate: {folder} cannot be written: the disk is full; make room and try again.\n"
    assert [path.name for path in folder.iterdir()] == [f"{SUGGESTIONS}.lock"]


def test_a_document_gets_what_was_made_ahead_and_no_suggester_is_started(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suggest(capsys, "letters")
    text = (here / "letters" / "letter-0003.txt").read_text("utf-8")
    recorder = Recorder()
    find = prepared_folder(None, ["letters"])
    suggestions = suggestions_of(["dates"], DEFAULT_DATES.kinds, find)(recorder)
    assert suggestions is not None
    suggestions.read(KEY, text, (), 0, "en")
    recorder.wait()
    suggestions.close()
    assert [text[span.start : span.end] for span in recorder.spans] == ["4 May 1803"]
    assert [(run.start, run.end) for run in recorder.runs] == [(0, len(text))]
    # A suggester that was started would have reported that.
    assert (recorder.ready, recorder.errors) == ([], [])


def test_suggestions_that_are_not_there_are_said_before_the_screen_is_taken(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("tui.cli._screen_is_terminal", lambda: True)
    assert main(["letters", "--suggestions", "nowhere", "--annotator", "ann"]) == 2
    assert "There are no suggestions in nowhere" in capsys.readouterr().err


def test_ctrl_c_ends_with_its_status_and_no_word(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(InProcessEngine, "read", interrupted)
    assert suggest(capsys, "letters") == (130, "", "")


def test_without_a_number_there_is_a_process_for_each_processor() -> None:
    from annotations.bulk.engine import engine_of

    engine = engine_of("local")
    assert isinstance(engine, LocalEngine)
    assert engine.workers == len(os.sched_getaffinity(0))


# What the command reports


def test_the_progress_line_says_how_fast_and_how_long() -> None:
    speed = ReadingSpeed()
    assert how_far_words(BulkProgress(50_000, looked_at=1_200), speed) == (
        "1,200 of 50,000 documents compared with the existing suggestions"
    )
    speed.note(0.0, 0)
    assert how_far_words(BulkProgress(50_000), speed) == "0 of 50,000 documents"
    for second in range(1, 401):
        # The first seconds are slow, which no longer counts after five minutes.
        speed.note(float(second), second if second < 100 else 100 + (second - 100) * 20)
    progress = BulkProgress(50_000, done=8_000, read=6_100)
    assert how_far_words(progress, speed) == "8,000 of 50,000 documents, 20.0 a second, 35 min left"


def test_the_progress_line_is_for_terminals_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, written in ((io.StringIO(), ""), (Terminal(), "\ra\\x1b[31mb\x1b[K\r\x1b[K")):
        monkeypatch.setattr(sys, "stderr", stream)
        line = ProgressLine()
        line.show("a\x1b[31mb")
        line.end()
        line.end()
        assert stream.getvalue() == written


def test_what_differs_from_the_run_before_is_said() -> None:
    now = made_by(recipe_of(["dates"]))
    german = made_by(recipe_of(["dates"], languages=LanguageChoice("de")))
    report = BulkReport(1, 1, 1, 1, 0, 0, now, german, False, (SetAside("a", "is empty"),))
    version = now.suggesters[0].version
    assert report_words(report, "out") == [
        "Suggestions for 1 document are in out: 1 read now, 0 already there.",
        f"The earlier ones were made by dates {version}, language de, the new ones by dates {version}.",
        "1 text set aside, without suggestions.",
    ]
