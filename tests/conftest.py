import os

import pytest
from hypothesis import settings

# No example fails because the machine is busy. A check must say the same of the same commit every time;
# elsewhere Hypothesis goes on looking.
settings.register_profile("here", deadline=None)
settings.register_profile("check", derandomize=True, deadline=None)
settings.load_profile("check" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew")
