"""Files of a folder and documents: they have the same names, are in natural order and never outside the folder."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.export import Export, Report
from annotations.formats.folder import FileNames, files_in, named_files
from annotations.formats.format import FormatError, Options, Reading
from annotations.formats.recognition import recognise
from annotations.formats.registry import entry, load
from annotations.model.document import Document
from annotations.model.errors import AnnotateError
from annotations.model.span import Span

ADA = Span(0, 3, "PERSON", "accepted")
FOLDERS = ["brat", "webanno-tsv", "cas-xmi", "timeml"]


def export(output: Path, name: str, *documents: AnnotatedDocument, force: bool = False) -> Report:
    made = Export(entry(name), output, Options(), force=force)
    return made.run(lambda: documents, lambda report: None)


def read(path: Path, name: str) -> list[Reading]:
    return list(load(name).read(path, "in", Options()))


def called(name: str, text: str = "Ada met.") -> AnnotatedDocument:
    return annotated(text, [ADA], name=name)


@pytest.mark.parametrize(
    ("names", "files"),
    [
        (["doc1.txt", "doc2.txt"], ["doc1.txt", "doc2.txt"]),
        (["report", "report.md"], ["report.txt", "report-2.txt"]),
        (
            ["Ein Tag (2).txt", "北京.txt", "v1.2 final"],
            ["Ein Tag (2).txt", "北京.txt", "v1.2 final.txt"],
        ),
        (["a.txt", "A.txt", "a.txt"], ["a.txt", "A-2.txt", "a-3.txt"]),
        (["a/b.txt", "a/c.txt", "a"], ["a/b.txt", "a/c.txt", "a.txt"]),
        (["x.txt", "x.txt/y.txt", "x.ann/y"], ["x.txt", "x.txt-2/y.txt", "x.ann-2/y.txt"]),
        (["../x", "/etc/passwd", "a/../../b"], ["x.txt", "etc/passwd.txt", "a/b.txt"]),
        (["", ".", "..", "...", "/"], ["document.txt"] + [f"document-{n}.txt" for n in (2, 3, 4, 5)]),
        ([".hidden.txt", "a\nb\x1b[2J", "a\\b"], ["_.hidden.txt", "a_b_[2J.txt", "a_b.txt"]),
        (
            ["CON", "nul.txt", "com1.a.txt", "CONTENT"],
            ["CON_.txt", "nul_.txt", "com1_.a.txt", "CONTENT.txt"],
        ),
    ],
)
def test_files_are_called_as_documents_are(names: list[str], files: list[str]) -> None:
    given_names = FileNames(".txt", ".ann")
    assert [given_names.give(name) for name in names] == files
    again = FileNames(".txt", ".ann")
    assert [again.give(file) for file in files] == files


@given(st.lists(st.text(max_size=400), max_size=8))
def test_no_name_leads_out_or_is_too_long_and_no_two_are_one(names: list[str]) -> None:
    given_names = FileNames(".txt", ".ann")
    made = [given_names.give(name) for name in names]
    assert len({name.casefold() for name in made}) == len(names)
    for name in made:
        assert name.isprintable()
        assert name.endswith(".txt")
        for part in name.split("/"):
            assert part.strip(" .")
            assert not part.startswith(".")
            assert len(part.encode()) < 240


@pytest.mark.parametrize("name", FOLDERS)
def test_a_re_export_writes_the_names_that_were_read(name: str, tmp_path: Path) -> None:
    ending = entry(name).file_endings[0]
    names = [f"doc10{ending}", f"doc9{ending}", f"sub/doc9{ending}", f"zwei ä{ending}"]
    report = export(tmp_path / "first", name, *(called(one, f"Ada met {one}.") for one in names))
    assert not [line for line in report.losses.left_out() if line.part == "path"]
    first = [one.annotated for one in read(tmp_path / "first", name)]
    assert {one.name for one in first} == set(names)
    assert all(one.name in one.text for one in first)
    export(tmp_path / "second", name, *first)
    assert files_in(tmp_path / "second", ending)
    assert [file.relative_to(tmp_path / "second") for file in files_in(tmp_path / "second", ending)] == [
        file.relative_to(tmp_path / "first") for file in files_in(tmp_path / "first", ending)
    ]


@pytest.mark.parametrize("name", FOLDERS)
def test_hostile_names_stay_in_the_folder(name: str, tmp_path: Path) -> None:
    hostile = [
        "../../out",
        "/etc/out",
        "a/../../out",
        "\x00",
        "...",
        "CON",
        "x" * 300,
        "a\nb",
        "a" + "/b" * 60,
    ]
    (tmp_path / "in").mkdir()
    export(tmp_path / "in" / "out", name, *(called(one) for one in hostile))
    assert [file.name for file in tmp_path.iterdir()] == ["in"]
    assert len(read(tmp_path / "in" / "out", name)) == len(hostile)


@pytest.mark.parametrize("name", FOLDERS)
def test_names_like_the_folders_of_inception_are_not_taken_for_them(name: str, tmp_path: Path) -> None:
    odd = ["doc1.txt/ann", "annotation/doc/ann", "curation/a", "x/annotation/y/z"]
    for output in ("out", "out.txt", "sub/annotation/out"):
        (tmp_path / output).parent.mkdir(parents=True, exist_ok=True)
        export(tmp_path / output, name, *(called(one) for one in odd))
    assert len({one.annotated.name for one in read(tmp_path / "out", name)}) == len(odd)
    assert not any(one.annotated.row.annotator for one in read(tmp_path / "out", name))


@pytest.mark.parametrize("name", FOLDERS)
def test_equal_names_are_two_files_and_that_is_said(name: str, tmp_path: Path) -> None:
    ending = entry(name).file_endings[0]
    report = export(tmp_path / "out", name, called(f"a{ending}"), called(f"a{ending}", "Ada slept."))
    assert {one.annotated.name for one in read(tmp_path / "out", name)} == {f"a{ending}", f"a-2{ending}"}
    assert [line.count for line in report.losses.left_out() if line.part == "path"] == [1]


def test_names_count_in_natural_order_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("doc10", "doc2", "Doc1", "sub/doc3", "._doc2", ".git/doc4"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.txt").write_text("Ada")
        (tmp_path / f"{name}.ann").write_bytes(b"\xff" if "._" in name else b"T1\tP 0 3\tAda\n")
    assert recognise(tmp_path, "in") == "brat"
    assert [one.annotated.name for one in read(tmp_path, "brat")] == [
        "Doc1.txt",
        "doc2.txt",
        "doc10.txt",
        "sub/doc3.txt",
    ]


def test_one_bad_file_is_listed_and_the_folder_is_read(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        (tmp_path / f"doc{number}.txt").write_text("Ada")
        (tmp_path / f"doc{number}.ann").write_text("T1\tP 0 3\tAda\n")
    (tmp_path / "doc2.txt").write_bytes("Ada schläft".encode("latin-1"))
    (tmp_path / "doc4.ann").write_text("T1\tP 0 3\tAda\n")
    (tmp_path / "notes.txt").write_text("not annotated")
    readings = read(tmp_path, "brat")
    assert [one.annotated.name for one in readings] == ["doc1.txt", "doc3.txt"]
    said = sorted(loss.example for one in readings for loss in one.losses)
    assert said == [
        "There is no file in/doc4.txt; check the path.",
        "in/doc2.txt, line 1 is not UTF-8: byte 8 is 0xe4; "
        "it looks like Windows-1252, so try --encoding cp1252.",
        "in/notes.txt has no .ann file beside it.",
    ]
    for file in tmp_path.glob("doc[13].*"):
        file.unlink()
    with pytest.raises(FormatError, match=r"doc2\.txt, line 1 is not UTF-8"):
        read(tmp_path, "brat")


@pytest.mark.parametrize("name", ["webanno-tsv", "cas-xmi"])
def test_the_folders_of_inception_give_document_and_annotator(name: str, tmp_path: Path) -> None:
    ending = entry(name).file_endings[0]
    for document in ("doc1.txt", "report"):
        for who in ("ann", "bo"):
            place = tmp_path / "export" / "annotation" / document
            place.mkdir(parents=True, exist_ok=True)
            label = "PERSON" if who == "ann" else "ORG"
            one = annotated("Ada met.", [Span(0, 3, label, "accepted")], name=f"{who}{ending}")
            load(name).write([one], tmp_path / "out", Options())
            for file in (tmp_path / "out").iterdir():
                file.rename(place / file.name)
            (tmp_path / "out").rmdir()
    expected = [
        (document, who, label)
        for document in ("doc1.txt", "report")
        for who, label in (("ann", "PERSON"), ("bo", "ORG"))
    ]
    for place in (tmp_path / "export", tmp_path / "export" / "annotation"):
        assert recognise(place, "in") == name
        found = [one.annotated for one in read(place, name)]
        assert [(one.name, one.row.annotator, one.spans[0].label) for one in found] == expected
    [bo] = load(name).read(place / "doc1.txt" / f"bo{ending}", f"bo{ending}", Options())
    assert (bo.annotated.name, bo.annotated.row.annotator) == ("doc1.txt", "bo")


@pytest.mark.parametrize("name", ["webanno-tsv", "cas-xmi", "timeml"])
def test_a_single_file_is_called_as_it_is(name: str, tmp_path: Path) -> None:
    ending = entry(name).file_endings[0]
    export(tmp_path / "out", name, called("my article.txt"))
    file = tmp_path / "out" / f"my article{ending}"
    [one] = load(name).read(file, "some/path", Options())
    assert one.annotated.name == f"my article{ending}"
    [one] = load(name).read(file, "standard input", Options())
    assert one.annotated.document == Document("Ada met.")


def test_a_force_export_merges_folders_and_follows_no_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").symlink_to(outside, target_is_directory=True)
    (tmp_path / "out" / "b").mkdir()
    (tmp_path / "out" / "b" / "mine.txt").write_text("kept")
    export(tmp_path / "out", "brat", called("b/doc.txt"), force=True)
    assert (tmp_path / "out" / "b" / "mine.txt").read_text() == "kept"
    assert (tmp_path / "out" / "b" / "doc.txt").exists()
    with pytest.raises(AnnotateError, match="cannot be written"):
        export(tmp_path / "out", "brat", called("a/doc.txt"), force=True)
    assert not list(outside.iterdir())


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "doc.ann").write_text("")
    assert [file.where for file in named_files(tmp_path, "in", ".ann")] == ["in/doc.ann"]


@pytest.mark.parametrize("name", ["webanno-tsv", "cas-xmi"])
@pytest.mark.parametrize("folder", ["annotation", "curation"])
def test_a_folder_whose_sub_folders_are_documents_gets_none(
    name: str, folder: str, tmp_path: Path
) -> None:
    with pytest.raises(AnnotateError, match="write to a folder with another name"):
        export(tmp_path / folder, name, called("letters/a"), called("b"))
    assert list(tmp_path.iterdir()) == []
    export(tmp_path / folder, name, called("a"), called("b"))
    assert len(read(tmp_path / folder, name)) == 2
