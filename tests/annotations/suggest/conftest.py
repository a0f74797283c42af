from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy

from annotations.suggest.service import SuggestionService
from annotations.suggest.sources.model import find_model
from annotations.suggest.sources.pipeline import PipelineSuggester
from tests.annotations.suggest.listening import LINE, LONG, Start

PLACES = [
    {"label": "GPE", "pattern": "Lisbon"},
    {"label": "GPE", "pattern": "Porto", "id": "porto"},
    {"label": "RIVER", "pattern": [{"LOWER": "river"}, {"IS_TITLE": True}]},
]


@pytest.fixture(scope="session")
def default_pipeline() -> PipelineSuggester:
    return PipelineSuggester(find_model())


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small pipeline in a folder: an entity ruler with some cities and rivers."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(PLACES)  # type: ignore[attr-defined]
    folder = tmp_path_factory.mktemp("pipelines") / "places"
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """A function that installs a package of a pipeline with a component `own`, whose code is given."""

    def make(name: str, code: str) -> Path:
        import json

        language, _, rest = name.partition("_")
        folder = tmp_path / "installed" / name
        data = folder / f"{name}-1.2"
        data.mkdir(parents=True)
        meta: dict[str, Any] = {"lang": language, "name": rest, "version": "1.2"}
        (folder / "meta.json").write_text(json.dumps(meta))
        (data / "meta.json").write_text(json.dumps(meta))
        nlp = spacy.blank(language)
        config = nlp.config.to_str().replace("pipeline = []", 'pipeline = ["own"]')
        config += f'\n[components.own]\nfactory = "own_{name}"\n'
        (data / "config.cfg").write_text(config)
        nlp.vocab.to_disk(data / "vocab")
        nlp.to_disk(tmp_path / "blank")
        (tmp_path / "blank" / "tokenizer").rename(data / "tokenizer")
        (folder / "__init__.py").write_text(
            "from spacy.language import Language\n"
            "from spacy.tokens import Span\n"
            "from spacy.util import load_model_from_init_py\n"
            f"@Language.component('own_{name}', assigns=['doc.ents'])\n"
            "def own(doc):\n"
            + "".join(f"    {line}\n" for line in code.splitlines())
            + "    return doc\n"
            "def load(**overrides):\n"
            "    return load_model_from_init_py(__file__, **overrides)\n"
        )
        monkeypatch.syspath_prepend(folder.parent)
        monkeypatch.setenv("PYTHONPATH", str(folder.parent))
        return folder

    return make


@pytest.fixture
def serve() -> Iterator[Start]:
    """A function that starts services, which end with the test."""
    services: list[SuggestionService] = []

    def started(listener: object, *suggesters: str, **options: object) -> SuggestionService:
        service = SuggestionService(suggesters, listener, **options)  # type: ignore[arg-type]
        services.append(service)
        return service

    yield started
    for service in services:
        service.close()


@pytest.fixture(scope="session")
def expected() -> list[tuple[int, int, str]]:
    found = []
    for start in range(0, len(LONG), len(LINE)):
        for name, label in (("Lisbon", "GPE"), ("river Tagus", "RIVER"), ("Porto", "GPE")):
            place = start + LINE.index(name)
            found.append((place, place + len(name), label))
    return found
