"""The time stamps of a document with many of them: one question to the person, and one edit that suggests all.

The rules for dates leave them out, because they are marks of the file; the person can ask for them.
"""

from annotations.dates.time_stamps import all_places, time_stamps
from annotations.editing import commands as edits
from annotations.editing.document_session import DocumentSession
from annotations.editing.label_mapping import mapped
from annotations.editing.outcome import Outcome
from annotations.model.edit import Change
from annotations.model.source import DATE_RULES
from annotations.model.span import Span
from annotations.text.plural import counted


def unsuggested_stamps(session: DocumentSession, marks_times: bool = True) -> str:
    """The message about the stamps that are not suggested: how many, with an example of each form.

    Empty if there are none, if all are suggested or decided, in a document that is done, or if the
    project does not mark times of day.
    """
    number = 0 if session.annotations.facts.done or not marks_times else len(_stamps_to_suggest(session))
    if not number:
        return ""
    examples = " and ".join(form.example for form in time_stamps(session.text))
    return f"{counted(number, 'time stamp')} such as {examples} {'is' if number == 1 else 'are'} not suggested"


def suggest_time_stamps(session: DocumentSession, *, cursor: int) -> Outcome:
    """Suggest all time stamps, as one edit that undo takes back. A decision that contradicts one stays."""
    if session.annotations.facts.done:
        return Outcome(message="The document is done: nothing is suggested in it.")
    changes = _stamps_to_suggest(session)
    if not changes:
        return Outcome(message="There are no time stamps to suggest.")
    # Nobody has looked at any of them.
    outcome = session.apply("create", changes, cursor=cursor, single=0)
    said = f"{counted(len(changes), 'time stamp')} suggested."
    return Outcome(outcome.touched, said, outcome.edit)


def _stamps_to_suggest(session: DocumentSession) -> tuple[Change, ...]:
    """The changes that suggest the time stamps, under the project's label for times; none without one."""
    places = all_places(time_stamps(session.text))
    found = (mapped(session.scheme, Span(*place, "TIME", sources=(DATE_RULES,))) for place in places)
    spans, nested = session.annotations.spans, session.scheme.nested
    return edits.suggest(spans, [span for span in found if span is not None], nested)
