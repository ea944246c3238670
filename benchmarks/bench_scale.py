"""``python -m benchmarks.bench_scale``: training on 50,000 texts, its time and its memory.

The texts are those of the corpus over and over, framed as letters and misread each time anew, so
that no two are the same. The training runs in a process of its own, whose peak is measured.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from rich.console import Console

import classify
from classify.frames import framed
from classify.noise import misread

TEXTS = 50_000
_RATE = 0.04
_KIB_PER_GIB = 2**20


def print_scale(console: Console, count: int = TEXTS) -> None:
    """Train and print what it took."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        seconds, peak = process.submit(_train, count).result()
    console.print(f"training on {count:,} texts: {seconds:.0f} s, peak {peak:.1f} GiB")


def _train(count: int) -> tuple[float, float]:
    rng = random.Random(2)
    seed = [each for each in classify.seed_examples() if each.main]
    texts = [
        replace(each, text=misread(framed(each.text, rng), _RATE, rng), confirmed=True)
        for each in (rng.choice(seed) for _ in range(count))
    ]
    start = time.perf_counter()
    classify.train([*classify.seed_examples(), *texts], 1)
    took = time.perf_counter() - start
    return took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_GIB


if __name__ == "__main__":
    print_scale(Console())
