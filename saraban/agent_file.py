"""Builds the agent for scanner PCs: one file that runs wherever there is Python."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files

AGENT_FILE = "saraban-agent.pyz"
_START = "import sys\n\nfrom agent.command import main\n\nsys.exit(main())\n"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is built
_SHEBANG = b"#!/usr/bin/env python3\n"


def build_agent() -> bytes:
    """Return the agent as a zip application; the same bytes for the same code."""
    parts = {"__main__.py": _START.encode()}
    for module in sorted(files("agent").iterdir(), key=lambda each: each.name):
        if module.name.endswith(".py"):
            parts[f"agent/{module.name}"] = module.read_bytes()
    file = io.BytesIO()
    file.write(_SHEBANG)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, _LONG_AGO)
            part.external_attr = 0o644 << 16
            part.create_system = 3
            archive.writestr(part, content)
    return file.getvalue()
