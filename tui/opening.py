"""What it takes to open an article on the screen: who, what suggests, where it is stored, its date."""

import getpass
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event

from annotations.dates.creation_time import CreationTime
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import STANDARD_INPUT, Document, file_at
from annotations.model.edit import Edit, Run
from annotations.model.errors import AnnotateError
from annotations.model.span import Span
from annotations.project.settings import Settings
from annotations.store.interface import SaveState, Writer
from annotations.text.token_edges import TokenEdges
from tui.app import AnnotateApp, Suggesting

MOST_TOKENISED = 200_000
"""Up to how many code points of a text the pipeline's tokens are kept."""


def annotator_name(option: str | None) -> str:
    """Who decides: as given, else the login name. Raises `AnnotateError` for an unusable name."""
    try:
        name = option if option is not None else getpass.getuser()
    except (KeyError, OSError):
        raise AnnotateError("You have no login name; say who you are with --annotator.") from None
    if not name.strip() or not name.isprintable():
        raise AnnotateError(f"{name!r} is no name for an annotator; use letters and digits.")
    return name.strip()


def suggester_names(settings: Settings, model: str | None, no_model: bool) -> list[str]:
    """The suggesters to run, as `annotations.suggest.choice` names them, the quick ones first."""
    names = ["dates", *(f"patterns:{path}" for path in settings.patterns)]
    return names if no_model else [*names, f"pipeline:{model or settings.model}".removesuffix(":")]


def article_date(option: str | None) -> str:
    """The article's own date as the command line gives it, empty where it does not.

    Raises `AnnotateError` for what is no date.
    """
    if option is None:
        return ""
    from annotations.dates.creation_time import parse_creation_time

    return parse_creation_time(option).value


def creation_time_of(document: Document) -> Callable[[], CreationTime | None]:
    """Finds the article's own date in its text or its file's name, once the text is on the screen."""
    from annotations.dates.creation_time import find_creation_time

    def find() -> CreationTime | None:
        if document.path == STANDARD_INPUT:
            return find_creation_time(document.text)
        try:
            modified = datetime.fromtimestamp(file_at(document.path).stat().st_mtime)
        except (OSError, OverflowError):
            modified = None
        return find_creation_time(document.text, document.path, modified)

    return find


def writer_of(
    url: str,
) -> Callable[[Callable[[SaveState], None], Callable[[str, str, list[Edit]], None]], Writer]:
    """Makes the writer of a database, once the text is on the screen."""

    def make(
        on_state: Callable[[SaveState], None],
        on_foreign: Callable[[str, str, list[Edit]], None],
    ) -> Writer:
        from annotations.store.opening import open_writer

        return open_writer(url, on_state, on_foreign)

    return make


def suggesting(names: list[str]) -> Callable[[AnnotateApp, AnnotationSet], Suggesting | None]:
    """Starts the suggesters, once the annotations are there, and then reads the pipeline's tokens."""

    def start(app: AnnotateApp, annotations: AnnotationSet) -> Suggesting | None:
        if not names or not app.document.text.strip():
            return None
        from annotations.suggest.runner import SuggestionRun

        runs = list(annotations.runs)

        def has_read(source: str, start: int, end: int) -> bool:
            return any(run.source == source and run.start <= start and end <= run.end for run in runs)

        text = app.document.text
        pipeline = next((name for name in names if name.startswith("pipeline")), "pipeline:blank:en")
        tokens = SuggestionRun(text, [pipeline.replace("pipeline", "tokens", 1)], _Tokens(app))
        run = SuggestionRun(
            text,
            names,
            _Listener(app, tokens.start if len(text) <= MOST_TOKENISED else lambda: None),
            has_read,
            app.reader.article.first_offset_in_sight(),
        )
        run.start()
        return _Both(run, tokens)

    return start


class _Both:
    """Suggestions and, after them, tokens."""

    def __init__(self, run: Suggesting, tokens: Suggesting) -> None:
        self._run = run
        self._tokens = tokens

    def look_at(self, offset: int) -> None:
        self._run.look_at(offset)

    def cancel(self) -> None:
        self._run.cancel()
        self._tokens.cancel()


class _Tokens:
    """Gathers the tokens of the pipeline for the screen; that they cannot be had is no news."""

    def __init__(self, app: AnnotateApp) -> None:
        self._app = app
        self._edges = TokenEdges()
        self._complete = True

    def on_ready(self, source: str, labels: Sequence[str]) -> None:
        pass

    def on_spans(self, source: str, spans: list[Span], run: Run | None) -> None:
        self._edges.add((span.start, span.end) for span in spans)

    def on_progress(self, done: int, total: int) -> None:
        pass

    def on_error(self, message: str) -> None:
        self._complete = False

    def on_done(self) -> None:
        if self._complete:
            self._app.tokens_read(self._edges)


class _Listener:
    """Hands what suggesters find to the screen, no faster than it takes it in."""

    def __init__(self, app: AnnotateApp, then: Callable[[], None]) -> None:
        self._app = app
        self._then = then

    def on_ready(self, source: str, labels: Sequence[str]) -> None:
        self._app.suggesting_says(f"{source} reads")

    def on_spans(self, source: str, spans: list[Span], run: Run | None) -> None:
        taken = Event()
        self._app.suggested(source, spans, run, taken.set)
        taken.wait(timeout=5)

    def on_progress(self, done: int, total: int) -> None:
        self._app.suggesting_says(f"suggesting {100 * done // max(total, 1)} %")

    def on_error(self, message: str) -> None:
        self._app.suggesting_says("no suggestions", message)

    def on_done(self) -> None:
        self._app.suggesting_says("")
        self._then()
