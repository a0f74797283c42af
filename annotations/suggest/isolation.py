"""What keeps a process of suggesters apart from everything else: its streams, its parent, the network, threads."""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

ENVIRONMENT = {
    **dict.fromkeys(
        (
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "MKL_NUM_THREADS",
            "BLIS_NUM_THREADS",
            "VECLIB_MAXIMUM_THREADS",
        ),
        "1",
    ),
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}
"""What such a process is started with: one thread, so that a processor is left for the keys; and no network."""
_PR_SET_PDEATHSIG = 1


def take_over_streams() -> tuple[BinaryIO, BinaryIO]:
    """The streams to talk on. What else reads or writes the standard ones meets `/dev/null`."""
    requests, replies = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return os.fdopen(requests, "rb"), os.fdopen(replies, "wb")


def end_with_parent() -> None:
    """Let the system end the process with the thread that started it, where the system can.

    Where it cannot, the end of standard input does, as soon as the code that runs lets Python go on.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def refuse_network() -> None:
    """Let whatever tries to use the network from now on meet an `OSError`."""
    sys.addaudithook(_refuse)


def _refuse(event: str, _: object) -> None:
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise OSError("suggesters do not use the network")
