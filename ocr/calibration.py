"""How sure a row's reading is, so that of all letters said to be 0.9 sure nine in ten are right.

The engine's own confidence does not mean that: 0.90 is 93 % right, 0.80 is 65 %. The weights are
those of a logistic regression on the letters of drawn pages of the tuning part; ``make bench``
prints what was said beside what came true, on pages of the measuring part and on real scans.
"""

from __future__ import annotations

import math

_CONSTANT = 0.99
_ENGINE = 1.75  # of the log odds of the engine's confidence
_STRANGE = -6.62  # of the share of letters outside known words
_DIFFER = -1.21  # two ways of looking gave two texts
_LOST = -0.60  # a digit told by its shape did not come back
_SHORT = -12.04  # of one over the number of letters: crumbs are short


def sureness(engine: float, letters: int, strange: int, *, differ: bool, lost: bool) -> float:
    """Return the probability (0..1) that a letter of this row is right.

    ``engine`` is the engine's confidence (0..1); ``letters`` counts those of the row without
    spaces, ``strange`` those of them outside known words.
    """
    if letters < 1:
        return 0.0
    sure = min(max(engine, 0.02), 0.98)
    odds = _CONSTANT + _ENGINE * math.log(sure / (1.0 - sure)) + _SHORT / letters
    odds += _STRANGE * min(1.0, strange / letters) + _DIFFER * differ + _LOST * lost
    return 1.0 / (1.0 + math.exp(-odds))
