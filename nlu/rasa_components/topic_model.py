"""What a message is about, whether it is about any topic at all, and whether someone is in danger: one linear model.

Topics that have examples of danger are two classes while training ("emergency" in danger and not); a topic scores what
the better of its classes scores. Two support vector machines judge the classes, one on n-grams and sentence vectors, one
on n-grams alone; two more answer yes or no: in scope? in danger? What all of them say out of fold, about sentences they
were not trained on, decides how they are weighed:

* topic: the blend of the first two under which the true topics are most likely;
* in scope, danger: a logistic regression of the yes-or-no score and the lead of the best class that says yes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.special import expit, softmax

from nlu.rasa_components.features import Features
from nlu.rasa_components.linear_model import (
    Labels,
    LinearModel,
    Scores,
    fit_classes,
    fit_yes_no,
    folds,
    likeliest_mix,
    logistic,
)

OUT_OF_SCOPE = "out_of_scope"
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes told apart while training, by topic: a topic each, some once more for danger."""

    topic_of: tuple[str, ...]
    danger: tuple[bool, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """Return the topics in the order of their classes."""
        return tuple(dict.fromkeys(self.topic_of))

    def pooled(self, scores: Scores) -> Scores:
        """Return the score of each topic: that of the better of its classes."""
        starts = [i for i, topic in enumerate(self.topic_of) if i == 0 or topic != self.topic_of[i - 1]]
        return np.asarray(np.maximum.reduceat(scores, starts, axis=1))

    def in_scope(self) -> Flags:
        """Return which classes are in scope."""
        return np.array([topic != OUT_OF_SCOPE for topic in self.topic_of])

    def in_danger(self) -> Flags:
        """Return which classes are danger."""
        return np.array(self.danger)


@dataclass(frozen=True, slots=True)
class Judgement:
    """For each message: a probability per topic, of being in scope, of danger."""

    topics: NDArray[np.float64]
    in_scope: NDArray[np.float64]
    danger: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Columns of `linear`: the classes, then the yes-or-no score for scope and for danger.

    `scope` and `danger` weigh lead, yes-or-no score and a constant; they are empty when there was nothing to learn.
    """

    classes: Classes
    linear: LinearModel
    scope: NDArray[np.float64]
    danger: NDArray[np.float64]

    @classmethod
    def fit(cls, features: Features, topics: Sequence[str], danger: Sequence[bool], originals: Labels) -> Self:
        """Fit on all examples; `originals` are those that a person wrote, the others are spelling variants of them."""
        pairs = list(zip(topics, danger, strict=True))
        names = sorted(set(pairs))
        target = np.array([names.index(pair) for pair in pairs], dtype=np.intp)
        classes = Classes(tuple(topic for topic, _ in names), tuple(flag for _, flag in names))
        halves = folds(target[originals])
        parts = [np.arange(len(target)), *(originals[train] for train, _ in halves)]
        (with_vectors, without, yes_no), *of_halves = _fit(features, target, classes, parts)
        held_out = [np.zeros((len(originals), columns)) for columns in (len(names), len(names), 2)]
        for (_, test), models in zip(halves, of_halves, strict=True):
            for into, model in zip(held_out, models, strict=True):
                into[test] = model.scores(features.rows(originals[test]))
        weigh = _weights(classes, target[originals], held_out)
        linear = with_vectors.times(weigh.mix[0]).plus(without.times(weigh.mix[1])).beside(yes_no)
        return cls(classes, linear, weigh.scope, weigh.danger)

    def judge(self, features: Features) -> Judgement:
        """Return what the model makes of each message."""
        scores = self.linear.scores(features)
        of_classes, yes_no = scores[:, :-2], scores[:, -2:]
        return Judgement(
            softmax(self.classes.pooled(of_classes), axis=1),
            _probability(of_classes, self.classes.in_scope(), yes_no[:, 0], self.scope, otherwise=1.0),
            _probability(of_classes, self.classes.in_danger(), yes_no[:, 1], self.danger, otherwise=0.0),
        )

    def save(self, folder: Path) -> None:
        """Write names as JSON and numbers as numpy arrays: nothing that runs when read."""
        names = {"topic_of": self.classes.topic_of, "danger": self.classes.danger}
        (folder / "classes.json").write_text(json.dumps(names), encoding="utf-8")
        n, v, b = self.linear.ngram_weights, self.linear.vector_weights, self.linear.bias
        np.savez(folder / "weights.npz", n=n, v=v, b=b, scope=self.scope, danger=self.danger)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `save` wrote."""
        names = json.loads((folder / "classes.json").read_text(encoding="utf-8"))
        classes = Classes(tuple(names["topic_of"]), tuple(names["danger"]))
        with np.load(folder / "weights.npz", allow_pickle=False) as a:
            return cls(classes, LinearModel(a["n"], a["v"], a["b"]), a["scope"], a["danger"])


def _fit(features: Features, target: Labels, classes: Classes, parts: Sequence[Labels]) -> list[tuple[LinearModel, ...]]:
    """Fit on each of several parts of the examples, side by side on all cores.

    Return for each part the two models of the classes, and the yes-or-no models in one. Every model is fitted by itself in a
    process of its own with a seed of its own, so the number of cores changes nothing.
    """
    count = len(classes.topic_of)
    scope, danger = classes.in_scope()[target], classes.in_danger()[target]
    fits = [
        partial(fit_classes, target=target, count=count, with_vectors=True),
        partial(fit_classes, target=target, count=count, with_vectors=False),
        partial(fit_yes_no, truth=scope, balanced=False),
        partial(fit_yes_no, truth=danger, balanced=True),
    ]
    jobs = [delayed(fit)(features, rows=part) for fit in fits for part in parts]
    fitted = Parallel(n_jobs=-1)(jobs)
    each = [fitted[i :: len(parts)] for i in range(len(parts))]
    return [(with_vectors, without, in_scope.beside(in_danger)) for with_vectors, without, in_scope, in_danger in each]


@dataclass(frozen=True, slots=True)
class Weights:
    """How the opinions are weighed: of the two models of the classes, and for scope and danger."""

    mix: NDArray[np.float64]
    scope: NDArray[np.float64]
    danger: NDArray[np.float64]


def _weights(classes: Classes, target: Labels, held_out: Sequence[Scores]) -> Weights:
    """Find the weights by what the models say out of fold: scores of the two models of the classes, and yes-or-no scores."""
    topics = np.array([classes.topics.index(topic) for topic in classes.topic_of])[target]
    mix = likeliest_mix(held_out[:2], topics, classes.pooled)
    blended = mix[0] * held_out[0] + mix[1] * held_out[1]
    scope, danger = (
        _weigh_question(blended, yes, held_out[2][:, i], yes[target])
        for i, yes in enumerate((classes.in_scope(), classes.in_danger()))
    )
    return Weights(mix, scope, danger)


def _weigh_question(scores: Scores, yes: Flags, yes_no: Scores, truth: Flags) -> NDArray[np.float64]:
    if yes.all() or not yes.any():
        return np.array([])
    return logistic(np.column_stack([_lead(scores, yes), yes_no]), truth)


def _lead(scores: Scores, yes: Flags) -> Scores:
    """Return by how much the best class that says yes leads the best that says no."""
    return np.asarray(scores[:, yes].max(axis=1) - scores[:, ~yes].max(axis=1))


def _probability(
    scores: Scores, yes: Flags, yes_no: Scores, weights: NDArray[np.float64], *, otherwise: float
) -> NDArray[np.float64]:
    if not weights.size:
        return np.full(len(scores), otherwise)
    return np.asarray(expit(np.column_stack([_lead(scores, yes), yes_no, np.ones(len(scores))]) @ weights))
