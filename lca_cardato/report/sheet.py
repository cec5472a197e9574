"""The sheet that goes to a customer, as plain parts: one page of one product."""

from __future__ import annotations

from dataclasses import dataclass

from lca_cardato.charts.picture import Picture
from lca_cardato.words.language import Language


@dataclass(frozen=True)
class Headline:
    """A headline figure with what it rests on.

    Attributes
    ----------
    label : str
    text : str
        The number as it is read, with ≥ where it is a lower bound; empty where the indicator is
        not inventoried.
    unit : str
    lines : list of str
        Interval and coverage.
    shares : list of (str, str, str)
        Class of data, its name, and its share of the figure as it is read.
    bar : Picture
        The same shares as a bar.
    """

    label: str
    text: str
    unit: str
    lines: list[str]
    shares: list[tuple[str, str, str]]
    bar: Picture


@dataclass(frozen=True)
class Verdict:
    """What the comparison with a rule gave.

    Attributes
    ----------
    name, verdict : str
    told : str
        What stands against it; empty where there is nothing to say.
    """

    name: str
    verdict: str
    told: str = ""


@dataclass(frozen=True)
class Sheet:
    """What a sheet says.

    Attributes
    ----------
    lang, company, article : str
        `company` and its place, or that the scenario names none.
    alerts : list of str
        What was questioned and what is the user's own: it stands before the figures.
    facts : list of (str, str)
        Declared unit, count, label, lots, batch, year.
    figures : list of Headline
    scope : str
        Boundary and allocation, in a sentence or two.
    chart : Picture, optional
    marks, others : list of Verdict
        The marks of Prato, and neighbouring claims and names.
    more : str
        How many of them the sheet leaves out; empty where it has all.
    careful : list of str
        What a verdict is and what it is not, who grants a mark.
    check : list of str
        How the receiver verifies it.
    code : str
        What the square code holds.
    facts_of_run : list of (str, str)
        Run, date, program, digest.
    """

    lang: str
    company: str
    article: str
    alerts: list[str]
    facts: list[tuple[str, str]]
    figures: list[Headline]
    scope: str
    chart: Picture | None
    marks: list[Verdict]
    others: list[Verdict]
    more: str
    careful: list[str]
    check: list[str]
    code: str
    facts_of_run: list[tuple[str, str]]

    @property
    def labels(self) -> dict[str, str]:
        """Words of the frame by key."""
        return Language(self.lang).group("frame_")

    @property
    def dense(self) -> bool:
        """Whether there is more to say than on other sheets."""
        texts = [self.company, self.article, *self.alerts, *(text for _, text in self.facts)]
        texts += [part for v in [*self.marks, *self.others] for part in (v.name, v.told)]
        return sum(map(len, texts)) > DENSE


DENSE = 1500
"""Letters of names, facts and verdicts above which a printed page takes smaller type."""


def bar_svg(shares: list[tuple[str, float, str]]) -> str:
    """Draw shares of 1 as a bar.

    Parameters
    ----------
    shares : list of (str, float, str)
        Colour, share, and what a reader hears.
    """
    at, parts = 0.0, []
    for colour, share, said in shares:
        if share > 0:
            parts.append(
                f'<rect x="{at:.2f}" y="0" width="{100 * share:.2f}" height="6" fill="{colour}" '
                f'aria-label="{said}"/>'
            )
            at += 100 * share
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 6" width="100" height="6" '
        'preserveAspectRatio="none">'
        f"{''.join(parts)}</svg>"
    )


def code_svg(text: str) -> str:
    """Draw a QR code (ISO/IEC 18004) of a text, with error correction M and its quiet zone."""
    import segno

    matrix = segno.make_qr(text, error="m", boost_error=False).matrix
    size = len(matrix)
    dark = "".join(
        f"M{x + 4} {y + 4}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, on in enumerate(row)
        if on
    )
    whole = size + 8
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" width="{whole}" '
        f'height="{whole}" shape-rendering="crispEdges"><rect width="{whole}" height="{whole}" '
        f'fill="#ffffff"/><path fill="#000000" d="{dark}"/></svg>'
    )
