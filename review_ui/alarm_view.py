"""Alarms as officers see them: what may be wrong, and the words that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.letters import Alarm
from review_ui import words


@dataclass(frozen=True, slots=True)
class AlarmView:
    """A danger in words, with the phrases of the letter that raise it."""

    word: str
    phrases: tuple[str, ...]


def alarm_views(alarms: Sequence[Alarm]) -> tuple[AlarmView, ...]:
    """Return one view for each danger, in the order in which they were found."""
    found: dict[str, list[str]] = {}
    for alarm in alarms:
        found.setdefault(words.DANGERS[alarm.danger], []).append(alarm.text)
    return tuple(AlarmView(word, tuple(phrases)) for word, phrases in found.items())
