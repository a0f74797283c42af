"""Asks which suggestions to go to and to decide."""

from annotations.editing.filters import Filter
from annotations.editing.open_document import OpenDocument
from annotations.model.hidden_dates import is_hidden_date
from tui.dialogs.host import Host

NOT_SHOWN = "not shown: the same words were rejected"
"""The choice that shows the suggestions hidden for this reason again."""


def ask_filter(host: Host) -> None:
    """Choose a filter from a list that shows how many suggestions each leaves to decide."""
    from tui.screens.pick import Choice, PickList, PickScreen

    filters = filter_choices(host.opened)
    choices = [Choice(name, about) for name, (_, about) in filters.items()]
    review = host.opened.review
    if hidden := len(host.opened.session.hidden):
        choices.append(Choice(NOT_SHOWN, f"show {hidden} again"))
    host.ask(
        PickScreen(
            PickList("FILTER", "Which suggestions should be decided?", choices, "choose"),
            host.appearance,
        ),
        lambda name: host.show_outcome(
            review.show_hidden() if name == NOT_SHOWN else review.choose(filters[name][0])
        ),
    )


def filter_choices(opened: OpenDocument) -> dict[str, tuple[Filter, str]]:
    """The filters to choose from, by name, each with what it leaves to decide, in words."""
    spans = opened.session.annotations.spans
    offered = opened.session.scheme.accepts
    undecided = [span for span in spans if not span.decided and offered(span.label)]
    filters = {"everything": Filter(), "disputed": Filter(disputed=True)}
    filters |= {f"score below {below}": Filter(below=below) for below in (0.5, 0.8, 0.95)}
    filters |= {label: Filter(label=label) for label in spans.labels() if offered(label)}
    filters |= {
        f"from {source}": Filter(source=source)
        for source in sorted({source for span in undecided for source in span.sources}, key=str)
    }
    choices = {
        name: (which, f"{sum(which.wants(span, spans) for span in undecided)} to decide")
        for name, which in filters.items()
    }
    hidden = opened.session.not_offered
    held = sum(map(is_hidden_date, hidden))
    if held:
        dates = Filter(hidden_dates=True)
        choices[dates.words] = (dates, f"{held} to decide, hidden")
    if others := len(hidden) - held:
        beside = Filter(beside=frozenset(label.name for label in opened.session.scheme))
        choices[beside.words] = (beside, f"{others} to decide, hidden")
    return choices
