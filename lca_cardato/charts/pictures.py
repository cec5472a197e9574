"""From a specification to a picture: made when it is looked at, drawn, for a notebook, as files."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from lca_cardato.charts.chart_style import frame
from lca_cardato.charts.picture import Picture
from lca_cardato.files.extra import absent, load
from lca_cardato.sentence import say
from lca_cardato.words.language import Language

P = ParamSpec("P")


def chart(
    writer: Callable[[Picture], str],
) -> Callable[
    [Callable[Concatenate[Language, P], dict[str, Any]]],
    Callable[Concatenate[Language, str, str, str, P], Picture],
]:
    """Make a picture of a function that gives a specification.

    The picture takes language, key, title, alternative text, and what the function takes after the
    language. The specification is made, and drawn, when it is asked for.

    Parameters
    ----------
    writer : callable
        Draws it as SVG.
    """

    def made(
        describe: Callable[Concatenate[Language, P], dict[str, Any]],
    ) -> Callable[Concatenate[Language, str, str, str, P], Picture]:
        @wraps(describe)
        def picture(
            words: Language, key: str, title: str, alt: str, /, *args: P.args, **more: P.kwargs
        ) -> Picture:
            def whole() -> dict[str, Any]:
                return {**frame(words, title, alt), **describe(words, *args, **more)}

            return Picture(key, title, alt, writer, whole)

        return picture

    return made


def vega_svg(picture: Picture) -> str:
    """Draw a specification as SVG without a reference to anything outside.

    Its ids begin with the key of the picture, as several pictures stand in one page. The start of
    vl-convert costs a second of processor time, once in a process.
    """
    vl_convert = load("reports", "vl_convert", say("this picture"))
    assert picture.spec is not None
    svg: str = vl_convert.vegalite_to_svg(picture.spec, vl_version="5.20", allowed_base_urls=[])
    return prefixed(picture.key, svg)


def can_draw(picture: Picture) -> bool:
    """Whether a picture can be drawn here: some need the extra `reports`, which may be missing."""
    return picture.draw is not vega_svg or not absent("reports")


def prefixed(key: str, svg: str) -> str:
    """Make the ids of a picture its own."""
    names = set(re.findall(r'\bid="([^"]+)"', svg))
    for name in sorted(names, key=len, reverse=True):
        svg = svg.replace(f'id="{name}"', f'id="{key}-{name}"')
        svg = svg.replace(f"url(#{name})", f"url(#{key}-{name})")
        svg = svg.replace(f'href="#{name}"', f'href="#{key}-{name}"')
    return svg


def as_altair(item: Picture) -> Any:
    """Give a chart as `altair.Chart`, for a notebook.

    Raises
    ------
    MissingError
        ``E510``: the extra ``notebook`` is not installed.
    """
    altair = load("notebook", "altair", say("a chart in a notebook"))
    if item.spec is None:
        raise ValueError(f"{item.key} is not a Vega-Lite chart")
    # what stands deeper than a layer stays plain, as altair takes a while for it
    layers = [
        altair.Chart(**{**layer, "encoding": altair.FacetedEncoding(**layer["encoding"])})
        for layer in item.spec["layer"]
    ]
    whole = {**item.spec, "layer": layers}
    if "encoding" in whole:
        whole["encoding"] = altair.SharedEncoding(**whole["encoding"])
    return altair.LayerChart(**whole)
