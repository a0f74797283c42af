"""The parts of the program: the annotator, the suggesters, the store, the article's date."""

import getpass
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.dates.creation_time import CreationTime
from annotations.dates.document_language import (
    ENGLISH,
    LanguageChoice,
    check_language,
    pipeline_language,
)
from annotations.model.document import STANDARD_INPUT, Document, file_at
from annotations.model.edit import Edit
from annotations.model.errors import AnnotateError
from annotations.project.settings import Settings
from annotations.store.interface import SaveState, Writer
from tui.workspace.suggestions import MakeSuggestions, Suggestions

if TYPE_CHECKING:
    from annotations.bulk.prepared import PreparedSuggestions
    from annotations.dates.scheme import DateKind
    from annotations.editing.dating import FindCreationTime
    from annotations.suggest.service import SuggestionListener
    from tui.workspace.workspace import MakeWriter


def annotator_name(option: str | None) -> str:
    """The annotator: the given name, otherwise the one in the person's own settings, otherwise the login name.

    Raises `AnnotateError` for an unusable name.
    """
    try:
        name = option if option is not None else (_own_name() or getpass.getuser())
    except (KeyError, OSError):
        raise AnnotateError("You have no login name; say who you are with --annotator.") from None
    if not name.strip() or not name.isprintable():
        raise AnnotateError(f"{name!r} is not a name for an annotator; use letters and digits.")
    return name.strip()


def _own_name() -> str:
    from annotations.project.settings import load_user_settings
    from annotations.project.user_settings import user_settings_file

    return load_user_settings(user_settings_file()).annotator


def suggester_names(settings: Settings, model: str | None, no_model: bool) -> list[str]:
    """The suggesters to run, by their names in `annotations.suggest.registry`, the quick ones first.

    Raises `AnnotateError` for a named pipeline that does not exist.
    """
    names = ["dates", *(f"patterns:{path}" for path in settings.patterns)]
    if no_model:
        return names
    if model or settings.model:
        _refuse_unknown_model(settings, model)
    return [*names, f"pipeline:{model or settings.model}".removesuffix(":")]


def _refuse_unknown_model(settings: Settings, model: str | None) -> None:
    from annotations.suggest.sources.model import refuse_unknown_model

    if model:
        refuse_unknown_model(model)
        return
    try:
        refuse_unknown_model(settings.model)
    except AnnotateError as error:
        raise AnnotateError(f"{settings.place('model')}: {error}") from None


def language_choice(
    settings: Settings, language: str | None, model: str | None, no_model: bool = False
) -> LanguageChoice:
    """What the command line, the settings and the pipeline say about the language of all documents.

    Raises `AnnotateError` if the code is not one of a language.
    """
    stated = language or settings.language
    check_language(stated)
    chosen = model or settings.model
    return LanguageChoice(stated, pipeline_language(chosen), "" if chosen or no_model else ENGLISH)


def article_date(option: str | None) -> str:
    """The article's own date from the command line; empty if none is given.

    Raises `AnnotateError` if it is not a date.
    """
    if option is None:
        return ""
    from annotations.dates.creation_time import parse_creation_time

    return parse_creation_time(option).value


def creation_time_of(document: Document) -> "FindCreationTime":
    """A function that finds the article's own date; it is called once the text is on the screen."""
    from annotations.dates.creation_time import find_creation_time

    def find(language: str) -> CreationTime | None:
        if document.path == STANDARD_INPUT:
            return find_creation_time(document.text, language=language)
        try:
            modified = datetime.fromtimestamp(file_at(document.path).stat().st_mtime)
        except (OSError, OverflowError):
            modified = None
        return find_creation_time(document.text, document.path, modified, language)

    return find


def writer_of(url: str) -> "MakeWriter":
    """A function that makes the writer of a database; it is called once the text is on the screen."""

    def make(
        on_state: Callable[[SaveState], None],
        on_foreign: Callable[[str, str, list[Edit]], None],
    ) -> Writer:
        from annotations.store.opening import open_writer

        return open_writer(url, on_state, on_foreign)

    return make


def suggestions_of(
    names: list[str],
    kinds: "frozenset[DateKind]",
    find_folder: Callable[[], Path | None] = lambda: None,
) -> MakeSuggestions:
    """A function that makes the suggesters; it is called once the annotations are loaded.

    The pipeline's tokens are read after the suggestions. `kinds` are the kinds of dates that are
    marked. `find_folder` returns the folder of suggestions that were made in advance, if there is one.
    """
    pipeline = next((name for name in names if name.startswith("pipeline")), "pipeline:blank:en")

    def make(listener: "SuggestionListener") -> Suggestions:
        from annotations.dates.scheme import DateSettings
        from annotations.suggest.service import SuggestionService

        tokens = pipeline.replace("pipeline", "tokens", 1)
        service = SuggestionService(names, listener, tokens=tokens, dates=DateSettings(kinds=kinds))
        folder = find_folder()
        if folder is None:
            return service
        from annotations.bulk.prepared_service import PreparedService

        def open_folder() -> "PreparedSuggestions":
            from annotations.bulk.prepared import PreparedSuggestions

            return PreparedSuggestions(folder, names, kinds)

        return PreparedService(open_folder, service, listener)

    return make


def prepared_folder(option: str | None, named: Sequence[str]) -> Callable[[], Path | None]:
    """A function that finds the folder of prepared suggestions: the given one, or one next to the corpus.

    Raises `AnnotateError` if there are no suggestions in the given folder.
    """
    if option is not None:
        from annotations.corpus.own_files import holds_suggestions

        if not holds_suggestions(option):
            raise AnnotateError(
                f"There are no suggestions in {option}; make them with: annotate suggest."
            )
        return lambda: Path(option)

    def find() -> Path | None:
        from annotations.corpus.place_of_suggestions import folder_for

        return folder_for(named)

    return find
