from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from models.database import looking, writing
from models.draft_states import DraftState
from models.drafts import Draft
from models.letters import Box
from models.recorded import RECORDED
from models.records import get_record
from models.scans import ScanState, set_state
from models.terms import FieldName, LetterKind
from models.vouching import CRITICAL
from review_ui.officer import our_path
from review_ui.page_view import joined
from tests.models.letters import keep_scan
from tests.review_ui.office import NOW, Office, doubtful, letter, seen

CONFIRMED: dict[str, str | list[str]] = {
    "kind": "complaint",
    "category": "HARDSHIP",
    "version": "1",
    "checked": [name.value for name in CRITICAL],
}


def post(client: TestClient, draft: Draft, action: str, **form: str | list[str]) -> Response:
    return client.post(f"/drafts/{draft.id}", data=CONFIRMED | {"action": action} | form)


def test_the_root_leads_to_the_queue(client: TestClient) -> None:
    assert client.get("/").headers["location"] == "/queue"


def test_the_queue_shows_the_fields_themselves(office: Office, client: TestClient) -> None:
    office.add("a.pdf", letter())
    office.add("b.pdf", doubtful())
    text = client.get("/queue").text
    assert "สน 0018.1/456" in text
    assert "13 พ.ย. 67" in text
    assert "ขอให้ซ่อมไฟถนนหน้าโรงเรียน" in text
    assert "ปัญหาความเดือดร้อน <b>92%</b>" in text
    assert "สงสัย 2 ช่อง" in text
    assert text.index("สน 0018.1/436") < text.index("สน 0018.1/456")  # the urgent one is first


def test_the_counters_add_up_and_the_unreadable_stay_in_sight(
    office: Office, client: TestClient
) -> None:
    office.add("a.pdf", letter())
    with writing(office.engine) as connection:
        for number, refused in enumerate([None, None, "ไม่ใช่ไฟล์ที่อ่านได้"]):
            scan_id = keep_scan(connection, str(number) * 64, f"{number}.pdf", refused=refused)
        set_state(connection, scan_id - 1, ScanState.FAILED, NOW, reason="ตั้งรหัสผ่านไว้")
    counts = client.get("/status.json").json()
    assert counts == {
        "waiting": 1,
        "urgent": 0,
        "alike": 0,
        "parked": 0,
        "rejected": 0,
        "reading": 1,
        "failed": 2,
        "recorded": 0,
        "second": 0,
        "unrecorded": 2,
    }
    text = client.get("/queue?tab=failed").text
    assert "ตั้งรหัสผ่านไว้" in text
    assert "ไม่ใช่ไฟล์ที่อ่านได้" in text
    assert f"/originals/{'2' * 64}" in text


def test_a_long_queue_has_pages(office: Office, client: TestClient) -> None:
    for number in range(51):
        office.add(f"{number}.pdf", letter({"reference_no": seen(f"มท 1/{number:03}", None)}))
    assert "หน้า 1 จาก 2" in client.get("/queue").text
    second = client.get("/queue?page=2").text
    assert "มท 1/050" in second
    assert "มท 1/049" not in second
    assert client.get("/queue?page=99").text == second


def test_an_empty_queue_says_so(client: TestClient) -> None:
    assert "หมดคิวแล้ว" in client.get("/queue").text


def test_confirming_makes_a_record_that_keeps_who_said_what(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter())
    answer = post(
        client, draft, "confirm", reference_no="สน ๐๐๑๘.๑/๔๕๗", date="๑๓ พ.ย. ๒๕๖๗", subject="ไฟดับ"
    )
    assert answer.headers["location"] == f"/queue?done=confirm&was={draft.id}"
    with looking(office.engine) as connection:
        record = get_record(connection, 1)
    assert record is not None
    assert record.confirmed_by == "สมชาย ใจเย็น"
    assert record.values[FieldName.REFERENCE_NO] == "สน 0018.1/457"
    assert record.values[FieldName.DATE] == "2024-11-13"
    page = client.get("/registry/1").text
    assert "เจ้าหน้าที่แก้" in page
    assert "สน 0018.1/456" in page  # what the machine said
    assert "เจ้าหน้าที่ลบ" in page
    assert "ดูทะเบียนที่ 1" in client.get(f"/drafts/{draft.id}").text


def test_an_untouched_form_is_kept_to_the_letter(office: Office, client: TestClient) -> None:
    spaced = "ขอให้ซ่อม  ไฟถนน\u200bหน้าโรงเรียน"
    draft = office.add("a.pdf", letter({"subject": seen(spaced, None)}))
    post(client, draft, "confirm", **form_of(client, draft))
    with looking(office.engine) as connection:
        record = get_record(connection, 1)
    assert record is not None
    assert record.values[FieldName.SUBJECT] == spaced


