"""Train a model with Rasa and write its manifest beside it. Rasa environment only.

    uv run --project nlu --frozen python -m nlu.training [--force]

Prints its progress, and as the last line one JSON object: {"model": ..., "trained": true or false, "seconds": ...}.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nlu.fingerprint import ROOT, digest_of, digests, fingerprint, manifest_path, model_path

GOLDEN = (
    "no me han pagado las últimas dos semanas",
    "me corrieron sin razón",
    "q ago si el contratista no me kiere dar mi cheke",
    "my boss keeps my passport",
    "cuánto cuesta un iphone",
    "nos tienen encerrados y no nos dejan salir",
    "soy nica y trabajo en Costa Rica",
)


def main(arguments: list[str] | None = None) -> int:
    """Train unless the model of the present inputs exists already."""
    parser = argparse.ArgumentParser(prog="nlu.training", description="Train the classifier.")
    parser.add_argument("--force", action="store_true", help="train although the model is up to date")
    parser.add_argument("--model", type=Path, help="archive to write; default: named by the fingerprint of the inputs")
    parser.add_argument("--data", type=Path, default=ROOT / "nlu" / "data", help="training data")
    parser.add_argument("--config", type=Path, default=ROOT / "config.yml", help="Rasa's pipeline")
    parser.add_argument("--bare", action="store_true", help="write no manifest (for other people's pipelines)")
    options = parser.parse_args(arguments)
    model = options.model or model_path()
    started = time.monotonic()
    trained = options.force or not is_complete(model)
    took = train(model, config=options.config, data=options.data) if trained else 0.0
    if trained and not (options.bare and options.config != ROOT / "config.yml"):
        say(f"trained in {took:.0f} s; writing the manifest")
        write_manifest(model, seconds=took)
    seconds = {"seconds": round(time.monotonic() - started, 1), "training_seconds": round(took, 1)}
    print(json.dumps({"model": str(model), "trained": trained, **seconds}), flush=True)
    return 0


def is_complete(model: Path) -> bool:
    """Return whether a model and its manifest exist and belong together."""
    manifest = manifest_path(model)
    if not (model.exists() and manifest.exists()):
        return False
    return bool(json.loads(manifest.read_text(encoding="utf-8"))["model_sha256"] == digest_of([model], model.parent))


def train(model: Path, *, config: Path, data: Path) -> float:
    """Train a model into the given file; return how many seconds that took, loading Rasa left out."""
    say("loading Rasa")
    started = time.monotonic()
    with quiet_rasa():
        from rasa.model_training import train_nlu

        say(f"training (Rasa loaded in {time.monotonic() - started:.0f} s)")
        training_started = time.monotonic()
        model.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=model.parent) as folder:
            made = train_nlu(str(config), str(data), folder, fixed_model_name="model")
            if made is None:
                raise SystemExit("nlu.training: Rasa trained no model; see the messages above")
            Path(made).replace(model)
    return time.monotonic() - training_started


def write_manifest(model: Path, *, seconds: float) -> None:
    """Write what the model was made of and what it answers to the golden sentences."""
    from rasa import __version__ as rasa_version

    from nlu.loaded_model import LoadedModel

    loaded = LoadedModel.load(model)
    manifest: dict[str, Any] = {
        "fingerprint": fingerprint(),
        "inputs": digests(),
        "model_sha256": digest_of([model], model.parent),
        "rasa": rasa_version,
        "training_seconds": round(seconds, 1),
        "golden": [golden_answer(loaded.parse(text)) for text in GOLDEN],
    }
    manifest_path(model).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def golden_answer(parsed: dict[str, Any]) -> dict[str, Any]:
    """Return what two trainings on the same inputs must agree on."""
    return {
        "text": parsed["text"],
        "ranking": [[item["name"], item["confidence"]] for item in parsed["intent_ranking"][:3]],
        "danger": parsed["danger"]["confidence"],
        "in_scope": parsed["in_scope"]["confidence"],
        "entities": [[item["entity"], item["value"]] for item in parsed["entities"]],
    }


@contextmanager
def quiet_rasa() -> Iterator[None]:
    """Keep Rasa from telephoning, caching in the working folder and chattering."""
    os.environ.update(
        RASA_TELEMETRY_ENABLED="false",
        RASA_MAX_CACHE_SIZE="0",
        TF_CPP_MIN_LOG_LEVEL="3",
        LOG_LEVEL="ERROR",
        PYTHONWARNINGS="ignore",
    )
    with tempfile.TemporaryDirectory() as cache:
        os.environ["RASA_CACHE_DIRECTORY"] = cache
        yield


def say(message: str) -> None:
    """Show progress on standard error, so that standard output stays readable by a program."""
    print(f"nlu: {message}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
