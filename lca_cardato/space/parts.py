"""Make the parts of a space: variants, grids, simplex grids, tables and sampled points."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Optional

import numpy as np
from numpy.typing import NDArray

from lca_cardato.errors import InputError
from lca_cardato.sentence import say
from lca_cardato.space.axes import Axis, FloatAxis, Part, StepAxis, TextAxis, percent_text
from lca_cardato.space.models import Range, Sample, Simplex, Space, TableFile
from lca_cardato.space.paths import parse_path, value_at
from lca_cardato.space.readings import one_reading
from lca_cardato.text.fields import as_texts
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import parse_share
from lca_cardato.text.thousands import plain
from lca_cardato.text.yamltree import dotted

MAX_ENTRIES = 20_000_000


def make_parts(space: Space, base: Any, folder: Path, file: str) -> tuple[list[Part], bytes]:
    """Make the parts, outermost first.

    Parameters
    ----------
    space : Space
    base : tree
        Base scenario as nested dicts and lists.
    folder : Path
        Folder of the space file.
    file : str
        Name of the space file, for messages.

    Returns
    -------
    parts : list of Part
    table : bytes
        The table, as it was read; empty when there is none.

    Raises
    ------
    InputError
        Paths, ranges, shares or tables that can't be used.
    """
    parts: list[Part] = []
    data = b""
    if space.variants:
        named = [
            (
                name,
                [(parse_path(path, base, file), as_texts(value)) for path, value in items.items()],
            )
            for name, items in space.variants.items()
        ]
        for name, items in named:
            one_reading([value for _, value in items], file, f"variants.{name}")
        parts.append(Part("variants", len(named), [], named))
    for path, values in space.grid.items():
        place = parse_path(path, base, file)
        listed = _spread(values, path, file) if isinstance(values, Range) else values
        if not listed:
            raise InputError.one("E321", say("a list of values is empty"), file=file, key=path)
        texts = [as_texts(value) for value in listed]
        one_reading(texts, file, path)
        parts.append(Part("grid", len(texts), [TextAxis(place, dotted(place), texts)]))
    if space.table is not None:
        part, data = _table(space.table, base, folder, file)
        parts.append(part)
    if space.simplex is not None:
        parts.append(_simplex(space.simplex, base, file))
    if space.sample is not None:
        parts.append(_sample(space.sample, base, file))
    _no_path_twice(parts, file)
    return parts, data


def _no_path_twice(parts: list[Part], file: str) -> None:
    seen: list[tuple] = []
    for part in parts:
        for axis in part.axes:
            for path in seen:
                if _figure(path) == _figure(axis.path):
                    raise InputError.one(
                        "E320", say("varies in two places"), file=file, key=axis.name
                    )
                if path[: len(axis.path)] == axis.path:
                    raise InputError.one(
                        "E320", say("replaces {path}, which varies too", path=dotted(path)), file=file,
                        key=axis.name,
                    )  # fmt: skip
            seen.append(axis.path)


def _figure(path: tuple) -> tuple:
    """Path of a figure, whether or not its `value` is named."""
    return path[:-1] if path[-1] == "value" else path


def _ends(first: str, last: str, path: str, file: str) -> tuple[Fraction, Fraction, str]:
    """Numbers and common unit of the two ends of an interval."""
    one_reading([first, last], file, path)
    ends = TextAxis(parse_path(path, {}, file), path, [first, last])
    if ends.numbers is None or (int(ends.structure.max()) > 1 and ends.path[-1] == "count"):
        raise InputError.one(
            "E321", say("the ends of an interval are two numbers in the same unit"), file=file, key=path,
            value=f"{first} ... {last}", suggestion=say("e.g. {{from: 0.3 kWh/kg, to: 0.6 kWh/kg}}"),
        )  # fmt: skip
    low, high = ends.exact(0), ends.exact(1)
    if low >= high:
        raise InputError.one(
            "E321",
            say("`from` must be below `to`"),
            file=file,
            key=path,
            value=f"{first} ... {last}",
        )
    return low, high, ends.unit


def _spread(values: Range, path: str, file: str) -> list[str]:
    low, high, unit = _ends(values.from_, values.to, path, file)
    count = _whole(values.points, 2, path, file)
    texts = []
    for index in range(count):
        if index in (0, count - 1):
            texts.append(values.to if index else values.from_)
            continue
        number = low + (high - low) * Fraction(index, count - 1)
        text = plain(f"{float(number):.12g}")
        texts.append(f"Nm {text}" if unit == "Nm" else f"{text} {unit}")
    return texts


def _whole(number: Fraction, least: int, path: str, file: str) -> int:
    if number.denominator != 1 or not least <= number <= MAX_ENTRIES:
        raise InputError.one(
            "E321",
            say(
                "a whole number from {least} to {most} is expected",
                least=least,
                most=MAX_ENTRIES,
            ),
            file=file,
            key=path,
            value=str(number),
        )
    return int(number)


# -- blends ------------------------------------------------------------------------------------


def _simplex(simplex: Simplex, base: Any, file: str) -> Part:
    path = parse_path(simplex.blend, base, file)
    lines = value_at(base, path)
    if not isinstance(lines, list) or path[-1] != "blend":
        raise InputError.one("E320", say("this is not a blend"), file=file, key=simplex.blend)
    places = [
        parse_path(f"{simplex.blend}.{entry.line}.share", base, file) for entry in simplex.lines
    ]
    if len(set(places)) < len(places):
        raise InputError.one("E320", say("a line varies twice"), file=file, key="simplex.lines")
    fixed = Fraction(0)
    for index, line in enumerate(lines):
        if (*path, index, "share") not in places:
            try:
                fixed += parse_share(line["share"])
            except (QuantityError, KeyError, TypeError):
                raise InputError.one(
                    "E110", say("the base scenario has no sound share here"), file=file,
                    key=dotted((*path, index)),
                ) from None  # fmt: skip
    counts = simplex_counts(1 - fixed, simplex.step, [(e.min, e.max) for e in simplex.lines], file)
    axes: list[Axis] = [
        StepAxis(place, dotted(place), counts[:, column], simplex.step, entry.min)
        for column, (place, entry) in enumerate(zip(places, simplex.lines))
    ]
    return Part("simplex", len(counts), axes)


def simplex_counts(
    whole: Fraction, step: Fraction, bounds: list[tuple[Fraction, Fraction]], file: str = ""
) -> NDArray[np.int32]:
    """List every blend in whole steps above the least shares.

    Parameters
    ----------
    whole : Fraction
        Sum of the shares.
    step : Fraction
    bounds : list of (min, max)
        Bounds of each fibre.
    file : str
        For messages.

    Returns
    -------
    ndarray of int, shape (blends, fibres)
        Steps above the least share of each fibre, in lexicographic order.

    Raises
    ------
    InputError
        ``E301`` when no blend in whole steps fulfils the bounds, ``E321`` when there are too many.
    """
    if step <= 0 or any(low > high for low, high in bounds):
        raise InputError.one(
            "E321", say("a step above 0 and `min` below `max`"), file=file, key="simplex"
        )
    room = whole - sum((low for low, _ in bounds), Fraction(0))
    total = room / step
    if total < 0 or total.denominator != 1:
        raise InputError.one(
            "E301",
            say(
                "what is left to share out is {room}, which is no whole number of steps of {step}",
                room=percent_text(room),
                step=percent_text(step),
            ),
            file=file,
            key="simplex",
            suggestion=say("change `step` or the `min` of a line"),
        )
    most = [int((high - low) // step) for low, high in bounds]
    if total > MAX_ENTRIES or _number_of_blends(int(total), most) > MAX_ENTRIES:
        raise InputError.one(
            "E321",
            say("more than {most} blends", most=MAX_ENTRIES),
            file=file,
            key="simplex.step",
            suggestion=say("take a larger step or narrower bounds"),
        )
    rows = np.zeros((1, 0), dtype=np.int32)
    left = np.array([int(total)], dtype=np.int32)
    for column, limit in enumerate(most):
        behind = sum(most[column + 1 :])
        low, high = np.maximum(0, left - behind), np.minimum(left, limit)
        many = np.maximum(0, high - low + 1)
        start = np.repeat(np.cumsum(many) - many, many)
        value = (np.arange(int(many.sum())) - start + np.repeat(low, many)).astype(np.int32)
        rows = np.column_stack([np.repeat(rows, many, axis=0), value])
        left = np.repeat(left, many) - value
    if not len(rows):
        raise InputError.one("E301", say("no blend fulfils the bounds"), file=file, key="simplex")
    return rows


def _number_of_blends(total: int, most: list[int]) -> int:
    """Count the blends, without listing them."""
    ways = [1] + [0] * total
    for limit in most:
        sums, running = [], 0
        for value in range(total + 1):
            running += ways[value] - (ways[value - limit - 1] if value > limit else 0)
            sums.append(running)
        ways = sums
    return ways[total]


# -- tables and samples ------------------------------------------------------------------------


def _table(source: TableFile, base: Any, folder: Path, file: str) -> tuple[Part, bytes]:
    from lca_cardato.space.office_table import office_part
    from lca_cardato.space.tables import read_table

    if source.columns:
        return office_part(source, base, folder, file)
    heads, rows, lines, data = read_table(folder, source, file)
    axes: list[Axis] = []
    for column, head in enumerate(heads):
        try:
            place = parse_path(head, base, source.file)
        except InputError as error:
            raise InputError(replace(p, line=1, column=1) for p in error.problems) from None
        cells = [row[column] for row in rows]
        one_reading(cells, source.file, head)
        axes.append(TextAxis(place, dotted(place), cells))
    return Part("table", len(rows), axes, lines=lines), data


def _sample(sample: Sample, base: Any, file: str) -> Part:
    count = _whole(sample.points, 1, "sample.points", file)
    if sample.seed.denominator != 1 or sample.seed < 0:
        raise InputError.one(
            "E321", say("a seed is a whole number from 0"), file=file, key="sample.seed"
        )
    axes: list[Axis] = []
    for column, (path, ends) in enumerate(sample.over.items()):
        low, high, unit = _ends(ends.from_, ends.to, path, file)
        place = parse_path(path, base, file)
        if place[-1] == "share":
            raise InputError.one(
                "E320", say("shares of a blend must sum to 100 %: vary them by `simplex`"), file=file,
                key=path,
            )  # fmt: skip
        unit_points = _points(sample.method, count, column, dotted(place), int(sample.seed))
        numbers = float(low) + (float(high) - float(low)) * unit_points
        axes.append(FloatAxis(place, dotted(place), numbers, unit))
    return Part("sample", count, axes)


def _points(method: str, count: int, column: int, name: str, seed: int) -> NDArray[np.float64]:
    """Coordinates in [0, 1) along one dimension; a dimension more changes no other.

    A Latin hypercube permutes its strata and shifts each point inside, by the stream of the
    path. Sobol points are the unscrambled sequence with a random shift modulo 1 (Cranley and
    Patterson 1976), by the stream of the path.
    """
    from lca_cardato.streams import stream

    generator = stream(f"space/{name}", seed)
    if method == "latin_hypercube":
        return (generator.permutation(count) + generator.random(count)) / count
    from scipy.stats import qmc

    sequence: Optional[NDArray[np.float64]] = qmc.Sobol(column + 1, scramble=False).random(count)[
        :, column
    ]
    assert sequence is not None
    return (sequence + generator.random()) % 1.0
