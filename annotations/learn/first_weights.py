"""The weights before anything was decided.

They are fitted to the decisions of a person about each suggestion of en_core_web_sm 3.8.0 and of the rules
for dates in three public corpora: re3d, wikigold (without dates; a leading `the` is right as suggested) and
90 articles of wnut17, by `python -m benchmarks.review FOLDER CACHE --fit`. The first weight is then changed
so that the share of wrong suggestions is the one in the pipeline's own `meta.json` (0.16). The second number
of each signal is its average for suggestions that are not doubtful.
"""

from collections.abc import Mapping

from annotations.learn.doubt import Weights
from annotations.learn.place_signals import PLACE_SIGNALS, PlaceSignal
from annotations.learn.signals import SIGNALS, Signal

_TABLE: Mapping[Signal, tuple[float, float]] = {
    "always": (0.7146, 1.0),
    "score": (-1.2275, 0.872),
    "no score": (-0.5604, 0.2697),
    "beside": (0.4838, -1.2993),
    "sources agree": (-1.1113, 0.0667),
    "glued edge": (0.9849, 0.0),
    "capital behind": (1.6239, 0.0058),
    "of behind": (0.7286, 0.0023),
    "odd sign": (1.0746, 0.0023),
    "run together": (0.4317, 0.0016),
    "article": (-0.3796, 0.1092),
    "possessive": (2.2532, 0.0003),
    "no capital": (0.8025, 0.0135),
    "length": (-0.3533, 0.3835),
    "hyphen behind": (0.4042, 0.0),
    "carried on": (-0.0514, 0.2139),
    "said yes": (-0.9964, 0.9684),
    "said no": (1.1625, 0.1604),
    "label rate": (-0.5901, 0.5088),
    "rate here": (-1.1457, 0.6069),
}
FIRST_WEIGHTS = Weights(
    tuple(_TABLE[name][0] for name in SIGNALS), tuple(_TABLE[name][1] for name in SIGNALS)
)

_PLACES: Mapping[PlaceSignal, float] = {
    "always": -1.2159,
    "beginning": 0.8503,
    "second reading": 1.0914,
    "in mid-sentence": 0.3889,
    "begins a sentence": -0.6029,
    "several words": 1.0094,
    "capitals only": -0.0938,
    "small elsewhere": -0.3831,
    "capital inside": 0.0709,
    "capitals around": -0.9865,
    "without capitals": -0.9549,
    "known": 1.4633,
    "against": -0.9959,
}
"""What each signal adds to the chance that there is a name where nobody suggested one."""
PLACE_WEIGHTS = tuple(_PLACES[name] for name in PLACE_SIGNALS)
