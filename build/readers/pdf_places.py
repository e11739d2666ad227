"""What stands where on a page: runs of text and ruling lines, in points from its upper left corner."""

from __future__ import annotations

from typing import NamedTuple

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Run(NamedTuple):
    """Characters printed side by side without a gap (one at least), and the place they take.

    ``spaced``: white space stands before them in the file. ``turn``: quarter turns by which they lie against the page's
    reading direction, 0 for nearly every run.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    spaced: bool
    turn: int = 0


class Ruling(NamedTuple):
    """A ruling line: ``at`` is its y (horizontal) or x (vertical), ``start`` and ``end`` its reach along the other."""

    at: float
    start: float
    end: float


def combined(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies ``inner`` first, then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def moved(box: Box, matrix: Matrix) -> Box:
    """A box through a matrix, as the upright box around it."""
    if matrix == IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    corners = [(x * a + y * c + e, x * b + y * d + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
