from __future__ import annotations

import ast
import datetime as dt
import hashlib
import json
from functools import partial
from pathlib import Path

import pytest
import skops.io

import classify
from classify import DamagedModel, Happened, Learned, ModelInUse, NoTrainedModel, TrainedModel
from models.letters import Line, OcrPage, PageState

NOW = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
PAGE = OcrPage(1, 0, 0, PageState.READ, (Line("ขายยาบ้าในที่ดินข้างโฉนดของเรา", None, 1.0),))


def put_in_use(model: TrainedModel, shelf: Path, days: int = 0) -> str:
    moment = NOW + dt.timedelta(days=days)
    version = classify.save(model, shelf, moment)
    classify.use(shelf, version, moment, Happened.PROMOTED)
    return version


def test_a_model_comes_back_from_the_shelf_as_it_was(small: TrainedModel, tmp_path: Path) -> None:
    version = put_in_use(small, tmp_path)
    back = classify.load(tmp_path)
    assert back.version == version
    assert back.card == small.card
    assert back.limits == small.limits
    before, after = classify.suggest([PAGE], small), classify.suggest([PAGE], back)
    assert after.model_version == version
    assert [c.code for c in before.parts] == [c.code for c in after.parts]
    assert after.parts[0].probability == pytest.approx(before.parts[0].probability, abs=1e-4)
    assert [e.text for e in after.evidence] == [e.text for e in before.evidence]


def test_a_model_on_the_shelf_is_used_only_when_put_in_use(
    small: TrainedModel, tmp_path: Path
) -> None:
    used = put_in_use(small, tmp_path)
    newer = classify.save(small, tmp_path, NOW + dt.timedelta(days=1))
    assert classify.version_in_use(tmp_path) == used == classify.load(tmp_path).version
    assert classify.versions(tmp_path) == [used, newer]


def test_rolling_back_goes_from_version_to_version_in_the_order_of_their_use(
    small: TrainedModel, tmp_path: Path
) -> None:
    first, second, third = (put_in_use(small, tmp_path, days) for days in range(3))
    assert classify.versions_before(tmp_path) == [second, first]
    classify.use(tmp_path, second, NOW, Happened.ROLLED_BACK, ["ผู้ดูแลสั่ง"])
    assert classify.load(tmp_path).version == second
    assert classify.versions_before(tmp_path) == [third, first]
    assert classify.history(tmp_path)[-1].reasons == ("ผู้ดูแลสั่ง",)


def test_a_version_that_is_not_there_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(NoTrainedModel):
        classify.use(tmp_path, "20260101T000000Z-00000000", NOW, Happened.ROLLED_BACK)


def test_a_candidate_that_was_kept_back_is_no_version_to_roll_back_to(
    small: TrainedModel, tmp_path: Path
) -> None:
    put_in_use(small, tmp_path)
    worse = classify.save(small, tmp_path, NOW + dt.timedelta(days=1))
    classify.note(tmp_path, worse, NOW, Happened.KEPT, ["แย่ลง"])
    assert classify.versions_before(tmp_path) == []
    assert [e.happened for e in classify.history(tmp_path)] == [Happened.PROMOTED, Happened.KEPT]


def test_a_line_of_the_history_that_was_cut_off_hides_no_other(
    small: TrainedModel, tmp_path: Path
) -> None:
    put_in_use(small, tmp_path)
    with (tmp_path / "history.jsonl").open("a") as file:
        file.write('{"at": "2026-03')
    assert len(classify.history(tmp_path)) == 1


def test_the_card_tells_scores_counts_libraries_and_what_was_learned(
    small: TrainedModel, tmp_path: Path
) -> None:
    version = classify.save(small, tmp_path, NOW, learned=Learned(7, 42))
    card = classify.card_of(tmp_path, version)
    assert sum(n for code, n in card["examples"].items() if code.startswith("LAND")) == 20
    assert 0 < card["scores"]["top1"] <= card["scores"]["top3"] <= 1
    assert card["trained_at"] == NOW.isoformat()
    assert set(card["libraries"]) == {"numpy", "pythainlp", "scikit-learn", "scipy", "skops"}
    assert classify.learned_of(tmp_path, version) == Learned(7, 42)


def test_an_empty_or_missing_shelf_says_so(tmp_path: Path) -> None:
    for shelf in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NoTrainedModel):
            classify.load(shelf)


def test_a_changed_file_is_refused(small: TrainedModel, tmp_path: Path) -> None:
    version = put_in_use(small, tmp_path)
    path = tmp_path / f"{version}.skops"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))
    with pytest.raises(DamagedModel, match="not the one that its card describes"):
        classify.load(tmp_path)


def test_a_cut_off_card_or_a_lost_file_is_refused(small: TrainedModel, tmp_path: Path) -> None:
    version = put_in_use(small, tmp_path)
    card = tmp_path / f"{version}.json"
    whole = card.read_text("utf-8")
    card.write_text(whole[:40], "utf-8")
    with pytest.raises(DamagedModel, match="cannot be read"):
        classify.load(tmp_path)
    card.write_text(whole, "utf-8")
    (tmp_path / f"{version}.skops").unlink()
    with pytest.raises(DamagedModel, match="cannot be read"):
        classify.load(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"not a model",
        skops.io.dumps({"layout": 2}),
        skops.io.dumps({"layout": 99}),
        skops.io.dumps({"layout": 2, "card": "{}", "runs": partial(print, "run")}),
    ],
)
def test_another_file_with_a_fitting_card_is_refused(content: bytes, tmp_path: Path) -> None:
    card = {"sha256": hashlib.sha256(content).hexdigest()}
    (tmp_path / "20260301T000000Z-v.skops").write_bytes(content)
    (tmp_path / "20260301T000000Z-v.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(DamagedModel):
        classify.load(tmp_path, version="20260301T000000Z-v")


def test_saving_needs_a_time_zone(small: TrainedModel, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        classify.save(small, tmp_path, dt.datetime(2026, 1, 1))


def test_a_running_program_takes_the_model_that_is_put_in_use(
    small: TrainedModel, tmp_path: Path
) -> None:
    first = put_in_use(small, tmp_path)
    in_use = ModelInUse(tmp_path, classify.load_categories)
    assert in_use.get().version == first
    second = put_in_use(small, tmp_path, days=1)
    assert in_use.get().version == second
    assert in_use.get() is in_use.get()


def test_a_running_program_keeps_its_model_when_the_new_one_is_damaged(
    small: TrainedModel, tmp_path: Path
) -> None:
    first = put_in_use(small, tmp_path)
    in_use = ModelInUse(tmp_path, classify.load_categories)
    in_use.get()
    second = put_in_use(small, tmp_path, days=1)
    (tmp_path / f"{second}.skops").write_bytes(b"")
    assert in_use.get().version == first
    third = put_in_use(small, tmp_path, days=2)
    assert in_use.get().version == third


def test_the_room_never_imports_pickle() -> None:
    for path in Path(classify.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] not in {"pickle", "joblib", "dill", "cloudpickle"}, path
