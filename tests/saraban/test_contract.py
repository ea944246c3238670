"""The JSON that programs build on."""

from __future__ import annotations

import json
from dataclasses import replace

from models.letters import Box, Field, LetterPart
from models.terms import FieldName, PartKind
from saraban.contract import reading_json
from tests.models.letters import PLACE, make_reading

PERSON, PERSON_ON_PAGE = "1999800000011", "๑-๙๙๙๘-๐๐๐๐๐-๐๑-๑"  # nobody's number
PLACED = [0.125, 0.25, 0.5, 0.0625]
KEYS = ["value", "raw", "confidence", "page", "box", "alternatives", "doubts"]


def test_every_field_has_its_name_and_only_dates_tell_their_precision() -> None:
    found = dict.fromkeys(FieldName, Field("2024-11", "พ.ย. ๖๗", 0.9, 1, (PLACE,)))
    reading = make_reading()
    reading = replace(reading, fields=replace(reading.fields, values=found))
    fields = reading_json("a.pdf", "ab", reading)["fields"]
    assert list(fields) == [name.value for name in FieldName]
    for name, field in fields.items():
        dated = name in ("date", "received_date", "incident_date", "finished_date")
        assert list(field) == [*KEYS, "precision"] if dated else KEYS
        assert field["box"] == PLACED
    nothing = reading_json(
        "a.pdf", "ab", replace(reading, fields=replace(reading.fields, values={}))
    )
    assert set(nothing["fields"].values()) == {None}


def test_cited_letters_stamps_and_parts_stand_beside_the_fields() -> None:
    said = reading_json("a.pdf", "ab", make_reading())
    json.dumps(said)
    first, second = said["citations"]
    assert first["reference"]["value"] == "สน 0017.1/3310"
    assert (first["date"]["value"], first["date"]["precision"]) == ("2024-08", "month")
    assert (first["office"], first["urgency"]) == ("จังหวัดสกลนคร", "ด่วนที่สุด")
    assert second == {"reference": None, "date": None, "office": "", "urgency": ""}
    (receipt,) = said["receipts"]
    assert list(receipt) == ["office", "number", "date", "time"]
    assert receipt["number"]["value"] == "1562"
    assert (receipt["date"], receipt["time"]) == (None, None)
    assert said["parts"] == [
        {"kind": "reference", "text": "ที่ สน ๐๐๑๘.๑/๒๔๑", "page": 1, "boxes": [PLACED]},
    ]


def test_a_part_keeps_the_box_of_each_of_its_lines() -> None:
    boxes = (PLACE, Box(0.125, 0.5, 0.25, 0.0625))
    reading = make_reading()
    part = LetterPart(PartKind.BODY, "ด้วย\nข้าพเจ้า", None, boxes)
    reading = replace(reading, fields=replace(reading.fields, parts=(part,)))
    (found,) = reading_json("a.pdf", "ab", reading)["parts"]
    assert found["page"] is None
    assert found["boxes"] == [PLACED, [0.125, 0.5, 0.25, 0.0625]]


def test_a_national_id_stands_whole_beside_the_text_that_holds_it() -> None:
    number = Field(PERSON, PERSON_ON_PAGE, 0.97, 1, (PLACE,))
    reading = make_reading()
    fields = replace(reading.fields, values={FieldName.NATIONAL_ID: number})
    found = reading_json("a.pdf", "ab", replace(reading, fields=fields))["fields"]["national_id"]
    assert (found["value"], found["raw"]) == (PERSON, PERSON_ON_PAGE)
