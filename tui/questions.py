"""What is asked of the person on a screen over the reader: a label, a comment, a value, a path.

Each function asks and hands the answer to the session; the reader shows what became of it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from annotations.editing.filters import Filter
from annotations.editing.open_document import OpenDocument
from annotations.entities.steps import run_for
from annotations.model.errors import AnnotateError
from annotations.model.span import Span
from annotations.model.value import Timex
from tui.widgets.status import quote

PATIENCE = 0.03
"""Seconds to look for the entity a name is likely of, before asking without it."""

SIGN = 9
"""Cells for the key of an action in the list of all of them."""

if TYPE_CHECKING:
    from tui.screens.reader import ReaderScreen


def ask_label(reader: "ReaderScreen") -> None:
    """A label, from a list of all that is narrowed by typing."""
    from tui.screens.pick import Choice, PickScreen

    colours = reader.article.article_styles.colours
    choices = [
        Choice(
            label.name,
            label.definition,
            f"bold {colours[label.name].on_back} on {colours[label.name].back}",
            label.key,
        )
        for label in reader.opened.session.scheme
    ]

    def label(name: str | None) -> None:
        if name is not None:
            reader.shown(reader.opened.review.label(name))

    reader.app.push_screen(PickScreen("Label:", choices, reader.ground()), label)


def ask_action(reader: "ReaderScreen") -> None:
    """What to do, from a list of all actions that is narrowed by typing."""
    from tui.screens.pick import Choice, PickScreen

    actions = {action.does: action.name for action in reader.keymap.actions if action.name != "palette"}
    choices = [
        Choice(does, name, key=f"{reader.keymap.sign(name):<{SIGN}}") for does, name in actions.items()
    ]

    def answer(does: str | None) -> None:
        if does is not None:
            reader.choose(actions[does])

    reader.app.push_screen(PickScreen("Do:", choices, reader.ground()), answer)


def ask_theme(reader: "ReaderScreen") -> None:
    """Which theme to show everything in."""
    from tui.screens.pick import Choice, PickScreen

    app = reader.app
    choices = [Choice(name, "shown now" if name == app.theme else "") for name in app.available_themes]

    def answer(name: str | None) -> None:
        if name is not None:
            app.theme = name

    app.push_screen(PickScreen("Theme:", choices, reader.ground()), answer)


def ask_comment(reader: "ReaderScreen") -> None:
    """A comment on the span, or on the document."""
    from tui.screens.prompt import PromptScreen

    span = reader.opened.selection.focused_span
    before = span.comment if span else reader.opened.session.annotations.facts.comment
    on = quote(reader.opened.session.text, span.start, span.end) if span else "the document"

    def answer(words: str | None) -> None:
        if words is not None:
            reader.shown(reader.opened.properties.comment(words.strip()))

    reader.app.push_screen(PromptScreen(f"Comment on {on}", before, reader.ground()), answer)


def ask_filter(reader: "ReaderScreen") -> None:
    """Which suggestions to go to."""
    from tui.screens.pick import Choice, PickScreen

    filters = filter_choices(reader.opened)
    choices = [Choice(name, about) for name, (_, about) in filters.items()]

    def answer(name: str | None) -> None:
        if name is not None:
            reader.shown(reader.opened.review.choose(filters[name][0]))

    reader.app.push_screen(PickScreen("Decide about:", choices, reader.ground()), answer)


def ask_value(reader: "ReaderScreen") -> None:
    """What the span stands for: the value of a date, who or what a name names."""
    span = reader.opened.selection.focused_span
    if span is None:
        reader.say("There is nothing here to give a value to.")
        return
    timex = reader.opened.session.timex(span)
    if timex is not None:
        ask_timex(reader, span, timex)
    else:
        ask_entity(reader, span)


def ask_entity(reader: "ReaderScreen", span: Span) -> None:
    """Who or what a mention names."""
    from annotations.entities.identity import canonical, entity_of, parse_entity, written
    from tui.screens.prompt import PromptScreen

    named = reader.opened.entity_linking.entity_names(span.label)
    proposal = run_for(PATIENCE, reader.opened.entity_linking.proposal_of(span))
    words = canonical(reader.opened.session.text[span.start : span.end])
    known = entity_of(span)
    entity = known or (proposal.entity if proposal else None)
    first = written(entity) if entity else words

    def explain(text: str) -> str:
        entity = parse_entity(text)
        if entity is None:
            return "Nobody and nothing that has a name."
        said = [f"name {entity.name}" if entity.name else "", f"id {entity.id}" if entity.id else ""]
        return ", ".join(part for part in said if part)

    def answer(text: str | None) -> None:
        if text is not None:
            reader.shown(reader.opened.entity_linking.name_entity(text))

    others = tuple(name for name in dict.fromkeys((words, *named)) if name != first)
    title = f"Name or id of {quote(reader.opened.session.text, span.start, span.end)}"
    screen = PromptScreen(title, first, reader.ground(), explain=explain, alternatives=others)
    reader.app.push_screen(screen, answer)


def ask_timex(reader: "ReaderScreen", span: Span, timex: Timex) -> None:
    """The TIMEX3 value of a date."""
    from annotations.dates.timex_value import in_words, type_of, validate
    from tui.screens.prompt import PromptScreen

    def check(value: str) -> str:
        return validate(type_of(value), value) or ""

    def explain(value: str) -> str:
        return in_words(Timex(type_of(value), value))

    def answer(value: str | None) -> None:
        if value is not None:
            reader.shown(reader.opened.properties.set_timex(value))

    screen = PromptScreen(
        f"Value of {quote(reader.opened.session.text, span.start, span.end)}",
        timex.value,
        reader.ground(),
        check,
        explain,
        timex.alternatives,
    )
    reader.app.push_screen(screen, answer)


def ask_article_date(reader: "ReaderScreen") -> None:
    """The article's own date."""
    from annotations.dates.creation_time import parse_creation_time
    from tui.screens.prompt import PromptScreen

    def check(written: str) -> str:
        try:
            parse_creation_time(written.strip() or "2000-01-01")
            return ""
        except AnnotateError as error:
            return str(error)

    def explain(written: str) -> str:
        if not written.strip():
            return "As it was found in the text or the file's name."
        return parse_creation_time(written).value

    def answer(written: str | None) -> None:
        if written is not None:
            reader.shown(reader.opened.properties.set_creation_time(written))
            reader.panel_later()

    known = reader.opened.session.creation_time or reader.opened.session.found_creation_time
    screen = PromptScreen(
        "The article's own date", known.value if known else "", reader.ground(), check, explain
    )
    reader.app.push_screen(screen, answer)


