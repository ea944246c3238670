from __future__ import annotations

import pytest

import classify
from models.letters import Box, Line, OcrPage, PageState, Word
from models.terms import Danger

BOX = Box(0.1, 0.2, 0.8, 0.02)


def page(*lines: str, box: Box | None = BOX) -> OcrPage:
    return OcrPage(1, 1654, 2339, PageState.READ, tuple(Line(t, box, 0.9) for t in lines))


def dangers(text: str, model: classify.TrainedModel | None = None) -> set[Danger]:
    return {alarm.danger for alarm in classify.alarms([page(text)], model)}


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("สามีเก่าบอกว่าจะฆ่าให้ตายทั้งแม่ทั้งลูกถ้าไม่กลับไปอยู่ด้วย", Danger.LIFE),
        ("พ่อเลี้ยงเอาบุหรี่จี้แขนเด็กหญิงวัยเจ็ดขวบจนพอง", Danger.CHILD),
        ("ผมหมดหนทางแล้ว คิดสั้นทุกคืน ไม่อยากอยู่แล้วครับ", Danger.SELF_HARM),
        ("วัยรุ่นยกพวกยิงกันหน้าร้าน ถือปืนลูกซองสั้นขับรถวนทั้งคืน", Danger.WEAPON),
        ("เขาขู่จะเผาบ้านพวกเราคืนนี้ เอาน้ำมันมาตั้งไว้หน้ารั้วแล้ว", Danger.FIRE),
    ],
)
def test_a_danger_is_told_by_its_words(text: str, danger: Danger) -> None:
    assert danger in dangers(text)


@pytest.mark.parametrize(
    "text",
    [
        "เด็ก ๆ เล่นปืนฉีดน้ำกันหน้าวัดช่วงสงกรานต์ ทำถนนลื่น ขอให้กวดขัน",
        "ขอต่อใบอนุญาตให้มีและใช้อาวุธปืน ต้องใช้เอกสารอะไรบ้าง",
        "คนในซอยผูกคอวัวไว้กับเสาไฟ มันดึงจนเสาเอน",
        "หญ้าขึ้นรกเต็มสองข้างทาง อบต. เอายาฆ่าหญ้ามาพ่น ข้าวในนาตายหมด",
        "น้ำท่วมขังในโรงเรียน เด็กเดินลุยน้ำทุกวัน ขอให้ลอกท่อ",
        "ภาพถ่ายทางอากาศปี ๒๕๑๐ แสดงว่าที่ดินเป็นของครอบครัวเรามาก่อน",
        "ทีมนักเรียนซ้อมวงโยธวาทิตดังไปถึงสี่ทุ่ม ขอให้เลิกเร็วขึ้น",
        "",
    ],
)
def test_harmless_words_that_look_like_danger_raise_no_alarm(text: str) -> None:
    assert dangers(text) == set()


def test_lost_tone_marks_and_spaces_within_words_hide_no_danger() -> None:
    assert dangers("มัน ขู ฆา ผม ถือ ป ื น มา ที่ บาน") >= {Danger.LIFE, Danger.WEAPON}


def test_an_alarm_quotes_the_letter_and_stands_in_the_box_of_its_word() -> None:
    words = (
        Word("เมื่อคืน", Box(0.1, 0.2, 0.1, 0.02), 0.9),
        Word("เขาถือปืนมา", Box(0.3, 0.2, 0.2, 0.02), 0.9),
    )
    line = Line("เมื่อคืน เขาถือปืนมา", BOX, 0.9, words=words)
    (alarm,) = classify.alarms([OcrPage(3, 1654, 2339, PageState.READ, (line,))])
    assert (alarm.danger, alarm.text, alarm.page) == (Danger.WEAPON, "ปืน", 3)
    assert alarm.box is not None
    assert 0.3 <= alarm.box.left < alarm.box.right <= 0.5


def test_typed_text_raises_alarms_without_a_place() -> None:
    (alarm, *_) = classify.alarms([page("มีคนซุกระเบิดขว้างไว้หลังบ้าน", box=None)])
    assert (alarm.page, alarm.box) == (None, None)


def test_of_unseen_texts_in_danger_three_of_four_raise_an_alarm(
    model: classify.TrainedModel,
) -> None:
    every = classify.held_out_examples()
    raised = [bool(classify.alarms([page(e.text)], model)) for e in every]
    due = [bool(e.dangers) for e in every]
    caught = sum(r and d for r, d in zip(raised, due, strict=True))
    assert caught / sum(due) >= 0.75
    assert sum(raised) <= 0.2 * len(every)  # who cries wolf is not heard
