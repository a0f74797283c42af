"""The names of the orders of a corpus."""

from typing import Literal

Order = Literal["file", "random", "shortest", "doubt", "disputed"]
ORDERS: tuple[Order, ...] = ("file", "random", "shortest", "doubt", "disputed")
"""As listed; random; the shortest first; the most doubtful suggestions first; the most disputed ones first."""
