"""The Thai words on screen for what the software calls by codes. Codes never change; words may."""

from __future__ import annotations

from models.draft_states import Action, DraftState
from models.terms import Channel, Danger, FieldName, LetterKind, Outcome, PartKind
from models.vouching import How

FIELDS: dict[FieldName, str] = {
    FieldName.REFERENCE_NO: "เลขที่หนังสือ",
    FieldName.DATE: "ลงวันที่",
    FieldName.RECEIVED_NO: "เลขรับ",
    FieldName.RECEIVED_DATE: "วันที่รับ",
    FieldName.RECEIVED_TIME: "เวลารับ",
    FieldName.SUBJECT: "เรื่อง",
    FieldName.ADDRESSEE: "เรียน/ถึง",
    FieldName.SENDER: "จาก (ส่วนราชการ)",
    FieldName.SIGNATORY: "ผู้ลงนาม",
    FieldName.POSITION: "ตำแหน่งผู้ลงนาม",
    FieldName.REFERS_TO: "อ้างถึง",
    FieldName.URGENCY: "ชั้นความเร็ว",
    FieldName.SECRECY: "ชั้นความลับ",
    FieldName.COMPLAINANT: "ผู้ร้อง",
    FieldName.GROUP_SIZE: "จำนวนผู้ร้อง (คน)",
    FieldName.ANONYMOUS: "ไม่ออกนาม",
    FieldName.CONFIDENTIAL: "ขอให้ปกปิดชื่อ",
    FieldName.AGE: "อายุ (ปี)",
    FieldName.NATIONAL_ID: "เลขประจำตัวประชาชน",
    FieldName.PHONE: "โทรศัพท์",
    FieldName.HOUSE_NO: "บ้านเลขที่",
    FieldName.MOO: "หมู่ที่",
    FieldName.HOME_SUBDISTRICT: "ตำบลที่อยู่",
    FieldName.HOME_DISTRICT: "อำเภอที่อยู่",
    FieldName.HOME_PROVINCE: "จังหวัดที่อยู่",
    FieldName.CHANNEL: "ช่องทางรับเรื่อง",
    FieldName.CASE_NO: "เลขที่เรื่อง",
    FieldName.RESPONDENT: "ผู้ถูกร้อง",
    FieldName.RESPONDENT_ROLE: "ตำแหน่งผู้ถูกร้อง",
    FieldName.WISH: "ความประสงค์",
    FieldName.INCIDENT_DATE: "วันที่เกิดเหตุ",
    FieldName.SUBDISTRICT: "ตำบล",
    FieldName.DISTRICT: "อำเภอ",
    FieldName.PROVINCE: "จังหวัด",
    FieldName.OUTCOME: "ผลการดำเนินการ",
    FieldName.FINISHED_DATE: "วันที่แล้วเสร็จ",
}

KINDS: dict[LetterKind, str] = {
    LetterKind.EXTERNAL: "หนังสือภายนอก",
    LetterKind.MEMO: "หนังสือภายใน (บันทึกข้อความ)",
    LetterKind.STAMPED: "หนังสือประทับตรา",
    LetterKind.ORDER: "หนังสือสั่งการ",
    LetterKind.ANNOUNCEMENT: "หนังสือประชาสัมพันธ์",
    LetterKind.COMPLAINT: "หนังสือร้องเรียน",
    LetterKind.RESULT_REPORT: "รายงานผลการดำเนินการ",
    LetterKind.MESSAGE: "กระดาษเขียนข่าว",
    LetterKind.OTHER: "อื่น ๆ",
}

DANGERS: dict[Danger, str] = {
    Danger.LIFE: "อาจมีอันตรายถึงชีวิต",
    Danger.CHILD: "เด็กอาจถูกทำร้าย",
    Danger.SELF_HARM: "อาจทำร้ายตนเอง",
    Danger.WEAPON: "มีอาวุธเกี่ยวข้อง",
    Danger.FIRE: "ไฟ ระเบิด หรือแก๊ส",
}

# "แล้วเสร็จ" is what a paper says. Only an officer closes a case (ยุติเรื่อง): never this word.
OUTCOMES: dict[Outcome, str] = {
    Outcome.NEW: "เรื่องร้องเรียนใหม่",
    Outcome.FOLLOW_UP: "ติดตามเรื่องเดิม",
    Outcome.IN_PROGRESS: "อยู่ระหว่างดำเนินการ",
    Outcome.FINISHED: "แล้วเสร็จ",
    Outcome.NOTICE: "หนังสือแจ้ง/เวียน",
}

CHANNELS: dict[Channel, str] = {
    Channel.WALK_IN: "มาด้วยตนเอง",
    Channel.LETTER: "จดหมาย/ไปรษณีย์",
    Channel.PHONE: "โทรศัพท์",
    Channel.HOTLINE_1567: "สายด่วน 1567",
    Channel.WEB: "เว็บไซต์/ระบบออนไลน์",
    Channel.APP: "แอปพลิเคชัน (MOI1567, ทางรัฐ, Traffy Fondue)",
    Channel.BOX: "ตู้รับเรื่องร้องเรียน/ตู้ราชสีห์",
    Channel.MOBILE_UNIT: "ลงพื้นที่/หน่วยเคลื่อนที่",
    Channel.AGENCY: "ส่งต่อจากหน่วยงานอื่น",
    Channel.SOCIAL: "LINE/Facebook",
}

