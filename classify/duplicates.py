"""Near-duplicates: the same letter scanned twice, or copied out by a neighbour, counts once."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence

from classify.text import squeeze

_RUN = 6  # characters; long enough to be rare, short enough to survive misreadings
_SKETCH = 48  # of a text's runs the ones with the smallest hashes stand for all
_ALIKE = 0.5  # of the smaller sketch


def sketch(text: str) -> frozenset[int]:
    """Return a small sample of the text's runs; alike texts have alike samples.

    The sample are the smallest hashes (Broder 1997, resemblance of documents).
    """
    whole, _ = squeeze(text)
    runs = {zlib.crc32(whole[n : n + _RUN].encode()) for n in range(max(len(whole) - _RUN + 1, 1))}
    return frozenset(sorted(runs)[:_SKETCH])


def first_of_each(texts: Sequence[str]) -> list[int]:
    """Return the places of the texts that are no near-duplicate of an earlier one."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    kept: list[int] = []
    sketches: dict[int, frozenset[int]] = {}
    for place, text in enumerate(texts):
        own = sketch(text)
        shared = Counter(other for run in own for other in holders[run])
        if any(n >= _ALIKE * min(len(own), len(sketches[o])) for o, n in shared.items()):
            continue
        kept.append(place)
        sketches[place] = own
        for run in own:
            holders[run].append(place)
    return kept
