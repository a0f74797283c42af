"""The checks before a commit or a push are those of `.ci/run`."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_hooks_are_the_checks_of_ci() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    checks = re.findall(r'^"\$bin/(?!pip)([\w-]+)"(.*)$', script, re.MULTILINE)
    assert len(checks) == 5
    entries = re.findall(r"^ +entry: (.*)$", hooks, re.MULTILINE)
    assert entries == [f"{name}{rest}" for name, rest in checks]
    for needed in ("language: system", "pass_filenames: false"):
        assert hooks.count(needed) == len(checks)
