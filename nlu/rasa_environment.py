"""The Rasa environment as seen from the bot's: install it, and run our modules in it as child processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from nlu.fingerprint import NLU, ROOT

# Passed on to the child; everything else of the bot's environment, its secrets above all, stays behind.
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


class RasaEnvironmentError(RuntimeError):
    """The Rasa environment cannot be installed, or a program in it failed."""


def interpreter() -> Path:
    """Return the Python of the Rasa environment, whether it exists yet or not."""
    folder = Path(os.environ.get("AMPARO_NLU_VENV", NLU / ".venv"))
    return folder / "bin" / "python"


def is_installed() -> bool:
    """Return whether there is a Rasa environment; it may be out of date."""
    return interpreter().exists()


def install(*, quiet: bool = False) -> None:
    """Bring the environment to what `nlu/uv.lock` says; quick when nothing changed. uv shows the progress."""
    arguments, variables = installation()
    if subprocess.run(arguments + (["--quiet"] if quiet else []), env=variables, check=False).returncode:  # noqa: S603
        raise RasaEnvironmentError("the Rasa environment could not be installed; is uv there? python -m pip install uv")


def installation() -> tuple[list[str], dict[str, str]]:
    """Return the command line that installs the environment, and the variables to run it with."""
    uv = shutil.which("uv")
    command = [uv] if uv else [sys.executable, "-m", "uv"]
    variables = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    variables["UV_PROJECT_ENVIRONMENT"] = str(interpreter().parent.parent)
    return [*command, "sync", "--project", str(NLU), "--frozen", "--no-dev"], variables


def command(module: str, *arguments: str) -> list[str]:
    """Return the command line that runs one of our modules in the Rasa environment."""
    return [str(interpreter()), "-W", "ignore", "-m", module, *arguments]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of such a child: little is inherited, and our folder is importable."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    quiet = {
        "OPENBLAS_NUM_THREADS": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONUNBUFFERED": "1",
    }
    return {**inherited, **quiet, "PYTHONPATH": str(ROOT), **(extra or {})}


def run(module: str, arguments: Sequence[str] = ()) -> str:
    """Run a module in the Rasa environment, let its progress through, and return what it printed."""
    finished = subprocess.run(  # noqa: S603
        command(module, *arguments), env=environment(), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    if finished.returncode:
        raise RasaEnvironmentError(f"{module} ended with exit code {finished.returncode}; see the messages above")
    return finished.stdout
