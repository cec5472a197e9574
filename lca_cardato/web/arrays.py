"""Arrays of one scenario in pure Python, where numpy is not to be had: in the browser.

The browser puts this module in numpy's place (`lca_cardato.web.browser`). It knows the functions
that one scenario needs and no others: what is asked beyond them fails with an AttributeError, and
nothing is approximated. ``tests/web/test_arrays.py`` holds each of them against numpy itself.
"""

from __future__ import annotations

import contextlib
import math
from typing import Any, Callable, Iterable, Iterator, Optional, Sequence, Union

from lca_cardato.web.places import Shape, places, shape_of_items, spread, strides_of

inf, nan = math.inf, math.nan
float64 = float32 = float
int64 = int32 = int8 = intp = int
bool_ = bool
uint8 = uint32 = uint64 = int
floating = float


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
        values = spread(*_parts(value), shape)
        for place, one in zip(found, values):
            self.flat[place] = one

    # -- arithmetic --------------------------------------------------------------------------------

    def __add__(self, other: Any) -> Any:
        return _two(lambda a, b: a + b, self, other)

    def __radd__(self, other: Any) -> Any:
        return _two(lambda a, b: a + b, other, self)

    def __sub__(self, other: Any) -> Any:
        return _two(lambda a, b: a - b, self, other)

    def __rsub__(self, other: Any) -> Any:
        return _two(lambda a, b: a - b, other, self)

    def __mul__(self, other: Any) -> Any:
        return _two(lambda a, b: a * b, self, other)

    def __rmul__(self, other: Any) -> Any:
        return _two(lambda a, b: a * b, other, self)

    def __truediv__(self, other: Any) -> Any:
        return _two(_quotient, self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return _two(_quotient, other, self)

    def __iadd__(self, other: Any) -> ndarray:
        self.flat = _two(lambda a, b: a + b, self, other).flat
        return self

    def __isub__(self, other: Any) -> ndarray:
        self.flat = _two(lambda a, b: a - b, self, other).flat
        return self

    def __neg__(self) -> ndarray:
        return ndarray([-value for value in self.flat], self.shape)

    def __abs__(self) -> ndarray:
        return ndarray([builtin_abs(value) for value in self.flat], self.shape)

    def __eq__(self, other: object) -> Any:
        return _two(lambda a, b: a == b, self, other)

    def __ne__(self, other: object) -> Any:
        return _two(lambda a, b: a != b, self, other)

    def __lt__(self, other: Any) -> Any:
        return _two(lambda a, b: a < b, self, other)

    def __le__(self, other: Any) -> Any:
        return _two(lambda a, b: a <= b, self, other)

    def __gt__(self, other: Any) -> Any:
        return _two(lambda a, b: a > b, self, other)

    def __ge__(self, other: Any) -> Any:
        return _two(lambda a, b: a >= b, self, other)

    def __and__(self, other: Any) -> Any:
        return _two(lambda a, b: a and b, self, other)

    __rand__ = __and__

    def __or__(self, other: Any) -> Any:
        return _two(lambda a, b: a or b, self, other)

    __ror__ = __or__

    __hash__ = None  # type: ignore[assignment]

    def __matmul__(self, other: ndarray) -> Any:
        if self.ndim == 1 and other.ndim == 1:
            return sum(a * b for a, b in zip(self.flat, other.flat))
        if self.ndim == 1:
            return _vector_times(self, other)
        if other.ndim == 1:
            return ndarray([row @ other for row in self], self.shape[:1])
        rows = [_vector_times(row, other).flat for row in self]
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
        return self._over(builtin_any, axis)

    def all(self, axis: Optional[int] = None) -> Any:
        """Whether all values are true, of all or over an axis."""
        return self._over(builtin_all, axis)

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


Any_ = Union[ndarray, float, int, bool, Sequence[Any]]
builtin_abs, builtin_any, builtin_all = abs, any, all


def _quotient(above: Any, below: Any) -> Any:
    """Divide as numpy does where errors are ignored."""
    if below:
        return above / below
    if not above or above != above:
        return math.nan
    return math.copysign(math.inf, above) * math.copysign(1.0, below)


def _parts(value: Any) -> tuple[list[Any], Shape]:
    """Flat values and shape of an array, of nested lists, or of one number."""
    if isinstance(value, ndarray):
        return value.flat, value.shape
    if isinstance(value, (list, tuple, range)):
        return shape_of_items([(list(one.flat), one.shape) if isinstance(one, ndarray) else
                               _parts(one) for one in value])  # fmt: skip
    return [value], ()


def _two(of: Callable[[Any, Any], Any], first: Any, second: Any) -> Any:
    """Apply a function to two arrays value by value, each spread to the common shape."""
    (a, one), (b, other) = _parts(first), _parts(second)
    if one == other:
        found = [of(x, y) for x, y in zip(a, b)]
        return ndarray(found, one) if one else found[0]
    if not other:
        (y,) = b
        return ndarray([of(x, y) for x in a], one)
    if not one:
        (x,) = a
        return ndarray([of(x, y) for y in b], other)
    shape = common(one, other)
    return ndarray(
        [of(x, y) for x, y in zip(spread(a, one, shape), spread(b, other, shape))], shape
    )


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


def _vector_times(vector: ndarray, matrix: ndarray) -> ndarray:
    """Row vector times matrix, row by row of the matrix; rows of weight 0 are passed over."""
    columns = matrix.shape[1]
    found = [0.0] * columns
    flat = matrix.flat
    for place, weight in enumerate(vector.flat):
        if weight:
            row = flat[place * columns : (place + 1) * columns]
            found = [have + weight * value for have, value in zip(found, row)]
    return ndarray(found, (columns,))


def _one(of: Callable[[Any], Any], value: Any) -> Any:
    if not isinstance(value, (ndarray, list, tuple)):
        return of(value)
    flat, shape = _parts(value)
    return ndarray([of(one) for one in flat], shape)


# -- the functions, by numpy's names ---------------------------------------------------------------


def array(values: Any, dtype: Optional[Callable[[Any], Any]] = None) -> ndarray:
    """Make an array of numbers, lists or arrays."""
    flat, shape = _parts(values)
    return ndarray([dtype(one) for one in flat] if dtype else list(flat), shape)


def asarray(values: Any, dtype: Optional[Callable[[Any], Any]] = None) -> ndarray:
    """Give an array as it is, or make one."""
    return values if isinstance(values, ndarray) and dtype is None else array(values, dtype)


ascontiguousarray = asarray


def full(shape: Union[int, Shape], value: Any, dtype: Any = None) -> ndarray:
    """Array of one value."""
    whole = (shape,) if isinstance(shape, int) else tuple(shape)
    return ndarray([dtype(value) if dtype else value] * math.prod(whole), whole)


def zeros(shape: Union[int, Shape], dtype: Any = float) -> ndarray:
    """Array of zeros."""
    return full(shape, dtype(0))


empty = zeros


def ones(shape: Union[int, Shape], dtype: Any = float) -> ndarray:
    """Array of ones."""
    return full(shape, dtype(1))


def zeros_like(values: Any) -> ndarray:
    """Zeros in the shape of an array."""
    return ndarray([0.0] * size(values), shape(values))


def vstack(parts: Sequence[ndarray]) -> ndarray:
    """Put matrices of as many columns below each other."""
    rows = sum(part.shape[0] for part in parts)
    return ndarray([v for part in parts for v in part.flat], (rows, *parts[0].shape[1:]))


def concatenate(parts: Sequence[ndarray]) -> ndarray:
    """Put arrays behind each other along the first axis."""
    return vstack(parts)


def shape(values: Any) -> Shape:
    """Lengths of the axes."""
    return _parts(values)[1]


def ndim(values: Any) -> int:
    """Number of axes."""
    return len(values.shape) if isinstance(values, ndarray) else len(shape(values))


def size(values: Any) -> int:
    """Number of values."""
    return len(values.flat) if isinstance(values, ndarray) else len(_parts(values)[0])


def ravel(values: Any) -> ndarray:
    """Give all values along one axis."""
    flat, _ = _parts(values)
    return ndarray(list(flat), (len(flat),))


def broadcast_to(values: Any, wanted: Union[int, Shape]) -> ndarray:
    """Spread an array to a larger shape."""
    whole = (wanted,) if isinstance(wanted, int) else tuple(wanted)
    return ndarray(spread(*_parts(values), whole), whole)


def where(condition: Any, first: Any, second: Any) -> Any:
    """Choose value by value."""
    pairs = _two(lambda a, b: (a, b), first, second)
    found = _two(lambda yes, pair: pair[0] if yes else pair[1], condition, _boxed(pairs))
    return found if isinstance(found, ndarray) else ndarray([found], ())


def _boxed(pairs: Any) -> Any:
    return ndarray([pairs], ()) if isinstance(pairs, tuple) else pairs


def _placed(
    of: Callable[[Any, Any], Any], first: Any, second: Any, out: Optional[ndarray], only: Any
) -> Any:
    if only is True:
        found = _two(of, first, second)
    else:
        kept = out if out is not None else 0.0
        pairs = _boxed(_two(lambda a, b: (a, b), first, second))
        rest = _boxed(_two(lambda pair, old: (*pair, old), pairs, kept))
        found = _two(lambda yes, r: of(r[0], r[1]) if yes else r[2], only, rest)
    if out is None:
        return found
    out.flat = list(found.flat) if isinstance(found, ndarray) else [found]
    return out


def divide(first: Any, second: Any, out: Optional[ndarray] = None, where: Any = True) -> Any:
    """Quotient; where told not to, what `out` has."""
    return _placed(_quotient, first, second, out, where)


def multiply(first: Any, second: Any, out: Optional[ndarray] = None) -> Any:
    """Product."""
    return _placed(lambda a, b: a * b, first, second, out, True)


def maximum(first: Any, second: Any) -> Any:
    """Larger of two; NaN where one is."""
    return _two(lambda a, b: a if a >= b or a != a else b, first, second)


def minimum(first: Any, second: Any) -> Any:
    """Smaller of two; NaN where one is."""
    return _two(lambda a, b: a if a <= b or a != a else b, first, second)


def clip(values: Any, low: Any, high: Any) -> Any:
    """Keep values between two ends."""
    return minimum(maximum(values, low), high)


def absolute(values: Any) -> Any:
    """Value without its sign."""
    return _one(builtin_abs, values)


def sign(values: Any) -> Any:
    """-1, 0 or 1."""
    return _one(lambda value: (value > 0) - (value < 0), values)


def log(values: Any) -> Any:
    """Logarithm to base e; of 0 minus infinity, of less NaN."""
    return _one(lambda v: math.log(v) if v > 0 else (-inf if v == 0 else nan), values)


def isfinite(values: Any) -> Any:
    """Whether a value is neither infinite nor NaN."""
    return _one(math.isfinite, values)


def isnan(values: Any) -> Any:
    """Whether a value is NaN."""
    return _one(math.isnan, values)


def logical_not(values: Any) -> Any:
    """Whether a value is false."""
    return _one(lambda value: not value, values)


def any_(values: Any) -> bool:
    """Whether any value is true."""
    return builtin_any(_parts(values)[0])


def all_(values: Any) -> bool:
    """Whether all values are true."""
    return builtin_all(_parts(values)[0])


def sort(values: Any) -> ndarray:
    """Give the values of one axis in order."""
    flat, whole = _parts(values)
    return ndarray(sorted(flat), whole)


def unique(values: Any) -> ndarray:
    """Give each value once, in order."""
    found = sorted(set(_parts(values)[0]))
    return ndarray(found, (len(found),))


def flatnonzero(values: Any) -> ndarray:
    """Places of the values that are not 0."""
    found = [place for place, value in enumerate(_parts(values)[0]) if value]
    return ndarray(found, (len(found),))


@contextlib.contextmanager
def errstate(**_: str) -> Iterator[None]:
    """Do nothing: a division by 0 gives an infinity or NaN here without a warning."""
    yield


abs = absolute
any = any_
all = all_
