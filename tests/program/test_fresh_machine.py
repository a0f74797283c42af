"""The steps of the README on a clean checkout: set-up, the first accepted span, a corpus, a model trained and used.

The blocks of the README are typed unchanged, in one shell. But the libraries are those of this Python
(pip builds and installs only the program itself into the new environment), and training takes fewer
steps.
"""

import os
import re
import shutil
import sys
import sysconfig
from pathlib import Path

from annotations.store.opening import open_store
from tests.docs.commands import shown_commands
from tests.docs.test_commands import FEWER_STEPS
from tests.program.terminal import ROOT, Terminal

README = ROOT / "README.md"
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "tests", "benchmarks", "dist")
LIBRARIES_ARE_HERE = {
    # `python3` is the Python that runs this test, because its libraries are used.
    "PATH": os.pathsep.join((os.path.dirname(sys.executable), os.environ.get("PATH", os.defpath))),
    "PYTHONPATH": sysconfig.get_path("purelib"),
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # for pip, 0 means: without isolation
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_QUIET": "1",
}


def test_set_up_first_span_corpus_and_model_as_the_readme_says(tmp_path: Path) -> None:
    clone = shutil.copytree(ROOT, tmp_path / "clone", ignore=LEFT_OUT)
    set_up, tests, *then = shown_commands(README)
    assert "pytest" in tests, "the second command runs the tests, of which this is one"
    readme = README.read_text("utf-8")
    keys = re.findall(r"`(Space|Enter)` to", readme)
    assert keys == ["Space", "Enter"]
    begun, corpus, model = (" && ".join(lines).split(" && ") for lines in ([set_up], then[:3], then[3:]))
    assert (len(begun), len(corpus), len(model)) == (3, 4, 5)
    for words in (
        "these three commands and two keys",
        "Four commands open a corpus",
        "Five commands train a",
    ):
        assert words in readme, "the README says how many there are"
    script = "\n".join(["set -e", set_up, *then]).replace(*FEWER_STEPS)
    with Terminal(
        [], clone, command=["bash", "-c", script], environment=LIBRARIES_ARE_HERE, columns=120
    ) as terminal:
        terminal.wait_for(r"LISBON — The Port", 60)
        terminal.wait_for(r" 0/\d\d +saved", 60)
        terminal.press(*(key.lower() for key in keys))
        terminal.wait_for(r" 1/\d\d +saved")
        terminal.press("ctrl+q")
        terminal.wait_for(r"01-new-quay\.txt", 60)
        terminal.wait_for(r" 0/\d+ +saved", 60)
        terminal.press("ctrl+q")
        terminal.wait_for(r"ann\.jsonl as annotate's own JSON Lines")
        terminal.wait_for(r"Saved pipeline", 60)
        terminal.wait_for(r"LISBON — The Port", 60)
        terminal.wait_for(r"\A(?!.*names\b).* 0/[1-9]\d*  saved *\n", 60)
        terminal.press("space", "enter")
        terminal.wait_for(r" 1/\d+ +saved")
        terminal.press("ctrl+q")
        assert terminal.end() == 0, terminal.text
    store = open_store(clone / "port-news" / "annotations.json", read_only=True)
    sources = {
        str(run.source)
        for document in store.documents()
        for row in store.annotations(document.id)
        for run in row.runs
    }
    store.close()
    assert any(re.fullmatch(r"en_pipeline 0\.0\.0 [0-9a-f]{8}", source) for source in sources), sources
