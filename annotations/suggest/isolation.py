"""Isolation of a process of suggesters: its streams, its parent, the network, threads."""

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
"""The environment of such a process: one thread, so that the screen can react at once, and no network."""
_PR_SET_PDEATHSIG = 1


def take_over_streams() -> tuple[BinaryIO, BinaryIO]:
    """The streams for messages. All other code that uses the standard streams gets `/dev/null`."""
    requests, replies = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return os.fdopen(requests, "rb"), os.fdopen(replies, "wb")


def end_with_parent() -> None:
    """Make the system end the process with the thread that started it, if the system can.

    Otherwise the end of standard input ends it, as soon as the running code returns to Python.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def refuse_network() -> None:
    """Make every use of the network fail with an `OSError` from now on."""
    sys.addaudithook(_refuse)


def _refuse(event: str, _: object) -> None:
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise OSError("suggesters do not use the network")
