"""Suggestions for a corpus: a shard is complete or does not exist, and after any interruptions the
bytes are the same.
"""

import errno
import json
import os
from pathlib import Path

import pytest

from annotations.bulk import run
from annotations.bulk.recipe import recipe_of
from annotations.bulk.suggestion_folder import LOCK, SuggestionFolder
from annotations.corpus.own_files import SUGGESTIONS
from annotations.dates.document_language import LanguageChoice
from annotations.formats.format import Options
from annotations.formats.jsonl import FORMAT
from annotations.model.errors import AnnotateError
from annotations.store.tinydb_file.lock import StoreLock
from tests.annotations.bulk.making import contents, make, write_texts
from tests.annotations.store.breaking_disk import Cut, CuttingDisk, FailingDisk


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twenty-five texts, which are three shards in these tests."""
    monkeypatch.setattr(run, "SHARD", 10)
    monkeypatch.setattr(run, "BATCH", 4)
    folder = tmp_path / "letters"
    write_texts(folder, range(25))
    return folder


def shards(folder: Path) -> list[list[str]]:
    """The names of the texts in each shard, in order."""
    return [
        [reading.annotated.name for reading in FORMAT.read(path, path.name, Options())]
        for path in sorted(folder.glob("*.jsonl"))
    ]


def test_a_shard_has_exactly_a_thousand_texts_by_their_places(tmp_path: Path) -> None:
    write_texts(tmp_path / "letters", range(1003))
    report, _ = make(tmp_path / "letters", tmp_path / "out")
    assert (report.documents, report.shards) == (1003, 2)
    assert shards(tmp_path / "out") == [
        [f"letter-{number:04}.txt" for number in range(1000)],
        [f"letter-{number:04}.txt" for number in range(1000, 1003)],
    ]


def test_a_line_says_who_read_what_and_nothing_of_this_machine(texts: Path, tmp_path: Path) -> None:
    make(texts, tmp_path / "out")
    path = min((tmp_path / "out").glob("*.jsonl"))
    line = json.loads(path.read_text("utf-8").splitlines()[3])
    text = (texts / "letter-0003.txt").read_text("utf-8")
    assert line["text"] == text
    span = {"text": "4 May 1803", "status": "suggested", "sources": ["dates"], "label": "DATE"}
    assert [{key: found[key] for key in span} for found in line["spans"]] == [span]
    assert line["history"]["runs"][0]["source"] == "dates"
    assert "path" not in line["meta"]
    manifest = json.loads((tmp_path / "out" / SUGGESTIONS).read_text("utf-8"))
    (suggester,) = manifest["made_by"]["suggesters"]
    assert suggester["source"] == "dates"
    assert len(suggester["version"]) == 8


def test_a_run_that_is_cut_off_at_any_step_ends_like_an_undisturbed_one(
    texts: Path, tmp_path: Path
) -> None:
    make(texts, tmp_path / "undisturbed")
    whole, steps, seen = contents(tmp_path / "undisturbed"), 0, set()
    while True:
        out = tmp_path / f"cut-{steps}"
        try:
            make(texts, out, disk=CuttingDisk(steps, part=0.5))
        except Cut:
            there = contents(out) if out.exists() else {}
            named = {name: data for name, data in there.items() if name.endswith((".jsonl", ".index"))}
            assert named.items() <= whole.items()
            _, read = make(texts, out)
            seen.add(len(read))
            assert contents(out) == whole
            steps += 1
        else:
            break
    # Each run continued after the last shard that was listed by then.
    assert (seen, steps > 20) == ({25, 15, 5, 0}, True)


def test_what_is_done_is_not_read_again_and_keeps_its_bytes(texts: Path, tmp_path: Path) -> None:
    make(texts, tmp_path / "out")
    # Taking a lock may write into its file.
    files = (path for path in (tmp_path / "out").iterdir() if path.suffix != ".lock")
    before = {path: path.stat().st_mtime_ns for path in files}
    report, read = make(texts, tmp_path / "out")
    assert (read, report.read, report.new, report.changed, report.gone) == ([], 0, 0, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_texts_that_come_anywhere_are_read_and_no_others(texts: Path, tmp_path: Path) -> None:
    make(texts, tmp_path / "out")
    (texts / "a-first.txt").write_text("On 1 June 1999.", "utf-8")
    (texts / "letter-0012b.txt").write_text("On 2 June 1999.", "utf-8")
    (texts / "z-last.txt").write_text("On 3 June 1999.", "utf-8")
    report, read = make(texts, tmp_path / "out")
    assert read == ["a-first.txt", "letter-0012b.txt", "z-last.txt"]
    assert (report.read, report.new, report.changed, report.gone) == (3, 3, 0, 0)
    make(texts, tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_what_changed_and_what_went_is_said(texts: Path, tmp_path: Path) -> None:
    make(texts, tmp_path / "out")
    (texts / "letter-0005.txt").write_text("Changed on 5 June 1999.", "utf-8")
    (texts / "letter-0006.txt").unlink()
    (texts / "letter-0007.txt").rename(texts / "another.txt")
    report, read = make(texts, tmp_path / "out")
    assert read == ["letter-0005.txt"]
    assert (report.new, report.changed, report.gone) == (0, 1, 1)
    make(texts, tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_a_run_over_a_changed_corpus_that_is_cut_off_ends_the_same(texts: Path, tmp_path: Path) -> None:
    write_texts(tmp_path / "more", [*range(25), *range(100, 110)])
    (tmp_path / "more" / "letter-0001.txt").write_text("Changed on 5 June 1999.", "utf-8")
    make(tmp_path / "more", tmp_path / "fresh")
    for steps in range(0, 40, 3):
        out = tmp_path / f"cut-{steps}"
        make(texts, out)
        try:
            make(tmp_path / "more", out, disk=CuttingDisk(steps))
        except Cut:
            make(tmp_path / "more", out)
        assert contents(out) == contents(tmp_path / "fresh")


def test_other_settings_make_all_anew_and_that_is_said(texts: Path, tmp_path: Path) -> None:
    make(texts, tmp_path / "out")
    german = recipe_of(["dates"], languages=LanguageChoice("de"))
    report, read = make(texts, tmp_path / "out", german)
    assert len(read) == 25
    assert report.made_by_before is not None
    assert (report.made_by_before.languages.stated, report.made_by.languages.stated) == ("", "de")
    make(texts, tmp_path / "fresh", german)
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


@pytest.mark.parametrize("step", ["open", "write", "sync", "rename"])
def test_a_full_disk_is_said_and_leaves_nothing_half(step: str, texts: Path, tmp_path: Path) -> None:
    disk, out = FailingDisk(), tmp_path / "out"
    steps: list[str] = []

    def fills_up(name: str) -> None:
        # In the second shard: four renames were the empty list, the two files of the first shard, and its list.
        if steps.count("rename") == 4:
            disk.failing = {step: errno.ENOSPC}
        steps.append(name)

    disk.written = fills_up
    with pytest.raises(
        AnnotateError, match=r"the disk is full; make room.* What is complete is kept \(1 shard\)"
    ):
        make(texts, out, disk=disk)
    assert list(out.glob("*.part")) == []
    _, read = make(texts, out)
    assert len(read) == 15
    make(texts, tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")


def test_what_is_no_text_is_set_aside_with_its_reason(texts: Path, tmp_path: Path) -> None:
    (texts / "letter-0002.txt").write_bytes(b"\xff\xfe\xfd")
    (texts / "letter-0003.txt").write_text("a\0b", "utf-8")
    report, _ = make(texts, tmp_path / "out")
    assert [one.name for one in report.set_aside] == ["letter-0002.txt", "letter-0003.txt"]
    assert all(one.reason and not one.reason.endswith(".") for one in report.set_aside)
    assert [len(names) for names in shards(tmp_path / "out")] == [8, 10, 5]
    again, read = make(texts, tmp_path / "out")
    assert (again.set_aside, read) == (report.set_aside, [])
    write_texts(texts, [2, 3])
    report, read = make(texts, tmp_path / "out")
    assert (report.set_aside, sorted(read)) == ((), ["letter-0002.txt", "letter-0003.txt"])


def test_two_programs_do_not_write_in_one_folder(texts: Path, tmp_path: Path) -> None:
    make(texts, tmp_path / "out")
    with (
        StoreLock(tmp_path / "out" / LOCK, 0o600).held(),
        pytest.raises(AnnotateError, match="Another program writes suggestions in"),
    ):
        make(texts, tmp_path / "out")


def test_a_folder_of_something_else_is_left_alone(texts: Path, tmp_path: Path) -> None:
    before = contents(texts)
    with pytest.raises(AnnotateError, match="contains files that are not suggestions"):
        make(texts, texts)
    assert contents(texts) == before


@pytest.mark.parametrize(
    "manifest",
    [
        b"{",
        b"[]",
        b'{"format": "annotate suggestions", "version": 2}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_a_list_of_shards_that_cannot_be_read_is_refused(
    manifest: bytes, texts: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / SUGGESTIONS).write_bytes(manifest)
    with pytest.raises(AnnotateError, match="that this version can read"):
        make(texts, tmp_path / "out")


def test_a_stranger_names_no_files_outside_the_folder(texts: Path, tmp_path: Path) -> None:
    make(texts, tmp_path / "out")
    path = tmp_path / "out" / SUGGESTIONS
    manifest = json.loads(path.read_text("utf-8"))
    manifest["shards"][0]["file"] = "../letters/letter-0001"
    path.write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(AnnotateError, match="outside of its folder"):
        make(texts, tmp_path / "out")


def test_who_may_read_the_folder_may_read_the_suggestions(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    os.chmod(tmp_path / "out", 0o750)
    make(texts, tmp_path / "out")
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "out").iterdir()}
    assert modes == {0o640}


def test_the_folder_is_one_of_suggestions_before_the_first_text_is_read(
    texts: Path, tmp_path: Path
) -> None:
    with pytest.raises(Cut):
        # After these steps, the list of shards is written, synced and renamed, and the folder is synced.
        make(texts, tmp_path / "out", disk=CuttingDisk(5))
    manifest = SuggestionFolder(tmp_path / "out").read_manifest()
    assert manifest is not None
    assert manifest.shards == ()
