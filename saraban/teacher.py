"""Trains anew by itself when officers have decided enough, in a process of its own."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading

from sqlalchemy.exc import SQLAlchemyError

import classify
from saraban.learning import decisions_when_due, gather
from saraban.office import Office

log = logging.getLogger(__name__)

_SECONDS = 60.0  # between two looks at what was decided


class Teacher:
    """Gathers what officers decide, and starts a training when it is due.

    The training is ``saraban train --again`` at the lowest priority: it may take minutes and must
    keep no officer waiting, and if it dies the model in use stays.
    """

    def __init__(self, office: Office, seconds: float = _SECONDS) -> None:
        self._office = office
        self._seconds = seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._teach, daemon=True)
        self._training: subprocess.Popen[bytes] | None = None
        self._tried = 0  # decisions at the last try: a training that failed waits for more

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Stop; a training under way is ended, its candidate is lost and nothing else."""
        self._stop.set()
        self._thread.join()
        if self._training is not None and self._training.poll() is None:
            self._training.terminate()
            self._training.wait()

    def _teach(self) -> None:
        while not self._stop.wait(self._seconds):
            try:
                self._look()
            except (SQLAlchemyError, OSError, classify.DamagedModel):
                log.exception("what officers decided could not be gathered; trying again")

    def _look(self) -> None:
        gather(self._office.engine)
        if self._training is not None and self._training.poll() is None:
            return
        decisions = decisions_when_due(self._office.settings, self._office.engine)
        if decisions is not None and decisions > self._tried:
            self._tried = decisions
            command = ["nice", "-n", "19", sys.executable, "-m", "saraban", "train", "--again"]
            self._training = subprocess.Popen(command)
