"""The commands that print: sheets to lay between letters, stickers with receiving numbers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import extract
from models.sheet_codes import NotWritable, Separator
from saraban import office
from saraban.districts import UnknownDistrict, district_title, find_district
from saraban.separators import SeparatorSheet, TooMany, separator_pdf
from saraban.settings import Settings, WrongSetting, load_settings
from saraban.stickers import sticker_pdf

Explained = Callable[[], AbstractContextManager[None]]

_DISTRICT = typer.Option(help="อำเภอหรือเขต เช่น พังโคน หรือ “เฉลิมพระเกียรติ น่าน” เมื่อชื่อซ้ำ")
_PDF = typer.Option(help="ไฟล์ PDF ปลายทาง")


def separator_sheet(
    settings: Settings, district: str, category: str = "", batch: str = ""
) -> SeparatorSheet:
    """Return the sheet for a district by its name, a category by its code, and a batch.

    Raises:
        UnknownDistrict: no district has this name, or several have.
        WrongSetting: there is no such category in use.
    """
    gazetteer = extract.load_gazetteer()
    area = find_district(gazetteer, district)
    label = ""
    if category:
        labels = {each.code: each.label for each in office.categories_in_use(settings)}
        if category not in labels:
            raise WrongSetting(f"ไม่มีหมวด {category} สั่ง saraban categories เพื่อดูรายการ")
        label = labels[category]
    says = Separator(area.code, category, " ".join(batch.split()))
    return SeparatorSheet(says, district_title(gazetteer, area), label)


def add_separator_commands(app: typer.Typer, out: Console, explained: Explained) -> None:
    """Add the commands to the command line; ``explained`` turns errors into lines."""

    @app.command()
    def separators(
        district: Annotated[str, _DISTRICT],
        pdf: Annotated[Path, _PDF],
        category: Annotated[str, typer.Option(help="รหัสหมวดที่จะเสนอ เช่น LAND")] = "",
        batch: Annotated[str, typer.Option(help="ชื่อชุดงาน ไม่เกิน 40 ตัวอักษร")] = "",
        count: Annotated[int, typer.Option(help="จำนวนแผ่น")] = 1,
    ) -> None:
        """พิมพ์ใบคั่นเรื่องสำหรับสแกนหลายเรื่องในครั้งเดียว."""
        with explained():
            try:
                sheet = separator_sheet(load_settings(), district, category, batch)
                pdf.write_bytes(separator_pdf(sheet, count, office.FONT_FOLDERS))
            except (UnknownDistrict, NotWritable, TooMany) as error:
                raise WrongSetting(str(error)) from error
        out.print(f"ใบคั่น {count} แผ่น ({sheet.district}): {pdf}", markup=False)

    @app.command()
    def stickers(
        district: Annotated[str, _DISTRICT],
        first: Annotated[int, typer.Option(help="เลขรับแรก")],
        pdf: Annotated[Path, _PDF],
        count: Annotated[int, typer.Option(help="จำนวนดวง (แผ่นละ 24)")] = 24,
    ) -> None:
        """พิมพ์สติกเกอร์เลขรับสำหรับติดหน้าแรกของหนังสือ."""
        with explained():
            try:
                gazetteer = extract.load_gazetteer()
                area = find_district(gazetteer, district)
                content = sticker_pdf(area.code, first, count, office.FONT_FOLDERS)
                pdf.write_bytes(content)
            except (UnknownDistrict, NotWritable, TooMany) as error:
                raise WrongSetting(str(error)) from error
        last, title = first + count - 1, district_title(gazetteer, area)
        out.print(f"สติกเกอร์เลขรับ {first} ถึง {last} ({title}): {pdf}", markup=False)
