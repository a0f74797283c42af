"""The names of the engines that read a corpus."""

from typing import Literal, get_args

EngineName = Literal["local", "ray"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
