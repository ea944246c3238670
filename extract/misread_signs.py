"""What scanners take the signs of a reference number for, and what each confusion costs.

A cost of 0 is the sign itself; about 2 is a sign that only the grammar speaks for (domain:
look-alikes 1.6 and 2.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# What scanners read for a digit or a slash, with its cost; digits themselves cost nothing.
DIGITS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {**{d: (d, 0.0) for d in "0123456789"}, "o": ("0", 0.4), "O": ("0", 0.4), "Q": ("0", 0.6),
     "\u0e4d": ("0", 0.5), "อ": ("0", 1.2), "l": ("1", 0.5), "I": ("1", 0.5), "|": ("1", 0.6),
     "@": ("0", 0.8)}
)  # fmt: skip
SLASHES: Mapping[str, float] = MappingProxyType(
    {"/": 0.0, "\\": 0.6, "|": 0.8, "l": 0.8, "I": 0.8, "ๅ": 0.9, "%": 1.0}
)
CIRCULARS: Mapping[str, float] = MappingProxyType({"ว": 0.0, "จ": 0.8, ")": 1.0})
# A sub number and the / behind it run into one sign; the likeliest sub first.
MELTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "7": ("3", "1", "2"),
        "8": ("3", "1", "2"),
        "%": ("3", "1", "2"),
        "ฒ": ("3", "2"),
        "บ": ("1", "2"),
        "ญ": ("2", "3"),
    }
)
