"""One wrong byte at any place, and files made to do harm: there are findings and a copy, never a traceback."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.store.interface import StoreError
from annotations.store.tinydb_file import open_files
from annotations.store.tinydb_file.commit import FIRST_SUM, sum_of
from annotations.store.tinydb_file.disk import RealDisk
from annotations.store.tinydb_file.foreign import InvalidFile, refuse_twins
from annotations.store.tinydb_file.history import history
from annotations.store.tinydb_file.inspection import Finding, inspect
from annotations.store.tinydb_file.repair import repair
from annotations.store.tinydb_file.tinydb_store import TinyStore
from annotations.store.tinydb_file.upkeep import Upkeep
from tests.annotations.store.test_history import after_a_tick
from tests.annotations.store.test_recovery import DOCUMENT, label, names

WANTED = ["A", "B", "C", "D"]


class QuickDisk(RealDisk):
    """A disk without syncs, which these tests do not need."""

    def sync(self, file: int) -> None:
        pass

    def sync_folder(self, folder: Path) -> None:
        pass


DISK = QuickDisk()


def simple(path: Path) -> None:
    label(path, (0, 1, "A"), (1, 2, "B"))
    label(path, (2, 3, "C"), (3, 4, "D"), checkpoint=False)


def segments(path: Path) -> None:
    before = open_files.SEGMENT
    open_files.SEGMENT = 300
    try:
        label(path, (0, 1, "A"))
        label(path, (1, 2, "B"))
        label(path, (2, 3, "C"), (3, 4, "D"), checkpoint=False)
    finally:
        open_files.SEGMENT = before


def pruned(path: Path) -> None:
    label(path, (0, 1, "A"), (1, 2, "B"))
    moment = after_a_tick()
    label(path, (2, 3, "C"))
    Upkeep(path).prune(moment, backups=True)
    label(path, (3, 4, "D"), checkpoint=False)


def copied(path: Path) -> None:
    damaged = path.with_name("damaged.json")
    label(damaged, (0, 1, "A"), (1, 2, "B"))
    repair(damaged, path)
    label(path, (2, 3, "C"), (3, 4, "D"), checkpoint=False)
    for file in path.parent.glob("damaged*"):
        file.unlink()


STORES = {"simple": simple, "segments": segments, "pruned": pruned, "copied": copied}


def made(kind: str, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    STORES[kind](folder / "annotations.json")
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    return {name: data for name, data in files.items() if not name.endswith((".lock", ".index"))}


def check(folder: Path, clean: list[Finding]) -> list[Finding]:
    """The findings of the doctor; also checks the copy that it writes, and an ordinary opening."""
    path = folder / "annotations.json"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    findings = inspect(path, DISK)
    copy = folder / "copy.json"
    try:
        said = repair(path, copy, DISK)
        store = TinyStore(copy, read_only=True)
        document = next(iter(store.documents()), None)
        assert document is None or document == DOCUMENT
        found = names(store.load(DOCUMENT, "ann"))
        assert store.notices == []
        store.close()
        assert not [finding for finding in inspect(copy) if finding.damage]
    except StoreError as error:
        said, found = [str(error)], []
    for file in list(folder.glob("copy.json*")):
        file.unlink()
    if found != WANTED:
        assert set(found) < set(WANTED)
        assert [finding for finding in findings if finding not in clean], said
    refused(path, read_only=True)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    return findings


def refused(path: Path, read_only: bool) -> str:
    """Open a store and read everything in it. Return why that is refused, in one sentence, or an empty text."""
    try:
        store = TinyStore(path, read_only=read_only)
        list(store.documents())
        store.load(DOCUMENT, "ann")
        if not read_only:
            store.follow()
        store.close()
        list(history(path))
    except StoreError as error:
        return _one_sentence(str(error))
    return ""


def _one_sentence(text: str) -> str:
    assert text
    assert "\n" not in text
    return text


MASKS = (0x01, 0x20, 0x80, 0x02)


def turned(data: bytes, place: int) -> Iterator[bytes]:
    """The data with the byte at a place changed: by one of the masks in turn, or to zero at every third place."""
    mask = data[place] if place % 3 == 0 else MASKS[place % len(MASKS)]
    yield data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]


@pytest.mark.parametrize("kind", STORES)
def test_every_byte_turned_over(tmp_path: Path, kind: str) -> None:
    files = made(kind, tmp_path / "whole")
    clean = inspect(tmp_path / "whole" / "annotations.json")
    assert not [finding for finding in clean if finding.damage]
    folder = tmp_path / "turned"
    shutil.copytree(tmp_path / "whole", folder)
    for name in ("annotations.json.lock", "annotations.json.index"):
        (folder / name).unlink(missing_ok=True)
    whole = str(tmp_path / "whole")
    same = [Finding(Path(str(f.file).replace(whole, str(folder))), f.what, f.damage) for f in clean]
    assert check(folder, same) == same
    for name, data in files.items():
        # In the simplest store each byte is changed, in the others every fifth.
        for place in range(0, len(data), 1 if kind == "simple" else 5):
            for changed in turned(data, place):
                (folder / name).write_bytes(changed)
                findings = check(folder, same)
                assert findings != same, f"{name}, byte {place} was not found"
        (folder / name).write_bytes(data)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(STORES)), st.data())
def test_anything_done_to_one_file(kind: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "store"
        files = made(kind, folder)
        clean = inspect(folder / "annotations.json")
        file = data.draw(st.sampled_from(sorted(files)))
        whole = files[file]
        begin = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(begin, len(whole)) | st.just(begin))
        filling = data.draw(st.binary(max_size=40) | st.just(b"\n") | st.just(bytes(end - begin)))
        (folder / file).write_bytes(whole[:begin] + filling + whole[end:])
        check(folder, clean)


def line(previous: str, content: dict[str, Any] | bytes) -> tuple[bytes, str]:
    """A line of a journal with the right checksum for any content. Return the line and the sum."""
    rest = content if isinstance(content, bytes) else json.dumps(content, separators=(",", ":")).encode()
    rest = rest[1:]
    total = sum_of(previous, rest)
    return b'{"sum":"%s",%s\n' % (total.encode(), rest), total


AT = "2026-01-01T00:00:00.000Z"
DOCUMENT_ROW = {"sha256": DOCUMENT.sha256, "path": DOCUMENT.path, "text": DOCUMENT.text}
DEEP = b"[" * 100_000 + b"]" * 100_000
LONG = b"9" * 5000


def edit(**changed: Any) -> dict[str, Any]:
    change = {"after": {"start": 0, "end": 1, "label": "A", "status": "accepted"}}
    whole = {"kind": "create", "by": "ann", "at": AT, "id": "1", "changes": [change]}
    return {"document": DOCUMENT.sha256, "annotator": "ann", "edit": whole | changed}


def reaching(end: int) -> dict[str, Any]:
    return edit(changes=[{"after": {"start": 0, "end": end, "label": "FAR", "status": "accepted"}}])


GOOD = {"rows": {"documents": {"1": DOCUMENT_ROW}}, "edits": [edit()]}
HOSTILE_COMMITS: dict[str, dict[str, Any] | bytes] = {
    "unknown kind": {"edits": [edit(kind="explode")]},
    "no edit": {"edits": [{"document": DOCUMENT.sha256, "annotator": "ann", "edit": 5}]},
    "deep edit": b'{"sequence":2,"at":"%s","edits":[{"document":"%s","annotator":"ann","edit":%s}]}'
    % (AT.encode(), DOCUMENT.sha256.encode(), DEEP),
    "deep field": b'{"sequence":2,"at":"%s","x":%s}' % (AT.encode(), DEEP),
    "long number": b'{"sequence":2,"at":"%s","x":%s}' % (AT.encode(), LONG),
    "long sequence": b'{"sequence":%s,"at":"%s"}' % (LONG, AT.encode()),
    "beyond the text": {"edits": [reaching(500)]},
    "far beyond": {"edits": [reaching(10**17)]},
    "a row id in words": {"rows": {"documents": {"one": DOCUMENT_ROW}}},
    "a row id below one": {"rows": {"annotations": {"-5": {"document": "x", "annotator": "ann"}}}},
    "a long row id": {"rows": {"documents": {"9" * 5000: DOCUMENT_ROW}}},
    "a row of meta": {"rows": {"meta": {"1": {"schema": 1}}}},
    "a row that is none": {"rows": {"documents": {"2": [1, 2]}}},
    "a deep row": b'{"sequence":2,"at":"%s","rows":{"documents":{"2":%s}}}' % (AT.encode(), DEEP),
    "another text": {"rows": {"documents": {"2": DOCUMENT_ROW | {"text": "Bo."}}}},
    "no time": {"at": "yesterday", "edits": [edit(id="2")]},
    "a time without end": {"at": "9999-12-31T23:59:59.999-23:59", "edits": [edit(id="2")]},
    "a checkpoint of nothing": {"base": {"size": -1, "sha256": ""}},
    "another number": {"sequence": 7},
}


@pytest.mark.parametrize("with_file", [False, True])
@pytest.mark.parametrize("kind", HOSTILE_COMMITS)
def test_hostile_journals(tmp_path: Path, kind: str, with_file: bool) -> None:
    path = tmp_path / "annotations.json"
    first, total = line(FIRST_SUM, {"sequence": 0, "at": AT, "previous": FIRST_SUM})
    good, total = line(total, {"sequence": 1, "at": AT, **GOOD})
    content = HOSTILE_COMMITS[kind]
    bad, total = line(
        total, content if isinstance(content, bytes) else {"sequence": 2, "at": AT, **content}
    )
    last, _ = line(total, {"sequence": 3, "at": AT, "edits": [edit(id="3")]})
    if with_file:
        path.with_name("annotations.json.journal").write_bytes(first + good)
        TinyStore(path).close()
        path.with_name("annotations.json.index").unlink()
    path.with_name("annotations.json.journal").write_bytes(first + good + bad + last)
    findings = inspect(path, DISK)
    assert [finding for finding in findings if finding.damage]
    said = repair(path, tmp_path / "copy.json", DISK)
    assert said
    store = TinyStore(tmp_path / "copy.json", read_only=True)
    assert names(store.load(DOCUMENT, "ann")) == ["A"]
    assert [document.text for document in store.documents()] == [DOCUMENT.text]
    refused(path, read_only=False)


def tables(**rows: Any) -> dict[str, Any]:
    row = {"document": DOCUMENT.sha256, "annotator": "ann", "spans": []}
    return {
        "documents": {"1": DOCUMENT_ROW},
        "annotations": {"1": row},
        "meta": {"1": {"schema": 3, "sequence": 4, "sum": "0" * 16}},
    } | rows


HOSTILE_FILES: dict[str, bytes] = {
    "deep": DEEP,
    "a deep row": json.dumps(tables(notes={"1": {"x": 0}}))
    .encode()
    .replace(b'{"x": 0}', b'{"x":%s}' % DEEP),
    "a deep document": json.dumps(tables()).encode().replace(b'"path": "', b'"x": %s, "path": "' % DEEP),
    "a long number": json.dumps(tables(notes={"1": {"x": 0}}))
    .encode()
    .replace(b'"x": 0', b'"x":' + LONG),
    "a long row id": json.dumps(tables(notes={"9" * 5000: {"x": 0}})).encode(),
    "a row id in words": json.dumps(tables(notes={"one": {"x": 0}})).encode(),
    "a row id below one": json.dumps(tables(documents={"0": DOCUMENT_ROW})).encode(),
    "a wrong row of meta": json.dumps(tables(meta={"x": {"schema": 3}})).encode(),
    "meta of numbers": json.dumps(tables(meta={"1": {"schema": 3, "sequence": -4}})).encode(),
    "meta of long numbers": json.dumps(tables(meta={"1": {"schema": 3, "offset": 0}}))
    .encode()
    .replace(b'"offset": 0', b'"offset": ' + LONG),
    "meta far away": json.dumps(
        tables(meta={"1": {"schema": 3, "sequence": 4, "sum": "0" * 16, "offset": 2**61}})
    ).encode(),
    "a schema that is none": json.dumps(tables(meta={"1": {"schema": "3"}})).encode(),
    "a wrong escape": json.dumps(tables(notes={"1": {"x": "y"}})).encode().replace(b'"y"', rb'"\q"'),
    "half a character": json.dumps(tables(notes={"1": {"x": "y"}}))
    .encode()
    .replace(b'"y"', rb'"\ud800"'),
    "many twins": b'{"documents":{%s}}'
    % b",".join(b'"%d":{}' % number for number in [*range(1, 60_001), *range(1, 60_001)]),
    "one twin at the end": b'{"notes":{"1":{%s}}}'
    % b",".join(b'"%d":0' % number for number in [*range(60_000), 0]),
}


@pytest.mark.parametrize("with_journal", [False, True])
@pytest.mark.parametrize("kind", HOSTILE_FILES)
def test_hostile_files(tmp_path: Path, kind: str, with_journal: bool) -> None:
    path = tmp_path / "annotations.json"
    if with_journal:
        label(path, (0, 1, "A"))
    path.write_bytes(HOSTILE_FILES[kind])
    assert [finding for finding in inspect(path, DISK) if finding.damage] or kind == "half a character"
    try:
        said = repair(path, tmp_path / "copy.json", DISK)
    except StoreError as error:
        said = [str(error)]
    if not said[0].startswith("Nothing usable") or with_journal:
        store = TinyStore(tmp_path / "copy.json", read_only=True)
        assert set(names(store.load(DOCUMENT, "ann"))) <= {"A"}
        store.close()
    refused(path, read_only=False)


def test_a_row_with_a_key_twice_is_saved_without_it(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    label(path, (0, 1, "A"))
    for file in tmp_path.glob("annotations.json.*"):
        file.unlink()
    path.write_bytes(path.read_bytes().replace(b'"annotator":', b'"cursor":5,"cursor":6,"annotator":'))
    copy = tmp_path / "copy.json"
    repair(path, copy, DISK)
    assert not [finding for finding in inspect(copy, DISK) if finding.damage]
    store = TinyStore(copy, read_only=True)
    assert names(store.load(DOCUMENT, "ann")) == ["A"]
    store.close()


@pytest.mark.parametrize("content", [b"", b"\n", b"{}"])
@pytest.mark.parametrize("kind", STORES)
def test_an_emptied_file_is_found(tmp_path: Path, kind: str, content: bytes) -> None:
    made(kind, tmp_path / "store")
    path = tmp_path / "store" / "annotations.json"
    path.write_bytes(content)
    assert [f.what for f in inspect(path, DISK) if f.damage and f.file == path] == [
        "it is empty, though there is a journal or a backup of it"
    ]


@pytest.mark.parametrize("emptied", [True, False])
def test_what_only_the_beginning_of_a_journal_has_is_not_begun_anew(
    tmp_path: Path, emptied: bool
) -> None:
    """A pruned store without backups, whose file and journal are gone."""
    folder = tmp_path / "store"
    made("pruned", folder)
    path = folder / "annotations.json"
    for file in folder.iterdir():
        if ".begin-" not in file.name:
            file.unlink()
    if emptied:
        path.write_bytes(b"")
    assert "there are backups" in refused(path, read_only=False)
    copy = tmp_path / "copy.json"
    repair(path, copy, DISK)
    store = TinyStore(copy, read_only=True)
    assert names(store.load(DOCUMENT, "ann")) == ["A", "B"]
    store.close()


@pytest.mark.parametrize("meta", [{"sequence": 10}, {"sequence": 1}, {}])
@pytest.mark.parametrize("with_journal", [False, True])
def test_behind_a_file_that_names_a_place_without_a_sum_work_goes_on(
    tmp_path: Path, meta: dict[str, int], with_journal: bool
) -> None:
    path = tmp_path / "annotations.json"
    if with_journal:
        label(path.with_name("other.json"), (0, 1, "X"), checkpoint=False)
        path.with_name("other.json.journal").rename(path.with_name("annotations.json.journal"))
    path.write_text(json.dumps(tables(meta={"1": {"schema": 3, **meta}})))
    label(path, (0, 1, "A"))
    label(path, (1, 2, "B"), checkpoint=False)
    assert refused(path, read_only=True) == ""
    assert {"A", "B"} <= set(names(TinyStore(path, read_only=True).load(DOCUMENT, "ann")))


@pytest.mark.parametrize("number", [3, 3000])
def test_a_twin_is_looked_for_once(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Each key is hashed at most twice, however many keys there are."""
    looked = 0

    class Counted(str):
        def __hash__(self) -> int:
            nonlocal looked
            looked += 1
            return str.__hash__(self)

        def __eq__(self, other: object) -> bool:
            nonlocal looked
            looked += 1
            return str.__eq__(self, other)

    keys = [Counted(n) for n in range(number)]
    with pytest.raises(InvalidFile, match="appears twice"):
        refuse_twins(Path("it"), [(key, 0) for key in [*keys, keys[0]]])
    assert looked <= 5 * (number + 1)
