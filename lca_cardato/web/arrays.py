"""Arrays of one scenario in pure Python, where numpy is not to be had: in the browser.

The browser puts this module in numpy's place (`lca_cardato.web.browser`). It knows the functions
that one scenario needs and no others: what is asked beyond them fails with an AttributeError, and
nothing is approximated. ``tests/web/test_arrays.py`` holds each of them against numpy itself.
"""

from __future__ import annotations

import contextlib
import math
import operator
from typing import Any, Callable, Iterator, Optional, Sequence, Union

from lca_cardato.web.ndarray import divided, ndarray, parts, quotient, two
from lca_cardato.web.places import Shape, common, spread

inf, nan = math.inf, math.nan
float64 = float32 = float
int64 = int32 = int8 = intp = int
bool_ = bool
uint8 = uint32 = uint64 = int
floating = float
builtin_abs, builtin_any, builtin_all = abs, any, all


def _one(of: Callable[[Any], Any], value: Any) -> Any:
    if not isinstance(value, (ndarray, list, tuple)):
        return of(value)
    flat, shape = parts(value)
    return ndarray(list(map(of, flat)), shape)


# -- the functions, by numpy's names ---------------------------------------------------------------


def array(values: Any, dtype: Optional[Callable[[Any], Any]] = None) -> ndarray:
    """Make an array of numbers, lists or arrays."""
    flat, shape = parts(values)
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


def eye(count: int) -> ndarray:
    """Ones on the diagonal of a square of zeros."""
    flat = [float(row == column) for row in range(count) for column in range(count)]
    return ndarray(flat, (count, count))


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
    return parts(values)[1]


def ndim(values: Any) -> int:
    """Number of axes."""
    return len(values.shape) if isinstance(values, ndarray) else len(shape(values))


def size(values: Any) -> int:
    """Number of values."""
    return len(values.flat) if isinstance(values, ndarray) else len(parts(values)[0])


def ravel(values: Any) -> ndarray:
    """Give all values along one axis."""
    flat, _ = parts(values)
    return ndarray(list(flat), (len(flat),))


def broadcast_to(values: Any, wanted: Union[int, Shape]) -> ndarray:
    """Spread an array to a larger shape."""
    whole = (wanted,) if isinstance(wanted, int) else tuple(wanted)
    return ndarray(spread(*parts(values), whole), whole)


def where(condition: Any, first: Any, second: Any) -> Any:
    """Choose value by value."""
    told = [parts(one) for one in (condition, first, second)]
    whole: Shape = ()
    for _, one in told:
        whole = common(whole, one)
    masks, yes, no = (spread(flat, one, whole) for flat, one in told)
    return ndarray([a if mask else b for mask, a, b in zip(masks, yes, no)], whole)


def _placed(
    of: Callable[[Any, Any], Any], first: Any, second: Any, out: Optional[ndarray], only: Any
) -> Any:
    if only is True:
        found = divided(first, second) if of is quotient else two(of, first, second)
    else:
        kept = out if out is not None else 0.0
        told = [parts(one) for one in (only, first, second, kept)]
        whole: Shape = ()
        for _, one in told:
            whole = common(whole, one)
        rows = zip(*(spread(flat, one, whole) for flat, one in told))
        found = ndarray([of(a, b) if yes else old for yes, a, b, old in rows], whole)
    if out is None:
        return found
    out.flat = list(spread(*parts(found), out.shape))
    return out


def divide(first: Any, second: Any, out: Optional[ndarray] = None, where: Any = True) -> Any:
    """Quotient; where told not to, what `out` has."""
    return _placed(quotient, first, second, out, where)


def multiply(first: Any, second: Any, out: Optional[ndarray] = None) -> Any:
    """Product."""
    return _placed(operator.mul, first, second, out, True)


def dot(first: Any, second: Any) -> Any:
    """Product of two vectors."""
    return array(first) @ asarray(second)


def maximum(first: Any, second: Any) -> Any:
    """Larger of two; NaN where one is."""
    return two(lambda a, b: a if a >= b or a != a else b, first, second)


def minimum(first: Any, second: Any) -> Any:
    """Smaller of two; NaN where one is."""
    return two(lambda a, b: a if a <= b or a != a else b, first, second)


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
    return builtin_any(parts(values)[0])


def all_(values: Any) -> bool:
    """Whether all values are true."""
    return builtin_all(parts(values)[0])


def sort(values: Any) -> ndarray:
    """Give the values of one axis in order."""
    flat, whole = parts(values)
    return ndarray(sorted(flat), whole)


def unique(values: Any) -> ndarray:
    """Give each value once, in order."""
    found = sorted(set(parts(values)[0]))
    return ndarray(found, (len(found),))


def flatnonzero(values: Any) -> ndarray:
    """Places of the values that are not 0."""
    found = [place for place, value in enumerate(parts(values)[0]) if value]
    return ndarray(found, (len(found),))


@contextlib.contextmanager
def errstate(**_: str) -> Iterator[None]:
    """Do nothing: a division by 0 gives an infinity or NaN here without a warning."""
    yield


abs = absolute
any = any_
all = all_
