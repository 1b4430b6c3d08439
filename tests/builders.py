"""Small things the tests need: a sample knowledge of invented figures, predictions, a fake classifier and storage."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import REPOSITORY
from nlu.errors import NluUnavailable
from nlu.prediction import Entity, Prediction, RankedIntent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from actions.profile import UserProfile
    from bot.storage.repositories import Counted

SAMPLE = Path(__file__).parent / "knowledge" / "sample"
REGISTERS = ("topics.yaml", "languages.yaml", "units.yaml", "danger.yaml", "interface")


def copy_sample(target: Path) -> Path:
    """The sample content with the real registers, in a folder of its own; may be changed."""
    shutil.copytree(SAMPLE, target)
    for name in REGISTERS:
        source = REPOSITORY / "knowledge" / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target / name)
    return target


def make_prediction(  # each is one property of a prediction
    intent: str,
    confidence: float = 0.95,
    *,
    others: Sequence[tuple[str, float]] = (("greet", 0.01),),
    entities: Sequence[Entity] = (),
    danger: float = 0.0,
    in_scope: float = 1.0,
    languages: Mapping[str, float] | None = None,
) -> Prediction:
    """A prediction of the classifier."""
    ranking = (RankedIntent(intent, confidence), *(RankedIntent(*other) for other in others))
    return Prediction(intent, confidence, ranking, tuple(entities), danger, in_scope, languages or {})


def place(type_: str, value: str, role: str | None = None) -> Entity:
    """An entity of a prediction."""
    return Entity(type_, value, value, 0, 1, role)


class FakeClassifier:
    """Answers every text with one prediction, or is away."""

    def __init__(self, prediction: Prediction | None = None) -> None:
        self.prediction = prediction
        self.texts: list[str] = []

    async def classify(self, text: str) -> Prediction:
        """As told."""
        self.texts.append(text)
        if self.prediction is None:
            raise NluUnavailable("away")
        return self.prediction


class InMemoryPreferences:
    """Storage that lasts as long as the test; `broken` fails every call, as a full disk does."""

    def __init__(self, *, broken: bool = False) -> None:
        self.profiles: dict[str, UserProfile] = {}
        self.counted: list[Counted] = []
        self.broken = broken

    def _fail(self) -> None:
        if self.broken:
            raise OSError("No space left on device")

    async def get(self, key: str) -> UserProfile | None:
        """The profile."""
        self._fail()
        return self.profiles.get(key)

    async def save(self, key: str, profile: UserProfile, today: dt.date, counted: Sequence[Counted] = ()) -> None:
        """Keep it."""
        self._fail()
        self.profiles[key] = profile
        self.counted.extend(counted)

    async def count(self, counted: Sequence[Counted]) -> None:
        """Count."""
        self._fail()
        self.counted.extend(counted)

    async def erase(self, key: str) -> None:
        """Forget."""
        self._fail()
        self.profiles.pop(key, None)
