"""The results of the spot checks: an unbiased estimate of how often suggestions that are not doubtful are wrong."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from annotations.model.edit import Change, Edit
from annotations.model.label_scheme import LabelScheme

LAST_CHECKS = 100
"""How many of the last spot checks say whether doubt can be relied on."""
MOST_WRONG = 0.08
"""The largest share of these that may be wrong."""
LEAST_CHECKS = 20
"""How many spot checks are needed before that is stated."""


class SpotChecks(Struct, frozen=True):
    """How many there were and how many of them were wrong."""

    wrong: int
    all: int
    unreliable: bool
    """Whether too many of the last ones were wrong, so that doubt cannot be relied on."""

    @property
    def words(self) -> str:
        """The results in words; empty if there were none."""
        if not self.all:
            return ""
        found = f"{self.wrong} of {self.all} spot checks wrong"
        return f"doubt is unreliable: {found}" if self.unreliable else found


def spot_checks(wrong: Sequence[bool]) -> SpotChecks:
    """The results of spot checks, given whether each was wrong, in the order in which they were made."""
    last = wrong[-LAST_CHECKS:]
    unreliable = len(last) >= LEAST_CHECKS and sum(last) > MOST_WRONG * len(last)
    return SpotChecks(sum(wrong), len(wrong), unreliable)


def checked_in(edits: Iterable[Edit], scheme: LabelScheme) -> Iterator[tuple[str, bool]]:
    """When each spot check in edits that were not undone was made, and whether the suggestion was wrong."""
    for edit in edits:
        for change in edit.single_decisions if edit.spot_check else ():
            if change.before is not None and change.after is not None and not change.before.decided:
                yield edit.at, not was_right_as_shown(change, scheme)


def was_right_as_shown(change: Change, scheme: LabelScheme) -> bool:
    """Whether a suggestion was decided to be right as the project showed it: its extent and its label."""
    before, after = change.before, change.after
    if before is None or after is None or after.rejected:
        return False
    label = scheme.label_for(before.label) or before.label
    return (after.start, after.end, after.label) == (before.start, before.end, label)
