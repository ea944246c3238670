"""Letters as officers see them, and what is read from each; all persons are invented."""

import pytest

from models.terms import FieldName, LetterKind
from tests.extract.reading import read

N = FieldName
LETTERS: dict[str, tuple[str, LetterKind | None, dict[FieldName, str | None]]] = {
    "external": (
        """ที่ มท ๐๓๐๗.๒/ว ๔๔๑๒                                    กรมการปกครอง
                                                       ถนนอัษฎางค์ กทม. ๑๐๒๐๐

                                   ๖ มกราคม ๒๕๖๘

เรื่อง  ขอให้เร่งรัดการบันทึกเรื่องร้องเรียนร้องทุกข์ในระบบ
เรียน  ผู้ว่าราชการจังหวัด ทุกจังหวัด
อ้างถึง  หนังสือกรมการปกครอง ที่ มท ๐๓๐๗.๒/ว ๓๙๐๑ ลงวันที่ ๒ ธันวาคม ๒๕๖๗
สิ่งที่ส่งมาด้วย  แบบรายงาน  จำนวน ๑ ชุด""",
        LetterKind.EXTERNAL,
        {
            N.REFERENCE_NO: "มท 0307.2/ว 4412",
            N.DATE: "2025-01-06",
            N.SUBJECT: "ขอให้เร่งรัดการบันทึกเรื่องร้องเรียนร้องทุกข์ในระบบ",
            N.ADDRESSEE: "ผู้ว่าราชการจังหวัด ทุกจังหวัด",
            N.SENDER: "กรมการปกครอง",
        },
    ),
    "district": (
        """ที่ สน ๐๘๑๘/๒๔๑                                   ที่ว่าการอำเภอวานรนิวาส
                                                 ถนนวานรนิวาส-บ้านม่วง สน ๔๗๑๒๐
                              ๑๐  มีนาคม  ๒๕๖๘
เรื่อง  รายงานผลการตรวจสอบข้อเท็จจริงเรื่องร้องเรียน
เรียน  ผู้ว่าราชการจังหวัดสกลนคร""",
        LetterKind.RESULT_REPORT,
        {
            N.REFERENCE_NO: "สน 0818/241",
            N.DATE: "2025-03-10",
            N.DISTRICT: "วานรนิวาส",
            N.PROVINCE: "สกลนคร",
        },
    ),
    "local government": (
        """ที่ สน ๗๔๗๐๑/ว.๑๕                    ที่ทำการองค์การบริหารส่วนตำบลโคกภู
                                    อำเภอภูพาน จังหวัดสกลนคร ๔๗๓๑๐
            ๒๑ เมษายน ๒๕๖๘""",
        None,
        {
            N.REFERENCE_NO: "สน 74701/ว 15",
            N.DATE: "2025-04-21",
            N.SUBDISTRICT: "โคกภู",
            N.DISTRICT: "ภูพาน",
            N.PROVINCE: "สกลนคร",
        },
    ),
    "secret and urgent": (
        "ลับ\nด่วนที่สุด\nที่ มท (ศบค.มท.) ๐๓๐๗/ว ๘                 กรมการปกครอง\n๕ มิ.ย. ๖๘\nลับ",
        None,
        {
            N.SECRECY: "ลับ",
            N.URGENCY: "ด่วนที่สุด",
            N.REFERENCE_NO: "มท (ศบค.มท.) 0307/ว 8",
            N.DATE: "2025-06-05",
        },
    ),
    "announcement": (
        """ประกาศอำเภอคำตากล้า
เรื่อง  ช่องทางการร้องเรียนร้องทุกข์ของศูนย์ดำรงธรรมอำเภอ
ประกาศ ณ วันที่ ๑ เดือน ตุลาคม พุทธศักราช ๒๕๖๗""",
        LetterKind.ANNOUNCEMENT,
        {N.DATE: "2024-10-01", N.DISTRICT: "คำตากล้า"},
    ),
    "stamp with blank time": (
        """ศูนย์ดำรงธรรมอำเภอ
รับที่......๓๓/๖๘......
วันที่....๗....เดือน...ก.พ....พ.ศ....๖๘....
เวลา..............น.
ผู้รับ............""",
        None,
        {N.RECEIVED_NO: "33/68", N.RECEIVED_DATE: "2025-02-07", N.DATE: None},
    ),
    "two stamps": (
        """อำเภอพังโคน  เลขรับ ๘๘๒  วันที่ ๓ มี.ค. ๖๘  เวลา ๐๙.๑๕
กลุ่มงานความมั่นคง  เลขรับ ๑๒๐  วันที่ ๔ มี.ค. ๖๘""",
        None,
        {N.RECEIVED_NO: "882", N.RECEIVED_DATE: "2025-03-03", N.DATE: None},
    ),
    "another letter's clause": (
        "ตามหนังสือจังหวัดภูเก็ต ด่วนมาก ที่ ภก 0018.1 / ว 2204 ลว. 9 ม.ค.68 แจ้งว่า",
        None,
        {N.REFERENCE_NO: None, N.DATE: None, N.URGENCY: None, N.RECEIVED_DATE: None},
    ),
    "date with leaders": (
        "วันที่......๓๐......เดือน......เมษายน......พ.ศ. ....๒๕๖๘......",
        None,
        {N.DATE: "2025-04-30"},
    ),
    "complaint": (
        """เขียนที่ บ้านเลขที่ ๑๒๓/๔
วันที่ ๑๗ กุมภาพันธ์ ๒๕๖๘
เรื่อง ขอความอนุเคราะห์แก้ไขปัญหาน้ำประปาหมู่บ้านไม่ไหล
เรียน นายอำเภอพรรณานิคม
  ข้าพเจ้า นายสมมุติ ทดสอบดี อายุ ๕๒ ปี เลขประจำตัวประชาชน ๑-๙๙๙๘-๐๐๐๐๐-๐๑-๑ \
อยู่บ้านเลขที่ ๑๒๓/๔ หมู่ที่ ๕ ตำบลนาหัวบ่อ อำเภอพรรณานิคม จังหวัดสกลนคร \
โทรศัพท์ ๐๘-๐๐๐๐-๐๐๐๑ ขอร้องเรียนว่า ...""",
        LetterKind.COMPLAINT,
        {
            N.COMPLAINANT: "นายสมมุติ ทดสอบดี",
            N.PHONE: "0800000001",
            N.SUBDISTRICT: "นาหัวบ่อ",
            N.DISTRICT: "พรรณานิคม",
            N.PROVINCE: "สกลนคร",
            N.DATE: "2025-02-17",
            N.REFERENCE_NO: None,
            N.SENDER: None,
        },
    ),
    "anonymous": (
        "เรียน ท่านนายอำเภอ ผมเป็นพลเมืองดี ขอไม่ออกนาม ขอแจ้งว่าที่บ้านท้ายหมู่ 3 ต.ม่วง "
        "อ.บ้านม่วง มีการขายยาบ้าทุกคืน ขอให้เก็บเป็นความลับ กลัวไม่ปลอดภัย",
        LetterKind.COMPLAINT,
        {
            N.COMPLAINANT: None,
            N.SUBDISTRICT: "ม่วง",
            N.DISTRICT: "บ้านม่วง",
            N.PROVINCE: None,
            N.SECRECY: None,
            N.ADDRESSEE: "ท่านนายอำเภอ",
        },
    ),
    "hotline": (
        "สายด่วน 1567 เลขที่เรื่อง DOPA47004708680123 วันที่รับแจ้ง 05/03/2568 เวลา 10:05 น. "
        "ผู้แจ้งประสงค์ปกปิดชื่อ แจ้งว่าผู้ใหญ่บ้านเรียกรับเงินค่าลงชื่อ",
        LetterKind.COMPLAINT,
        {
            N.RECEIVED_DATE: "2025-03-05",
            N.DATE: None,
            N.URGENCY: None,
            N.COMPLAINANT: None,
            N.PHONE: None,
        },
    ),
    "against an official": (
        "ข้าพเจ้า น.ส.ตัวอย่าง สมมุติ ขอร้องเรียนกล่าวโทษ นาย ก. ตำแหน่งผู้ช่วยผู้ใหญ่บ้าน หมู่ที่ ๒ "
        "ตำบลโคกภู อำเภอภูพาน ว่าบุกรุกป่าสาธารณประโยชน์ และละเว้นการปฏิบัติหน้าที่",
        LetterKind.COMPLAINT,
        {N.COMPLAINANT: "น.ส.ตัวอย่าง สมมุติ", N.SUBDISTRICT: "โคกภู", N.DISTRICT: "ภูพาน"},
    ),
    "land": (
        "ที่ดินตาม น.ส.๓ ก. เลขที่ ๑๒๓๔ เล่ม ๑๓ ข. หน้า ๔๕ ตำบลด่านม่วงคำ อำเภอโคกศรีสุพรรณ "
        "ถูกปิดทางเข้าออก ขอให้เปิดทางจำเป็น",
        LetterKind.COMPLAINT,
        {
            N.SUBDISTRICT: "ด่านม่วงคำ",
            N.DISTRICT: "โคกศรีสุพรรณ",
            N.REFERENCE_NO: None,
            N.RECEIVED_NO: None,
        },
    ),
    "interim result": (
        "อำเภอได้แจ้งเทศบาลตำบลตรวจสอบแล้ว ขณะนี้อยู่ระหว่างดำเนินการจัดสรรงบประมาณ "
        "คาดว่าจะแล้วเสร็จภายในปีงบประมาณ พ.ศ. ๒๕๖๘ เรื่องจึงยังไม่ยุติ และจะรายงานผลให้ทราบต่อไป",
        None,
        {N.DATE: None, N.SUBDISTRICT: None, N.DISTRICT: None, N.REFERENCE_NO: None},
    ),
    "memo": (
        """บันทึกข้อความ
ส่วนราชการ......ที่ทำการปกครองอำเภอวานรนิวาส......โทร. ๐ ๔๒๗๙ ๑๑๑๑......
ที่......สน ๐๘๑๘.๑/๑๒๓.............วันที่.....๕ มีนาคม ๒๕๖๘..........
เรื่อง......ขออนุมัติเดินทางไปราชการ..........
เรียน  นายอำเภอวานรนิวาส
ตามหนังสือจังหวัดสกลนคร ที่ สน ๐๐๑๘.๑/ว ๑๑ ลงวันที่ ๑ มีนาคม ๒๕๖๘""",
        LetterKind.MEMO,
        {
            N.REFERENCE_NO: "สน 0818.1/123",
            N.DATE: "2025-03-05",
            N.SUBJECT: "ขออนุมัติเดินทางไปราชการ",
            N.SENDER: "ที่ทำการปกครองอำเภอวานรนิวาส",
            N.PHONE: None,
        },
    ),
    "date under the seal": (
        """ด่วนที่สุด
ที่ สน ๐๘๑๘/ว ๙๐
ถึง กำนันทุกตำบล
ด้วยอำเภอวานรนิวาสได้รับเรื่องร้องเรียนจำนวนมาก ให้รายงานภายในวันที่ ๑๐ เมษายน ๒๕๖๘
จึงแจ้งมาเพื่อดำเนินการ
อำเภอวานรนิวาส
๒ เมษายน ๒๕๖๘
ที่ทำการปกครองอำเภอ
โทร. ๐ ๔๒๗๙ ๑๑๑๑""",
        LetterKind.STAMPED,
        {N.DATE: "2025-04-02", N.SENDER: "อำเภอวานรนิวาส", N.URGENCY: "ด่วนที่สุด"},
    ),
    "order": (
        """คำสั่งอำเภอวานรนิวาส
ที่ ๑๒๕/๒๕๖๘
เรื่อง แต่งตั้งคณะทำงานศูนย์ดำรงธรรมอำเภอ
ตามพระราชบัญญัติลักษณะปกครองท้องที่ พ.ศ. ๒๔๕๗ และที่แก้ไขเพิ่มเติม
สั่ง ณ วันที่ ๑๕ มกราคม พ.ศ. ๒๕๖๘
(นายสมมุติ ทดสอบ)""",
        LetterKind.ORDER,
        {
            N.REFERENCE_NO: "125/2568",
            N.DATE: "2025-01-15",
            N.SENDER: "อำเภอวานรนิวาส",
            N.COMPLAINANT: None,
        },
    ),
    "message form": (
        """กระดาษเขียนข่าวร่วม
ลำดับความเร่งด่วน: ด่วนมาก
หมู่ - วัน - เวลา: ๐๕๐๙๓๐ มี.ค. ๖๘
ที่ของผู้ให้ข่าว: กห ๐๙๙๙/๑๒๓
จาก: หน่วยสมมุติ
ถึง ผู้รับปฏิบัติ: หน่วยทดสอบ""",
        LetterKind.MESSAGE,
        {
            N.REFERENCE_NO: "กห 0999/123",
            N.DATE: "2025-03-05",
            N.URGENCY: "ด่วนมาก",
            N.SENDER: "หน่วยสมมุติ",
            N.ADDRESSEE: "หน่วยทดสอบ",
        },
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_says_what_an_officer_reads_in_it(name: str) -> None:
    text, kind, expected = LETTERS[name]
    fields = read(text)
    found = {n: (f.value if (f := fields.get(n)) else None) for n in expected}
    assert found == expected
    assert kind is None or fields.kind is kind


def test_a_province_that_the_complaint_does_not_name_is_only_a_suggestion() -> None:
    province = read(LETTERS["anonymous"][0]).get(N.PROVINCE)
    assert province is not None
    assert province.value is None
    assert province.alternatives == ("สกลนคร",)
    assert province.doubts


def test_a_misread_head_is_still_a_head() -> None:
    fields = read(
        """ที สน ๐๘๑๘/๒๔๑
ที่วาการอำเภอวานรนิวาส
๑๐ มีนาคม ๒๕๖๘
เรือง ขอเชิญประชุม
คณะกรรมการ
เรียบ นายอำเภอภูพาน
อางถึง หนังสืออำเภอ ที่ สน ๐๘๑๘/ว ๑ ลงวันที่ ๑ มีนาคม ๒๕๖๘
ดวย อำเภอวานรนิวาส จะประชุม"""
    )
    read_values = {n: f.value for n, f in fields.values.items() if f}
    assert read_values[N.REFERENCE_NO] == "สน 0818/241"
    assert read_values[N.SUBJECT] == "ขอเชิญประชุม คณะกรรมการ"
    assert read_values[N.ADDRESSEE] == "นายอำเภอภูพาน"
    assert read_values[N.DATE] == "2025-03-10"


def test_urgency_and_secrecy_in_running_text_are_no_marks() -> None:
    fields = read(
        """ที่ สน ๐๘๑๘/๒๔๑
เรื่อง ด่วนที่สุด ขอให้เก็บเป็นความลับ
เรียน นายอำเภอ
ด้วยเรื่องนี้ด่วน ขอให้รายงานโดยด่วนที่สุด และถือเป็นความลับ"""
    )
    assert fields.get(N.URGENCY) is None
    assert fields.get(N.SECRECY) is None
