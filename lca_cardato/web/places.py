"""Where the values of an array of `lca_cardato.web.arrays` stand: shapes, strides, indexing."""

from __future__ import annotations

import math
from typing import Any, Optional, Sequence

Shape = tuple[int, ...]


def strides_of(shape: Shape) -> list[int]:
    """How far neighbours along each axis lie apart in the flat list."""
    found, step = [0] * len(shape), 1
    for axis in range(len(shape) - 1, -1, -1):
        found[axis], step = step, step * shape[axis]
    return found


def shape_of_items(items: Sequence[tuple[list[Any], Shape]]) -> tuple[list[Any], Shape]:
    """Flat values and shape of arrays of one shape, put along a new first axis.

    Raises
    ------
    ValueError
        Their shapes differ.
    """
    if not items:
        return [], (0,)
    inner = items[0][1]
    if any(shape != inner for _, shape in items):
        raise ValueError("lists of different lengths make no array")
    return [value for flat, _ in items for value in flat], (len(items), *inner)


def common(one: Shape, other: Shape) -> Shape:
    """Shape to which both can be spread.

    Raises
    ------
    ValueError
        There is none.
    """
    length = max(len(one), len(other))
    padded = [(1,) * (length - len(shape)) + shape for shape in (one, other)]
    found = []
    for a, b in zip(*padded):
        if a != b and 1 not in (a, b):
            raise ValueError(f"arrays of shapes {one} and {other} do not fit")
        found.append(b if a == 1 else a)
    return tuple(found)


def spread(flat: list[Any], shape: Shape, wanted: Shape) -> list[Any]:
    """Repeat values so that they fill a larger shape.

    Raises
    ------
    ValueError
        The shape does not fit.
    """
    if shape == wanted:
        return flat
    padded = (1,) * (len(wanted) - len(shape)) + shape
    if len(padded) > len(wanted) or any(a not in (1, b) for a, b in zip(padded, wanted)):
        raise ValueError(f"an array of shape {shape} can't be spread to {wanted}")
    for axis in range(len(wanted) - 1, -1, -1):
        times = wanted[axis]
        if padded[axis] == times:
            continue
        block = math.prod(wanted[axis + 1 :])
        flat = [
            value
            for start in range(0, len(flat), block or 1)
            for value in flat[start : start + block] * times
        ]
    return flat


def places(key: Any, shape: Shape) -> tuple[list[int], Shape]:
    """Places in the flat list that an index names, and the shape of what it gives.

    Parameters
    ----------
    key : int, slice, None, list or array of int or bool, or a tuple of these
        One list or array at most.
    shape : tuple of int

    Raises
    ------
    IndexError
        An index lies outside, or there are too many.
    """
    keys = list(key) if isinstance(key, tuple) else [key]
    wanted = sum(1 for one in keys if one is not None)
    if wanted > len(shape):
        raise IndexError("too many indices for array")
    keys += [slice(None)] * (len(shape) - wanted)
    steps = strides_of(shape)
    found, told, axis = [0], [], 0
    for one in keys:
        if one is None:
            told.append(1)
            continue
        chosen, kept = _chosen(one, shape[axis])
        step = steps[axis]
        offsets = [place * step for place in chosen]
        found = [start + offset for start in found for offset in offsets]
        if kept:
            told.append(len(chosen))
        axis += 1
    return found, tuple(told)


def _chosen(key: Any, length: int) -> tuple[list[int], bool]:
    """Places along one axis, and whether the axis stays."""
    if isinstance(key, slice):
        return list(range(*key.indices(length))), True
    some = _listed(key)
    if some is None:
        return [_inside(int(key), length)], False
    if some and isinstance(some[0], bool):
        if len(some) != length:
            raise IndexError("a mask of another length")
        return [place for place, yes in enumerate(some) if yes], True
    return [_inside(int(place), length) for place in some], True


def _listed(key: Any) -> Optional[list[Any]]:
    flat = getattr(key, "flat", None)
    if flat is not None and key.shape:
        return list(flat)
    return list(key) if isinstance(key, (list, tuple, range)) else None


def _inside(place: int, length: int) -> int:
    if not -length <= place < length:
        raise IndexError(place)
    return place % length
