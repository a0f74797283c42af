"""If a closed list (of statuses, kinds of edits and so on) gets one more entry, the type checker
reports an error at each place that must handle it.

The package is copied with one more status, kind of edit and so on, and checked. So a person who adds
one finds each place that must handle it, before it fails in use.
"""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

from annotations.model.span import STATUSES

ROOT = Path(__file__).parents[1]
MORE = (
    # The module, the text in it, and the entry that is added.
    ("annotations/model/span.py", 'Status = Literal["suggested", ', '"doubtful"'),
    ("annotations/model/edit.py", 'EditKind = Literal[\n    "suggest",', '"merge"'),
    ("annotations/model/document_facts.py", 'Fact = Literal["created", ', '"genre"'),
    ("annotations/formats/loss.py", 'OnSpan = Literal["status", ', '"mood"'),
    ("annotations/formats/loss.py", 'OnDocument = Literal[\n    "created", ', '"colour"'),
    ("annotations/formats/loss.py", 'OfSpan = Literal["span", ', '"edge"'),
    ("annotations/formats/format.py", 'Undone = Literal["missing", ', '"guessed"'),
    ("annotations/formats/registry.py", 'Annotators = Literal["no", ', '"by number"'),
)
PLACES = {
    ("annotations/model/span.py", "decided", "doubtful"),
    ("annotations/model/span.py", "accepted", "doubtful"),
    ("annotations/model/span.py", "rejected", "doubtful"),
    ("annotations/corpus/statistics.py", "fate", "doubtful"),
    ("annotations/editing/relabelling.py", "_weight", "doubtful"),
    ("annotations/editing/history.py", "_decided", "doubtful"),
    ("tui/article/label_rows.py", "_sign_of", "doubtful"),
    ("tui/article/styles.py", "_shape", "doubtful"),
    ("annotations/model/edit.py", "single_decisions", "merge"),
    ("annotations/model/edit.py", "undoable", "merge"),
    ("annotations/editing/history.py", "_changes", "merge"),
    ("annotations/model/document_facts.py", "_text", "genre"),
    ("annotations/model/document_facts.py", "_with_text", "genre"),
    ("annotations/editing/history.py", "fact_name", "genre"),
    ("annotations/editing/history.py", "_facts", "genre"),
    ("annotations/editing/undo.py", "rebase_facts", "genre"),
    ("annotations/formats/loss.py", "_part_of", "genre"),
    ("annotations/formats/loss.py", "_example", "genre"),
    ("annotations/formats/loss.py", "is_work", "mood"),
    ("annotations/formats/loss.py", "is_work", "edge"),
    ("annotations/formats/loss.py", "is_work", "colour"),
    ("annotations/formats/loss.py", "_no_room_in_document", "colour"),
    ("annotations/formats/loss.py", "_no_room_on_span", "mood"),
    ("annotations/formats/loss.py", "_on_span", "mood"),
    ("annotations/formats/loss.py", "_without", "mood"),
    ("annotations/formats/export_plan.py", "_undone_words", "guessed"),
    ("annotations/formats/registry.py", "keeps_annotators", "by number"),
}
"""The functions that handle each entry, and the new entry that they would not know."""
IN_ONE_PLACE = "annotations/model/span.py"


def test_one_more_of_a_closed_list_is_an_error_wherever_each_is_distinguished(tmp_path: Path) -> None:
    for package in ("annotations", "tui"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for module, has, more in MORE:
        text = (tmp_path / module).read_text("utf-8")
        assert text.count(has) == 1, has
        (tmp_path / module).write_text(text.replace(has, f"{has.rstrip()} {more}, "), "utf-8")
    checked = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--follow-imports=silent",
            *sorted({path for path, *_ in PLACES}),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    found = {
        (path, _function(tmp_path / path, int(line)), literal)
        for path, line, unknown in re.findall(
            r'^([^:]+):(\d+): error: Argument 1 to "assert_never" has incompatible type "Literal\[(.*?)\]"',
            checked.stdout,
            re.MULTILINE,
        )
        for literal in re.findall("'(.*?)'", unknown)
    }
    assert found == PLACES, checked.stdout + checked.stderr


def _function(path: Path, line: int) -> str:
    """The function that contains a line."""
    functions = [
        one for one in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(one, ast.FunctionDef)
    ]
    return max((one for one in functions if one.lineno <= line), key=lambda one: one.lineno).name


def test_what_a_status_means_is_asked_of_the_span() -> None:
    compared = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in ("annotations", "tui")
        for path in sorted((ROOT / package).rglob("*.py"))
        if str(path.relative_to(ROOT)) != IN_ONE_PLACE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Compare) and _compares_a_status(node)
    ]
    assert compared == []


def _compares_a_status(node: ast.Compare) -> bool:
    """Whether it compares something with the name of a status."""
    if not all(isinstance(how, ast.Eq | ast.NotEq) for how in node.ops):
        return False
    sides = [node.left, *node.comparators]
    words = any(isinstance(side, ast.Constant) and side.value in STATUSES for side in sides)
    return words and not any(map(_is_choice, sides))


def _is_choice(node: ast.expr) -> bool:
    """Whether this is an option of the command line, not the status of a span."""
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("choices", "options")
    )
