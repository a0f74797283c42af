"""The orders a corpus can come in, by name."""

from typing import Literal

Order = Literal["file", "random", "shortest", "doubt", "disputed"]
ORDERS: tuple[Order, ...] = ("file", "random", "shortest", "doubt", "disputed")
"""As listed; by chance; by length; by what is doubtful; where most is disputed."""
