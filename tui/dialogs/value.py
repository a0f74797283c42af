"""Asks what a span stands for: the value of a date, who or what a name names."""

from annotations.entities.steps import run_for
from annotations.model.span import Span
from annotations.model.value import Timex
from tui.dialogs.host import Host
from tui.widgets.status import quote

PATIENCE = 0.03
"""Seconds to look for the entity a name is likely of, before asking without it."""


def ask_value(host: Host) -> None:
    """Set what the span under the cursor stands for."""
    span = host.opened.selection.focused_span
    if span is None:
        host.say("There is nothing here to give a value to.")
        return
    timex = host.opened.session.timex(span)
    if timex is not None:
        _ask_timex(host, span, timex)
    else:
        _ask_entity(host, span)


def _ask_entity(host: Host, span: Span) -> None:
    """Who or what a mention names."""
    from annotations.entities.identity import canonical, entity_of, parse_entity, written
    from tui.screens.prompt import PromptScreen

    named = host.opened.entity_linking.entity_names(span.label)
    proposal = run_for(PATIENCE, host.opened.entity_linking.proposal_of(span))
    words = canonical(host.opened.session.text[span.start : span.end])
    known = entity_of(span)
    entity = known or (proposal.entity if proposal else None)
    first = written(entity) if entity else words

    def explain(text: str) -> str:
        entity = parse_entity(text)
        if entity is None:
            return "Nobody and nothing that has a name."
        said = [f"name {entity.name}" if entity.name else "", f"id {entity.id}" if entity.id else ""]
        return ", ".join(part for part in said if part)

    others = tuple(name for name in dict.fromkeys((words, *named)) if name != first)
    title = f"Name or id of {quote(host.opened.session.text, span.start, span.end)}"
    screen = PromptScreen(title, first, host.base_style, explain=explain, alternatives=others)
    host.ask(screen, lambda text: host.show_outcome(host.opened.entity_linking.name_entity(text)))


def _ask_timex(host: Host, span: Span, timex: Timex) -> None:
    """The TIMEX3 value of a date."""
    from annotations.dates.timex_value import in_words, type_of, validate
    from tui.screens.prompt import PromptScreen

    def check(value: str) -> str:
        return validate(type_of(value), value) or ""

    def explain(value: str) -> str:
        return in_words(Timex(type_of(value), value))

    screen = PromptScreen(
        f"Value of {quote(host.opened.session.text, span.start, span.end)}",
        timex.value,
        host.base_style,
        check,
        explain,
        timex.alternatives,
    )
    host.ask(screen, lambda value: host.show_outcome(host.opened.properties.set_timex(value)))
