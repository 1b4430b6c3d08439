"""`amparo bench`: this bot and stock Rasa side by side, in one run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.nlu import plain_errors
from nlu import rasa_environment
from nlu.dataset import EVALUATION
from nlu.evaluation.bench import bench
from nlu.evaluation.questions import read_questions

bench_app = typer.Typer(help="Measure this bot against stock Rasa, in one run.", no_args_is_help=True)

EXAMPLES = 500
QUESTIONS = 200


@bench_app.callback()
def bench_group() -> None:
    """Measure this bot against stock Rasa, in one run."""


@bench_app.command("nlu")
@plain_errors
def nlu_command(
    train: Annotated[Path | None, typer.Option(help="Rasa YAML to train both on; default: a sample of our data.")] = None,
    test: Annotated[Path | None, typer.Option(help="Rasa YAML or JSON lines; default: held-out questions.")] = None,
    only: Annotated[str, typer.Option(help="'ours' leaves stock Rasa out, which takes most of the time.")] = "",
    examples: Annotated[int, typer.Option(help="Training examples taken of our own data.")] = EXAMPLES,
    questions: Annotated[int, typer.Option(help="Questions asked at most.")] = QUESTIONS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Train both on the same data and compare accuracy, latency, throughput, training time and memory."""
    rasa_environment.install(quiet=True)
    everything = read_questions(test or EVALUATION / "heldout.jsonl")
    step = 1.0 if test else max(len(everything) / questions, 1.0)
    asked = [everything[int(index * step)] for index in range(int(len(everything) / step))]
    result = bench(asked, train=train, examples=examples, only_ours=only == "ours")
    typer.echo(json.dumps(result, indent=1) if as_json else table(result))


def table(result: dict[str, Any]) -> str:
    """Return the figures as a table for people."""
    columns = [name for name in ("ours", "stock", "ratio") if name in result]
    lines = [f"{'':20}" + "".join(f"{name:>12}" for name in columns)]
    for key in result["ours"]:
        cells = (result[name].get(key) for name in columns)
        lines.append(f"{key:20}" + "".join(f"{'' if cell is None else f'{cell:.3f}':>12}" for cell in cells))
    return "\n".join(lines)
