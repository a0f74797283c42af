"""The main job from the first key to the training data, as a person does it."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.program.shell import run
from tests.program.terminal import COMMAND, ROOT, Terminal
from tests.texts import ARTICLE

NO_MODEL = ["article.txt", "--no-model", "--annotator", "ann"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8", newline="")
    return tmp_path


def stored(folder: Path) -> list[tuple[str, str, str]]:
    with TinyDB(folder / "annotations.json", access_mode="r") as database:
        rows = database.table("annotations").all()
        return [
            (ARTICLE[span["start"] : span["end"]], span["label"], span.get("status", "suggested"))
            for row in rows
            for span in row["spans"]
        ]


def test_open_decide_label_quit_reopen_export(folder: Path) -> None:
    with Terminal(["article.txt", "--annotator", "ann"], folder) as terminal:
        terminal.wait_for(r"LISBON — The port")
        terminal.wait_for(r" 0/[12]\d +saved")
        terminal.press("space")
        screen = terminal.wait_for(r"(suggested|doubtful) “")
        ((_, first),) = re.findall(r"(suggested|doubtful) “(.+?)”", screen)
        terminal.press("enter", "backspace")
        terminal.wait_for(r" 2/\d\d +saved")
        terminal.press("g")
        terminal.wait_for(r" 3/\d\d +saved")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    decided = [span for span in stored(folder) if span[2] != "suggested"]
    assert [span[2] for span in decided] == ["accepted", "rejected", "accepted"]
    assert decided[0][0] == first
    with Terminal(["article.txt", "--annotator", "ann"], folder) as terminal:
        terminal.wait_for(r" 3/\d\d +saved")
        terminal.press("U", "U")
        terminal.wait_for(r" 1/\d\d +saved")
        terminal.press("R", "ctrl+q")
        assert terminal.end() == 0
    assert len([span for span in stored(folder) if span[2] != "suggested"]) == 2
    result = run(folder, "export", "--format", "jsonl", "--output", "gold.jsonl")
    assert result.returncode == 0, result.stderr
    (line,) = (folder / "gold.jsonl").read_text("utf-8").splitlines()
    document = json.loads(line)
    assert document["text"] == ARTICLE
    assert document["done"] is False
    accepted = [span for span in document["spans"] if "status" not in span]
    assert [(span["text"], span["label"]) for span in accepted] == [decided[0][:2]]
    assert {span["status"] for span in document["spans"] if span not in accepted} == {"suggested"}
    result = run(folder, "export", "--format", "spacy", "--output", "gold.spacy")
    assert result.returncode == 0, result.stderr
    import spacy
    from spacy.tokens import DocBin

    (doc,) = DocBin().from_disk(folder / "gold.spacy").get_docs(spacy.blank("en").vocab)
    assert [(span.text, span.label_) for span in doc.ents] == [decided[0][:2]]
    assert {token.ent_iob_ for token in doc if not token.ent_type_} == {""}


def test_a_name_of_two_words_is_two_keys_under_a_real_terminal(folder: Path) -> None:
    with Terminal(NO_MODEL, folder) as terminal:
        terminal.wait_for(r"saved")
        terminal.press("shift+right", "e")
        terminal.wait_for(r"EVENT .*“Harbour talks”")
        terminal.press("'", ",", ",")
        terminal.wait_for(r"EVENT .*“Harbour tal”")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert ("Harbour tal", "EVENT", "accepted") in stored(folder)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_loses_nothing(folder: Path, number: signal.Signals) -> None:
    with Terminal(NO_MODEL, folder) as terminal:
        terminal.wait_for(r"saved")
        terminal.press("e", "right", "o", "right", "g")
        terminal.wait_for(r"“end”")
        os.kill(terminal.pid, number)
        assert terminal.end() == 128 + number
    assert {("Harbour", "EVENT", "accepted"), ("talks", "ORG", "accepted")} <= set(stored(folder))


def test_a_kill_loses_nothing_that_was_shown_as_saved(folder: Path) -> None:
    with Terminal(NO_MODEL, folder) as terminal:
        terminal.wait_for(r"saved")
        terminal.press("e")
        terminal.wait_for(r"“Harbour”")
        terminal.wait_for(r" 1/\d+ +saved")
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.end()
    with Terminal(NO_MODEL, folder) as terminal:
        terminal.wait_for(r" 1/\d+ +saved")
        terminal.press("U")
        terminal.wait_for(r" 0/\d+ +saved")


def test_the_article_on_standard_input_and_keys_from_the_terminal(folder: Path) -> None:
    command = ["sh", "-c", f"cat article.txt | {' '.join(COMMAND)} - --no-model"]
    with Terminal([], folder, command=command) as terminal:
        terminal.wait_for(r"standard input.* saved")
        terminal.press("e")
        terminal.wait_for(r"“Harbour”")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert ("Harbour", "EVENT", "accepted") in stored(folder)


def test_a_database_that_is_none_is_said_and_left_alone(folder: Path) -> None:
    file = folder / "annotations.json"
    file.write_text("This is my diary.\n")
    with Terminal(NO_MODEL, folder) as terminal:
        terminal.wait_for(r"LISBON")
        terminal.wait_for(r"annotations\.json .*\w")
        terminal.wait_for(r"CANNOT SAVE")
        terminal.press("e")
        terminal.wait_for(r"NOT SAVED")
        terminal.press("ctrl+q")
        terminal.wait_for(r"save to another file")
        terminal.press("p")
        terminal.wait_for(r"Which database")
        terminal.press(*"other.json", "enter")
        terminal.wait_for(r" 1/\d+ +saved")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert file.read_text() == "This is my diary.\n"
    assert (folder / "other.json").exists()


def test_another_place_for_the_database(folder: Path) -> None:
    environment = {"ANNOTATE_DB": str(folder / "there.json")}
    with Terminal(NO_MODEL, folder, environment=environment) as terminal:
        terminal.wait_for(r"saved")
        terminal.press("e", "ctrl+q")
        assert terminal.end() == 0
    with Terminal([*NO_MODEL, "--db", "here.json"], folder) as terminal:
        terminal.wait_for(r"saved")
        terminal.press("e", "ctrl+q")
        assert terminal.end() == 0
    assert (folder / "there.json").exists()
    assert (folder / "here.json").exists()
    assert not (folder / "annotations.json").exists()


def test_suspended_and_back_the_screen_is_whole(folder: Path) -> None:
    command = ["bash", "--norc", "-i"]
    leave_full_screen = b"\x1b[?1049l"
    with Terminal([], folder, command=command, environment={"PS1": "READY> "}) as terminal:
        terminal.wait_for(r"READY>")
        terminal.press(f"{' '.join(COMMAND)} article.txt --no-model", "enter")
        terminal.wait_for(r" saved")
        terminal.press("ctrl+z")
        terminal.wait_for_bytes(leave_full_screen, 1)
        terminal.wait_for(r"Stopped")
        terminal.screen.reset()
        terminal.press("fg", "enter")
        terminal.wait_for(r"LISBON")
        terminal.wait_for(r"saved")
        terminal.press("e")
        terminal.wait_for(r"EVENT +accepted")
        terminal.press("ctrl+q")
        terminal.wait_for_bytes(leave_full_screen, 2)


BAD = {
    "missing.txt": (None, r"no file missing\.txt"),
    "folder": ("folder", r"nothing to annotate in"),
    "binary.bin": (b"\x7fELF\x00\x00\x01", r"binary file"),
    "latin.txt": ("café".encode("latin-1"), r"byte 3 is 0xe9.*--encoding"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_opened_is_said_in_one_sentence(folder: Path, name: str) -> None:
    content, said = BAD[name]
    if content == "folder":
        (folder / name).mkdir()
    elif isinstance(content, bytes):
        (folder / name).write_bytes(content)
    with Terminal([name], folder) as terminal:
        assert terminal.end() == 2
        terminal.wait_for(said)
        assert b"\x1b[?1049h" not in terminal.raw
        assert "Traceback" not in terminal.text
        assert terminal.text.strip().count("\n") <= 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_said(folder: Path) -> None:
    (folder / "article.txt").chmod(0)
    with Terminal(["article.txt"], folder) as terminal:
        assert terminal.end() == 2
        terminal.wait_for(r"may not be read")


def test_latin_one_opens_when_it_is_named(folder: Path) -> None:
    (folder / "latin.txt").write_bytes("Le café de Zoë".encode("latin-1"))
    with Terminal(["latin.txt", "--encoding", "latin-1", "--no-model"], folder) as terminal:
        terminal.wait_for(r"Le café de Zoë")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('[[labels]]\nname = "A"\nkey = "a"\n\n[[labels]]\nname = "B"\nkey = "a"\n', r"line 7.*A and B"),
        ('modell = "x"\n', r"line 1.*modell.*model"),
        ("labels = [", r"annotate\.toml is not valid TOML"),
        ('theme = "annotate-drak"', r"line 1.*annotate-drak.*annotate-dark"),
        ('[keys]\nundoo = "Z"', r"line 2.*undoo.*undo"),
    ],
)
def test_settings_that_are_wrong_are_said_before_the_screen(
    folder: Path, settings: str, said: str
) -> None:
    (folder / "annotate.toml").write_text(settings)
    with Terminal(["article.txt"], folder, columns=200) as terminal:
        assert terminal.end() == 2
        terminal.wait_for(said)


def test_labels_of_ones_own(folder: Path) -> None:
    (folder / "annotate.toml").write_text(
        '[[labels]]\nname = "SHIP"\nkey = "s"\ncolour = "#88ccee"\ndefinition = "Vessels."\n'
    )
    with Terminal(NO_MODEL, folder) as terminal:
        terminal.wait_for(r" s {1,2}SHIP")
        terminal.press("s")
        terminal.wait_for(r"SHIP +accepted “Harbour”")


def test_init_writes_settings_that_can_be_read(folder: Path) -> None:
    assert run(folder, "init").returncode == 0
    again = run(folder, "init")
    assert again.returncode == 2
    assert "already exists" in again.stderr
    with Terminal(NO_MODEL, folder) as terminal:
        terminal.wait_for(r"PERSON")


def test_a_huge_line_and_a_huge_file_open_and_answer(folder: Path) -> None:
    flat = " ".join(ARTICLE.split())
    (folder / "line.txt").write_text(flat * (1_000_000 // len(flat)), "utf-8")
    (folder / "huge.txt").write_text(ARTICLE * (10_000_000 // len(ARTICLE)), "utf-8")
    for name in ("line.txt", "huge.txt"):
        with Terminal([name, "--no-model"], folder) as terminal:
            terminal.wait_for(r"LISBON")
            terminal.wait_for(r" saved")
            terminal.press("shift+right", "e")
            terminal.wait_for(r"“Harbour talks”")
            terminal.press("ctrl+q")
            assert terminal.end() == 0


def test_the_help_names_the_commands_and_loads_nothing_heavy(folder: Path) -> None:
    script = (
        "import sys\nfrom tui.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(*sorted(name for name in sys.modules if '.' not in name))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    for name in ("export", "init"):
        assert name in result.stdout
    loaded = result.stdout.splitlines()[-1].split()
    assert "argparse" in loaded
    assert not {"textual", "spacy", "tinydb", "msgspec", "rich"} & set(loaded)


def test_a_text_that_changed_keeps_its_annotations_when_the_person_agrees(folder: Path) -> None:
    with Terminal(NO_MODEL, folder) as terminal:
        terminal.wait_for(r"saved")
        terminal.press("e", "right", "o", "ctrl+q")
        assert terminal.end() == 0
    before = (folder / "annotations.json").read_text("utf-8")
    changed = "Correction of May 18.\n\n" + ARTICLE.replace("Harbour talks", "Port talks")
    (folder / "article.txt").write_text(changed, "utf-8", newline="")
    with Terminal(NO_MODEL, folder) as terminal:
        terminal.wait_for(r"has changed since")
        terminal.wait_for(r"not found +EVENT +“Harbour”")
        terminal.wait_for(r"moved +ORG +“talks”")
        assert (folder / "annotations.json").read_text("utf-8") == before
        terminal.press("enter")
        terminal.wait_for(r" [12]/\d+ +saved")
        terminal.press("tab")
        terminal.wait_for(r"ORG +accepted “talks”")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    with TinyDB(folder / "annotations.json", access_mode="r") as database:
        assert {row["text"] for row in database.table("documents").all()} == {ARTICLE, changed}
