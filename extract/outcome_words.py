"""The words by which a sentence says that a case is finished, under way, passed on or chased.

Domain 3.8. A negation, a plan, a condition or an order in the same sentence cancels what it says.
"""

from __future__ import annotations

import re

from extract.text import bare
from models.terms import Outcome

# All patterns are written without the marks that scanners lose: they are matched on bare text.
_FINISHED = re.compile(
    r"แลวเสรจ|เสรจสนเมอ|เปนอน(?:แกไข|ระงบ|ยต|จบ|สนสด|เสรจ)"
    r"|(?:ขอกลาวหา|เรอง)[ก-ฮเ-ไาำะ ]{0,6}ไมมมล|ปดเรอง"
    r"|ยอมความกน|ไมเรยกรอง(?:เพม|ใด)|ไมประสงค(?:จะ)?(?:รอง|ให.{0,24}ดำเนน).{0,12}ตอ|ยตการสบสวน"
    r"|เสรจสนแลว|เสรจเรยบรอย|(?:ดำเนนการ|แกไข|ซอมแซม|ตดตง|ปรบปรง|ระงบเหต|ชวยเหลอ"
    r"|จาย).{0,70}เรยบรอย"
    r"|ผรอง(?:(?!ไม).){0,24}พอใจ|ม.{0,4}พงพอใจ|ไมตดใจ|ถอวาเรอง.{0,14}ยต|เหนควรยต|(?<!ไม)ยตเรอง"
    r"|ไดขอยต"
    r"|เรอง(?:นจง|จง|ได)?ยต|ตกลงกนได|ทำบนทกขอตกลง|ทำสญญาประนประนอม|ขอถอน(?:คำรอง|เรองรอง|การรอง)"
    r"|แจง(?:ผล)?ให?ผรอง.{0,16}ทราบ(?:เรยบรอย)?แลว|แจงผรอง.{0,10}ทราบแลว|จำหนายเรอง|ไมมมลความจรง"
    r"|ไมพบการกระทำ|ถอวา(?:เสรจ|สนสด|จบ)|(?:เรอง|ขอพพาท)(?:น|ดงกลาว)?(?:จง|ได)?(?:สนสด|เปนทยต)|ยตขอพพาท"
    r"|ปรองดองกนได|ไกลเกลยสำเรจ|ยตการ(?:พจารณา|ดำเนนการ|สอบสวน)|มไดตดใจ"
)
# An action is done, which need not be the end of the case.
_DONE = re.compile(
    r"(?:เลกกจการ|ยายออก|รอถอน|รอออก|ขนยาย|คนเงน|ชดใชเงน|เกบกวาด|ลอกทอ|ถมดน|ตดกง|กลบหลม"
    r"|เปลยน(?:ทอ|หลอด|เครอง|มาตร)).{0,24}แลว|(?:ใช(?:การ|งาน)?|สญจร)ไดตามปกต"
)
UNDER_WAY = re.compile(
    r"ยงไม(?:ได)?ยต|ผอนเวลา|ยงขาด|(?:ตอง|รอ)(?:ขอ)?งบประมาณ|ผลเปนประการใด|ไมทนกำหนด"
    r"|ไมตรงกบขอเทจจรง|ยงมได|ไมอาจถอ|ไมพอใจ|ไมพงพอใจ|ยงไมแลวเสรจ|ยงไมได.{0,20}(?:ดำเนนการ|ขอยต)"
    r"|อยระหวาง|คาดวาจะ|จะดำเนนการ"
    r"|จะไดดำเนนการ"
    r"|จะรายงานผล|จะแจงผล|รอ(?:งบประมาณ|ผล|การจดสรร|การพจารณา)"
    r"|ไมสามารถ.{0,30}แลวเสรจ"
    r"|ขอ(?:อนมต|อนญาต)?(?:ขยาย(?:ระยะ)?เวลา|เลอน(?!เงน|ขน|ตำแหนง|ระดบ|ชน|ฐานะ|ยศ))|ขยายระยะเวลา(?:ออก|(?:การ)?(?:ดำเนน|ตรวจ|สบ|สอบ|แกไข))"
    r"|เลอน(?:ไป|การ|นด)(?:เจรจา|ไกลเกลย|ประชม|สอบ|ตรวจ|พบ|วนท|เปนวน)|(?<!ช)นด(?:หมาย|พบ|เจรจา|ไกลเกลย|ค.{0,8})?ใหม"
    r"|อยในขนตอน|กำลง(?:ดำเนนการ|ตรวจสอบ|แกไข|ซอมแซม|สำรวจ)"
)
# Who will tell more has not come to the end, but for what he says of another time.
_PROMISES = re.compile(r"จะ(?:ได)?(?:ตดตาม|แจง|เรยน|รายงาน)[ก-ฮเ-ไาำะ ]{0,24}ทราบ")
_IF = re.compile(r"หาก|ถา|กรณท")
# What a letter repeats of an older one: ตามที่ … นั้น.
_RECAP = re.compile(r"^\W*ตาม(?:ท|หนงสอ|บนทก|คำสง).*\sนน$")
# An order or a condition says nothing about what was done.
_CANCELS = re.compile(
    r"ถา.{0,12}ตกลง|เมอ.{0,40}(?:แลว|เสรจ)\s?(?:ให|ขอให|จะ|โปรด)|เพอ(?:ทำบนทก|ตกลง|ทำสญญา)|(?:หาก"
    r"|เมอใด|ถา).{0,30}(?:แลวเสรจ|ยต|เสรจ|พอใจ|เรยบรอย)|เมอ(?:ไดดำเนนการ"
    r"|ดำเนนการ)?แลวเสรจ.{0,12}(?:ให"
    r"|ขอให|จะ|โปรด)"
    r"|จนกวา.{0,30}(?:แลวเสรจ|ยต)"
    r"|ใหแลวเสรจ|ให(?:ดำเนนการ|แกไข|ซอมแซม).{0,12}แลวเสรจภายใน|เรงรด|ปรบสถานะ|ใหเปน\s?ยตเรอง"
    r"|ทยงไมยต|ขอให(?!ถอ)|โปรด(?:ตรวจสอบ|ดำเนนการ|แจง|รายงาน)"
    r"|กำชบ|ถอปฏบต|พจารณายตเรอง|เพอ.{0,12}ยตเรอง|ไมเปนไป|ตองการให|อยากให|วอนขอ|(?<!ไม)ประสงคให"
)
FOLLOWS_UP = re.compile(
    r"ทวงถาม(?!หน)|เงยบหาย|ไมมใครตอบ|ตดตาม(?:ผล|เรอง|ความคบหนา|ความคนหนา|การดำเนนการ|การแกไข)"
    r"|ขอทราบ(?:ผล|ความคบหนา|ความคนหนา)"
    r"|(?:หนงสอ|แจง|ขอ|เปนการ)เตอน|เตอนครง|เรงรด(?:ผล|การดำเนน|เรอง|รายงาน)|เรงรายงาน"
    r"|มไดรบ(?:รายงาน|แจง|ผล|คำตอบ)|ยงไมมรายงาน|ยงไมได(?:รบ)?(?:แจง|รายงาน|รบแจง|คำตอบ|รบการ)|ยงไมไดรบรายงาน|ยงไมไดรบแจง|(?:เคย"
    r"|ได)รอง(?:เรยน|ทกข).{0,60}(?:แลว|ไป)"
    r"|เคยแจง|ครงกอน|ตามทขาพเจาได(?:ยน|รอง)|เรองเดมทรอง|จนบดนยงไม|ยงไมมความคบหนา|ยงเงยบ"
)
PASSES_ON = re.compile(
    r"(?:สง|ขอสง|นำสง|สงตอ|โอน)(?:เรอง|คำ)?(?:ราว)?(?:รอง|หนงสอรอง)|(?:ได)?รบ(?:เรอง|แจง"
    r"|หนงสอ).{0,20}รอง(?:เรยน|ทกข)"
    r"|(?:รอง(?:เรยน|ทกข)|ขอความ(?:ชวยเหลอ|เปนธรรม|อนเคราะห)).{0,90}(?:ตรวจสอบ|พจารณา|ดำเนนการ"
    r"|ขอเทจจรง)"
    r"|ตรวจสอบขอเทจจรง(?:กรณ|เรอง|ตาม)|ม(?:ผ|ราษฎร|ประชาชน).{0,40}รอง(?:เรยน|ทกข)|ผแจง|ประสงคปกปด"
)
ABOUT = re.compile(
    r"คำรอง|รองวา|รองขอ|ขอความเปนธรรม|สนเทห|ขอกลาวหา|กลาวหา|คกรณ|รองเรยน|รองทกข|ผรอง|ขอพพาท"
    r"|เดอดรอน|ไกลเกลย|กลาวโทษ|ดำรงธรรม|เบาะแส|(?:สบสวน|สอบสวน|ตรวจสอบ)(?:ขอเทจจรง)?กรณ|แจงเหต"
)
WITHDRAWN = re.compile(r"ขอถอน|ไมตดใจ")
TO_ALL = re.compile(r"ทก(?:อำเภอ|จงหวด|แหง|ตำบล|หนวย|สวนราชการ|หมบาน|ทาน)|ถอปฏบต")
REPORTS = re.compile(
    r"(?:รายงาน|แจง|ขอสง|เรยน)ผล|ผลการ(?:ดำเนน|ตรวจ|แกไข|ไกล)|รายงานความ(?:คบ|คน)หนา"
)


