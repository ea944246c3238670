"""Pages of anything: labels, values and words of letters in any order, and signs between them."""

import dataclasses

from hypothesis import strategies as st

from models.letters import Ink, Line, OcrPage, PageState
from tests.extract.reading import line

_LABELS = (
    "ที่", "เรื่อง", "เรียน", "ถึง", "อ้างถึง", "สิ่งที่ส่งมาด้วย", "วันที่", "เลขรับ", "เวลา", "ด่วนที่สุด",
    "ลับ", "ประกาศ", "คำสั่ง", "สั่ง ณ วันที่", "บันทึกข้อความ", "ส่วนราชการ", "กระดาษเขียนข่าวร่วม",
    "หมู่ - วัน - เวลา", "ที่ของผู้ให้ข่าว", "จาก", "ผู้รับปฏิบัติ", "ด้วย", "ตามที่", "ตามหนังสือ", "ลงวันที่",
    "เมื่อ", "หมู่ที่", "บ้านเลขที่", "อายุ", "ปี", "กับพวก รวม", "คน", "ผู้ร้อง", "โทร.", "เขียนที่",
    "คำร้อง", "ลงชื่อ",
)  # fmt: skip
_VALUES = (
    "อำเภอภูพาน", "ตำบลโคกภู", "จังหวัดสกลนคร", "พ.ศ.", "ม.ค.", "มีนาคม", "๒๕๖๘", "๖๘", "๑๓",
    "สน ๐๘๑๘/๒๔๑", "มท (กวจ) ๐๓๐๗.๒/ว ๕", "๑๒๕/๒๕๖๘", "(นายสมมุติ ทดสอบดี)", "นายอำเภอ",
    "ผู้ว่าราชการจังหวัดสกลนคร", "๐ ๔๒๗๙ ๑๑๑๑", "๑๒๓/๔", "๑-๙๙๙๘-๐๐๐๐๐-๐๑-๑", "ปค. (✓)", "- ๒ -",
    "DOPA47004708680123", "สายด่วน 1567", "ทุกอำเภอ", "๐๕๐๙๓๐", "๑๓/๑๑/๒๕๖๗", "๐๙.๑๕ น.", "/",
    ".", ":", "ว", "\u200b", "\ufeff",
)  # fmt: skip
_STORY = (
    "ข้าพเจ้า", "ขอร้องเรียน", "กล่าวโทษ", "กำนัน", "ขอให้", "จึงเรียนมาเพื่อโปรดทราบ",
    "ขอแสดงความนับถือ", "แล้วเสร็จ", "ยุติเรื่อง", "อยู่ระหว่าง", "ติดตามผล", "แจ้งว่า", "พอใจ", "ไม่",
    "ตรวจสอบ", "ดำเนินการ", "เรียบร้อยแล้ว", "ตู้รับเรื่อง", "ขอไม่ออกนาม", "เป็นความลับ",
    "ยังไม่ได้รับรายงาน",
)  # fmt: skip
_SIGNS = "กขคงจชดตทนบปพมยรลวสหอะาำิีึืุูเแโใไ็่้๊๋์ํ๐๑๒๓๔๕๖๗๘๙0123456789 \t./()-–…“”:|,"
_WORDS = st.one_of(
    *(st.sampled_from(words) for words in (_LABELS, _VALUES, _STORY)),
    st.text(st.sampled_from(_SIGNS), min_size=1, max_size=8),
)
any_lines = st.lists(
    st.tuples(st.lists(_WORDS, min_size=1, max_size=6), st.sampled_from([" ", " ", ""])).map(
        lambda pair: pair[1].join(pair[0])
    ),
    min_size=1,
    max_size=14,
)


@st.composite
def any_pages(draw: st.DrawFn) -> list[OcrPage]:
    """Lines in their places, some read twice, some side by side, over one page or two."""
    made: list[Line] = []
    top = 0.02
    for text in draw(any_lines):
        top += draw(st.sampled_from([0.0, 0.004, 0.02, 0.03]))
        words = " ".join(text.split())
        if not words:
            continue
        left, ink = draw(st.sampled_from([0.1, 0.14, 0.4, 0.6])), draw(st.sampled_from(list(Ink)))
        one = line(words, left, top, ink=ink, confidence=draw(st.sampled_from([0.3, 0.95, 1.0])))
        if draw(st.booleans()):
            one = dataclasses.replace(one, alternatives=(draw(any_lines)[0],))
        if draw(st.booleans()):
            one = dataclasses.replace(one, words=())
        made.append(one)
    cut = draw(st.integers(0, len(made)))
    return [
        OcrPage(number, 1654, 2339, PageState.READ, tuple(lines), "tesseract")
        for number, lines in enumerate((made[:cut], made[cut:]), 1)
    ]
