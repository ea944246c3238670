"""The receipt of an intake: every file given, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from models.scans import Arrival, Outcome, ScanState, StoredScan

_OUTCOMES = {Outcome.NEW: "ใหม่", Outcome.DUPLICATE: "ซ้ำ", Outcome.REFUSED: "ไม่รับ"}
_STATES = {
    ScanState.READ: "อ่านแล้ว",
    ScanState.RECEIVED: "รออ่าน",
    ScanState.FAILED: "เปิดไม่ได้",
    ScanState.REFUSED: "ไม่รับ",
    ScanState.CANCELLED: "ยกเลิกก่อนอ่าน",
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was given in one go, and how reading the new files ended."""

    arrivals: Sequence[Arrival]
    scans: Sequence[StoredScan]
    unread_pages: int
    drafts: int

    @property
    def needs_a_person(self) -> bool:
        """Tell whether something could not be taken or read."""
        failed = any(scan.state is not ScanState.READ for scan in self.scans)
        refused = any(arrival.outcome is Outcome.REFUSED for arrival in self.arrivals)
        return failed or refused or self.unread_pages > 0


def show(receipt: Receipt, console: Console) -> None:
    """Print the receipt; files given = new + duplicate + refused."""
    counts = Counter(arrival.outcome for arrival in receipt.arrivals)
    table = Table(title="ใบรับเอกสาร")
    table.add_column("รายการ")
    table.add_column("จำนวน", justify="right")
    table.add_row("ไฟล์ที่ส่งมา", str(len(receipt.arrivals)), style="bold")
    for outcome, name in _OUTCOMES.items():
        table.add_row(f"  {name}", str(counts[outcome]))
    table.add_section()
    for state, count in Counter(scan.state for scan in receipt.scans).items():
        table.add_row(_STATES[state], str(count))
    table.add_row("ร่างที่รอตรวจ", str(receipt.drafts))
    table.add_row("หน้าที่เครื่องอ่านไม่ได้", str(receipt.unread_pages))
    console.print(table)
    _show_problems(receipt, console)


def _show_problems(receipt: Receipt, console: Console) -> None:
    problems = [
        (arrival.name, arrival.reason or "")
        for arrival in receipt.arrivals
        if arrival.outcome is Outcome.REFUSED
    ]
    problems += [
        (scan.name, scan.reason or _STATES[scan.state])
        for scan in receipt.scans
        if scan.state is not ScanState.READ
    ]
    for arrival in receipt.arrivals:
        if arrival.outcome is Outcome.DUPLICATE:
            console.print(f"ซ้ำ  {arrival.name}", style="dim", markup=False, highlight=False)
    for name, reason in problems:
        console.print(f"✗ {name}  {reason}", style="red", markup=False, highlight=False)
