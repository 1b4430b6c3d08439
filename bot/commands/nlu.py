"""`amparo nlu`: train, serve, evaluate and feed the classifier."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec

import typer

from nlu import rasa_environment
from nlu.client import NluError, NotClassifiable, RasaClient
from nlu.dataset_add import SentenceRefused, add_sentence
from nlu.dataset_check import Language, check, minimum_of
from nlu.evaluation.classify import judge
from nlu.evaluation.curves import curve, wants_more
from nlu.evaluation.measures import Judged, measure
from nlu.evaluation.questions import QuestionFileError, Spelling, read_questions
from nlu.evaluation.tuning import trade_off, tune
from nlu.evaluation.write_report import write_report
from nlu.fingerprint import manifest_path, model_path
from nlu.prediction import Prediction
from nlu.rasa_environment import RasaEnvironmentError
from nlu.server_process import TOKEN_VARIABLE, NluServer
from nlu.thresholds import is_danger, outcome_of

nlu_app = typer.Typer(help="Train, serve, evaluate and feed the classifier.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SPELLINGS: tuple[Spelling, ...] = ("as written", "no accents", "SMS")
Parameters = ParamSpec("Parameters")


def plain_errors(command: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """End a command with exit code 2 and a sentence instead of a traceback when its surroundings are at fault."""

    @wraps(command)
    def wrapped(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except (RasaEnvironmentError, NluError, QuestionFileError, FileNotFoundError) as error:
            typer.echo(f"amparo nlu: {error}", err=True)
            raise typer.Exit(2) from None

    return wrapped


def ensure_model(*, force: bool = False) -> Path:
    """Install the Rasa environment and train if the model of the present data is missing; return the model."""
    model = model_path()
    if force or not (model.exists() and manifest_path(model).exists()):
        rasa_environment.install()
        rasa_environment.run("nlu.training", ["--force"] if force else [])
    return model


@nlu_app.command("train")
@plain_errors
def train_command(
    force: Annotated[bool, typer.Option(help="Train although nothing changed.")] = False, as_json: AsJson = False
) -> None:
    """Train the classifier, unless the model of the present data exists."""
    model = ensure_model(force=force)
    manifest = json.loads(manifest_path(model).read_text(encoding="utf-8"))
    if as_json:
        _print_json({"model": str(model), "manifest": manifest})
    else:
        typer.echo(f"{model} ({manifest['training_seconds']} s, fingerprint {manifest['fingerprint'][:16]})")


@nlu_app.command("serve")
@plain_errors
def serve_command(
    port: Annotated[int, typer.Option(help="0 takes a free port, which the ready line names.")] = 5005,
    host: Annotated[str, typer.Option(help="Keep it on loopback or an internal network.")] = "127.0.0.1",
) -> None:
    """Serve the model over HTTP until it is stopped; the token comes from AMPARO_NLU_TOKEN."""
    token = os.environ.get(TOKEN_VARIABLE, "")
    if not token:
        raise RasaEnvironmentError(f"set {TOKEN_VARIABLE}: the server answers only to those who know it")
    ensure_model()
    command = rasa_environment.command("nlu.server", "--host", host, "--port", str(port))
    os.execve(command[0], command, rasa_environment.environment({TOKEN_VARIABLE: token}))  # noqa: S606


@nlu_app.command("evaluate")
@plain_errors
def evaluate_command(
    files: Annotated[list[Path], typer.Argument(help="JSON lines with text, label, alt; or Rasa YAML.", exists=True)],
    as_json: AsJson = False,
    report: Annotated[bool, typer.Option(help="Write nlu/evaluation/report.md and its pictures.")] = False,
    spelling: Annotated[bool, typer.Option(help="Also without accents and in SMS spelling.")] = False,
    show_tuning: Annotated[bool, typer.Option("--tune", help="Propose thresholds.")] = False,
) -> None:
    """Put questions through the classifier and measure."""
    model = ensure_model()
    spellings = SPELLINGS if spelling or report else SPELLINGS[:1]
    judged = {path.stem: judge(read_questions(path), spellings, model=model) for path in files}
    everything = [j for spelt in judged.values() for j in spelt["as written"]]
    if report:
        typer.echo(f"written: {write_report(judged, model.name)}", err=True)
    if show_tuning:
        thresholds = tune(everything)
        typer.echo(f"{thresholds}\n" + "\n".join(str(row) for row in trade_off(everything, thresholds)), err=True)
    if as_json:
        _print_json(_as_json(judged, everything))
    else:
        for name, spelt in judged.items():
            _print_measures(name, spelt)


@nlu_app.command("parse")
@plain_errors
def parse_command(text: Annotated[str, typer.Argument(help="What a person might write.")], as_json: AsJson = False) -> None:
    """Show what the classifier makes of one sentence."""
    prediction = asyncio.run(_parse(text, ensure_model()))
    if as_json:
        _print_json(as_mapping(prediction))
        return
    typer.echo(f"{outcome_of(prediction)}  danger {prediction.danger:.2f}{'!' if is_danger(prediction) else ''}"
               f"  in scope {prediction.in_scope:.2f}")  # fmt: skip
    for ranked in prediction.ranking[:5]:
        typer.echo(f"  {ranked.confidence:.3f} {ranked.name}")
    for entity in prediction.entities:
        typer.echo(f"  {entity.type} {entity.value} ({entity.text})")


@nlu_app.command("add")
@plain_errors
def add_command(
    topic: Annotated[str, typer.Argument(help="The intent, such as wage_unpaid.")],
    text: Annotated[str, typer.Argument(help="The sentence as it was written; no names, no numbers.")],
    danger: Annotated[bool, typer.Option(help="Someone is in danger at this moment.")] = False,
    language: Annotated[str | None, typer.Option(help="es or en; default: recognised.")] = None,
) -> None:
    """Add a sentence the bot got wrong to the training data, after checking it."""
    try:
        added = add_sentence(topic, text, language=language, danger=danger)
    except SentenceRefused as error:
        typer.echo(f"amparo nlu add: {error}", err=True)
        raise typer.Exit(1) from None
    minimum = minimum_of(topic, added.language)
    typer.echo(f"{added.path}:{added.line}: {added.language}, {added.before} -> {added.before + 1} (min. {minimum})")
    typer.echo("Entrene para que surta efecto / train for it to take effect: amparo nlu train")


@nlu_app.command("check")
@plain_errors
def check_command(
    language: Annotated[str, typer.Option(help="Language of the messages: es or en.")] = "es", as_json: AsJson = False
) -> None:
    """Check the training data; says file, line, what is wrong and how to mend it."""
    problems = check()
    lang: Language = "en" if language == "en" else "es"
    if as_json:
        _print_json([{"file": str(p.path), "line": p.line, "code": p.code, "message": p.text(lang)} for p in problems])
    else:
        for problem in problems:
            typer.echo(problem.text(lang))
        typer.echo(f"{len(problems)} problemas / problems")
    raise typer.Exit(1 if problems else 0)


@nlu_app.command("curves")
@plain_errors
def curves_command(
    file: Annotated[Path, typer.Argument(help="Questions to measure with.", exists=True)],
    shares: Annotated[str, typer.Option(help="Shares of the training data.")] = "0.1,0.25,0.5,1.0",
    as_json: AsJson = False,
) -> None:
    """Train on growing parts of the data and measure, to see where more examples would help."""
    rows = [curve(float(share), read_questions(file)) for share in shares.split(",")]
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        typer.echo(
            f"{row['share']:.2f}  {row['examples']:6d} examples  accuracy {row['accuracy']:.3f}  top3 {row['top3']:.3f}"
        )
    for topic, before, after in wants_more(rows):
        typer.echo(f"wants more: {topic:26} F1 {before:.2f} -> {after:.2f}")


async def _parse(text: str, model: Path) -> Prediction:
    async with NluServer.running(model=model) as server, RasaClient(server.url, server.token) as client:
        try:
            return await client.classify(text)
        except NotClassifiable as error:
            raise QuestionFileError(str(error)) from None


def as_mapping(prediction: Prediction) -> dict[str, Any]:
    """Return a prediction as JSON-ready values."""
    return {
        "intent": prediction.intent,
        "confidence": prediction.confidence,
        "ranking": [{"name": r.name, "confidence": r.confidence} for r in prediction.ranking],
        "entities": [
            {"type": e.type, "value": e.value, "text": e.text, "start": e.start, "end": e.end, "role": e.role}
            for e in prediction.entities
        ],
        "danger": prediction.danger,
        "in_scope": prediction.in_scope,
        "outcome": outcome_of(prediction),
    }


def _as_json(judged: Mapping[str, Mapping[Spelling, Sequence[Judged]]], everything: Sequence[Judged]) -> dict[str, Any]:
    spelt = {
        s: measure([j for sets in judged.values() for j in sets[s]])
        for s in next(iter(judged.values()))
        if s != "as written"
    }
    short = {s: {k: v for k, v in m.items() if k not in {"errors", "per_intent"}} for s, m in spelt.items()}
    return {**measure(everything), "spelling": short}


def _print_measures(name: str, spelt: Mapping[Spelling, Sequence[Judged]]) -> None:
    for spelling, judged in spelt.items():
        m = measure(judged)
        typer.echo(f"{name}, {spelling}: n={m['n']}")
        for key, value in m.items():
            if isinstance(value, float):
                typer.echo(f"  {key:20} {value:.3f}")
        typer.echo("  shares               " + ", ".join(f"{k} {v:.3f}" for k, v in m["shares"].items()))


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
