"""The number of the office in a reference: what its form can be (domain: agency number 1.6)."""

from __future__ import annotations

from itertools import product

from extract.provinces import MINISTRIES, PROVINCES

_LOCAL = "56789"  # first digit of a local government's five
_PARTED = "เลขประจำส่วนราชการห้าหลักปกติขึ้นต้นด้วย 5 ขึ้นไป น่าจะเป็นสี่หลักที่จุดหายไป"
# DDUU and 00UU: the office of the district or of the province; 18 is the administration itself.
_ADMINISTRATION = "18"
_OFFICES = frozenset(("17", "18", "19", "20", "21", "22", "23", "33"))
# Digits that the reader takes for each other.
_TAKEN = {"1": "179", "8": "8543"}


def agency_doubts(letters: str, agency: str) -> list[str]:
    """Return what speaks against the number standing behind these letters."""
    doubts = []
    if len(agency) == 5 and letters not in PROVINCES and letters != "ศธ":
        doubts.append(f"รหัส {letters} ปกติตามด้วยเลขสี่หลัก แต่อ่านได้ห้าหลัก")
    if len(agency) == 5 and letters in PROVINCES and agency[0] not in _LOCAL:
        doubts.append(_PARTED)
    if len(agency) == 4 and letters in MINISTRIES and agency.startswith("00"):
        doubts.append(f"เลข {agency} เป็นเลขของจังหวัด แต่รหัส {letters} เป็นของกระทรวง")
    return doubts


def dotted_agency(letters: str, agency: str, subs: str) -> tuple[str, tuple[str, ...]]:
    """Return the number with the dot that it must have lost, and the other ways to read it.

    Only a local government's number and a school's have five digits.
    """
    whole = f"{agency}{subs}"
    if len(agency) != 5 or letters == "ศธ" or subs:
        return whole, ()
    dotted = f"{agency[:4]}.{agency[4]}"
    if letters in PROVINCES and agency[0] in _LOCAL:
        return whole, ()
    if letters not in PROVINCES and letters not in MINISTRIES:
        return whole, (dotted,)
    return dotted, (whole,)


def of_administration(agency: str) -> str | None:
    """Return the number as the district's or province's own administration writes it (..18)."""
    return f"{agency[:2]}{_ADMINISTRATION}{agency[4:]}" if agency[:4].isdigit() else None


def misread_administration(agency: str) -> bool:
    """Tell whether the number is that of no office, and one misread digit away from ..18."""
    office = agency[2:4]
    if office in _OFFICES or not agency[:4].isdigit():
        return False
    likely = {a + b for a, b in product(_TAKEN["1"], _TAKEN["8"])}
    return office in likely and sum(a != b for a, b in zip(office, "18", strict=True)) == 1
