"""``python -m benchmarks.confusions``: what our reader makes of which letter, counted.

Drawn pages of the tuning part are made coarse, to be misread as poor scans are, then read and
laid beside their truth. The counts go to ``classify/confusions.json``, from which the classifier's
training misreads its examples.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import cv2
from rapidfuzz.distance import Levenshtein

import classify
from benchmarks.error_rate import plain, without_unmatched_lines
from benchmarks.sets import Measured, drawn
from ingest.page_reading import PageJob, PagePool
from saraban.office import reader_plan, train_what_is_missing
from saraban.settings import load_settings

TARGET = Path(classify.__file__).with_name("confusions.json")
_COARSE = (0.27, 0.32, 0.38)  # of the resolution: 54 to 76 dpi
_ONCE = 2  # what was seen less often is chance
_LOST_TRACK = 4  # letters in a row that do not fit: another line, no misreading

Confusions = dict[str, Counter[str]]


def confusions(pairs: Iterable[tuple[str, str]]) -> Confusions:
    """Return, for each letter of the truths, what was read instead and how often.

    ``""`` is a letter that was lost; two signs are the letter and what was added behind it.
    Letters read as they stand are counted under themselves.
    """
    found: Confusions = defaultdict(Counter)
    for truth, read in pairs:
        truth, read = plain(truth), plain(without_unmatched_lines(truth, read))
        for step in Levenshtein.opcodes(truth, read):
            meant = truth[step.src_start : step.src_end]
            seen = read[step.dest_start : step.dest_end]
            if step.tag != "equal" and max(len(meant), len(seen)) >= _LOST_TRACK:
                continue
            if step.tag == "insert":
                before = truth[step.src_start - 1 : step.src_start]
                if before and len(seen) == 1:
                    found[before][before + seen] += 1
            else:
                for place, letter in enumerate(meant):
                    found[letter][seen[place] if place < len(seen) else ""] += 1
    return found


def as_json(found: Mapping[str, Counter[str]]) -> str:
    """Return the counts as text, a line for each letter."""
    lines = []
    for letter in sorted(found):
        common = {read: n for read, n in found[letter].most_common() if n >= _ONCE}
        if set(common) - {letter}:
            name, counts = (json.dumps(each, ensure_ascii=False) for each in (letter, common))
            lines.append(f"{name}: {counts}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _read(count: int) -> Iterator[tuple[str, str]]:
    """Give the truth and the reading of each coarse page."""
    settings = load_settings()
    train_what_is_missing(settings)
    pool = PagePool(reader_plan(settings), settings.processes)
    with tempfile.TemporaryDirectory() as name, closing(pool):
        files = list(drawn(Path(name), count, "tuning", mixed=True))
        for number, file in enumerate(files):
            _make_coarse(file, _COARSE[number % len(_COARSE)])
        jobs = [pool.submit(PageJob(file.path, file.media_type, 1)) for file in files]
        for file, job in zip(files, jobs, strict=True):
            yield file.text, job.result().page.text


def _make_coarse(file: Measured, share: float) -> None:
    image = cv2.imread(str(file.path))
    assert image is not None
    small = cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    size = (image.shape[1], image.shape[0])
    cv2.imwrite(str(file.path), cv2.resize(small, size, interpolation=cv2.INTER_CUBIC))


def main() -> None:
    """Read, count, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.confusions")
    parser.add_argument("--drawn", type=int, default=14, help="letters of each degradation")
    arguments = parser.parse_args()
    found = confusions(_read(arguments.drawn))
    TARGET.write_text(as_json(found), "utf-8")
    wrong = sum(n for letter, reads in found.items() for read, n in reads.items() if read != letter)
    total = sum(n for reads in found.values() for n in reads.values())
    print(f"{wrong} of {total} letters misread: {TARGET}")


if __name__ == "__main__":
    main()
