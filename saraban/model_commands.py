"""The commands for the classifier: train, list the shelf, roll back, check the categories."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.resources import files
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

import classify
from models import records
from models.database import THAILAND, looking
from models.letters import OcrPage
from saraban import learning, office
from saraban.contract import alarms_json, suggestion_json
from saraban.news import HAPPENED
from saraban.settings import WrongSetting, load_settings

Explained = Callable[[], AbstractContextManager[None]]


def add_model_commands(
    app: typer.Typer, out: Console, explained: Explained, typed: Callable[[], OcrPage]
) -> None:
    """Add the commands to the command line.

    ``explained`` turns errors into lines, ``typed`` reads the text of standard input.
    """

    @app.command()
    def suggest(
        as_json: Annotated[bool, typer.Option("--json", help="แสดงเป็น JSON")] = False,
    ) -> None:
        """เสนอหมวดเรื่องจากข้อความ UTF-8 ที่ส่งทางอินพุตมาตรฐาน."""
        with explained():
            settings = load_settings()
            office.train_what_is_missing(settings)
            page = typed()
            model = classify.load(settings.shelf, office.categories_of(settings))
            said = suggestion_json(classify.suggest([page], model)) or {}
            found = said | {"alarms": alarms_json(classify.alarms([page], model))}
        if as_json:
            out.print(json.dumps(found, ensure_ascii=False), markup=False, soft_wrap=True)
            return
        out.print_json(data=found, ensure_ascii=False)

    @app.command()
    def train(
        again: Annotated[bool, typer.Option("--again", help="เฉพาะหมวดเรื่อง ไม่ฝึกเลขไทยใหม่")] = False,
    ) -> None:
        """ฝึกแบบจำลองใหม่ รวมเรื่องที่เจ้าหน้าที่ยืนยันแล้ว และนำขึ้นใช้เมื่อไม่แย่กว่าเดิม."""
        with explained():
            settings = load_settings()
            if not again:
                office.train_digits(settings)
                out.print("แบบจำลองเลขไทย: เสร็จแล้ว")
            learned = learning.learn(settings, office.open_office(settings).engine)
        _show(out, learned)

    @app.command()
    def models() -> None:
        """แสดงแบบจำลองหมวดเรื่องทุกรุ่นที่เก็บไว้ และสิ่งที่เกิดขึ้น."""
        with explained():
            shelf = load_settings().shelf
            out.print(_shelf_table(shelf))
        for event in classify.history(shelf):
            at = event.at.astimezone(THAILAND).strftime("%Y-%m-%d %H:%M")
            why = f": {'; '.join(event.reasons)}" if event.reasons else ""
            out.print(f"{at} {HAPPENED[event.happened]} {event.version}{why}", markup=False)

    @app.command()
    def rollback(
        version: Annotated[str, typer.Argument(help="รุ่นที่จะใช้ (ไม่ระบุ: รุ่นที่ใช้อยู่ก่อนหน้า)")] = "",
    ) -> None:
        """ย้อนกลับไปใช้แบบจำลองหมวดเรื่องรุ่นก่อน ทันที โดยไม่ต้องเปิดโปรแกรมใหม่."""
        with explained():
            shelf = load_settings().shelf
            earlier = [version] if version else classify.versions_before(shelf)
            if not earlier:
                raise WrongSetting("ไม่มีรุ่นก่อนหน้าให้ย้อนกลับ สั่ง saraban models เพื่อดูรุ่นที่มี")
            if earlier[0] not in classify.versions(shelf):
                raise WrongSetting(f"ไม่มีรุ่น {earlier[0]} สั่ง saraban models เพื่อดูรุ่นที่มี")
            classify.load(shelf, version=earlier[0])  # a damaged one is refused
            happened = classify.Happened.ROLLED_BACK
            classify.use(shelf, earlier[0], office.now(), happened, ["ผู้ดูแลสั่งย้อนกลับ"])
        out.print(f"ใช้รุ่น {earlier[0]} แล้ว")

    @app.command()
    def categories(
        export: Annotated[
            bool, typer.Option("--export", help="วางไฟล์ categories.toml ไว้ให้แก้ไข")
        ] = False,
    ) -> None:
        """ตรวจรายการหมวดเรื่อง และแสดงจำนวนทะเบียนของแต่ละหมวด."""
        with explained():
            settings = load_settings()
            if export:
                _export(settings.categories)
            known = office.categories_of(settings)
            with looking(office.open_office(settings).engine) as connection:
                counts = records.count_by_category(connection)
        out.print(
            f"รายการหมวดจาก {settings.categories if settings.categories.exists() else 'โปรแกรม'}"
        )
        for each in known.every:
            heir = known.in_force(each.code)
            mark = "" if not each.retired else f" (เลิกใช้ → {heir.code})" if heir else " (เลิกใช้)"
            label = known.whole_label(each.code)
            out.print(f"{each.code}  {label}{mark}  {counts.pop(each.code, 0)}", markup=False)
        for code, count in sorted(counts.items()):
            out.print(f"◐ {code} ไม่มีในรายการ แต่มีทะเบียนใช้อยู่ {count} เรื่อง", markup=False)


def _export(path: Any) -> None:
    if path.exists():
        raise WrongSetting(f"มีไฟล์ {path} อยู่แล้ว แก้ไขไฟล์นั้นได้เลย")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(files("classify").joinpath("categories.toml").read_text("utf-8"), "utf-8")


def _show(out: Console, learned: learning.Outcome) -> None:
    verdict = learned.verdict
    for tally in verdict.sets:
        before = "–" if tally.before is None else str(tally.before)
        out.print(f"{tally.name}: {tally.texts} เรื่อง เดิมถูก {before} รุ่นใหม่ถูก {tally.after}")
    if verdict.promoted:
        out.print(f"แบบจำลองหมวดเรื่อง: นำรุ่น {learned.version} ขึ้นใช้แล้ว")
        return
    out.print(f"แบบจำลองหมวดเรื่อง: รุ่น {learned.version} แย่กว่าเดิม จึงใช้รุ่นเดิมต่อไป")
    for reason in verdict.reasons:
        out.print(f"  – {reason}", markup=False)


def _shelf_table(shelf: Any) -> Table:
    try:
        now = classify.version_in_use(shelf)
    except classify.NoTrainedModel:
        now = ""
    table = Table("ใช้อยู่", Column("รุ่น", no_wrap=True, min_width=len("20260101T000000Z-01234567")),
                  "ตัวอย่าง", "จากเจ้าหน้าที่", "ถูกอันดับแรก", "ถูกในสาม", "ECE")  # fmt: skip
    for version in classify.versions(shelf):
        card = classify.card_of(shelf, version)
        scores = card["scores"]
        table.add_row(
            "✓" if version == now else "",
            version,
            str(sum(card["examples"].values())),
            str(card["confirmed"]),
            f"{scores['top1']:.1%}",
            f"{scores['top3']:.1%}",
            f"{scores['ece']:.3f}",
        )
    return table
