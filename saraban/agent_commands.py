"""The commands for scanners: the agent of a PC, and the watched folders of the server."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from agent.command import main as run_agent
from agent.seat import AnotherAgent
from agent.settings import AgentSettings
from saraban import office, watching
from saraban.agent_file import AGENT_FILE, build_agent
from saraban.settings import WrongSetting, load_settings

Explained = Callable[[], AbstractContextManager[None]]


def add_agent_commands(app: typer.Typer, out: Console, explained: Explained) -> None:
    """Add the commands to the command line; ``explained`` turns errors into lines."""

    @app.command(
        add_help_option=False,
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )
    def agent(
        context: typer.Context,
        build: Annotated[
            Path | None, typer.Option(help=f"สร้าง {AGENT_FILE} สำหรับเครื่องที่มีแต่ Python")
        ] = None,
    ) -> None:
        """เฝ้าโฟลเดอร์ของเครื่องสแกนแล้วส่งไฟล์เข้าระบบ (ดู saraban agent --help)."""
        if build is None:
            raise typer.Exit(run_agent(context.args))
        with explained():
            build.write_bytes(build_agent())
        out.print(f"สร้าง {build} แล้ว เปิดด้วยคำสั่ง python {build.name} --help", markup=False)

    @app.command()
    def watch(
        folders: Annotated[list[Path], typer.Argument(help="โฟลเดอร์ที่โปรแกรมสแกนหรือแชร์บันทึกไฟล์")],
        district: Annotated[str, typer.Option(help="อำเภอของเอกสารในโฟลเดอร์นี้")] = "",
        batch: Annotated[str, typer.Option(help="ชื่อชุดงาน เปิดให้วันละชุดต่อโฟลเดอร์")] = "",
        settle: Annotated[float, typer.Option(help="ไฟล์ต้องนิ่งกี่วินาทีจึงรับ", min=0)] = 5,
        patience: Annotated[
            float, typer.Option(help="ไฟล์ที่เขียนไม่จบ รอกี่วินาทีแล้วรับเท่าที่มี", min=0)
        ] = 600,
        once: Annotated[bool, typer.Option("--once", help="รับจนโฟลเดอร์ว่างแล้วจบ")] = False,
    ) -> None:
        """เฝ้าโฟลเดอร์ในเครื่องนี้ รับไฟล์ที่เข้ามา แล้วย้ายไปไว้ใน sent หรือ failed."""
        with explained():
            settings = load_settings()
            places = tuple(folder.absolute() for folder in folders)
            wanted = AgentSettings(
                server="",
                folders=places,
                name="",
                state=watching.state_of(settings.data_dir, places),
                batch=batch,
                settle=settle,
                patience=patience,
            )
            data = settings.data_dir.absolute()
            for folder in places:
                inside = data.is_relative_to(folder) or folder.is_relative_to(data)
                if inside or not folder.is_dir():
                    raise WrongSetting(f"เฝ้าโฟลเดอร์ {folder} ไม่ได้ ต้องเป็นโฟลเดอร์ที่แยกจากข้อมูลของระบบ")
            opened = office.open_office(settings)
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            try:
                rounds = watching.watch(opened, wanted, district or None, once=once)
            except AnotherAgent as error:
                raise WrongSetting("มีโปรแกรมอีกตัวเฝ้าโฟลเดอร์นี้อยู่แล้ว") from error
            except KeyboardInterrupt:
                return
        raise typer.Exit(1 if rounds.failed or rounds.troubled else 0)
