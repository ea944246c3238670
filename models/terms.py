"""The terms of official letters that the house shares: kinds, fields, parts, outcomes.

Standard library only, so that the pure rooms (ocr, extract, classify) may import it.
"""

from __future__ import annotations

from enum import StrEnum


class LetterKind(StrEnum):
    """What kind of paper it is (ระเบียบงานสารบรรณ ข้อ 10, and three more)."""

    EXTERNAL = "external"  # หนังสือภายนอก
    MEMO = "memo"  # หนังสือภายใน, บันทึกข้อความ
    STAMPED = "stamped"  # หนังสือประทับตรา
    ORDER = "order"  # หนังสือสั่งการ
    ANNOUNCEMENT = "announcement"  # หนังสือประชาสัมพันธ์
    COMPLAINT = "complaint"  # หนังสือร้องเรียน ร้องทุกข์
    RESULT_REPORT = "result_report"  # รายงานผลการดำเนินการเรื่องร้องเรียน
    MESSAGE = "message"  # กระดาษเขียนข่าว (ร่วม) ของทหารและตำรวจ
    OTHER = "other"


class FieldName(StrEnum):
    """The fields of a letter, in the order in which an officer checks them."""

    REFERENCE_NO = "reference_no"
    DATE = "date"
    RECEIVED_NO = "received_no"
    RECEIVED_DATE = "received_date"
    RECEIVED_TIME = "received_time"  # HH:MM
    SUBJECT = "subject"
    ADDRESSEE = "addressee"
    SENDER = "sender"
    SIGNATORY = "signatory"
    POSITION = "position"
    REFERS_TO = "refers_to"  # the letters of อ้างถึง and of the text; each in Fields.citations
    URGENCY = "urgency"
    SECRECY = "secrecy"
    COMPLAINANT = "complainant"
    GROUP_SIZE = "group_size"  # persons who complain together
    ANONYMOUS = "anonymous"  # "yes": the writer gives no name
    CONFIDENTIAL = "confidential"  # "yes": the writer asks that the name be kept back
    AGE = "age"
    NATIONAL_ID = "national_id"  # 13 digits that pass their check digit
    PHONE = "phone"
    HOUSE_NO = "house_no"
    MOO = "moo"  # หมู่ที่
    HOME_SUBDISTRICT = "home_subdistrict"
    HOME_DISTRICT = "home_district"
    HOME_PROVINCE = "home_province"
    CHANNEL = "channel"  # a Channel
    CASE_NO = "case_no"
    RESPONDENT = "respondent"  # who is complained of
    RESPONDENT_ROLE = "respondent_role"  # the office that person holds
    WISH = "wish"  # ความประสงค์
    INCIDENT_DATE = "incident_date"
    SUBDISTRICT = "subdistrict"  # of the matter; of the issuing office where there is none
    DISTRICT = "district"
    PROVINCE = "province"
    OUTCOME = "outcome"  # an Outcome, its raw is the sentence that says so
    FINISHED_DATE = "finished_date"


class Outcome(StrEnum):
    """Where a paper stands in the life of a complaint."""

    NEW = "new"  # เรื่องร้องเรียนใหม่
    FOLLOW_UP = "follow_up"  # ติดตามเรื่องเดิม
    IN_PROGRESS = "in_progress"  # อยู่ระหว่างดำเนินการ
    FINISHED = "finished"  # แล้วเสร็จ: an officer closes the case, never this word alone
    NOTICE = "notice"  # แจ้ง เวียน หรือสั่งการ: nothing about one case


class Channel(StrEnum):
    """How a complaint came in."""

    WALK_IN = "walk_in"
    LETTER = "letter"
    PHONE = "phone"
    HOTLINE_1567 = "hotline_1567"
    WEB = "web"
    APP = "app"
    BOX = "box"
    MOBILE_UNIT = "mobile_unit"
    AGENCY = "agency"
    SOCIAL = "social"


class Danger(StrEnum):
    """Why somebody must look at a letter at once, whatever its category."""

    LIFE = "life"  # a threat to somebody's life
    CHILD = "child"  # a child is beaten, abused, locked in or left alone
    SELF_HARM = "self_harm"
    WEAPON = "weapon"
    FIRE = "fire"


class PartKind(StrEnum):
    """The parts of a letter, in the order of a page (ระเบียบงานสารบรรณ ข้อ 11-27)."""

    STAMP = "stamp"  # ตรารับหนังสือ
    ROUTING = "routing"  # ช่องเลือกผู้รับเรื่อง
    SECRECY = "secrecy"
    URGENCY = "urgency"
    TITLE = "title"  # บันทึกข้อความ, คำสั่ง, ประกาศ
    REFERENCE = "reference"  # ที่
    OFFICE = "office"  # ส่วนราชการ and its address
    DATE = "date"
    SUBJECT = "subject"
    ADDRESSEE = "addressee"
    REFERS = "refers"  # อ้างถึง
    ENCLOSED = "enclosed"  # สิ่งที่ส่งมาด้วย
    BODY = "body"
    CLOSING = "closing"  # คำลงท้าย
    SIGNATORY = "signatory"
    POSITION = "position"
    OWNER = "owner"  # ส่วนราชการเจ้าของเรื่อง
    TELEPHONE = "telephone"
    PAGE_NUMBER = "page_number"
    OTHER = "other"  # slogans, notes by hand, what no rule places


class Precision(StrEnum):
    """How much of a date the page states; a month-precise value is ``YYYY-MM``."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


def main_of(code: str) -> str:
    """Return the main category of a whole code: HELP of HELP.POOR, HELP of HELP."""
    return code.partition(".")[0]
