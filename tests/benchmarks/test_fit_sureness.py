"""What a threshold lets through, and the readings that are kept to measure it on."""

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path

from benchmarks.drawn_pages import DrawnPages, read_drawn
from benchmarks.field_speed import field_times
from benchmarks.fit_sureness import Observation, Threshold, at_threshold, lowest_threshold
from extract import lines_from_text, load_gazetteer
from models.letters import Box, Ink, Line, OcrPage, PageState, Word


def observed(*pairs: tuple[float, bool]) -> list[Observation]:
    return [Observation("date", confidence, False, right) for confidence, right in pairs]


def test_the_lowest_threshold_may_lie_below_a_wrong_value_that_many_right_ones_outweigh() -> None:
    high = observed((0.95, False), *[(0.94, True)] * 99)
    assert lowest_threshold(high, 0.01) == Threshold(0.94, 100, 1)
    assert lowest_threshold([*high, *observed((0.9, False))], 0.01) == Threshold(0.94, 100, 1)
    assert lowest_threshold(high, 0.005) is None


def test_values_alike_stand_or_fall_together_and_doubted_ones_do_not_count() -> None:
    same = observed(*[(0.9, True)] * 99, (0.9, False), (0.95, True))
    assert lowest_threshold(same, 0.005) == Threshold(0.95, 1, 0)
    doubted = [Observation("date", 0.99, True, False)]
    assert lowest_threshold([*same, *doubted], 0.005) == Threshold(0.95, 1, 0)
    assert at_threshold([*same, *doubted], 0.9) == Threshold(0.9, 101, 1)


def test_what_was_read_comes_back_from_the_file_as_it_was(tmp_path: Path) -> None:
    box = Box(0.1, 0.2, 0.3, 0.02)
    word = Word("๑๒", box, 0.9, Ink.BLUE, ("๑๓",))
    lines = (Line("๑๒", box, 0.9, Ink.BLUE, (word,), "12", ("๑๓",)), Line("ก", None, 1.0))
    page = OcrPage(1, 10, 20, PageState.READ, lines, "tesseract", None, (box,), ("จาง",))
    read = DrawnPages("วาด: fax", "fax-0.png", [{"fields": {"date": None}}], (page,))
    keep = tmp_path / "pages.json"
    keep.write_text(json.dumps([asdict(read)], ensure_ascii=False), "utf-8")
    assert read_drawn("tuning", 1, keep) == (read,)


def test_the_time_of_a_letter_is_told_by_the_page() -> None:
    pages = [[lines_from_text("เรื่อง ขอให้ซ่อมถนน\nเรียน นายอำเภอเทิง")]] * 3
    times = field_times(pages, load_gazetteer(), dt.date(2025, 6, 30))
    assert len(times) == 3
    assert all(time > 0 for time in times)
