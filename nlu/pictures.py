"""Draw the confusion matrix and the reliability plot with matplotlib. Rasa environment only (it has matplotlib).

Reads on standard input `folder`, `labels`, `matrix` and `reliability` (rows of count, confidence, share right) as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

import numpy as np
from matplotlib import pyplot as plt


def main() -> int:
    """Draw both pictures into the folder."""
    data: dict[str, Any] = json.load(sys.stdin)
    folder = Path(data["folder"])
    draw_confusion(data["labels"], data["matrix"], folder / "confusion.png")
    draw_reliability(data["reliability"], folder / "reliability.png")
    return 0


def draw_confusion(labels: list[str], matrix: list[list[int]], path: Path) -> None:
    """Draw what was taken for what, each row as shares of its label."""
    counts = np.array(matrix, dtype=float)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = plt.subplots(figsize=(13, 12))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(labels)), labels, rotation=90, fontsize=7)
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    for row, column in zip(*np.nonzero(counts), strict=True):
        colour = "white" if shares[row, column] > 0.5 else "black"
        axes.text(column, row, int(counts[row, column]), ha="center", va="center", fontsize=6, color=colour)
    axes.set_xlabel("predicted")
    axes.set_ylabel("label")
    axes.set_title("Held-out questions: label and prediction")
    _save(figure, path)


def draw_reliability(rows: list[list[float]], path: Path) -> None:
    """Draw how often a confidence is right, and how often it occurs."""
    counts, confidences, right = (np.array(column) for column in zip(*rows, strict=True))
    figure, (above, below) = plt.subplots(2, 1, figsize=(6, 7), sharex=True, gridspec_kw={"height_ratios": [3, 1]})
    above.plot([0, 1], [0, 1], color="grey", linestyle="--", label="perfect")
    above.plot(confidences, right, marker="o", label="model")
    above.set_ylabel("share right")
    above.set_title("Reliability on held-out questions")
    above.legend()
    below.bar(confidences, counts, width=0.06)
    below.set_ylabel("questions")
    below.set_xlabel("confidence")
    _save(figure, path)


def _save(figure: plt.Figure, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, dpi=80, metadata={"Software": None})
    plt.close(figure)


if __name__ == "__main__":
    sys.exit(main())
