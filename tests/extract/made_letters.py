"""Letters that the tests of this room write: invented persons, real places."""

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
HOME = "อยู่บ้านเลขที่ ๑๒๓/๔ หมู่ที่ ๕ ตำบลนาหัวบ่อ อำเภอพรรณานิคม จังหวัดสกลนคร"
REPORT = "รายงานผลการดำเนินการเรื่องร้องเรียน"


def official(
    body: str,
    *,
    subject: str = "ขอเชิญประชุม",
    to: str = "ผู้ว่าราชการจังหวัดสกลนคร",
    refers: str = "",
    foot: str = "(นายทดลอง ตัวอย่างสุข)\nนายอำเภอวานรนิวาส",
) -> str:
    """A letter of the district of Wanon Niwat, number สน 0818/241 of 10 March 2025."""
    return f"""ที่ สน ๐๘๑๘/๒๔๑        ที่ว่าการอำเภอวานรนิวาส
๑๐ มีนาคม ๒๕๖๘
เรื่อง {subject}
เรียน {to}
{refers}
{body}
จึงเรียนมาเพื่อโปรดทราบ
ขอแสดงความนับถือ
{foot}"""


def report(told: str) -> str:
    """A report on a complaint, in which ``told`` is what the district has to tell."""
    asked = "ตามหนังสือที่อ้างถึง ให้ตรวจสอบเรื่องร้องเรียนกรณีถนนในหมู่บ้านชำรุดเป็นหลุมเป็นบ่อ นั้น"
    return official(f"{asked}\n{told}", subject=REPORT)


def complaint(
    body: str,
    *,
    subject: str = "น้ำประปาไม่ไหล",
    to: str = "นายอำเภอพรรณานิคม",
    who: str = "ข้าพเจ้า นายสมมุติ ทดสอบดี",
    signed: str = "(นายสมมุติ ทดสอบดี)",
) -> str:
    """A citizen's letter of 17 February 2025."""
    return f"วันที่ ๑๗ กุมภาพันธ์ ๒๕๖๘\nเรื่อง {subject}\nเรียน {to}\n{who} {body}\n{signed}"
