"""Training with Rasa, on a small part of the data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from nlu.dataset import read_examples
from nlu.evaluation.bench import evenly
from nlu.evaluation.curves import write_examples
from nlu.fingerprint import ROOT, manifest_path
from nlu.rasa_environment import command, environment, is_installed, run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.rasa,
    pytest.mark.skipif(
        not is_installed() and not os.environ.get("CI"), reason="no Rasa environment; 'amparo nlu train' makes one"
    ),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nlu") / "data"
    write_examples(evenly(read_examples(), 400), folder)
    return folder


def test_trained_twice_gives_the_same_answers(data: Path, tmp_path: Path) -> None:
    manifests = []
    for name in ("first", "second"):
        model = tmp_path / f"{name}.tar.gz"
        printed = run("nlu.training", ["--data", str(data), "--model", str(model)])
        assert json.loads(printed.splitlines()[-1])["trained"] is True
        manifests.append(json.loads(manifest_path(model).read_text(encoding="utf-8")))

    assert manifests[0]["golden"] == manifests[1]["golden"]
    assert manifests[0]["golden"]
    again = run("nlu.training", ["--data", str(data), "--model", str(tmp_path / "first.tar.gz")])
    assert json.loads(again.splitlines()[-1])["trained"] is False, "a complete model is kept"


def test_serving_imports_no_tensorflow() -> None:
    code = "import nlu.server, sys; sys.exit('tensorflow' in sys.modules)"
    python = command("x")[0]

    assert subprocess.run([python, "-W", "ignore", "-c", code], env=environment(), cwd=ROOT, check=False).returncode == 0


def test_the_bot_side_needs_nothing_of_rasa() -> None:
    code = (
        "import nlu.client, nlu.thresholds, nlu.language, nlu.evaluation.bench, nlu.dataset_add, sys;"
        "sys.exit(any(name.split('.')[0] in {'rasa', 'sklearn', 'sanic', 'numpy'} for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
