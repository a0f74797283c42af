import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from annotations.learn import doubts
from annotations.learn.doubt import is_spot_check

# No example fails because the machine is busy. A check must say the same of the same commit every time;
# elsewhere Hypothesis goes on looking.
settings.register_profile("here", deadline=None)
settings.register_profile("check", derandomize=True, deadline=None)
settings.load_profile("check" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_ones_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a person has set for all projects on this machine counts in no test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "no-config"))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_spot_checks() -> Iterator[None]:
    """No suggestion is a spot check by chance; tests of those ask for `spot_checks`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doubts, "is_spot_check", lambda document, span: False)
        yield


@pytest.fixture
def spot_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spot checks are made as in the program."""
    monkeypatch.setattr(doubts, "is_spot_check", is_spot_check)
