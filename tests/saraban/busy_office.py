"""An office that took a pile in with ``saraban ingest`` and was never interrupted."""

from __future__ import annotations

import io
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from ingest.intake import receive
from models.scans import Origin
from saraban.office import Office
from tests.conftest import SAMPLES, data_with_models, saraban
from tests.ingest.offices import Told, all_that_is_known, office_in, pile

VANISHED = "ไฟล์ที่หายไป.pdf"


@dataclass(frozen=True)
class BusyOffice:
    data: Path
    folder: Path
    office: Office
    receipt: subprocess.CompletedProcess[bytes]
    vanished: str
    seconds: float

    def known(self) -> dict[str, Told]:
        return all_that_is_known(self.office)


def make_busy_office(place: Path, trained: Path) -> BusyOffice:
    data, folder = data_with_models(place / "data", trained), pile(place / "pile")
    office = office_in(data)
    content = (SAMPLES / "06-complaint-water-typed.pdf").read_bytes()
    (arrival,) = receive(office.intake, io.BytesIO(content), VANISHED, Origin("test"))
    assert arrival.sha256 is not None
    office.archive.original(arrival.sha256).unlink()
    began = time.monotonic()
    receipt = saraban("ingest", folder, "--batch", "แฟ้มค้าง 2566", data=data)
    return BusyOffice(data, folder, office, receipt, VANISHED, time.monotonic() - began)
