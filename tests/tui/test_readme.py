"""The README is short, all links lead somewhere, and the reference has the program's keys and commands."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.tui.manual import manual
from tests.tui.readme_tables import MADE, MAN_PAGE, in_its_page

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
MOST_LINES = 120


@pytest.mark.parametrize("name", MADE)
def test_the_reference_is_what_the_code_says(name: str) -> None:
    """`python -m tests.tui.readme_tables` updates the reference."""
    assert in_its_page(name) == MADE[name][1]()


def test_the_man_page_is_what_the_parsers_say() -> None:
    assert MAN_PAGE.read_text("utf-8") == manual()


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= MOST_LINES


def test_every_dependency_is_named_with_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(one for extra in extras for one in extra)]
    names = {re.match(r"[\w-]+", one)[0] for one in wanted}  # type: ignore[index]
    _, _, said = (ROOT / "README.md").read_text("utf-8").partition("## Dependencies")
    prefixes = ("types-", "pytest-")
    assert [name for name in sorted(names) if name not in said and not name.startswith(prefixes)] == []


def links(page: Path) -> list[Path]:
    """The files that a page links to."""
    found = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8"))
    return [(page.parent / link).resolve() for link in found if "://" not in link]


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not link.exists()] == []


def test_every_page_is_reached_from_the_readme() -> None:
    reached, new = set(), {ROOT / "README.md"}
    while new:
        reached |= new
        new = {link for page in new for link in links(page) if link.suffix == ".md"} - reached
    assert set(PAGES) <= reached
