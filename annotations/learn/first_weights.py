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
    "always": (0.7889, 1.0),
    "score": (-1.2306, 0.8771),
    "no score": (-0.7872, 0.2777),
    "beside": (0.532, -1.3004),
    "sources agree": (-1.0025, 0.0671),
    "glued edge": (1.1532, 0.0),
    "capital behind": (1.8133, 0.0072),
    "of behind": (0.7446, 0.0029),
    "odd sign": (0.8788, 0.0029),
    "article or possessive": (-0.132, 0.0975),
    "no capital": (0.806, 0.0134),
    "length": (-0.4072, 0.3684),
    "hyphen behind": (1.2023, 0.0003),
    "carried on": (-0.0248, 0.2357),
    "said yes": (-0.9511, 0.9536),
    "said no": (1.1634, 0.1422),
    "label rate": (-0.5273, 0.4971),
    "rate here": (-1.1324, 0.6144),
}
FIRST_WEIGHTS = Weights(
    tuple(_TABLE[name][0] for name in SIGNALS), tuple(_TABLE[name][1] for name in SIGNALS)
)

_PLACES: Mapping[PlaceSignal, float] = {
    "always": -1.48,
    "beginning": 0.59,
    "second reading": 0.84,
    "in mid-sentence": 0.47,
    "begins a sentence": -0.49,
    "several words": 0.98,
    "capitals only": -0.31,
    "small elsewhere": -0.32,
    "capital inside": -0.22,
    "capitals around": 0.0,
    "without capitals": 0.0,
    "known": 1.4,
    "against": -1.19,
}
"""What each signal adds to the chance that a name is where nobody suggested one."""
PLACE_WEIGHTS = tuple(_PLACES[name] for name in PLACE_SIGNALS)