PARTS: dict[PartKind, str] = {
    PartKind.STAMP: "ตรารับหนังสือ",
    PartKind.ROUTING: "ช่องเลือกผู้รับเรื่อง",
    PartKind.SECRECY: "ชั้นความลับ",
    PartKind.URGENCY: "ชั้นความเร็ว",
    PartKind.TITLE: "ชื่อแบบหนังสือ",
    PartKind.REFERENCE: "ที่",
    PartKind.OFFICE: "ส่วนราชการ/ที่อยู่",
    PartKind.DATE: "วัน เดือน ปี",
    PartKind.SUBJECT: "เรื่อง",
    PartKind.ADDRESSEE: "คำขึ้นต้น",
    PartKind.REFERS: "อ้างถึง",
    PartKind.ENCLOSED: "สิ่งที่ส่งมาด้วย",
    PartKind.BODY: "ข้อความ",
    PartKind.CLOSING: "คำลงท้าย",
    PartKind.SIGNATORY: "ลงชื่อ",
    PartKind.POSITION: "ตำแหน่ง",
    PartKind.OWNER: "ส่วนราชการเจ้าของเรื่อง",
    PartKind.TELEPHONE: "โทรศัพท์",
    PartKind.PAGE_NUMBER: "เลขหน้า",
    PartKind.OTHER: "ข้อความอื่น",
}

STATES: dict[DraftState, str] = {
    DraftState.WAITING: "รอตรวจ",
    DraftState.PARKED: "พักไว้",
    DraftState.REJECTED: "ตีกลับ",
    DraftState.CONFIRMED: "บันทึกแล้ว",
    DraftState.REPLACED: "แบ่งเรื่องใหม่แล้ว",
}

ACTIONS: dict[Action, str] = {
    Action.CONFIRM: "ยืนยันและบันทึก",
    Action.PARK: "พักไว้",
    Action.REJECT: "ตีกลับ",
    Action.RETURN: "นำกลับเข้าคิว",
    Action.UNDO: "ยกเลิกการบันทึก",
    Action.TAKE_OVER: "รับช่วงต่อ",
    Action.REPLACE: "แบ่งเรื่องใหม่",
    Action.RESTORE: "ย้อนการแบ่งเรื่อง",
}

OTHER = "other"
PARK_REASONS = {
    "rescan": "ขอสแกนใหม่/อ่านไม่ออก",
    "pages": "หน้าขาดหรือสลับ",
    "several": "หลายเรื่องในไฟล์",
    "category": "ขอหัวหน้าวินิจฉัยหมวด",
    "complainant": "รอข้อมูลผู้ร้อง",
    OTHER: "อื่น ๆ",
}
REJECT_REASONS = {
    "no_complaint": "ไม่ใช่เรื่องร้องเรียน",
    "duplicate": "ซ้ำ",
    "not_ours": "นอกเขตอำนาจ",
    "enclosure": "เป็นเอกสารแนบของเรื่องอื่น",
    "empty": "ไฟล์เสียหรือว่าง",
    OTHER: "อื่น ๆ",
}
REASONS = {Action.PARK: PARK_REASONS, Action.REJECT: REJECT_REASONS}

URGENCIES = ("ด่วน", "ด่วนมาก", "ด่วนที่สุด")
SECRECIES = ("ลับ", "ลับมาก", "ลับที่สุด")

# How an officer's answer stands to the machine's (models.vouching.answers).
HOW = {
    "kept": "ตามที่เครื่องอ่าน",
    "changed": "เจ้าหน้าที่แก้",
    "added": "เจ้าหน้าที่เพิ่ม",
    "cleared": "เจ้าหน้าที่ลบ",
    "empty": "ไม่มี",
}

# How a field was made sure of.
MADE_SURE: dict[How, str] = {
    How.KEY: "ยืนยันทีละช่อง",
    How.TYPED: "พิมพ์",
    How.TAKEN: "เลือกค่าที่แนะนำ",
    How.PICKED: "เลือกจากภาพ",
    How.ABSENT: "ไม่มีในเอกสาร",
    How.UNREADABLE: "อ่านไม่ออก",
    How.OVERRIDDEN: "ยืนยันแม้ผิดเกณฑ์",
    How.ACCEPTED: "รับพร้อมช่องอื่น",
    How.SEEN: "ผ่านตา",
    How.UNSEEN: "ไม่ได้ดู",
}


def made_sure_word(code: str) -> str:
    """Return how a field was made sure of; a code that is no longer known is shown as it is."""
    return MADE_SURE[How(code)] if code in set(How) else code


def reason_word(action: Action, code: str | None) -> str:
    """Return the words of a reason; a code that is no longer known is shown as it is."""
    return REASONS.get(action, {}).get(code or "", code or "")
