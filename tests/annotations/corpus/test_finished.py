from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus.finished import Finished
from annotations.model.document_summary import Progress, when_done

PROGRESS = st.none() | st.builds(
    Progress,
    done=st.booleans(),
    seconds=st.sampled_from([0.0, 90.0]),
    marked_done=st.sampled_from(["", "2026-01-01T09:00:00.000Z", "2026-01-02T09:00:00.000Z"]),
)


@given(st.lists(PROGRESS, max_size=5), st.lists(st.tuples(st.integers(0, 4), PROGRESS), max_size=9))
def test_whatever_changes_those_that_are_done_stand_in_their_order(
    first: list[Progress | None], changes: list[tuple[int, Progress | None]]
) -> None:
    now = [one or Progress() for one in first]
    finished = Finished([when_done(one) for one in now], [one.seconds for one in now])
    for number, progress in changes:
        if number < len(now):
            now[number] = progress or Progress()
            finished.note(number, progress)
    assert list(finished.in_order) == sorted(
        (when_done(one), one.seconds) for one in now if when_done(one)
    )
