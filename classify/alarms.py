"""What somebody must look at once, whatever the category: danger to life, children, fire, weapons.

Two ways, for neither finds all: phrases in an editable file, matched without spaces and tone marks,
and a line that was fitted through texts marked by hand. Both would rather raise one alarm too many:
it costs a glance, and a missed one may cost a life.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from classify.evidence import evidence
from classify.features import TONES, Squeezed, squeezed, squeezed_text
from classify.model import ANY_DANGER, Linear, TrainedModel, features, look
from classify.placing import Placed, Places
from models.letters import Alarm, OcrPage
from models.terms import Danger

_WITHIN = 40  # characters between what happens and to whom
_MOST = 3  # phrases shown for one danger


@dataclass(frozen=True, slots=True)
class _Rule:
    danger: Danger
    what: re.Pattern[str]
    near: re.Pattern[str] | None
    within: int
    unless: re.Pattern[str] | None
    exact: bool  # tone marks count


def alarms(pages: Sequence[OcrPage], model: TrainedModel | None = None) -> tuple[Alarm, ...]:
    """Return the alarms that the pages raise, up to three phrases for each danger."""
    lines = [Placed(page.number, line) for page in pages for line in page.lines]
    if not lines:
        return ()
    places = Places(lines)
    found = _by_phrases(lines, places)
    if not found and model is not None:
        found = _by_line(lines, places, model)
    return tuple(found)


def _by_phrases(lines: Sequence[Placed], places: Places) -> list[Alarm]:
    text = squeezed_text([placed.line.text for placed in lines])
    found: list[Alarm] = []
    for danger in Danger:
        said: set[str] = set()
        for start, end in _spans(danger, text):
            phrase = places.phrase(start, end)
            if phrase.text not in said and len(said) < _MOST:
                said.add(phrase.text)
                found.append(Alarm(danger, phrase.text, phrase.page, phrase.box))
    return found


def _by_line(lines: Sequence[Placed], places: Places, model: TrainedModel) -> list[Alarm]:
    """Return what the fitted line says, with the words that speak for it most."""
    known = model.lines
    if known.dangers is None:
        return []
    text = squeezed([placed.line.text for placed in lines])
    seen = look(text, known.runs, known.words)
    logits = known.dangers.logits_of(features(seen, len(known.runs.packed)))
    kinds = known.dangers.codes[1:]
    if logits[0] < model.limits.danger or not kinds:
        return []
    danger = Danger(kinds[int(logits[1:].argmax())])
    alone = Linear((ANY_DANGER,), known.dangers.weights[:1], known.dangers.bias[:1])
    spoken = evidence(alone, (ANY_DANGER,), text, seen, len(known.runs.packed), places)
    said = [Alarm(danger, each.text, each.page, each.box) for each in spoken[:_MOST]]
    return said or [Alarm(danger, "")]


def _spans(danger: Danger, text: Squeezed) -> Iterator[tuple[int, int]]:
    """Give where phrases of a danger stand in the squeezed text."""
    for rule in _rules():
        if rule.danger is not danger:
            continue
        if rule.exact:
            yield from _matches(rule, text.text)
        else:
            for start, end in _matches(rule, text.toneless):
                stop = int(text.kept[end]) if end < len(text.kept) else len(text.text)
                yield int(text.kept[start]), stop  # with the marks over its last letter


def _matches(rule: _Rule, text: str) -> Iterator[tuple[int, int]]:
    harmless = [m.span() for m in rule.unless.finditer(text)] if rule.unless else []
    for match in rule.what.finditer(text):
        start, end = match.span()
        if start == end or any(low < end and start < high for low, high in harmless):
            continue
        around = text[max(0, start - rule.within) : end + rule.within]
        if rule.near is None or rule.near.search(around):
            yield start, end


@cache
def _rules() -> tuple[_Rule, ...]:
    raw = tomllib.loads(files("classify").joinpath("dangers.toml").read_text("utf-8"))
    return tuple(_rule(rule) for rule in raw["rule"])


def _rule(raw: Mapping[str, Any]) -> _Rule:
    exact = raw.get("exact", False)

    def pattern(name: str) -> re.Pattern[str] | None:
        text = raw.get(name)
        return re.compile(text if exact else TONES.sub("", text)) if text else None

    what = pattern("what")
    assert what is not None
    within = raw.get("within", _WITHIN)
    return _Rule(Danger(raw["danger"]), what, pattern("near"), within, pattern("unless"), exact)
