"""The settings of an agent: a small TOML file, the command line before it."""

from __future__ import annotations

import os
import platform
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any


class WrongSetting(Exception):
    """A setting is missing or makes no sense."""


@dataclass(frozen=True, slots=True)
class AgentSettings:
    """All that may be set; ``settle`` and ``patience`` are in seconds.

    ``name`` is what the office calls this PC, ``batch`` what it calls its batches, if any;
    ``authorities`` is a file with the certificates of the office's own authority.
    """

    server: str
    folders: tuple[Path, ...]
    name: str
    state: Path
    batch: str = ""
    settle: float = 5.0
    patience: float = 600.0
    authorities: str | None = None
    log: Path | None = None

    @property
    def key_file(self) -> Path:
        """Return where the key is kept."""
        return self.state / "key"

    @property
    def log_file(self) -> Path:
        """Return where lines are kept."""
        return self.log or self.state / "agent.log"


def state_folder() -> Path:
    """Return where an agent of this user keeps its key, journal and log."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "saraban-agent"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "saraban-agent"


def read_settings(file: Path | None, given: Mapping[str, Any]) -> AgentSettings:
    """Return the settings; what was ``given`` on the command line counts more than the file.

    Raises:
        WrongSetting: with what is wrong.
    """
    told: dict[str, Any] = {} if file is None else _read(file)
    told |= {name: value for name, value in given.items() if value is not None}
    unknown = told.keys() - {field.name for field in fields(AgentSettings)}
    if unknown:
        raise WrongSetting(f"ไม่รู้จักค่าตั้ง {', '.join(sorted(unknown))}")
    if not told.get("server") or not told.get("folders"):
        raise WrongSetting("ต้องระบุที่อยู่ของระบบ (--server) และโฟลเดอร์ที่เครื่องสแกนบันทึกไฟล์ (--folder)")
    told.setdefault("name", platform.node() or "เครื่องสแกน")
    told.setdefault("state", state_folder())
    try:
        settings = AgentSettings(**told)
        return replace(
            settings,
            folders=tuple(Path(folder).absolute() for folder in settings.folders),
            state=Path(settings.state).absolute(),
            log=None if settings.log is None else Path(settings.log),
            settle=_seconds(settings.settle),
            patience=_seconds(settings.patience),
        )
    except (TypeError, ValueError) as error:
        raise WrongSetting(f"ค่าตั้งไม่ถูกต้อง: {error}") from error


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise WrongSetting(f"อ่านไฟล์ค่าตั้ง {file} ไม่ได้: {error}") from error


def _seconds(value: float) -> float:
    seconds = float(value)
    if not 0 <= seconds <= 86_400:
        raise ValueError(f"{value} วินาที")
    return seconds
