"""A picture of a report: what it shows, described and drawn when it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Optional


@dataclass(frozen=True)
class Picture:
    """A picture; described and drawn when it is looked at, once.

    Attributes
    ----------
    key : str
        Name, unique in the report: file name.
    title : str
    alt : str
        What it shows, in a sentence, for those who do not see it.
    draw : callable
        Gives the SVG of a picture: no script, no reference to another file.
    describe : callable, optional
        Gives the Vega-Lite specification behind it.
    """

    key: str
    title: str
    alt: str
    draw: Callable[[Picture], str]
    describe: Optional[Callable[[], dict[str, Any]]] = None

    @cached_property
    def spec(self) -> Optional[dict[str, Any]]:
        """Vega-Lite specification, None for a picture that is no chart."""
        return self.describe() if self.describe else None

    @cached_property
    def svg(self) -> str:
        """The picture as SVG."""
        return self.draw(self)
