"""The evaluation as a page of Markdown that people can read; the pictures lie beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlu.evaluation.measures import Judged, confusions, measure, reliability
from nlu.evaluation.questions import Spelling
from nlu.thresholds import THRESHOLDS

WORST = 15
EXAMPLES = 3
ROWS = (
    ("accuracy", "right topic first", ">= 0.85"),
    ("top3", "right topic in the first three", ">= 0.95"),
    ("macro_f1", "macro F1", ""),
    ("oos_recall", "out of scope: declined", ">= 0.85"),
    ("oos_precision", "declined: rightly so", ""),
    ("false_refusal", "in scope: declined", "<= 0.05"),
    ("danger_recall", "danger: recognised", ">= 0.98"),
    ("danger_precision", "alarms: rightly so", ""),
    ("danger_false_alarms", "calm: alarmed", ""),
    ("ece", "calibration error", ""),
    ("answered_accuracy", "answered at once: right", ""),
)


def report(judged: Mapping[str, Mapping[Spelling, Sequence[Judged]]], model: str) -> str:
    """Return the page for some sets of questions, each in some spellings."""
    lines = [
        "# How good the shipped model is",
        "",
        "Made by `amparo nlu evaluate FILE... --report`; do not edit.",
        "",
        f"Model `{model}`. {_thresholds()}",
        "",
        *_summary(judged),
    ]
    first = next(iter(judged.values()))["as written"]
    lines += ["", "![Reliability](reliability.png)", "", "![Confusions](confusion.png)", ""]
    lines += [*_calibration(first), "", *_per_intent(first), "", *_worst(first)]
    return "\n".join(lines) + "\n"


def _thresholds() -> str:
    t = THRESHOLDS
    return (
        f"Thresholds (`nlu/thresholds.yml`): answer {t.answer}, margin {t.margin}, decline {t.decline}, danger {t.danger}."
    )


def _summary(judged: Mapping[str, Mapping[Spelling, Sequence[Judged]]]) -> Iterator[str]:
    measured = [(f"{name}, {s}", measure(j)) for name, spellings in judged.items() for s, j in spellings.items()]
    yield "| | wanted | " + " | ".join(f"{name} (n={m['n']})" for name, m in measured) + " |"
    yield "| --- | --- |" + " ---: |" * len(measured)
    for key, title, wanted in ROWS:
        yield f"| {title} | {wanted} | " + " | ".join(f"{m[key]:.3f}" for _, m in measured) + " |"
    for share in ("answer", "ask", "decline"):
        yield f"| share: {share} | | " + " | ".join(f"{m['shares'][share]:.3f}" for _, m in measured) + " |"
    for language in ("es", "en"):
        cells = (m["per_language"].get(language, {}).get("accuracy") for _, m in measured)
        yield f"| right topic first, {language} | | " + " | ".join("" if c is None else f"{c:.3f}" for c in cells) + " |"


def _calibration(judged: Sequence[Judged]) -> Iterator[str]:
    yield "## Calibration"
    yield ""
    yield "| questions | mean confidence | right |"
    yield "| ---: | ---: | ---: |"
    for count, confidence, right in reliability(judged):
        yield f"| {count} | {confidence:.2f} | {right:.2f} |"


def _per_intent(judged: Sequence[Judged]) -> Iterator[str]:
    rows: dict[str, Any] = measure(judged)["per_intent"]
    yield "## Topics"
    yield ""
    yield "| topic | n | precision | recall | F1 |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for topic, row in sorted(rows.items(), key=lambda item: item[1]["f1"]):
        yield f"| `{topic}` | {row['n']} | {row['precision']:.2f} | {row['recall']:.2f} | {row['f1']:.2f} |"


def _worst(judged: Sequence[Judged]) -> Iterator[str]:
    yield "## The worst confusions"
    for label, predicted, cases in confusions(judged)[:WORST]:
        yield ""
        yield f"**`{label}` taken for `{predicted}`** ({len(cases)})"
        yield ""
        for case in cases[:EXAMPLES]:
            yield f"- {case.question.text} ({case.prediction.confidence:.2f})"
