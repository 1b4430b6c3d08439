"""Linear classifiers over n-grams and sentence vectors, and how several are weighed and calibrated.

A weighted sum of linear models over the same features is a linear model, so however many are trained, one matrix remains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import expit, log_softmax
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from nlu.rasa_components.features import Features

SEED = 20261122
FOLDS, FOLDS_OF_FEW, FEW = 2, 5, 5000  # half of a few examples teaches too little to judge the rest by
UNSEEN = -1.5  # the score of a class of which a fold held no example
Scores = NDArray[np.float64]
Labels = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """scores = ngrams @ ngram_weights + vectors @ vector_weights + bias; one column per class."""

    ngram_weights: NDArray[np.float32]
    vector_weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, features: Features) -> Scores:
        """Return one row of scores for each message."""
        rows = [self._ngram_scores(features.ngrams, row) for row in range(len(features))]
        return np.asarray(np.stack(rows) + features.vectors @ self.vector_weights + self.bias, dtype=np.float64)

    def _ngram_scores(self, ngrams: sparse.csr_matrix, row: int) -> NDArray[np.float32]:
        """Gather the few rows of weights that a message needs; quicker than a sparse product for one message."""
        part = slice(ngrams.indptr[row], ngrams.indptr[row + 1])
        return np.asarray(ngrams.data[part] @ self.ngram_weights[ngrams.indices[part]])

    def times(self, factor: float) -> LinearModel:
        """Return the model with all scores multiplied."""
        f = np.float32(factor)
        return LinearModel(self.ngram_weights * f, self.vector_weights * f, self.bias * f)

    def plus(self, other: LinearModel) -> LinearModel:
        """Return the model whose scores are the sums of both."""
        ngrams, vectors = self.ngram_weights + other.ngram_weights, self.vector_weights + other.vector_weights
        return LinearModel(ngrams, vectors, self.bias + other.bias)

    def beside(self, other: LinearModel) -> LinearModel:
        """Return the model with the columns of both."""
        ngrams = np.hstack([self.ngram_weights, other.ngram_weights])
        vectors = np.hstack([self.vector_weights, other.vector_weights])
        return LinearModel(ngrams, vectors, np.concatenate([self.bias, other.bias]))


def fit_classes(features: Features, target: Labels, count: int, *, rows: Labels, with_vectors: bool) -> LinearModel:
    """Fit a linear support vector machine with a column for each of `count` classes on some rows of the features."""
    features, target = features.rows(rows), target[rows]
    svm = LinearSVC(C=0.5, tol=1e-3, random_state=SEED).fit(_matrix(features, with_vectors), target)
    model = _taken_apart(svm, features)
    if len(svm.classes_) == 2:
        model = model.times(-1).beside(model)
    return _with_unseen(model, svm.classes_, count)


def fit_yes_no(features: Features, truth: NDArray[np.bool_], *, rows: Labels, balanced: bool) -> LinearModel:
    """Fit a linear support vector machine with one column, positive for yes, on some rows of the features.

    Where all say the same there is nothing to learn, and every score is 0.
    """
    features, truth = features.rows(rows), truth[rows]
    if truth.all() or not truth.any():
        shapes = (features.ngrams.shape[1], 1), (features.vectors.shape[1], 1), (1,)
        return LinearModel(*(np.zeros(shape, np.float32) for shape in shapes))
    strength, weight = (0.1, "balanced") if balanced else (0.5, None)
    svm = LinearSVC(C=strength, tol=1e-3, class_weight=weight, random_state=SEED).fit(_matrix(features, True), truth)
    return _taken_apart(svm, features)


def _matrix(features: Features, with_vectors: bool) -> sparse.csr_matrix:
    if not with_vectors:
        return features.ngrams
    return sparse.hstack([features.ngrams, sparse.csr_matrix(features.vectors)], format="csr")


def _taken_apart(svm: LinearSVC, features: Features) -> LinearModel:
    """Return the weights of n-grams and of vectors; a model without vectors has zeros for theirs."""
    weights, ngrams = svm.coef_.T.astype(np.float32), features.ngrams.shape[1]
    vectors = weights[ngrams:] if len(weights) > ngrams else np.zeros((features.vectors.shape[1], weights.shape[1]))
    return LinearModel(np.ascontiguousarray(weights[:ngrams]), vectors.astype(np.float32), svm.intercept_.astype(np.float32))


def _with_unseen(model: LinearModel, seen: Labels, count: int) -> LinearModel:
    """Return the model with a column for every class, also for those without an example."""
    if len(seen) == count:
        return model
    ngrams = np.zeros((len(model.ngram_weights), count), np.float32)
    vectors = np.zeros((len(model.vector_weights), count), np.float32)
    bias = np.full(count, UNSEEN, np.float32)
    ngrams[:, seen], vectors[:, seen], bias[seen] = model.ngram_weights, model.vector_weights, model.bias
    return LinearModel(ngrams, vectors, bias)


def folds(target: Labels) -> list[tuple[Labels, Labels]]:
    """Split positions into parts, the classes spread evenly; each part is judged by what the others taught."""
    splitter = StratifiedKFold(FOLDS if len(target) > FEW else FOLDS_OF_FEW, shuffle=True, random_state=SEED)
    return [(train, test) for train, test in splitter.split(target, target)]


def likeliest_mix(
    scores: Sequence[Scores], truth: Labels, pool: Callable[[Scores], Scores] = lambda scores: scores
) -> NDArray[np.float64]:
    """Return the weights, none negative, under which the true classes are most likely.

    This also calibrates the probabilities: temperature scaling (Guo et al. 2017) with one temperature per model.
    """

    def surprise(log_mix: NDArray[np.float64]) -> float:
        mixed = sum(weight * part for weight, part in zip(np.exp(log_mix), scores, strict=True))
        return float(-log_softmax(pool(np.asarray(mixed)), axis=1)[np.arange(len(truth)), truth].mean())

    return np.exp(_minimum(surprise, np.zeros(len(scores))))


def logistic(opinions: NDArray[np.float64], truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return weights of the opinions, and last a constant, under which the truth is most likely."""
    inputs = np.column_stack([opinions, np.ones(len(truth))])

    def surprise(weights: NDArray[np.float64]) -> float:
        probability = np.clip(expit(inputs @ weights), 1e-9, 1 - 1e-9)
        return float(-np.log(np.where(truth, probability, 1 - probability)).mean())

    return _minimum(surprise, np.append(np.ones(opinions.shape[1]), 0.0))


def _minimum(function: Callable[[NDArray[np.float64]], float], start: NDArray[np.float64]) -> NDArray[np.float64]:
    options = {"xatol": 1e-3, "fatol": 1e-7, "maxiter": 500}
    return np.asarray(minimize(function, start, method="Nelder-Mead", options=options).x)
