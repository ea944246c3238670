"""Fields: right, flagged, silently wrong, not found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import Levenshtein
from rich.table import Table

from benchmarks.error_rate import plain
from models.letters import Field, Reading
from models.terms import FieldName

_NEARLY = 0.95  # edit similarity from which a text field counts as right
_TEXTS = {FieldName.SUBJECT, FieldName.ADDRESSEE, FieldName.SENDER}
VERDICTS = ("ถูก", "ถูก+สงสัย", "ผิด+สงสัย", "ผิดเงียบ", "ไม่พบ", "ว่างถูก")


@dataclass(slots=True)
class FieldScores:
    """Counts of verdicts by group and field."""

    counts: dict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    wrong: list[str] = field(default_factory=list)

    def add(self, group: str, name: str, truths: list[Any], readings: Iterable[Reading]) -> None:
        """Compare the letters that were read with those that are there."""
        for truth, reading in zip(truths, list(readings), strict=False):
            if "kind" in truth:
                same = truth["kind"] == reading.fields.kind
                self.counts[group, "kind"]["ถูก" if same else "ผิดเงียบ"] += 1
                if not same:
                    self.wrong.append(f"{name} kind: {truth['kind']} ≠ {reading.fields.kind}")
            for key, wanted in truth["fields"].items():
                found = reading.fields.get(FieldName(key))
                verdict = judge(FieldName(key), wanted, found)
                self.counts[group, key][verdict] += 1
                if verdict in ("ผิดเงียบ", "ผิด+สงสัย"):
                    got = found.value if found else None
                    self.wrong.append(f"{name} {key} [{verdict}]: {wanted} ≠ {got}")

    def table(self) -> Table:
        """Return the counts as a table."""
        table = Table(title="ช่องข้อมูล")
        for heading in ("ชุด", "ช่อง", *VERDICTS):
            table.add_column(heading, justify="left" if heading in ("ชุด", "ช่อง") else "right")
        for (group, key), counts in sorted(self.counts.items()):
            table.add_row(group, key, *(str(counts[verdict]) for verdict in VERDICTS))
        return table


def judge(name: FieldName, wanted: str | None, found: Field | None) -> str:
    """Tell how a field came out."""
    if found is None or (found.value is None and not found.doubts):
        return "ว่างถูก" if wanted is None else "ไม่พบ"
    if found.value is None:
        return "ไม่พบ" if wanted is not None else "ว่างถูก"
    right = wanted is not None and _same(name, wanted, found.value)
    doubted = bool(found.doubts)
    if right:
        return "ถูก+สงสัย" if doubted else "ถูก"
    return "ผิด+สงสัย" if doubted else "ผิดเงียบ"


def _same(name: FieldName, wanted: str, found: str) -> bool:
    if name not in _TEXTS:
        return plain(wanted) == plain(found)
    return Levenshtein.normalized_similarity(plain(wanted), plain(found)) >= _NEARLY


def silently_wrong(scores: Mapping[tuple[str, str], Counter[str]]) -> int:
    """Return how many wrong values were presented as sure."""
    return sum(counts["ผิดเงียบ"] for counts in scores.values())