def ask_path(reader: "ReaderScreen") -> None:
    """Another database file to save to."""
    from tui.screens.prompt import PromptScreen
    from tui.screens.reader import SaveAgain

    def retry(path: str | None) -> None:
        if path:
            reader.post_message(SaveAgain(Path(path).expanduser()))

    reader.app.push_screen(PromptScreen("Save to which database file?", "", reader.ground()), retry)


def filter_choices(opened: OpenDocument) -> dict[str, tuple[Filter, str]]:
    """The filters to choose from, by name, each with what it leaves to decide."""
    spans = opened.session.annotations.spans
    offered = opened.session.scheme.accepts
    undecided = [span for span in spans if not span.decided and offered(span.label)]
    filters = {"everything": Filter(), "disputed": Filter(disputed=True)}
    filters |= {f"score below {below}": Filter(below=below) for below in (0.5, 0.8, 0.95)}
    filters |= {label: Filter(label=label) for label in spans.labels() if offered(label)}
    filters |= {
        f"from {source}": Filter(source=source)
        for source in sorted({source for span in undecided for source in span.sources})
    }
    choices = {
        name: (which, f"{sum(which.wants(span, spans) for span in undecided)} to decide")
        for name, which in filters.items()
    }
    if hidden := len(opened.session.without_place):
        beside = Filter(beside=frozenset(label.name for label in opened.session.scheme))
        choices[beside.words] = (beside, f"{hidden} to decide, hidden")
    return choices
