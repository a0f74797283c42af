import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from annotations.learn import doubts
from annotations.learn.doubt import is_spot_check

# Without a deadline, no example fails because the machine is busy. On CI, a commit must give the same
# result every time; elsewhere Hypothesis tries new examples.
settings.register_profile("here", deadline=None)
settings.register_profile("check", derandomize=True, deadline=None)
settings.load_profile("check" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_ones_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's own settings on this machine have no effect in tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "no-config"))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_spot_checks() -> Iterator[None]:
    """No suggestion becomes a spot check by chance; tests of spot checks use the fixture `spot_checks`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doubts, "is_spot_check", lambda document, span: False)
        yield


@pytest.fixture
def spot_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose spot checks as in the program."""
    monkeypatch.setattr(doubts, "is_spot_check", is_spot_check)
