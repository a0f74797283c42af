"""The README is short, its links lead somewhere, and what the reference says of keys and commands is what there is."""

import re
from pathlib import Path

import pytest

from tests.tui.readme_tables import in_its_page, tables

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MOST_LINES = 120


@pytest.mark.parametrize("name", ["keys", "commands"])
def test_the_tables_are_those_of_the_registries(name: str) -> None:
    """`python -m tests.tui.readme_tables` brings them up to date."""
    assert in_its_page(name) == tables()[name]


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= MOST_LINES


def links(page: Path) -> list[Path]:
    """The files that a page leads to."""
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
