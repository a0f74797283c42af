"""A corpus: several texts in an order, opened one after the other, with the progress of each."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from annotations.corpus.finished import Finished
from annotations.corpus.known_documents import KnownDocuments, StoredMembers
from annotations.corpus.listing import ListedDocument
from annotations.corpus.member import Member, StoredPlace, looked_at
from annotations.corpus.member_opening import NotOpened, OpenedMember
from annotations.corpus.member_state import MemberState
from annotations.corpus.order import Ordering, rearranged
from annotations.dates.document_language import UNDECIDED, LanguageChoice
from annotations.model.document import Document
from annotations.model.document_summary import Progress

T = TypeVar("T")
KEPT = 8
"""How many documents are kept open: those that were used or prepared last."""
COUNTED_AT_ONCE = 100_000
"""The greatest length, in code points, of a text whose words are counted when it is read: this takes a
millisecond.
"""


@dataclass(frozen=True)
class Arrival(Generic[T]):
    """The document that is on the screen now."""

    document: T
    place: int
    """Its place in the order of the corpus, from 0."""
    opened: OpenedMember | None
    """The result of reading it; `None` if it was still open."""
    passed_over: tuple[NotOpened, ...] = ()
    """The members on the way that could not be opened."""


class CorpusColumns(NamedTuple):
    """Present facts that are needed for all members of a corpus at once, by their numbers."""

    sequence: Sequence[int]
    """The numbers of the members in the order of the corpus."""
    done: bytearray
    flagged: bytearray
    """1 for each member that has this property, otherwise 0."""
    names: Sequence[str] | None
    """Their names; `None` if it is equally fast to ask each member."""


class Corpus(Generic[T]):
    """Members in an order, the current place of the person, and a few open documents.

    Places count from 0 in the order of the corpus; numbers count from 0 in the order of listing. `read`
    reads a member, `open_document` makes an open document from what was read, with the person's
    annotations, and `close_document` closes it.
    """

    def __init__(
        self,
        members: Sequence[Member],
        known: KnownDocuments,
        read: Callable[[Member], OpenedMember | NotOpened],
        open_document: Callable[[OpenedMember], T],
        close_document: Callable[[T], None] = lambda document: None,
        ordering: Ordering | None = None,
        languages: LanguageChoice = UNDECIDED,
    ) -> None:
        """`languages` is what was stated about the language of all members."""
        self._members = members
        self._newer: dict[int, Member] = {}
        """Members that were checked or read since they were listed, by number."""
        self._known = known
        self._read = read
        self._open_document = open_document
        self._close_document = close_document
        self._languages = languages
        self._ordering = ordering or Ordering("file", members)
        self._sequence = list(range(len(members)))
        self._places: list[int] | None = None
        """The place of each member by its number; computed at the first request."""
        self._done = bytearray(known.done)
        """1 for each member that is done, by its number."""
        self._flagged = bytearray(known.flagged)
        """1 for each member that has a flag, by its number."""
        self._finished: Finished | None = None
        """The members that are done; computed at the first request."""
        self._states: dict[int, MemberState] = {}
        """The state of each member by its number; computed when it is first needed."""
        self._open: OrderedDict[int, T] = OrderedDict()
        """The open documents by the number of the member; the one used last is at the end."""
        self._read_last: tuple[int, OpenedMember] | None = None
        """The member that was read last, by its number, if it was not opened yet."""
        self._place = -1
        self._looked_around = 0
        """How many members `look_around` has checked."""

    def __len__(self) -> int:
        return len(self._members)

    @property
    def place(self) -> int:
        """The place of the document that is on the screen; -1 before there is one."""
        return self._place

    @property
    def done(self) -> int:
        """How many members are done."""
        return self._done.count(1)

    @property
    def columns(self) -> "CorpusColumns":
        """The known facts about all members."""
        members = self._members
        names = members.names if isinstance(members, StoredMembers) else None
        return CorpusColumns(self._sequence, self._done, self._flagged, names)

    def member(self, place: int) -> Member:
        """The member at a place, in the state last seen."""
        return self._member(self._sequence[place])

    def finished(self) -> Sequence[tuple[int, float]]:
        """When each finished member was marked as done, in milliseconds since 1970, and the seconds of work in it."""
        if self._finished is None:
            self._finished = Finished(self._known.marked_done, self._known.seconds)
            for number, state in self._states.items():
                self._finished.note(number, state.progress)
        return self._finished.in_order

    def at_hand(self, place: int) -> T | None:
        """The open document of the member at a place; `None` if it is not open."""
        return self._open.get(self._sequence[place])

    def current_place(self, document: T) -> int | None:
        """The place of an open document; `None` if it has been closed."""
        number = next((number for number, one in self._open.items() if one is document), None)
        return None if number is None else self._place_of(number)

    def row(self, place: int) -> ListedDocument:
        """The member at a place in the form for the list."""
        number = self._sequence[place]
        member, state = self._member(number), self._of(number)
        drawn = number in self._ordering.drawn
        return state.row(place, number, member, self._languages, at_random=drawn)

    def place_of(self, key: str) -> int:
        """The place of a row of the list, by its key."""
        return self._place_of(int(key))

    def arrange(self) -> None:
        """Sort the members after the current place again. The members up to it stay where they are."""
        if not self._ordering.begun:
            # Only members that the database knows have scores; the others come after them.
            self._ordering.begin({number: self._of(number).progress for number in range(len(self))})
        passed = self._sequence[: self._place + 1]
        self._sequence = rearranged(self._sequence, len(passed), self._ordering.sequence(passed))
        self._places = None

    def start(self) -> Arrival[T] | None:
        """Open the document that the person used last if it is not done, otherwise the first one that is not done.

        `None` if all are done, or none can be opened.
        """
        last = self._known.visited_last()
        if last is not None and not self._done[last]:
            arrival = self.open(self._place_of(last))
            if isinstance(arrival, Arrival):
                return arrival
        everywhere = range(len(self))
        # Thousands of files of done documents may have changed, or were only copied: this is checked later.
        passed_over, sequence = self._known.perhaps_done(), self._sequence
        at_a_glance = (place for place in everywhere if not passed_over[sequence[place]])
        return self._first_to_open(self._not_done(at_a_glance)) or self._first_to_open(
            self._not_done(everywhere)
        )

    def open(self, place: int) -> Arrival[T] | NotOpened:
        """Open the member at a place, whatever its state; if that fails, nothing changes."""
        number = self._sequence[place]
        opened = None if number in self._open else self._look(number)
        if isinstance(opened, NotOpened):
            return opened
        self._place = place
        return Arrival(self._at_hand(number, opened), place, opened)

    def prepare(self, place: int) -> T | None:
        """Open the member at a place without moving to it; `None` if it cannot be opened."""
        number = self._sequence[place]
        opened = None if number in self._open else self._look(number)
        return None if isinstance(opened, NotOpened) else self._at_hand(number, opened)

    def next(self) -> Arrival[T] | None:
        """Open the next document that can be opened; `None` if there is none."""
        return self._first_to_open(range(self._place + 1, len(self)))

    def previous(self) -> Arrival[T] | None:
        """Open the previous document that can be opened; `None` if there is none."""
        return self._first_to_open(range(self._place - 1, -1, -1))

    def next_not_done(self) -> Arrival[T] | None:
        """Open the next document that is not done, continuing with the first after the last; `None` if
        all are done.
        """
        return self._first_to_open(self._not_done(self._places_from_here()))

    def ahead(self, number: int) -> list[int]:
        """The places to which `next_not_done` would go one after the other, so that they can be read in advance.

        This reads nothing.
        """
        found = (place for place in self._places_from_here() if place != self._place)
        return list(islice((place for place in found if self._is_ahead(place)), number))

    def note(self, place: int, progress: Progress | None = None, created: str = "") -> None:
        """Note the present progress of the member at a place, the creation time found in it, or both."""
        number = self._sequence[place]
        state = self._of(number)
        state.created = created or state.created
        if progress is not None:
            self._progressed(number, state, progress)

    def look(self, place: int, *, anew: bool = False, largest: int | None = None) -> Document | None:
        """Read the member at a place if nothing is known about its text, or if only its text shows
        which document of the database it is.

        With `anew`, read any member that was not read yet. Larger ones than `largest` bytes are never
        read. Return what was read.
        """
        number = self._sequence[place]
        state = self._of(number)
        unread = not state.was_read and state.file_state not in ("gone", "unreadable")
        if isinstance(self._member(number).place, StoredPlace) or not unread or number in self._open:
            return None
        if largest is not None and (self._looked_at(number).size or 0) > largest:
            return None
        if not anew and state.words is not None and not self._must_be_read(number):
            return None
        found = self._look(number)
        return found.document if isinstance(found, OpenedMember) else None

    def look_around(self, number: int, largest: int) -> bool:
        """Check a number of the next members, in the order of listing. Return whether others are left.

        At most one of them is read, of a size up to `largest` bytes: this takes about a millisecond.
        """
        for one in range(self._looked_around, min(self._looked_around + number, len(self._members))):
            self._looked_around = one + 1
            small = (self._looked_at(one).size or 0) <= largest
            if small and one not in self._open and self._must_be_read(one):
                self._look(one)
                break
        return self._looked_around < len(self._members)

    def _at_hand(self, number: int, opened: OpenedMember | None) -> T:
        """The open document of a member, opened from the text that was read if it was not open."""
        if opened is not None:
            self._open[number] = self._open_document(opened)
        self._open.move_to_end(number)
        here = self._sequence[self._place] if self._place >= 0 else number
        while len(self._open) > KEPT:
            oldest = next(one for one in self._open if one not in (here, number))
            self._close_document(self._open.pop(oldest))
        return self._open[number]

    def _must_be_read(self, number: int) -> bool:
        """Whether only the text of a member, by its number, shows which document of the database it is."""
        return not self._of(number).was_read and self._known.must_be_read(self._looked_at(number))

    def _member(self, number: int) -> Member:
        """A member, by its number, in the state last seen."""
        return self._newer.get(number) or self._members[number]

    def _looked_at(self, number: int) -> Member:
        """A member, by its number, with its size and time of change."""
        member = self._newer[number] = looked_at(self._member(number))
        return member

    def _place_of(self, number: int) -> int:
        if self._places is None:
            self._places = [0] * len(self._sequence)
            for place, one in enumerate(self._sequence):
                self._places[one] = place
        return self._places[number]

    def _of(self, number: int) -> MemberState:
        """The state of a member, by its number."""
        if number not in self._states:
            state = self._states[number] = MemberState(None, "there", None, "")
            member = self._member(number)
            state.take(self._known.at_a_glance(member), member)
            self._progressed(number, state, state.progress)
        return self._states[number]

    def _progressed(self, number: int, state: MemberState, progress: Progress | None) -> None:
        """Note the present progress of a member."""
        state.progress = progress
        self._done[number] = progress is not None and progress.done
        self._flagged[number] = progress is not None and progress.flagged
        self._ordering.note(number, progress)
        if self._finished is not None:
            self._finished.note(number, progress)

    def _look(self, number: int) -> OpenedMember | NotOpened:
        """Read a member, and find its document in the database by its text."""
        if self._read_last is not None and self._read_last[0] == number:
            opened = self._read_last[1]
            self._read_last = None
            return opened
        return self._take_in(number, self._read(self._member(number)))

    def _take_in(self, number: int, found: OpenedMember | NotOpened) -> OpenedMember | NotOpened:
        """Note the state of a member after reading."""
        member, state = self._member(number), self._of(number)
        if isinstance(found, NotOpened):
            state.file_state, state.file_detail = found.file_state, found.clause
            return found
        sha256 = found.document.sha256
        if not isinstance(member.place, StoredPlace) and sha256 != state.sha256:
            state.take(self._known.with_text(found.member, sha256), member)
            state.file_state = "changed" if state.sha256 else state.file_state
            self._progressed(number, state, state.progress)
        state.was_read, state.sha256 = True, sha256
        state.language = self._languages.language_of(found.document.text)
        if state.words is None and len(found.document.text) <= COUNTED_AT_ONCE:
            state.words = len(found.document.text.split())
        self._newer[number] = found.member
        return found

    def _first_to_open(self, places: Iterable[int]) -> Arrival[T] | None:
        passed_over: list[NotOpened] = []
        for place in places:
            found = self.open(place)
            if isinstance(found, Arrival):
                return replace(found, passed_over=tuple(passed_over))
            passed_over.append(found)
        return None

    def _not_done(self, places: Iterable[int]) -> Iterator[int]:
        for place in places:
            if self._must_be_read(self._sequence[place]):
                number = self._sequence[place]
                found = self._look(number)
                if isinstance(found, OpenedMember):
                    self._read_last = (number, found)
            if not self._is_done(place):
                yield place

    def _places_from_here(self) -> Iterator[int]:
        """The places after the one on the screen, then those before it."""
        yield from range(self._place + 1, len(self))
        yield from range(max(self._place, 0))

    def _is_ahead(self, place: int) -> bool:
        if self._is_done(place):
            return False
        number = self._sequence[place]
        is_stored = isinstance(self._member(number).place, StoredPlace)
        return is_stored or self._of(number).file_state not in ("gone", "unreadable")

    def _is_done(self, place: int) -> bool:
        return bool(self._done[self._sequence[place]])
