"""An array of numbers in pure Python: its values, arithmetic, and what is asked over an axis."""

from __future__ import annotations

import math
import operator
from itertools import repeat
from typing import Any, Callable, Iterable, Iterator, Optional

from lca_cardato.web.places import Shape, common, places, shape_of_items, spread, strides_of

PLAIN = frozenset({float, int, bool})


class ndarray:
    """An array of numbers: a flat list, the last axis running fastest, and its shape.

    Indexing gives copies, never views; only ``array[place] = values`` writes.
    """

    __slots__ = ("flat", "shape")
    __array_priority__ = 1.0

    def __init__(self, flat: list[Any], shape: Shape) -> None:
        self.flat, self.shape = flat, shape

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Number of values."""
        return len(self.flat)

    @property
    def T(self) -> ndarray:
        """The array with its axes in the other order; of two axes at most."""
        if self.ndim < 2:
            return self
        rows, columns = self.shape
        flat = self.flat
        return ndarray([v for c in range(columns) for v in flat[c::columns]], (columns, rows))

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("len() of unsized object")
        return self.shape[0]

    def __iter__(self) -> Iterator[Any]:
        if self.ndim == 1:
            return iter(self.flat)
        return (self[place] for place in range(len(self)))

    def __bool__(self) -> bool:
        if len(self.flat) != 1:
            raise ValueError("the truth value of an array of several values is ambiguous")
        return bool(self.flat[0])

    def __float__(self) -> float:
        return float(self.item())

    def __int__(self) -> int:
        return int(self.item())

    def __index__(self) -> int:
        return int(self.item())

    def item(self) -> Any:
        """Give the only value."""
        (value,) = self.flat
        return value

    def tolist(self) -> Any:
        """Give nested lists."""
        if not self.shape:
            return self.flat[0]
        return [one.tolist() if isinstance(one, ndarray) else one for one in self]

    def copy(self) -> ndarray:
        """Give another array of the same values."""
        return ndarray(list(self.flat), self.shape)

    def astype(self, kind: Callable[[Any], Any]) -> ndarray:
        """Give the values as another kind of number."""
        return ndarray([kind(value) for value in self.flat], self.shape)

    def reshape(self, *shape: int) -> ndarray:
        """Give the values in another shape; one length may be -1."""
        known = math.prod(length for length in shape if length >= 0)
        whole = tuple(len(self.flat) // known if length < 0 else length for length in shape)
        return ndarray(self.flat, whole)

    # -- reading and writing ---------------------------------------------------------------------

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, int) and not isinstance(key, bool):
            length = self.shape[0]
            if not -length <= key < length:
                raise IndexError(key)
            if len(self.shape) == 1:
                return self.flat[key]
            step = len(self.flat) // length if length else 0
            start = (key % length) * step
            return ndarray(self.flat[start : start + step], self.shape[1:])
        found, shape = places(key, self.shape)
        flat = self.flat
        if not shape:
            return flat[found[0]]
        return ndarray([flat[place] for place in found], shape)

    def __setitem__(self, key: Any, value: Any) -> None:
        found, shape = places(key, self.shape)
        values = spread(*parts(value), shape)
        for place, one in zip(found, values):
            self.flat[place] = one

    # -- arithmetic --------------------------------------------------------------------------------

    def __add__(self, other: Any) -> Any:
        return two(operator.add, self, other)

    def __radd__(self, other: Any) -> Any:
        return two(operator.add, other, self)

    def __sub__(self, other: Any) -> Any:
        return two(operator.sub, self, other)

    def __rsub__(self, other: Any) -> Any:
        return two(operator.sub, other, self)

    def __mul__(self, other: Any) -> Any:
        return two(operator.mul, self, other)

    def __rmul__(self, other: Any) -> Any:
        return two(operator.mul, other, self)

    def __truediv__(self, other: Any) -> Any:
        return divided(self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return divided(other, self)

    def __iadd__(self, other: Any) -> ndarray:
        self.flat = two(operator.add, self, other).flat
        return self

    def __isub__(self, other: Any) -> ndarray:
        self.flat = two(operator.sub, self, other).flat
        return self

    def __neg__(self) -> ndarray:
        return ndarray([-value for value in self.flat], self.shape)

    def __abs__(self) -> ndarray:
        return ndarray(list(map(abs, self.flat)), self.shape)

    def __eq__(self, other: object) -> Any:
        return two(operator.eq, self, other)

    def __ne__(self, other: object) -> Any:
        return two(operator.ne, self, other)

    def __lt__(self, other: Any) -> Any:
        return two(operator.lt, self, other)

    def __le__(self, other: Any) -> Any:
        return two(operator.le, self, other)

    def __gt__(self, other: Any) -> Any:
        return two(operator.gt, self, other)

    def __ge__(self, other: Any) -> Any:
        return two(operator.ge, self, other)

    def __and__(self, other: Any) -> Any:
        return two(operator.and_, self, other)

    __rand__ = __and__

    def __or__(self, other: Any) -> Any:
        return two(operator.or_, self, other)

    __ror__ = __or__

    __hash__ = None  # type: ignore[assignment]

    def __matmul__(self, other: ndarray) -> Any:
        if self.ndim == 1 and other.ndim == 1:
            return sum(a * b for a, b in zip(self.flat, other.flat))
        if self.ndim == 1:
            return vector_times(self, other)
        if other.ndim == 1:
            return ndarray([row @ other for row in self], self.shape[:1])
        rows = [vector_times(row, other).flat for row in self]
        return ndarray([v for row in rows for v in row], (self.shape[0], other.shape[1]))

    # -- over an axis ------------------------------------------------------------------------------

    def sum(self, axis: Optional[int] = None) -> Any:
        """Sum of all, or over an axis."""
        return self._over(sum, axis)

    def max(self, axis: Optional[int] = None) -> Any:
        """Largest of all, or over an axis."""
        return self._over(max, axis)

    def min(self, axis: Optional[int] = None) -> Any:
        """Smallest of all, or over an axis."""
        return self._over(min, axis)

    def any(self, axis: Optional[int] = None) -> Any:
        """Whether any value is true, of all or over an axis."""
        return self._over(any, axis)

    def all(self, axis: Optional[int] = None) -> Any:
        """Whether all values are true, of all or over an axis."""
        return self._over(all, axis)

    def _over(self, of: Callable[[Iterable[Any]], Any], axis: Optional[int]) -> Any:
        if axis is None:
            return of(self.flat)
        axis %= self.ndim
        shape = (*self.shape[:axis], *self.shape[axis + 1 :])
        step = strides_of(self.shape)[axis]
        length, flat = self.shape[axis], self.flat
        block = step * length
        found = [
            of(flat[start + inner : start + inner + block : step])
            for start in range(0, len(flat), block or 1)
            for inner in range(step)
        ] if flat else [of([]) for _ in range(math.prod(shape))]  # fmt: skip
        return ndarray(found, shape) if shape else found[0]


def quotient(above: Any, below: Any) -> Any:
    """Divide as numpy does where errors are ignored."""
    if below:
        return above / below
    if not above or above != above:
        return math.nan
    return math.copysign(math.inf, above) * math.copysign(1.0, below)


def divided(above: Any, below: Any) -> Any:
    """Divide value by value; a divisor of 0 gives what numpy gives."""
    try:
        return two(operator.truediv, above, below)
    except ZeroDivisionError:
        return two(quotient, above, below)


def parts(value: Any) -> tuple[list[Any], Shape]:
    """Flat values and shape of an array, of nested lists, or of one number."""
    if isinstance(value, ndarray):
        return value.flat, value.shape
    if isinstance(value, (list, tuple, range)):
        if value and PLAIN.issuperset(map(type, value)):
            return list(value), (len(value),)
        return shape_of_items([parts(one) for one in value])
    return [value], ()


def two(of: Callable[[Any, Any], Any], first: Any, second: Any) -> Any:
    """Apply a function to two arrays value by value, each spread to the common shape."""
    (a, one), (b, other) = parts(first), parts(second)
    if one == other:
        return ndarray(list(map(of, a, b)), one) if one else of(a[0], b[0])
    if not other:
        return ndarray(list(map(of, a, repeat(b[0]))), one)
    if not one:
        return ndarray(list(map(of, repeat(a[0]), b)), other)
    shape = common(one, other)
    return ndarray(list(map(of, spread(a, one, shape), spread(b, other, shape))), shape)


def vector_times(vector: ndarray, matrix: ndarray) -> ndarray:
    """Row vector times matrix, row by row of the matrix; rows of weight 0 are passed over."""
    columns = matrix.shape[1]
    found = [0.0] * columns
    flat = matrix.flat
    for place, weight in enumerate(vector.flat):
        if weight:
            row = flat[place * columns : (place + 1) * columns]
            found = list(map(operator.add, found, map(operator.mul, row, repeat(weight))))
    return ndarray(found, (columns,))
