"""What a trained model was made of, as one SHA-256; computed without Rasa.

A model is reused as long as its training data, pipeline, components and locked environment are unchanged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

NLU = Path(__file__).parent
ROOT = NLU.parent
MODELS = NLU / "models"

GROUPS = {
    "training_data": ("nlu/data/**/*.yml",),
    "config": ("config.yml",),
    "components": (
        "nlu/rasa_components/*.py",
        "nlu/gazetteer.py",
        "nlu/language_identifier.py",
        "nlu/place_roles.py",
        "nlu/spelling_variants.py",
        "nlu/text_folding.py",
    ),
    "lock": ("nlu/uv.lock",),
}


def digest_of(files: Iterable[Path], root: Path = ROOT) -> str:
    """Return the SHA-256 over names and contents of files, independent of the order given."""
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(path.relative_to(root).as_posix().encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def digests(root: Path = ROOT) -> dict[str, str]:
    """Return the SHA-256 of each group of inputs."""
    return {
        group: digest_of({path for pattern in patterns for path in root.glob(pattern)}, root)
        for group, patterns in GROUPS.items()
    }


def fingerprint(root: Path = ROOT) -> str:
    """Return one SHA-256 over all that a model is made of."""
    parts = digests(root)
    return hashlib.sha256("".join(parts[group] for group in sorted(parts)).encode()).hexdigest()


def model_path(root: Path = ROOT) -> Path:
    """Return where the model of the present inputs lies, or will lie once trained."""
    return root / MODELS.relative_to(ROOT) / f"{fingerprint(root)[:16]}.tar.gz"


def manifest_path(model: Path) -> Path:
    """Return where the manifest of a model lies: beside it."""
    return model.with_name(model.name.removesuffix(".tar.gz") + ".json")
