"""The weights before anything was decided.

They are fitted to what a person decides who decides each suggestion of en_core_web_sm 3.8.0 and of the rules
of dates in three public corpora: re3d, wikigold (a leading `the` as suggested, no dates) and 90 articles of wnut17,
by `python -m benchmarks.review FOLDER CACHE --fit`. The first of them is moved so that as many are wrong
at all as the pipeline's own `meta.json` says (0.16). Beside each weight stands what its signal is, on
average, for a suggestion that is not doubtful.
"""

from collections.abc import Mapping

from annotations.learn.doubt import Weights
from annotations.learn.place_signals import PLACE_SIGNALS, PlaceSignal
from annotations.learn.signals import SIGNALS, Signal

_TABLE: Mapping[Signal, tuple[float, float]] = {
    "always": (0.7234, 1.0),
    "score": (-1.236, 0.8725),
    "no score": (-0.5739, 0.2701),
    "beside": (0.4896, -1.2991),
    "sources agree": (-1.1066, 0.0671),
    "glued edge": (1.0155, 0.0),
    "capital behind": (1.6049, 0.0061),
    "of behind": (0.7345, 0.0026),
    "odd sign": (0.8793, 0.0023),
    "article": (-0.3832, 0.1087),
    "possessive": (2.2458, 0.0003),
    "no capital": (0.7658, 0.0136),
    "length": (-0.3416, 0.3816),
    "hyphen behind": (1.1055, 0.0006),
    "carried on": (-0.0919, 0.2136),
    "said yes": (-0.9896, 0.9691),
    "said no": (1.1554, 0.1607),
    "label rate": (-0.5884, 0.5027),
    "rate here": (-1.1462, 0.6056),
}
FIRST_WEIGHTS = Weights(
    tuple(_TABLE[name][0] for name in SIGNALS), tuple(_TABLE[name][1] for name in SIGNALS)
)

_PLACES: Mapping[PlaceSignal, float] = {
    "always": -1.1994,
    "beginning": 0.8478,
    "second reading": 1.0723,
    "in mid-sentence": 0.3906,
    "begins a sentence": -0.5948,
    "several words": 1.0113,
    "capitals only": -0.1076,
    "small elsewhere": -0.3816,
    "capital inside": 0.0689,
    "capitals around": -0.9949,
    "without capitals": -0.9388,
    "known": 1.3521,
    "against": -0.8202,
}
"""What each signal adds to the chance that a name is where nobody suggested one."""
PLACE_WEIGHTS = tuple(_PLACES[name] for name in PLACE_SIGNALS)
