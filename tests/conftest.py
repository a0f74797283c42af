import os

import pytest
from hypothesis import settings

# A check must say the same of the same commit every time; elsewhere Hypothesis goes on looking.
settings.register_profile("check", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("check")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew")
