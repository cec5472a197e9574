"""Columns of a batch result, with their units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Sequence

import numpy as np

from lca_cardato.batch.evaluate import NO_VERDICT, SHARE_COLUMNS, Rows
from lca_cardato.claims.outcome import ORDER
from lca_cardato.claims.packs_model import RulePack
from lca_cardato.lcia.indicators import Indicator
from lca_cardato.sentence import SOURCE, say
from lca_cardato.space.axes import Axis, Part, TextAxis
from lca_cardato.space.load import LoadedSpace
from lca_cardato.words.told import tell

if TYPE_CHECKING:
    import pyarrow as pa

LINE = "table_row"
VARIED, OVERRIDE = say("varied"), say("named override")


@dataclass(frozen=True)
class Column:
    """A column of the result.

    Attributes
    ----------
    name, unit, meaning : str
    kind : str
        ``row``, ``line`` (row of a spreadsheet), ``kept``, ``parameter``, ``indicator``, ``cost``, ``content``, ``verdict``, ``questions``,
        ``problem``.
    """

    name: str
    unit: str
    meaning: str
    kind: str


CONTENT = {
    ("recycled", True): lambda b: say("recycled fibre in the product, {basis} mass", basis=b),
    ("recycled", False): lambda b: say("recycled fibre in the fresh mixture, {basis} mass", basis=b),
    ("carded", True): lambda b: say("carded fibre in the product, {basis} mass", basis=b),
    ("carded", False): lambda b: say("carded fibre in the fresh mixture, {basis} mass", basis=b),
}  # fmt: skip
"""Kind of fibre, and whether it is that of the product -> the sentence, by the basis of mass."""
BASIS = {"dry": say("dry"), "conditioned": say("conditioned")}
LEGEND = say("head"), say("column"), say("unit"), say("kind"), say("meaning")
KINDS = {
    "row": say("row"), "line": say("row of the spreadsheet"), "kept": say("kept"),
    "parameter": say("parameter"), "indicator": say("indicator"), "cost": say("cost"),
    "content": say("content"), "verdict": say("verdict"), "questions": say("questions"),
    "problem": say("problem"),
}  # fmt: skip


def legend(columns: Sequence[Column], heads: Sequence[str], lang: str) -> list[list[str]]:
    """Tell what the columns mean, with the names that they have in other files.

    Parameters
    ----------
    columns : sequence of Column
    heads : sequence of str
        Heads of a workbook.
    lang : str

    Returns
    -------
    list of list of str
        Rows of (head, column, unit, kind, meaning), their heads first.
    """
    told = [
        [head, c.name, c.unit, tell(KINDS[c.kind], lang), tell(c.meaning, lang)]
        for head, c in zip(heads, columns)
    ]
    return [[tell(head, lang) for head in LEGEND], *told]


class Table:
    """Turns calculated rows into columns.

    Parameters
    ----------
    space : LoadedSpace
    indicators : sequence of Indicator
    packs : sequence of RulePack
    lang : str
        Language in which it is told why a row has no result.
    """

    def __init__(
        self, space: LoadedSpace, indicators: Sequence[Indicator], packs: Sequence[RulePack],
        lang: str = SOURCE,
    ) -> None:  # fmt: skip
        import pyarrow as pa

        self.lang = lang
        self.columns = _columns(space, indicators, packs)
        self.space, self.parts = space, space.parts
        fields = [
            pa.field(
                c.name, _type(c, space),
                metadata={"unit": c.unit, "meaning": c.meaning, "kind": c.kind},
            )
            for c in self.columns
        ]  # fmt: skip
        self.schema = pa.schema(fields)
        self._dictionaries = {
            id(axis): pa.array([_word(word) for word in axis.words], pa.string())
            for axis in space.axes
            if isinstance(axis, TextAxis) and axis.numbers is None
        }
        self._kept = {
            id(part): [pa.array(cells, pa.string()) for _, cells in part.kept]
            for part in space.parts
        }
        self._verdicts = pa.array([*ORDER], pa.string())
        self._variants = [
            pa.array([name for name, _ in part.variants], pa.string()) for part in space.parts
        ]

    def batch(self, rows: Rows) -> pa.RecordBatch:
        """Columns of calculated rows."""
        import pyarrow as pa

        count = len(rows.cost)
        numbers = np.arange(rows.start, rows.start + count, dtype=np.int64)
        arrays: list[Any] = [pa.array(numbers)]
        lines = self.space.lines(numbers)
        if lines is not None:
            arrays.append(pa.array(lines))
        for place, part in enumerate(self.parts):
            arrays += [_words(rows.entries[place], words) for words in self._kept[id(part)]]
        for number, (part, entry) in enumerate(zip(self.parts, rows.entries)):
            if part.variants:
                arrays.append(_words(entry, self._variants[number]))
            for axis in part.axes:
                arrays.append(self._axis(axis, entry))
        arrays += [pa.array(scores) for scores in rows.scores]
        arrays.append(pa.array(rows.cost, mask=np.isnan(rows.cost)))
        arrays += [pa.array(shares) for shares in rows.shares]
        arrays += [
            _words(verdicts, self._verdicts, verdicts == NO_VERDICT) for verdicts in rows.verdicts
        ]
        arrays.append(pa.array(rows.questions, mask=rows.questions < 0))
        texts = {p.row - rows.start: tell(p.text, self.lang) for p in rows.problems}
        if texts:
            arrays.append(pa.array([texts.get(i) for i in range(count)], pa.string()))
        else:
            arrays.append(pa.nulls(count, pa.string()))
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _axis(self, axis: Axis, entry: Any) -> Any:
        import pyarrow as pa

        if axis.numbers is not None:
            return pa.array(axis.numbers[entry])
        assert isinstance(axis, TextAxis)
        return _words(axis.codes[entry], self._dictionaries[id(axis)])


def _words(codes: Any, words: Any, missing: Any = None) -> Any:
    import pyarrow as pa

    codes = np.asarray(codes, dtype=np.int32)
    if missing is not None and missing.any():
        return pa.DictionaryArray.from_arrays(pa.array(codes, mask=missing), words)
    return pa.DictionaryArray.from_arrays(pa.array(codes), words)


def _word(value: Any) -> str:
    """Text of a cell."""
    return "" if value is None else value if isinstance(value, str) else repr(value)


def _type(column: Column, space: LoadedSpace) -> Any:
    import pyarrow as pa

    words = pa.dictionary(pa.int32(), pa.string())
    if column.kind in ("row", "line"):
        return pa.int64()
    if column.kind == "kept":
        return words
    if column.kind == "questions":
        return pa.int32()
    if column.kind == "verdict":
        return words
    if column.kind == "problem":
        return pa.string()
    if column.kind == "parameter":
        axis = next((a for a in space.axes if a.name == column.name), None)
        return pa.float64() if axis is not None and axis.numbers is not None else words
    return pa.float64()


def _columns(
    space: LoadedSpace, indicators: Sequence[Indicator], packs: Sequence[RulePack]
) -> list[Column]:
    found = [Column("row", "", say("number of the row in the space, from 0"), "row")]
    if any(part.lines for part in space.parts):
        found.append(Column(LINE, "", say("row of the spreadsheet, as it counts them"), "line"))
    kept = [head for part in space.parts for head, _ in part.kept]
    taken = {*(axis.name for axis in space.axes), LINE, "row", "variant"}
    for head in kept:
        name = f"{head} (table)" if head in taken else head
        found.append(Column(name, "", say("column of the table"), "kept"))
    for part in space.parts:
        found += _of_part(part)
    of_fabric = space.base.scenario.product.surface_mass
    product = say("m2 of fabric") if of_fabric else say("kg of product")
    for one in indicators:
        named = say("per {product}", product=product)
        if one.name:
            named = say("{name}, per {product}", name=one.name, product=product)
        found.append(Column(one.id, one.unit, named, "indicator"))
    cost = say("cost of the fibres per {product}", product=product)
    found.append(Column("cost", "EUR", cost, "cost"))
    for name in SHARE_COLUMNS:
        kind, point, basis = name.split("/")
        told = CONTENT[kind, point == "product"](BASIS[basis])
        short = f"{kind}_{'product' if point == 'product' else 'input'}_{basis}"
        found.append(Column(short, "%", told, "content"))
    for pack in packs:
        found.append(Column(pack.claim, "", say("verdict of {pack}", pack=pack.id), "verdict"))
    asked = say("values of the row that are questioned and have no reason")
    found.append(Column("questions", "", asked, "questions"))
    return [*found, Column("problem", "", say("why the row has no result"), "problem")]


def _of_part(part: Part) -> list[Column]:
    named = [Column("variant", "", OVERRIDE, "parameter")] if part.variants else []
    return named + [
        Column(axis.name, axis.unit, axis.head or VARIED, "parameter") for axis in part.axes
    ]