def form_of(client: TestClient, draft: Draft) -> dict[str, str]:
    """Return what a browser would send of the form as it stands."""
    text = client.get(f"/drafts/{draft.id}").text
    form = dict(re.findall(r'<input id="f-\w+" name="(\w+)" value="([^"]*)"', text))
    areas = re.findall(r'<textarea id="f-\w+" name="(\w+)"[^>]*>([^<]*)</textarea>', text)
    return form | dict(areas)


def test_a_complaint_needs_a_category(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    answer = post(client, draft, "confirm", category="")
    assert answer.status_code == 422
    assert "เลือกหมวดเรื่องร้องเรียนก่อนบันทึก" in answer.text
    assert post(client, draft, "confirm", category="MADE_UP").status_code == 422
    assert post(client, draft, "confirm", category="", kind="memo").status_code == 303


def test_a_bad_date_keeps_all_that_was_typed(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    answer = post(
        client, draft, "confirm", date="30/2/2567", subject="พิมพ์เอง", received_date="11/2567"
    )
    assert answer.status_code == 422
    assert "ไม่มีวันที่ 30 กุมภาพันธ์ 2567" in answer.text
    assert "วันที่รับต้องมีทั้งวัน" in answer.text
    assert 'value="30/2/2567"' in answer.text
    assert ">พิมพ์เอง</textarea>" in answer.text
    assert office.fresh(draft).state is DraftState.WAITING


def test_a_stale_version_is_refused_and_keeps_the_typing(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter())
    post(client, draft, "park", park_reason="category")
    answer = post(client, draft, "confirm", subject="ที่พิมพ์ไว้")
    assert answer.status_code == 412
    assert "สมชาย ใจเย็น" in answer.text
    assert 'value="ที่พิมพ์ไว้"' in answer.text
    assert 'value="ขอให้ซ่อมไฟถนนหน้าโรงเรียน" aria-label="เรื่อง ล่าสุด' not in answer.text
    assert office.fresh(draft).version == 2
    assert office.fresh(draft).state is DraftState.PARKED


def test_a_parked_letter_keeps_reason_note_and_typing(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    post(client, draft, "park", park_reason="complainant", note="โทรแล้วไม่รับ", subject="แก้ไว้")
    parked = client.get("/queue?tab=parked").text
    assert "รอข้อมูลผู้ร้อง" in parked
    assert "โทรแล้วไม่รับ" in parked
    assert ">แก้ไว้</textarea>" in client.get(f"/drafts/{draft.id}").text
    answer = post(client, draft, "return", version="2")
    assert answer.headers["location"] == f"/drafts/{draft.id}?done=return&was={draft.id}"
    assert ">แก้ไว้</textarea>" in client.get(f"/drafts/{draft.id}").text


def test_a_rejected_letter_can_come_back(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    post(client, draft, "reject", reject_reason="not_ours")
    assert "นอกเขตอำนาจ" in client.get("/queue?tab=rejected").text
    page = client.get(f"/drafts/{draft.id}").text
    assert 'value="confirm"' not in page
    assert post(client, draft, "confirm", version="2").status_code == 412
    post(client, draft, "return", version="2")
    assert office.fresh(draft).state is DraftState.WAITING


@pytest.mark.parametrize(
    ("action", "form"),
    [
        ("park", {}),
        ("park", {"park_reason": "made_up"}),
        ("reject", {"reject_reason": "other"}),
        ("reject", {"reject_reason": "other", "note": "ก" * 501}),
    ],
)
def test_putting_aside_needs_a_reason(
    office: Office, client: TestClient, action: str, form: dict[str, str]
) -> None:
    draft = office.add("a.pdf", letter())
    assert post(client, draft, action, **form).status_code == 422
    assert office.fresh(draft).state is DraftState.WAITING


def test_without_javascript_enter_only_looks_over_the_form(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter())
    page = client.get(f"/drafts/{draft.id}").text
    assert page.index('value="check"') < page.index('name="take"')  # the form's default button
    answer = post(client, draft, "check", date="1 ม.ค. 68")
    assert "พุธ 1 มกราคม 2568" in answer.text
    assert office.fresh(draft).state is DraftState.WAITING


def test_without_javascript_an_alternative_is_taken_by_its_button(
    office: Office, client: TestClient
) -> None:
    draft = office.add("b.pdf", doubtful())
    answer = client.post(
        f"/drafts/{draft.id}", data=CONFIRMED | {"take": "reference_no:สน 0018.1/456"}
    )
    assert 'name="reference_no" value="สน 0018.1/456"' in answer.text
    assert "แก้แล้ว" in answer.text


def test_every_decision_needs_an_officer(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    client.cookies.clear()
    for answer in (client.get(f"/drafts/{draft.id}"), post(client, draft, "confirm")):
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/officer?next=/drafts/{draft.id}"
    assert office.fresh(draft).state is DraftState.WAITING


def test_an_officer_states_a_name(client: TestClient) -> None:
    client.cookies.clear()
    answer = client.post("/officer", data={"name": "  มานี   มีนา ", "next": "/drafts/7"})
    assert answer.headers["location"] == "/drafts/7"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "มานี มีนา" in client.get("/queue").text
    client.post("/officer", data={"action": "leave"})
    assert "มานี มีนา" not in client.get("/queue").text


@pytest.mark.parametrize("name", ["", "   ", "ก" * 81, "มานี\u0007"])
def test_a_name_that_cannot_stand_in_a_record_is_refused(client: TestClient, name: str) -> None:
    assert client.post("/officer", data={"name": name}).status_code == 422


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a\r\nb", "/ x"]
)
def test_the_way_back_never_leaves_the_office(path: str) -> None:
    assert our_path(path) == "/queue"
    assert our_path("/drafts/7?done=park") == "/drafts/7?done=park"


def test_pictures_are_only_our_own_jpegs(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    answer = client.get(f"/pictures/{draft.sha256}/1.jpg")
    assert answer.headers["content-type"] == "image/jpeg"
    assert "private" in answer.headers["cache-control"]
    office.archive.view(draft.sha256, 1).write_bytes(b"<svg onload=alert(1)>")
    assert client.get(f"/pictures/{draft.sha256}/1.jpg").status_code == 404
    assert client.get(f"/pictures/{draft.sha256}/2.jpg").status_code == 404
    assert client.get("/pictures/..%2f..%2fetc/1.jpg").status_code == 404


def test_originals_only_leave_as_downloads(office: Office, client: TestClient) -> None:
    draft = office.add("../ร้องเรียน.html", letter())
    answer = client.get(f"/originals/{draft.sha256}")
    assert answer.content == b"original of ../" + "ร้องเรียน.html".encode()
    assert answer.headers["content-type"] == "application/octet-stream"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert disposition.endswith(".html.pdf")
    assert "%2F" not in disposition
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get(f"/originals/{'0' * 64}").status_code == 404


def test_what_does_not_exist_is_told_in_thai(client: TestClient) -> None:
    for path in ("/drafts/99", "/registry/99"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "ไม่พบ" in answer.text


def test_the_registry_finds_thai_and_arabic_digits_alike(
    office: Office, client: TestClient
) -> None:
    for number in (456, 789):
        draft = office.add(f"{number}.pdf", letter())
        post(client, draft, "confirm", reference_no=f"สน 0018.1/{number}")
    found = client.get("/registry", params={"q": "๐๐๑๘.๑/๗๘๙"}).text
    assert "สน 0018.1/789" in found
    assert "<b>1</b> รายการ" in found
    assert "export.csv?q=%E0%B9%90" in found
    assert "ไม่พบรายการ" in client.get("/registry?q=ไม่มีแน่").text


def test_a_letter_without_pictures_or_findings_can_be_reviewed(
    office: Office, client: TestClient
) -> None:
    nothing = dict.fromkeys((name.value for name in FieldName), None)
    reading = letter(nothing, kind=LetterKind.OTHER, suggestion=None)
    draft = office.add("a.pdf", reading, picture=False)
    page = client.get(f"/drafts/{draft.id}").text
    assert "ไม่มีภาพของหน้านี้" in page
    assert page.count("◌") == len(RECORDED) + 2  # and neither category
    assert client.get("/queue").text.count("ไม่พบ") >= 3


def test_words_of_one_row_get_one_box_and_rows_stay_apart() -> None:
    words = (Box(0.1, 0.1, 0.1, 0.02), Box(0.21, 0.102, 0.1, 0.02), Box(0.1, 0.13, 0.3, 0.02))
    first, second = sorted(joined(words), key=lambda box: box.top)
    assert (first.left, round(first.right, 3)) == (0.1, 0.31)
    assert second == words[2]
    assert len(joined((words[0], Box(0.6, 0.1, 0.1, 0.02)))) == 2
