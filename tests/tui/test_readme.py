"""What the README says of keys and commands is what there is."""

import pytest

from tests.tui.readme_tables import README, in_the_readme, tables


@pytest.mark.parametrize("name", ["keys", "commands"])
def test_the_tables_are_those_of_the_registries(name: str) -> None:
    """`python -m tests.tui.readme_tables` brings them up to date."""
    assert in_the_readme(name, README.read_text("utf-8")) == tables()[name]
