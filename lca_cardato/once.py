"""What is made once from the program's own files, and may have been made before.

Reading the program's own tables again at every start costs the pages in a browser most of their opening
(`lca_cardato.web`). What is marked here is made when the page is put together, and taken from there.
"""

from __future__ import annotations

import pickle
from functools import update_wrapper
from typing import Callable, Generic, TypeVar

T = TypeVar("T")
_ready: dict[str, bytes] = {}
_known: list[Once] = []


class Once(Generic[T]):
    """A function without arguments whose answer rests on files of the program alone.

    Used as a decorator; every call gives the answer of the first one, which nobody changes.

    Parameters
    ----------
    make : callable
    """

    def __init__(self, make: Callable[[], T]) -> None:
        update_wrapper(self, make)
        self.name = f"{make.__module__}.{make.__qualname__}"
        self._make, self._made = make, list[T]()
        _known.append(self)

    def __call__(self) -> T:
        """Give the answer."""
        if not self._made:
            ready = _ready.pop(self.name, None)
            self._made.append(self._make() if ready is None else pickle.loads(ready))
        return self._made[0]

    @property
    def made(self) -> list[T]:
        """The answer, if it was asked for."""
        return self._made


def written() -> bytes:
    """Write the answers that were given up to now, for `take`."""
    found = {one.name: pickle.dumps(one.made[0], protocol=5) for one in _known if one.made}
    return pickle.dumps(dict(sorted(found.items())), protocol=5)


def take(data: bytes) -> None:
    """Take answers of the same program and interpreter, in place of making them.

    Parameters
    ----------
    data : bytes
        What `written` gave. It is trusted as modules are: it comes with them, or not at all.
    """
    _ready.update(pickle.loads(data))
