"""The page about repair explains all files that the program writes beside articles, and no others."""

import re

from annotations.corpus.own_files import OwnFiles
from annotations.corpus.place_of_suggestions import ENDING
from annotations.store.tinydb_file.files import StoreFiles
from tests.docs.commands import ROOT

PAGE = ROOT / "docs" / "how-to" / "repair.md"
DATABASE = "annotations.json"
OF_NO_DATABASE = {"annotations-repaired.json", "annotate.toml", f"NAME{ENDING}"}
VARIABLE = {"TIME": r"\d{8}T\d{6}", "N": r"\d+", "…": "[0-9a-f]+", "0001": r"\d{4}", "0002": r"\d{4}"}
"""Placeholders in the names on the page, and patterns for what they stand for."""


def explained() -> set[str]:
    """The full names of the files in the first column of the table."""
    rows = re.findall(r"^\| (`.*?) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    names = [name for row in rows for name in re.findall("`(.*?)`", row)]
    return {f"{DATABASE}{name}" if name.startswith(".") else name for name in names}


def test_each_file_of_a_database_is_explained_and_each_explained_one_is_written() -> None:
    files = StoreFiles.at(ROOT / "tests" / "docs" / DATABASE)
    written = [files.base, files.journal, files.lock, files.index, *files.backups]
    written += [files.next_segment(), files.beginning(17), files.before_migration(2), files.unfinished()]
    written += [files.aside(what, "2020-06-12T10:15:00.5") for what in ("torn", "rejected")]
    own = OwnFiles().in_folder(str(files.folder))
    assert all(own(path.name) for path in written)
    assert explained() >= OF_NO_DATABASE
    patterns = [
        re.sub("|".join(VARIABLE), lambda found: VARIABLE[found[0]], re.escape(name))
        for name in explained() - OF_NO_DATABASE
    ]
    for path in written:
        assert any(re.fullmatch(pattern, path.name) for pattern in patterns), path.name
    for pattern in patterns:
        assert any(re.fullmatch(pattern, path.name) for path in written), pattern
