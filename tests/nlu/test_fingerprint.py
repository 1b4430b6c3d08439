from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlu.fingerprint import GROUPS, digests, fingerprint, manifest_path, model_path

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("config.yml", "nlu/uv.lock", "nlu/data/es/greet.yml", "nlu/rasa_components/a.py", "nlu/gazetteer.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("changed", ["config.yml", "nlu/uv.lock", "nlu/data/es/greet.yml", "nlu/rasa_components/a.py"])
def test_changes_with_every_input(root: Path, changed: str) -> None:
    before = fingerprint(root)
    (root / changed).write_text("other", encoding="utf-8")

    assert fingerprint(root) != before
    assert fingerprint(root) == fingerprint(root)


def test_ignores_what_no_model_is_made_of(root: Path) -> None:
    before = fingerprint(root)
    (root / "nlu" / "client.py").write_text("other", encoding="utf-8")

    assert fingerprint(root) == before


def test_a_renamed_file_counts(root: Path) -> None:
    before = digests(root)["training_data"]
    (root / "nlu/data/es/greet.yml").rename(root / "nlu/data/es/thanks.yml")

    assert digests(root)["training_data"] != before
    assert set(digests(root)) == set(GROUPS)


def test_the_manifest_lies_beside_the_model(root: Path) -> None:
    model = model_path(root)

    assert model.parent == root / "nlu" / "models"
    assert manifest_path(model).name == model.name.replace(".tar.gz", ".json")
