"""Line charts as numbers for SVG: a browser draws them, no program of ours runs in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 200  # of the drawing, in its own units
_MARKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Point:
    """A value at its place; ``note`` says it in words."""

    x: float
    y: float
    note: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A named line; ``points`` are those of a polyline, ``look`` numbers colour and dash."""

    name: str
    look: int
    points: str
    dots: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of shares (0..1): curves, marks of the upright axis, labels of the lying one."""

    title: str
    curves: tuple[Curve, ...]
    marks: tuple[Point, ...]
    labels: tuple[Point, ...]


def share_chart(
    title: str, places: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]]
) -> Chart:
    """Return the chart of shares (0..1, None: nothing to show) at named places."""
    curves = tuple(_curve(name, look, places, values) for look, (name, values) in enumerate(series))
    step = -(-len(places) // _MOST_LABELS) if places else 1
    labels = tuple(
        Point(_x(number, len(places)), HEIGHT, place)
        for number, place in enumerate(places)
        if (len(places) - 1 - number) % step == 0
    )
    marks = tuple(Point(0, _y(mark), f"{mark:.0%}") for mark in _MARKS)
    return Chart(title, curves, marks, labels)


def _curve(name: str, look: int, places: Sequence[str], values: Sequence[float | None]) -> Curve:
    dots = tuple(
        Point(_x(number, len(places)), _y(value), f"{place}: {name} {value:.0%}")
        for number, (place, value) in enumerate(zip(places, values, strict=True))
        if value is not None
    )
    return Curve(name, look, " ".join(f"{dot.x},{dot.y}" for dot in dots), dots)


def _x(number: int, many: int) -> float:
    return round(WIDTH * (number + 0.5) / max(many, 1), 1)


def _y(share: float) -> float:
    return round(HEIGHT * (1 - min(max(share, 0.0), 1.0)), 1)
