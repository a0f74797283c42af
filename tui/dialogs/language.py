"""Asks for the language of a document."""

from annotations.dates.document_language import NAMES, language_name
from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from tui.dialogs.host import Host
from tui.screens.pick import Choice, PickList, PickScreen
from tui.widgets.appearance import Appearance

NOT_STATED = "not set"
"""The choice that removes the language that was set for the document."""


def ask_language(host: Host) -> None:
    """Set the language of the document on the screen."""
    host.ask(
        language_window(host.opened, host.appearance),
        lambda name: host.show_outcome(set_language(host.opened, name)),
    )


def language_window(opened: OpenDocument, appearance: Appearance) -> PickScreen:
    """A list of the languages, in which the current one is marked."""
    from annotations.dates.language import languages

    dating, facts = opened.session.dating, opened.session.annotations.facts
    now = dating.language
    without = language_name(dating.language_by(facts.with_language("")))
    choices = [Choice(NOT_STATED, f"read as {without}" + ("" if facts.language else ", used now"))]
    for code, name in sorted(NAMES.items(), key=lambda item: item[1]):
        about = [] if code in languages() else ["no rules for dates"]
        about = [code, *about, *(["chosen now"] if facts.language == code else [])]
        choices.append(Choice(name, ", ".join(about)))
    title = f"Which language is this article in? It is read as {language_name(now)}."
    return PickScreen(PickList("LANGUAGE", title, choices), appearance)


def set_language(opened: OpenDocument, name: str) -> Outcome:
    """Set the language with this name for a document; any other name removes the setting."""
    codes = {called: code for code, called in NAMES.items()}
    outcome = opened.properties.set_language(codes.get(name, ""))
    if outcome.edit is None:
        return outcome
    said = f"Read as {language_name(opened.session.dating.language)}. {outcome.message}".rstrip()
    return Outcome(outcome.touched, said, outcome.edit)
