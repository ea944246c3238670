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
from classify import DamagedModel, NoTrainedModel, TrainedModel
from models.letters import Line, OcrPage, PageState

NOW = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
PAGE = OcrPage(1, 0, 0, PageState.READ, (Line("ผู้ใหญ่บ้านทุจริตเงินกองทุนหมู่บ้าน", None, 1.0),))


def test_a_model_comes_back_from_the_shelf_as_it_was(model: TrainedModel, tmp_path: Path) -> None:
    version = classify.save(model, tmp_path, NOW)
    back = classify.load(tmp_path)
    assert back.version == version
    assert back.card == model.card
    before, after = classify.suggest([PAGE], model), classify.suggest([PAGE], back)
    assert after.model_version == version
    assert [c.code for c in before.categories] == [c.code for c in after.categories]
    assert after.categories[0].probability == pytest.approx(
        before.categories[0].probability, abs=1e-4
    )
    assert [e.text for e in after.evidence] == [e.text for e in before.evidence]


def test_the_newest_model_is_the_one_in_use(model: TrainedModel, tmp_path: Path) -> None:
    newest = classify.save(model, tmp_path, NOW + dt.timedelta(days=1))
    classify.save(model, tmp_path, NOW)
    assert classify.load(tmp_path).version == newest


def test_the_card_tells_scores_and_counts(model: TrainedModel, tmp_path: Path) -> None:
    version = classify.save(model, tmp_path, NOW)
    card = json.loads((tmp_path / f"{version}.json").read_text("utf-8"))
    assert card["examples"]["HELP"] >= 20
    assert 0 < card["scores"]["top1"] <= card["scores"]["top3"] <= 1
    assert card["trained_at"] == NOW.isoformat()


def test_an_empty_or_missing_shelf_says_so(tmp_path: Path) -> None:
    for shelf in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NoTrainedModel):
            classify.load(shelf)


def test_a_changed_file_is_refused(model: TrainedModel, tmp_path: Path) -> None:
    version = classify.save(model, tmp_path, NOW)
    path = tmp_path / f"{version}.skops"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))
    with pytest.raises(DamagedModel, match="not the one that its card describes"):
        classify.load(tmp_path)


def test_a_cut_off_card_or_a_lost_file_is_refused(model: TrainedModel, tmp_path: Path) -> None:
    version = classify.save(model, tmp_path, NOW)
    card = tmp_path / f"{version}.json"
    whole = card.read_text("utf-8")
    card.write_text(whole[:40], "utf-8")
    with pytest.raises(DamagedModel, match="cannot be read"):
        classify.load(tmp_path)
    card.write_text(whole, "utf-8")
    (tmp_path / f"{version}.skops").unlink()
    with pytest.raises(DamagedModel, match="cannot be read"):
        classify.load(tmp_path)


@pytest.mark.parametrize("content", [b"not a model", skops.io.dumps({"layout": 1}),
                                     skops.io.dumps({"layout": 99})])  # fmt: skip
def test_another_file_with_a_fitting_card_is_refused(content: bytes, tmp_path: Path) -> None:
    card = {"sha256": hashlib.sha256(content).hexdigest()}
    (tmp_path / "v.skops").write_bytes(content)
    (tmp_path / "v.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(DamagedModel):
        classify.load(tmp_path)


def test_a_file_that_would_run_code_is_refused(tmp_path: Path) -> None:
    content = skops.io.dumps({"layout": 1, "codes": partial(print, "run")})
    card = {"sha256": hashlib.sha256(content).hexdigest()}
    (tmp_path / "v.skops").write_bytes(content)
    (tmp_path / "v.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(DamagedModel):
        classify.load(tmp_path)


def test_saving_needs_a_time_zone(model: TrainedModel, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        classify.save(model, tmp_path, dt.datetime(2026, 1, 1))


def test_the_room_never_imports_pickle() -> None:
    for path in Path(classify.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] not in {"pickle", "joblib", "dill", "cloudpickle"}, path
