"""The model in use as a running program sees it: read again when another one is put in use."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from classify.categories import Categories
from classify.model import TrainedModel
from classify.shelf import DamagedModel, NoTrainedModel, load, version_in_use

log = logging.getLogger(__name__)


class ModelInUse:
    """Gives the model in use; asking costs the reading of a small file."""

    def __init__(self, shelf: Path, categories: Callable[[], Categories]) -> None:
        self._shelf = shelf
        self._categories = categories
        self._lock = threading.Lock()
        self._model: TrainedModel | None = None
        self._refused = ""

    def get(self) -> TrainedModel:
        """Return the model in use.

        A damaged one does not stop a program that has a model: it keeps that one, and says so.

        Raises:
            NoTrainedModel: there is none.
            DamagedModel: it cannot be trusted, and there was none before.
        """
        with self._lock:
            if self._model is None:
                self._model = load(self._shelf, self._categories())
            else:
                self._renew(self._model)
            return self._model

    def _renew(self, model: TrainedModel) -> None:
        try:
            version = version_in_use(self._shelf)
        except NoTrainedModel as error:
            log.error("no model is in use any more, %s stays: %s", model.version, error)
            return
        if version in (model.version, self._refused):
            return
        try:
            self._model = load(self._shelf, self._categories(), version)
        except DamagedModel as error:
            log.error("the model in use cannot be used, %s stays: %s", model.version, error)
            self._refused = version
