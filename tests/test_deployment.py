"""The images and the compose file, checked without a Docker engine: held to the Makefile and the settings."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from bot.settings import REPOSITORY, Settings

DOCKERFILE = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")


@pytest.fixture
def services() -> dict[str, Any]:
    return dict(yaml.safe_load((REPOSITORY / "compose.yaml").read_text(encoding="utf-8"))["services"])


def test_dockerfile_has_both_targets_and_no_root() -> None:
    assert set(re.findall(r"^FROM \S+ AS (\w+)", DOCKERFILE, re.MULTILINE)) == {"base", "bot", "nlu"}
    assert "FROM python:3.11-slim" in DOCKERFILE
    assert "USER amparo" in DOCKERFILE


def test_dockerfile_copies_what_exists_and_calls_make_targets_that_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"RUN make ([a-z-]+)", DOCKERFILE)) <= targets
    for line in re.findall(r"^COPY --chown=\S+ (.+) \S+$", DOCKERFILE, re.MULTILINE):
        for source in line.split():
            assert (REPOSITORY / source).exists(), source


def test_classifier_and_database_are_not_reachable_from_outside(services: dict[str, Any]) -> None:
    for name in ("nlu", "db"):
        assert services[name]["networks"] == ["inside"]
        assert "ports" not in services[name]
    assert all("TELEGRAM" not in key for key in services["nlu"]["environment"])


def test_bot_stops_gently_and_writes_nowhere_but_its_data(services: dict[str, Any]) -> None:
    assert services["bot"]["stop_grace_period"] == "30s"
    assert services["bot"]["read_only"] is True


def test_compose_sets_only_settings_that_exist(services: dict[str, Any]) -> None:
    real = {field.alias or f"AMPARO_{name.upper()}" for name, field in Settings.model_fields.items()}
    assert set(services["bot"]["environment"]) <= real
