"""``python -m benchmarks.bench_texts``: what is read from letters as text, at shares of misreading.

Two sets: the fragments of the grammar book, and our own letters (``letters_as_text``). At share 0
the text is read as typed; above it, as ``benchmarks.noise`` spoils it, with several seeds.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from rich.console import Console

from benchmarks.bench_fields import FieldScores
from benchmarks.drawing.letters import Part
from benchmarks.fragments import fragments
from benchmarks.known_texts import TODAY, KnownText, known_texts
from benchmarks.noise import CAUTIOUS, SURENESSES, Sureness, noisy_page
from benchmarks.verdicts import judge_letter
from extract import load_gazetteer, read_fields
from models.letters import OcrPage

SHARES = (0.0, 0.02, 0.05, 0.10)
SEEDS = 5
NO_BOOK = "ไม่มีเล่มไวยากรณ์ ../shared/domain.md ในเครื่องนี้ จึงไม่ได้วัดตัวอย่างในเล่ม"
_FRAGMENTS = "ตัวอย่างในเล่มไวยากรณ์"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_texts")
    parser.add_argument("--part", choices=get_args(Part), default="measuring")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="readings at each noisy share")
    parser.add_argument("--shares", type=float, nargs="+", default=SHARES)
    parser.add_argument("--reader", choices=SURENESSES, default="cautious", help="see noise.py")
    parser.add_argument("--details", action="store_true", help="list what is wrong or not found")
    chosen = parser.parse_args(arguments)
    print_texts(
        Console(width=160), chosen.part, chosen.seeds, chosen.shares,
        sureness=SURENESSES[chosen.reader], details=chosen.details,
    )  # fmt: skip


def print_texts(
    console: Console,
    part: Part = "measuring",
    seeds: int = SEEDS,
    shares: Sequence[float] = SHARES,
    *,
    sureness: Sureness = CAUTIOUS,
    details: bool = False,
) -> None:
    """Read both sets at every share and print a table of each."""
    for name, texts in _sets(part).items():
        if not texts:
            console.print(NO_BOOK)
            continue
        for share in shares:
            scores = score_texts(texts, share, seeds, sureness)
            times = f" × {seeds} ครั้ง" if share else ""
            console.print(scores.table(f"{name}: {len(texts)} ฉบับ{times} อ่านเพี้ยน {share:.0%}"))
            if details:
                lines = (*scores.wrong, *(scores.missing if not share else ()))
                console.print("\n".join(lines), markup=False, highlight=False)


def _sets(part: Part) -> Mapping[str, Sequence[KnownText]]:
    word = "ปรับแต่ง" if part == "tuning" else "วัดผล"
    return {_FRAGMENTS: fragments(), f"หนังสือที่เขียนขึ้น ส่วน{word}": known_texts(part)}


def score_texts(
    texts: Sequence[KnownText], share: float, seeds: int, sureness: Sureness = CAUTIOUS
) -> FieldScores:
    """Return the verdicts on the texts at a share of misreading (0..1)."""
    scores = FieldScores()
    gazetteer = load_gazetteer()
    for text, page in readings(texts, share, seeds, sureness):
        fields = read_fields([page], gazetteer, TODAY)
        scores.note("", text.name, judge_letter(text.expected, fields))
    return scores


def readings(
    texts: Sequence[KnownText], share: float, seeds: int, sureness: Sureness = CAUTIOUS
) -> Iterator[tuple[KnownText, OcrPage]]:
    """Give each text as typed, or as often as there are seeds with misreadings in it."""
    for text in texts:
        for seed in range(seeds if share else 1):
            rng = random.Random(f"{text.name}/{share}/{seed}")
            yield text, noisy_page(text.text, share, rng, sureness)


if __name__ == "__main__":
    main()
