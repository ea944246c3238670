from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from classify import CategoriesError, load_categories
from classify.categories import parse_categories


def main(code: str = "HELP", **more: Any) -> dict[str, Any]:
    return {"code": code, "label": "ขอความช่วยเหลือ", **more}


def test_the_product_has_nine_main_categories_in_the_order_of_the_file() -> None:
    codes = [c.code for c in load_categories().mains()]
    assert codes == [
        "HELP", "HARDSHIP", "LAND", "OFFICIAL", "TIPOFF", "JUSTICE", "ADVICE", "SUGGEST", "OTHER",
    ]  # fmt: skip


def test_an_unnamed_complainant_may_only_accuse_officials_or_tip_off() -> None:
    allowed = {c.code for c in load_categories().mains() if c.anonymous_allowed}
    assert allowed == {"OFFICIAL", "TIPOFF"}


def test_a_sub_category_has_a_whole_code_and_its_label() -> None:
    found = load_categories().get("HELP.DEBT_COLLECTION")
    assert found is not None
    assert found.label == "การกระทำความผิดตาม พ.ร.บ.การทวงถามหนี้ พ.ศ.2558"
    assert found.main == "HELP"


def test_a_retired_category_is_not_offered_but_keeps_its_name() -> None:
    categories = parse_categories({"main": [main(), main("OLD", retired=True)]})
    assert [c.code for c in categories.mains()] == ["HELP"]
    old = categories.get("OLD")
    assert old is not None
    assert old.label


def test_a_merged_category_leads_to_its_heir_over_several_steps() -> None:
    tables = [main("A1", merged_into="B1"), main("B1", merged_into="C1"), main("C1")]
    current = parse_categories({"main": tables}).current("A1")
    assert current is not None
    assert current.code == "C1"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({}, "ไม่มีหมวดหลัก [[main]]"),
        ({"main": [main(code="help")]}, "'help' ต้องเป็นตัวพิมพ์ใหญ่"),
        ({"main": [main(label=" ")]}, "HELP ไม่มี label"),
        ({"main": [main(), main()]}, "รหัส HELP ซ้ำกัน"),
        ({"main": [main(colour="red")]}, "ไม่รู้จัก 'colour'"),
        ({"main": [main(retired="yes")]}, "retired ต้องเป็น true หรือ false"),
        ({"main": [main(sub=[{"code": "POOR"}])]}, "ใต้ HELP: POOR ไม่มี label"),
        ({"main": [main(), main("OLD", merged_into="GONE")]}, "merged_into GONE ไม่มีในรายการ"),
        (
            {"main": [main(), main("A1", merged_into="B1"), main("B1", merged_into="A1")]},
            "วนกลับมาที่เดิม",
        ),
        ({"main": [main(retired=True)]}, "ทุกหมวดหลักเลิกใช้หมด"),
    ],
)
def test_a_mistake_in_the_file_is_named(raw: dict[str, Any], message: str) -> None:
    with pytest.raises(CategoriesError) as error:
        parse_categories(raw)
    assert message in str(error.value)


def test_the_error_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "categories.toml"
    with pytest.raises(CategoriesError, match=r"categories\.toml: อ่านไฟล์ไม่ได้"):
        load_categories(path)
    path.write_text("[[main]\n", "utf-8")
    with pytest.raises(CategoriesError, match=r"categories\.toml: รูปแบบ TOML ผิด"):
        load_categories(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(CategoriesError, match="ไม่ใช่ข้อความ UTF-8"):
        load_categories(path)


def test_a_part_whose_main_category_was_merged_means_the_heir_today() -> None:
    tables = [
        main("OLD", merged_into="NEW", sub=[{"code": "ROAD", "label": "ถนน"}]),
        main("NEW", sub=[{"code": "WAY", "label": "ทาง"}]),
        main("GONE", retired=True, sub=[{"code": "ROAD", "label": "ถนน"}]),
    ]
    known = parse_categories({"main": tables})
    now = {each.code: known.in_force(each.code) for each in known.every}
    means = {code: today.code if today else None for code, today in now.items()}
    assert means == {
        "OLD": "NEW", "OLD.ROAD": "NEW", "NEW": "NEW", "NEW.WAY": "NEW.WAY", "GONE": None,
        "GONE.ROAD": None,
    }  # fmt: skip
    assert known.in_force("UNKNOWN") is None
    assert known.whole_label("NEW.WAY") == "ขอความช่วยเหลือ › ทาง"
    assert known.whole_label("UNKNOWN") == "UNKNOWN"
