"""What the shelf of models has to tell, for the page of the administration."""

from __future__ import annotations

import datetime as dt

import classify
from models.database import looking
from models.examples import count_examples
from review_ui.desk import ClassifierNews, ShelfEvent, ShelvedModel
from saraban.office import Office

HAPPENED = {
    classify.Happened.PROMOTED: "นำขึ้นใช้",
    classify.Happened.KEPT: "ไม่นำขึ้นใช้",
    classify.Happened.ROLLED_BACK: "ย้อนกลับมาใช้",
}
_MOST = 20  # versions and events shown, newest first


def news(office: Office) -> ClassifierNews:
    """Return the state of the classifier."""
    shelf, after = office.settings.shelf, office.settings.train_after
    trouble = ""
    models = []
    try:
        used = classify.version_in_use(shelf)
    except classify.NoTrainedModel:
        used, trouble = "", "ยังไม่มีแบบจำลองที่ใช้อยู่ สั่ง saraban train"
    every = classify.versions(shelf)
    for version in reversed([each for each in every if each == used or each in every[-_MOST:]]):
        try:
            models.append(_shelved(classify.card_of(shelf, version)))
        except (classify.DamagedModel, KeyError, TypeError, ValueError):
            trouble = f"อ่านข้อมูลของรุ่น {version} ไม่ได้"
    with looking(office.engine) as connection:
        decisions = count_examples(connection)
    return ClassifierNews(
        in_use=next((model for model in models if model.version == used), None),
        shelf=tuple(models),
        events=tuple(
            ShelfEvent(event.at, HAPPENED[event.happened], event.version, event.reasons)
            for event in reversed(classify.history(shelf)[-_MOST:])
        ),
        until_next=max(after - (decisions - _learned(office, every[-1:])), 0) if after else None,
        trouble=trouble,
    )


def _learned(office: Office, newest: list[str]) -> int:
    """Return how many decisions there were at the last training."""
    if not newest:
        return 0
    try:
        return classify.learned_of(office.settings.shelf, newest[0]).decisions
    except classify.DamagedModel:
        return 0


def _shelved(card: dict[str, object]) -> ShelvedModel:
    examples, scores = card["examples"], card["scores"]
    if not isinstance(examples, dict) or not isinstance(scores, dict):
        raise TypeError("no card of a model")
    return ShelvedModel(
        version=str(card["version"]),
        trained_at=dt.datetime.fromisoformat(str(card["trained_at"])),
        examples=sum(examples.values()),
        confirmed=int(str(card["confirmed"])),
        top1=float(scores["top1"]),
        top3=float(scores["top3"]),
        ece=float(scores["ece"]),
    )
