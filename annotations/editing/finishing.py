"""What the key for done does: marks the document in the person's hands as done.

Done is an edit like any other: undo takes it back.
"""

from annotations.editing.document_session import Outcome, Session
from annotations.editing.done import DONE, is_done, undecided_words


def mark_done(session: Session) -> Outcome:
    """Mark the document as done, whatever is undecided in it; say so where it is done already."""
    annotations = session.annotations
    if is_done(annotations.facts):
        last = annotations.undo[-1] if annotations.undo else None
        at_hand = last is not None and any(fact.fact == "done" for fact in last.facts)
        takes_back = "undo" if at_hand else "`annotate done --undo`"
        return Outcome(message=f"The document is done already; {takes_back} takes that back.")
    undecided = undecided_words(annotations)
    outcome = session.set_fact("done", DONE)
    said = f"Done; {undecided}." if undecided else "Done."
    return Outcome(outcome.touched, said, outcome.edit)
