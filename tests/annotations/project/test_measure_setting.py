"""The setting for the columns of text in a row."""

from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.project.settings import FILE_NAME, MEASURE, Settings, load_settings
from annotations.project.settings_template import template


def loaded(folder: Path, line: str) -> Settings:
    file = folder / FILE_NAME
    file.write_text(f'theme = "x"\n{line}\n', "utf-8")
    return load_settings(file)


@pytest.mark.parametrize(
    ("line", "columns"),
    [("", 72), ("measure = 40", 40), ("measure = 120", 120), ("measure = 0", 0)],
)
def test_a_number_of_columns_or_the_whole_width(tmp_path: Path, line: str, columns: int) -> None:
    assert loaded(tmp_path, line).measure == columns


@pytest.mark.parametrize("written", ["39", "121", "-1", "72.0", "true", '"72"', "[72]"])
def test_anything_else_is_refused_with_the_line(tmp_path: Path, written: str) -> None:
    with pytest.raises(AnnotateError, match=r"annotate\.toml, line 2: 'measure' must be a number"):
        loaded(tmp_path, f"measure = {written}")


def test_the_template_explains_it(tmp_path: Path) -> None:
    line = next(line for line in template().splitlines() if line.startswith("# measure"))
    assert loaded(tmp_path, line.removeprefix("# ")).measure == MEASURE
