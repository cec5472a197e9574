"""How results show themselves in a notebook: a line, a small table, charts."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.errors import InputError, nearest
from lca_cardato.files.extra import require
from lca_cardato.sentence import say

if TYPE_CHECKING:
    from lca_cardato.charts.picture import Picture
    from lca_cardato.report.parts import Report


@dataclass(frozen=True)
class Brief:
    """What is told of a result at a glance.

    Attributes
    ----------
    head : str
        What it is of.
    facts : list of str
        What it says, in a few words each.
    columns : list of str
        Heads of the table; the first column holds names.
    rows : list of list of str
    note : str
        Sentence below the table.
    first : str
        What is told before all else: questions, data of the user's own; empty for nothing.
    """

    head: str
    facts: list[str]
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    note: str = ""
    first: str = ""


def table_of(rows: Any, columns: Any = None, index: Any = None) -> Any:
    """Make a pandas table of rows; `index` names the column, or columns, that name a row."""
    import pandas

    table = pandas.DataFrame(rows, columns=columns)
    return table.set_index(index) if index and len(table) else table


class Shown:
    """A result that shows itself: ``repr`` in a line, HTML as a small table."""

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        raise NotImplementedError

    def __repr__(self) -> str:
        brief = self.brief()
        facts = [brief.first, *brief.facts] if brief.first else brief.facts
        told = f": {'; '.join(facts)}" if facts else ""
        return f"<{type(self).__name__} {brief.head}{told}>"

    def _repr_html_(self) -> str:
        return html(self.brief())


def html(brief: Brief) -> str:
    """Write it as HTML, every text escaped, without script, style sheet or reference.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    str
    """
    parts = [f"<p><strong>{escape(brief.first)}</strong></p>"] if brief.first else []
    parts.append(f"<p><strong>{escape(brief.head)}</strong></p>")
    if not brief.rows and brief.facts:
        parts.append(f"<p>{escape('; '.join(brief.facts))}</p>")
    if brief.rows:
        head = "".join(f'<th scope="col">{escape(text)}</th>' for text in brief.columns)
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>")
        for first, *others in brief.rows:
            cells = "".join(f"<td>{escape(text)}</td>" for text in others)
            parts.append(f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>')
        parts.append("</tbody></table>")
    if brief.note:
        parts.append(f"<p>{escape(brief.note)}</p>")
    return f"<div>{''.join(parts)}</div>"


class Charted(Shown):
    """A result with charts: those of its report, as `altair.Chart`."""

    def chart(
        self, name: Optional[str] = None, indicator: Optional[str] = None, lang: str = "en"
    ) -> Any:
        """Give a chart of the report as `altair.Chart`; see `charts` for what there is.

        Parameters
        ----------
        name : str, optional
            ``stages``, ``contributors`` and the like; the first one when left out.
        indicator : str, optional
            For charts that there are of several indicators; climate change when left out.
        lang : str
            ``"en"`` or ``"it"``.

        Returns
        -------
        altair.Chart

        Raises
        ------
        MissingError
            ``E510``: the extra ``notebook`` is not installed.
        InputError
            ``E307``: there is no such chart of this result.

        Examples
        --------
        >>> from lca_cardato import api
        >>> result = api.assess("scenarios/virgin-wool.yaml")           # doctest: +SKIP
        >>> result.chart("contributors", "energy")                      # doctest: +SKIP
        """
        from lca_cardato.charts.pictures import as_altair

        require({"notebook": say("a chart in a notebook")})
        found = self._pictures(lang, name)
        return as_altair(found[_key(list(found), name, indicator)])

    def charts(self) -> list[str]:
        """Names that `chart` takes."""
        return list(self._pictures("en", None))

    def _pictures(self, lang: str, name: Optional[str]) -> dict[str, Picture]:
        """Charts by name; `name` is the one that is asked for, so that others may be left out."""
        from lca_cardato.api.reports import report_of

        report, _ = report_of(self, lang)
        return charts_of(report)


def charts_of(report: Report) -> dict[str, Picture]:
    """Pictures of a report that are charts, by name."""
    return {item.key: item for item in report.pictures() if item.describe is not None}


def _key(known: list[str], name: Optional[str], indicator: Optional[str]) -> str:
    """Find a chart by its name, or by the beginning of it and an indicator."""
    if name is None and indicator is None and known:
        return known[0]
    kinds = [name] if name else list(dict.fromkeys(key.partition("_")[0] for key in known))
    for kind in kinds:
        wanted = [f"{kind}_{indicator}"] if indicator else [kind, f"{kind}_climate_change"]
        for key in (*wanted, f"{wanted[-1]}_1"):
            if key in known:
                return key
    asked = " ".join(part for part in (name, indicator) if part)
    raise InputError.one(
        "E307", say("there is no such chart of this result"), value=asked,
        suggestion=nearest(asked.replace(" ", "_"), known),
    )  # fmt: skip
