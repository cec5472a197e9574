"""A report as plain parts: what every format (HTML, PDF, XLSX) writes in its own way.

A number is written once, as text in the language of the report, and goes into every format as that
text; its value in full goes along for spreadsheets. So no two formats can differ in a digit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Optional, Union

from lca_cardato.charts.picture import Picture
from lca_cardato.report.sheet import Sheet
from lca_cardato.words.language import Language

VERDICTS = ("meets", "not_met", "not_proven", "not_applicable")


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    text : str
        As it is read, with the decimal sign of the language.
    value : float, optional
        The number in full, in the unit of its column; None for text.
    mark : str
        A verdict (``meets``, ``not_met``, ``not_proven``, ``not_applicable``), a data class
        (``measured``, ``supplier``, ``published``, ``assumed``), for the first cell of a row also
        ``whole`` or ``open`` (to be stressed, or not), or empty.
    level : int
        Indentation, 0 for none.
    """

    text: str
    value: Optional[float] = None
    mark: str = ""
    level: int = 0


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    title : str
    unit : str
        Unit of every number in it; empty where there is none or where it changes by row.
    numeric : bool
        Numbers stand at the right.
    left : bool
        On a terminal, where all but the first column stand at the right: at the left too.
    product : tuple of int
        Columns of numbers whose product it is, row by row.
    """

    title: str
    unit: str = ""
    numeric: bool = False
    left: bool = False
    product: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes
    ----------
    key : str
        Name, unique in the report: anchor, sheet.
    title : str
    columns : list of Column
    rows : list of list of Cell
        As many cells as columns.
    total : bool
        Whether the last row is a total: of its numbers, those that are the sum of all above them.
    note : str
        Sentence below it.
    folded : bool
        Whether it is folded away at first where that is possible: long lists.
    tool : bool
        Whether it can be sorted and filtered where that is possible.
    drawn : int, optional
        Column that a workbook draws as bars.
    """

    key: str
    title: str
    columns: list[Column]
    rows: list[list[Cell]]
    total: bool = False
    note: str = ""
    folded: bool = False
    tool: bool = False
    drawn: Optional[int] = None


@dataclass(frozen=True)
class Text:
    """A paragraph.

    Attributes
    ----------
    text : str
    style : str
        ``plain``, ``lead`` (the sentence to remember), ``note``, ``quote`` (words of the mill),
        ``alert`` and ``notice`` (what is shown before any figure), ``warning`` or ``code``.
    """

    text: str
    style: str = "plain"


@dataclass(frozen=True)
class Fact:
    """A headline figure with its meaning.

    Attributes
    ----------
    label : str
    text : str
        The number as it is read.
    unit : str
    meaning : str
        What it says, in a sentence.
    value : float, optional
        The number in full.
    mark : str
        As in `Cell`.
    """

    label: str
    text: str
    unit: str
    meaning: str
    value: Optional[float] = None
    mark: str = ""


@dataclass(frozen=True)
class Facts:
    """Headline figures side by side."""

    facts: list[Fact]


@dataclass(frozen=True)
class Choice:
    """Pictures of which one is looked at at a time, as of several indicators; the first at first."""

    key: str
    title: str
    labels: list[str]
    pictures: list[Picture]


@dataclass(frozen=True)
class Criterion:
    """A criterion of a claim.

    Attributes
    ----------
    title, reason, change, note : str
        What is asked, why the verdict, what would change it, what to know.
    verdict : str
    observed : list of (str, str)
        Reading and what was found.
    quotes : list of (str, str)
        Words of the rule and where they stand.
    """

    title: str
    verdict: str
    reason: str
    change: str = ""
    note: str = ""
    observed: list[tuple[str, str]] = field(default_factory=list)
    quotes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Claim:
    """A claim, criterion by criterion.

    Attributes
    ----------
    name, rule_pack, verdict, grantor, unknown : str
    criteria : list of Criterion
    folded : bool
        Whether it is folded away at first: neighbouring claims.
    scope : str
        What it covers where that is not the whole product, for the terminal.
    """

    name: str
    rule_pack: str
    verdict: str
    criteria: list[Criterion]
    grantor: str = ""
    unknown: str = ""
    folded: bool = False
    scope: str = ""


Block = Union[Text, Facts, Table, Picture, Choice, Claim]


@dataclass(frozen=True)
class Section:
    """A section.

    Attributes
    ----------
    key : str
        Anchor.
    title : str
    blocks : list of Block
    formal : bool
        Whether it belongs into the document for signature.
    screen : bool
        Whether it belongs onto the page.
    """

    key: str
    title: str
    blocks: list[Block]
    formal: bool = True
    screen: bool = True


@dataclass(frozen=True)
class Report:
    """A report.

    Attributes
    ----------
    kind : str
        ``assessment``, ``comparison``, ``batch``, ``uncertainty`` or ``sensitivity``.
    lang : str
        ``en`` or ``it``.
    title, subtitle : str
    facts : list of (str, str)
        What the head says: run, digest, date, program.
    run, digest : str
        Id of the run, and SHA-256 of what the report was made from.
    sections : list of Section
    sheet : Sheet, optional
        What goes to a customer on one page; of a report of one product.
    """

    kind: str
    lang: str
    title: str
    subtitle: str
    facts: list[tuple[str, str]]
    run: str
    digest: str
    sections: list[Section]
    sheet: Optional[Sheet] = None

    @property
    def labels(self) -> dict[str, str]:
        """Words of the frame, and those of the verdicts, by key."""
        words = Language(self.lang)
        return {**words.group("frame_"), **{verdict: words(verdict) for verdict in VERDICTS}}

    def blocks(self) -> Iterator[Block]:
        """All blocks in their order."""
        for section in self.sections:
            yield from section.blocks

    def tables(self) -> list[Table]:
        """All tables in their order."""
        return [block for block in self.blocks() if isinstance(block, Table)]

    def pictures(self) -> list[Picture]:
        """All pictures in their order, those of a choice included."""
        found: list[Picture] = []
        for block in self.blocks():
            if isinstance(block, Picture):
                found.append(block)
            elif isinstance(block, Choice):
                found += block.pictures
        return found
