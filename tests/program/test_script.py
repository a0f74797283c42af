"""A script beside the program: a second process uses TinyDB's own methods while the article is open."""

import subprocess
import sys
from pathlib import Path

from tests.program.terminal import ROOT, Terminal

TEXT = "Ann Lee met Bo in Lima on 3 May 2021.\r\n"
SCRIPT = """
from pathlib import Path
from tinydb import where
from annotations.store.opening import open_store

store = open_store(Path("annotations.json"))
table = store.database.table("annotations")
(row,) = table.search(where("annotator") == "ann")
print([span["label"] for span in row["spans"]])
table.update({"spans": [{**row["spans"][0], "label": "EVENT"}]}, where("annotator") == "ann")
store.close()
"""


def run_script(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a user's script in a folder, in a separate process."""
    return subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
    )


def test_what_a_script_changes_with_where_comes_to_the_screen_and_stays(
    tmp_path: Path,
) -> None:
    (tmp_path / "article.txt").write_text(TEXT, "utf-8", newline="")
    with Terminal(["article.txt", "--no-model", "--annotator", "ann"], tmp_path) as terminal:
        terminal.wait_for(r" 0/1 +saved")
        terminal.press("space", "enter")
        terminal.wait_for(r" 1/1 +saved")
        run = run_script(tmp_path)
        assert run.stdout == "['DATE']\n", run.stderr
        terminal.wait_for(r"EVENT +accepted")
        terminal.press("U")
        terminal.wait_for(r"Not undone: .* no longer exists")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    again = run_script(tmp_path)
    assert again.stdout == "['EVENT']\n", again.stderr
