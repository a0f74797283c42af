"""The process that reads texts: `python -P -m annotations.bulk.worker`, a recipe and then batches on its input.

It answers each text with a `ReadText` as soon as the text is read. Both ends belong to this program, so
messages are pickled. The process ends when its standard input closes or its parent ends. What libraries
print is discarded, and the process does not use the network.
"""

import pickle
from typing import BinaryIO

from msgspec import Struct

from annotations.bulk.reader import TextReader
from annotations.bulk.recipe import Recipe
from annotations.model.errors import AnnotateError
from annotations.suggest.isolation import end_with_parent, refuse_network, take_over_streams


class ReadyToRead(Struct, frozen=True):
    """Tells that the process can read texts, or in one sentence why it cannot."""

    problem: str = ""


def main() -> None:
    """Load the suggesters and read batches until standard input closes."""
    requests, replies = take_over_streams()
    end_with_parent()
    refuse_network()
    try:
        recipe: Recipe = pickle.load(requests)
        try:
            reader = TextReader(recipe)
        except AnnotateError as error:
            _say(replies, ReadyToRead(str(error)))
            return
        _say(replies, ReadyToRead())
        while True:
            for member in pickle.load(requests):
                _say(replies, reader.read(member))
    except (EOFError, BrokenPipeError):
        return


def _say(replies: BinaryIO, what: object) -> None:
    pickle.dump(what, replies)
    replies.flush()


if __name__ == "__main__":
    main()
