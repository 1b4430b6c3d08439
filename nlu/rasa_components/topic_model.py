"""What a message is about, whether it is about any topic at all, and whether someone is in danger: one linear model.

Topics that have examples of danger are two classes while training ("emergency" in danger and not); a topic scores what
the better of its classes scores. Three opinions judge the classes: a support vector machine on n-grams and sentence vectors,
one on n-grams alone, and the resemblance to the nearest training sentences. Two more machines answer yes or no: in scope? in
danger? What all of them say out of fold, about sentences they were not trained on, decides how they are weighed:

* topic: the blend of the three under which the true topics are most likely;
* in scope, danger: a logistic regression of the yes-or-no score, the score of the best class that says yes, and its lead.
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
from nlu.rasa_components.nearest_examples import NearestExamples

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

    `resemblance` weighs the nearest examples against them. `scope` and `danger` weigh the columns of `_evidence` and a
    constant; they are empty when there was nothing to learn.
    """

    classes: Classes
    linear: LinearModel
    nearest: NearestExamples
    resemblance: float
    scope: NDArray[np.float64]
    danger: NDArray[np.float64]

    @classmethod
    def fit(cls, features: Features, topics: Sequence[str], danger: Sequence[bool], originals: Labels) -> Self:
        """Fit on all examples; `originals` are those that a person wrote, the others are spelling variants of them."""
        pairs = list(zip(topics, danger, strict=True))
        names = sorted(set(pairs))
        target = np.array([names.index(pair) for pair in pairs], dtype=np.intp)
        classes = Classes(tuple(topic for topic, _ in names), tuple(flag for _, flag in names))
        held_out = folds(target[originals])
        parts = [np.arange(len(target)), *(originals[train] for train, _ in held_out)]
        final, *of_folds = _fit(features, target, classes, parts)
        opinions = _out_of_fold(of_folds, features.rows(originals), target[originals], held_out)
        weigh = _weights(classes, target[originals], opinions)
        linear = final.with_vectors.times(weigh.mix[0]).plus(final.without.times(weigh.mix[1])).beside(final.yes_no)
        nearest = NearestExamples.fit(features.vectors[originals], target[originals], len(names))
        return cls(classes, linear, nearest, float(weigh.mix[2]), weigh.scope, weigh.danger)

    def judge(self, features: Features) -> Judgement:
        """Return what the model makes of each message."""
        scores = self.linear.scores(features)
        of_classes = scores[:, :-2] + self.resemblance * self.nearest.scores(features.vectors)
        yes_no = scores[:, -2:]
        return Judgement(
            softmax(self.classes.pooled(of_classes), axis=1),
            _probability(of_classes, self.classes.in_scope(), yes_no[:, 0], self.scope, otherwise=1.0),
            _probability(of_classes, self.classes.in_danger(), yes_no[:, 1], self.danger, otherwise=0.0),
        )

    def save(self, folder: Path) -> None:
        """Write names as JSON and numbers as numpy arrays: nothing that runs when read."""
        names = {"topic_of": self.classes.topic_of, "danger": self.classes.danger, "resemblance": self.resemblance}
        (folder / "classes.json").write_text(json.dumps(names), encoding="utf-8")
        n, v, b = self.linear.ngram_weights, self.linear.vector_weights, self.linear.bias
        np.savez(folder / "weights.npz", n=n, v=v, b=b, scope=self.scope, danger=self.danger)
        np.savez(folder / "nearest.npz", **self.nearest.arrays())

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `save` wrote."""
        names = json.loads((folder / "classes.json").read_text(encoding="utf-8"))
        classes = Classes(tuple(names["topic_of"]), tuple(names["danger"]))
        with np.load(folder / "nearest.npz", allow_pickle=False) as a:
            nearest = NearestExamples(**a)
        with np.load(folder / "weights.npz", allow_pickle=False) as a:
            linear = LinearModel(a["n"], a["v"], a["b"])
            return cls(classes, linear, nearest, names["resemblance"], a["scope"], a["danger"])


@dataclass(frozen=True, slots=True)
class Fitted:
    """The linear models fitted on one part of the examples: two of the classes, and the yes-or-no models in one."""

    with_vectors: LinearModel
    without: LinearModel
    yes_no: LinearModel


def _fit(features: Features, target: Labels, classes: Classes, parts: Sequence[Labels]) -> list[Fitted]:
    """Fit on each of several parts of the examples, side by side on all cores.

    Every model is fitted by itself, in a process of its own with its own seed: the number of cores changes nothing.
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
    return [Fitted(with_vectors, without, in_scope.beside(in_danger)) for with_vectors, without, in_scope, in_danger in each]


@dataclass(frozen=True, slots=True)
class Opinions:
    """What is said of sentences by models that have not seen them: scores of the classes, three times, and yes or no."""

    of_classes: tuple[Scores, Scores, Scores]
    yes_no: Scores


def _out_of_fold(
    fitted: Sequence[Fitted], features: Features, target: Labels, parts: Sequence[tuple[Labels, Labels]]
) -> Opinions:
    """Let what the other folds taught judge each fold."""
    count = fitted[0].without.bias.size
    with_vectors, without, resemblance = (np.zeros((len(target), count)) for _ in range(3))
    yes_no = np.zeros((len(target), 2))
    for (train, test), models in zip(parts, fitted, strict=True):
        unseen = features.rows(test)
        with_vectors[test], without[test] = models.with_vectors.scores(unseen), models.without.scores(unseen)
        resemblance[test] = NearestExamples.fit(features.vectors[train], target[train], count).scores(unseen.vectors)
        yes_no[test] = models.yes_no.scores(unseen)
    return Opinions((with_vectors, without, resemblance), yes_no)


@dataclass(frozen=True, slots=True)
class Weights:
    """How the opinions are weighed: the three about the classes, and those about scope and danger."""

    mix: NDArray[np.float64]
    scope: NDArray[np.float64]
    danger: NDArray[np.float64]


def _weights(classes: Classes, target: Labels, opinions: Opinions) -> Weights:
    """Find the weights by what the models say out of fold."""
    topics = np.array([classes.topics.index(topic) for topic in classes.topic_of])[target]
    mix = likeliest_mix(opinions.of_classes, topics, classes.pooled)
    blended = np.asarray(sum(weight * scores for weight, scores in zip(mix, opinions.of_classes, strict=True)))
    scope, danger = (
        _weigh_question(blended, yes, opinions.yes_no[:, i], yes[target])
        for i, yes in enumerate((classes.in_scope(), classes.in_danger()))
    )
    return Weights(mix, scope, danger)


def _weigh_question(scores: Scores, yes: Flags, yes_no: Scores, truth: Flags) -> NDArray[np.float64]:
    if yes.all() or not yes.any():
        return np.array([])
    return logistic(_evidence(scores, yes, yes_no), truth)


def _evidence(scores: Scores, yes: Flags, yes_no: Scores) -> Scores:
    """Return what speaks for yes: the lead of its best class over the best that says no, that class's score, the answer.

    The score counts by itself because danger told in passing leads nothing: the question is clearly about wages, and the men
    with machetes come in its last three words.
    """
    best = scores[:, yes].max(axis=1)
    return np.column_stack([best - scores[:, ~yes].max(axis=1), best, yes_no])


def _probability(
    scores: Scores, yes: Flags, yes_no: Scores, weights: NDArray[np.float64], *, otherwise: float
) -> NDArray[np.float64]:
    if not weights.size:
        return np.full(len(scores), otherwise)
    return np.asarray(expit(np.column_stack([_evidence(scores, yes, yes_no), np.ones(len(scores))]) @ weights))