_DENIES = re.compile(
    r"ไม(?!ตด|ประสงค|พบ|ม|เรยก)|มได|ยง(?!คง)|จะ|หาก|แผน|กำหนด.{0,3}$|(?<!ถก)ตอง.{0,3}$"
    r"|(?:ใกล|เกอบ|พยายาม).{0,4}$"
)
_DENIES_WITHIN = re.compile("(?:ไม|จะ)(?!ตดใจ)|มได|ยง(?!คง)")
_LIMITED = re.compile(r"(?:\s|ไป|แลว|ได|เพยง){0,4}(?:รอยละ|บางสวน|บางราย|บางจด)")
_CONDITION = 40  # letters before จะ in which its หาก stands
_NEAR = 14  # letters before an end in which a negation denies it


def judge(sentence: str) -> Outcome | None:
    """Return what a sentence says of a case: finished, under way, or nothing."""
    plain = bare(sentence)
    if _RECAP.match(plain):
        return None
    if UNDER_WAY.search(plain) or _promises(plain):
        return None if re.search(r"ให.{0,20}รายงานผล", plain) else Outcome.IN_PROGRESS
    if _CANCELS.search(plain):
        return None
    ends = [m for m in _FINISHED.finditer(plain) if not _is_denied(plain, m)]
    return Outcome.FINISHED if ends else None


def tells_of_deeds(sentence: str) -> bool:
    """Tell whether a sentence says that something was done, though not that the case ended."""
    plain = bare(sentence)
    if _RECAP.match(plain) or _CANCELS.search(plain):
        return False
    return any(not _is_denied(plain, m) for m in _DONE.finditer(plain))


def _promises(plain: str) -> bool:
    """Tell whether the sentence ends in a promise to tell more, not one that hangs on an if."""
    return any(
        not _IF.search(plain[max(0, m.start() - _CONDITION) : m.start()])
        for m in _PROMISES.finditer(plain)
    )


def _is_denied(plain: str, end: re.Match[str]) -> bool:
    """Tell whether the words right before an end deny or plan it, or those behind it limit it."""
    before = plain[max(0, end.start() - _NEAR) : end.start()].rpartition(" ")[2]
    # Within the words of the end too: ซ่อมแซม … ไม่ … เรียบร้อย.
    denied = _DENIES.search(before) or _DENIES_WITHIN.search(end[0][4:])
    return bool(denied or _LIMITED.match(plain[end.end() :]))
