"""The documentation and the registry say the same about the formats."""

import re
from pathlib import Path
from typing import get_args

from annotations.formats.format import Undone
from annotations.formats.registry import FORMATS

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "formats.md"


def rows(head: str) -> list[list[str]]:
    """The rows, as cells, of the table whose first line begins with this text."""
    _, _, rest = PAGE.read_text("utf-8").partition(f"\n{head}")
    table = rest.split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in table]


def test_the_table_of_what_is_not_done_is_that_of_the_registry() -> None:
    said = {
        name: (re.findall("`([^`]+)`", default)[0], re.findall("`([^`]+)`", possible))
        for names, default, possible in rows("| format | not done: default |")
        for name in re.findall("`([^`]+)`", names)
    }
    assert said == {one.name: (one.undone[0], list(one.undone)) for one in FORMATS}


def test_every_format_can_leave_out_what_is_not_done_and_at_least_one_thing_more() -> None:
    for one in FORMATS:
        assert set(one.undone) <= set(get_args(Undone))
        assert "leave-out" in one.undone
        assert len(set(one.undone)) == len(one.undone) > 1
