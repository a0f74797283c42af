"""Pipes, sockets, devices and endless files that a person, or a stranger's settings, name as files."""

import io
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.formats.format import Options
from annotations.formats.recognition import recognise
from annotations.formats.registry import load
from annotations.model.errors import AnnotateError
from annotations.project import guidelines, settings
from annotations.project.guidelines import read_guidelines
from annotations.project.settings import load_settings
from annotations.suggest.sources import pattern_file
from annotations.suggest.sources.pattern_file import read_patterns
from annotations.text import article_file, regular_file
from annotations.text.article_file import read_document
from annotations.text.regular_file import read_regular

READERS: dict[str, Callable[[Path], object]] = {
    "settings": load_settings,
    "guidelines": read_guidelines,
    "patterns": lambda path: read_patterns(str(path)),
    "article": lambda path: read_document(str(path)),
    "recognised import": lambda path: recognise(path, path.name),
    "import": lambda path: list(load("jsonl").read(path, path.name, Options())),
    "import of columns": lambda path: list(load("iob2").read(path, path.name, Options())),
}


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link_to_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("other"))
    path.symlink_to("other")


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


KINDS = {
    "pipe": (pipe, "pipe"),
    "link to a pipe": (link_to_pipe, "pipe"),
    "socket": (listening, "socket"),
    "endless device": (lambda path: path.symlink_to("/dev/zero"), "device"),
    "empty device": (lambda path: path.symlink_to("/dev/null"), "device"),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_regular_file_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, reader: str
) -> None:
    monkeypatch.chdir(tmp_path)  # A socket's path must be short.
    make, word = KINDS[kind]
    make(Path("file"))
    with pytest.raises(AnnotateError, match=f"is a {word}, not a regular file") as refusal:
        READERS[reader](Path("file"))
    assert "file" in str(refusal.value)
    assert refusal.value.exit_status == 2


def test_a_pipe_of_the_shell_is_an_article_only_as_standard_input(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"Ann met Bo.")
    os.close(writing)
    with pytest.raises(AnnotateError, match=r"command \| annotate -"):
        read_document(f"/dev/fd/{reading}")
    os.close(reading)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Ann met Bo.")))
    assert read_document("-").text == "Ann met Bo."


@pytest.mark.parametrize(
    ("reader", "module"),
    [
        ("settings", settings),
        ("guidelines", guidelines),
        ("patterns", pattern_file),
        ("article", article_file),
    ],
)
def test_no_more_is_read_than_such_a_file_may_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str, module: object
) -> None:
    monkeypatch.setattr(module, "LONGEST", 2 << 20)
    file = tmp_path / "long"
    with file.open("wb") as sparse:
        sparse.truncate(1 << 40)
    with pytest.raises(AnnotateError, match="longer than 2 MB"):
        READERS[reader](file)


def test_links_to_regular_files_and_line_ends_are_read_as_before(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"\xef\xbb\xbf# ORG\r\nfirms\r\n")
    (tmp_path / "link.md").symlink_to("real.md")
    assert read_guidelines(tmp_path / "link.md") == "# ORG\nfirms\n"
    assert read_regular(tmp_path / "real.md", "it", 100).endswith(b"\r\n")


def test_a_folder_stays_a_folder(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(IsADirectoryError):
        regular_file.read_regular(tmp_path, "it", 100)
    with pytest.raises(AnnotateError, match="is a folder"):
        read_document(str(tmp_path))
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("value", ["[" * 100_000 + "]" * 100_000, "9" * 5000, '{a="' * 50_000])
def test_settings_nested_or_long_beyond_reason_are_refused(tmp_path: Path, value: str) -> None:
    file = tmp_path / "annotate.toml"
    file.write_text(f"theme = {value}\n")
    with pytest.raises(AnnotateError, match=r"annotate\.toml"):
        load_settings(file)


def test_a_pattern_nested_beyond_reason_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "names.jsonl"
    file.write_text('{"label":"A","pattern":' + "[" * 100_000 + "]" * 100_000 + "}\n")
    with pytest.raises(AnnotateError, match="line 1"):
        read_patterns(str(file))


def test_a_file_that_would_be_waited_for_is_an_error() -> None:
    """For the system, `/proc/kmsg` and similar files are regular, but sometimes there is nothing to read."""
    reading, writing = os.pipe2(os.O_NONBLOCK)
    try:
        with io.BufferedReader(regular_file.WithoutWaiting(reading, "rb")) as file:
            os.write(writing, b"line\n")
            assert file.readline() == b"line\n"
            for number in (-1, 10):
                with pytest.raises(BlockingIOError, match="nothing to read from it yet"):
                    file.read(number)
    finally:
        os.close(writing)
