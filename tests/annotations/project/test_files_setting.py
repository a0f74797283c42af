"""The setting for the files of a folder that are articles."""

from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.project.settings import FILE_NAME, TEXT_FILES, Settings, load_settings
from annotations.project.settings_template import template


def loaded(folder: Path, line: str) -> Settings:
    file = folder / FILE_NAME
    file.write_text(f'theme = "x"\n{line}\n', "utf-8")
    return load_settings(file)


def test_text_files_are_articles_unless_the_project_says_otherwise(tmp_path: Path) -> None:
    assert loaded(tmp_path, "").files == Settings().files == TEXT_FILES


@pytest.mark.parametrize(
    ("written", "read"), [('"*.md"', ("*.md",)), ('["a*", "*.xml", "a*"]', ("a*", "*.xml"))]
)
def test_a_pattern_or_a_list_of_patterns(tmp_path: Path, written: str, read: tuple[str, ...]) -> None:
    assert loaded(tmp_path, f"files = {written}").files == read


@pytest.mark.parametrize("written", ["[]", "3", '""', '["a", 1]', '"texts/*.txt"'])
def test_anything_else_is_refused_with_the_line(tmp_path: Path, written: str) -> None:
    with pytest.raises(AnnotateError, match=r"annotate\.toml, line 2: 'files' must be a pattern"):
        loaded(tmp_path, f"files = {written}")


def test_the_template_explains_it(tmp_path: Path) -> None:
    line = next(line for line in template().splitlines() if line.startswith("# files"))
    assert loaded(tmp_path, line.removeprefix("# ")).files == TEXT_FILES
