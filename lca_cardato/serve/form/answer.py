"""The answer beside the form: problems with their boxes, or figures, verdicts and a chart."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Iterable, Optional

from lca_cardato.charts import charts
from lca_cardato.charts.picture import Picture
from lca_cardato.errors import CalculationError, CardatoError, InputError, Problem
from lca_cardato.report.parts import Block, Table
from lca_cardato.report.stories import short
from lca_cardato.report.tables.notices import notice_blocks
from lca_cardato.results.document import result_document
from lca_cardato.results.notices import QUESTIONED
from lca_cardato.serve.form.boxes import Box, Group, Repeat
from lca_cardato.serve.form.draft import Node
from lca_cardato.serve.form.engine import engine, loaded
from lca_cardato.serve.form.tree import Filled, filled
from lca_cardato.words.language import Language
from lca_cardato.words.told import tell
from lca_cardato.words.units import STAGE_COLUMNS

INVENTORIED = 0.005
Parts = Iterable["Group | Repeat"]


@dataclass(frozen=True)
class Told:
    """A problem as the page tells it.

    Attributes
    ----------
    box : str
        Box or part that it is about; empty where that is none.
    place : str
        What it is called on the page.
    code, text, cure : str
    blank : bool
        Whether it asks for something that is not filled in yet.
    """

    box: str
    place: str
    code: str
    text: str
    cure: str
    blank: bool = False


@dataclass
class Answer:
    """What stands beside the form.

    Attributes
    ----------
    problems : list of Told
    questions : list of Told
        Figures outside what is plausible, without a reason.
    blocks : list of Block
        Figures, verdicts, what weighs most.
    chart : Picture or None
    status : str
        All of it in a sentence.
    """

    problems: list[Told] = field(default_factory=list)
    questions: list[Told] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    chart: Optional[Picture] = None
    status: str = ""


def answer(draft: Node, base: Path, words: Language, parts: Parts) -> Answer:
    """Calculate what stands in a form.

    Parameters
    ----------
    draft : dict
    base : Path
        Folder of its documents.
    words : Language
    parts : iterable of Group or Repeat
        As the page shows them: their names are those of the problems.

    Returns
    -------
    Answer
        With problems, or with figures.
    """
    made = filled(draft)
    try:
        if made.problems:
            raise InputError([*made.problems, *problems_of(made, base)])
        result = engine().quick(loaded(made.tree, base))
    except (InputError, CalculationError) as error:
        return refused(error.problems, made, words, parts)
    document = result_document(result, words.lang)
    found = notice_blocks([n for n in document["notices"] if n["level"] != QUESTIONED], words)
    titles, _ = titles_of(parts)
    asked = []
    for one in result.main.model.questions:
        if one.open:
            box = made.at(one.place)
            asked.append(Told(box, titles.get(box, one.place), one.code, one.text(words), ""))
    blocks = [*found, *(_full(block) for block in short.blocks(document, words))]
    return Answer([], asked, blocks, chart(document, words), said(document, words))


def _full(block: Block) -> Block:
    """Leave out the columns of a table in which nothing stands, as those of intervals."""
    if not isinstance(block, Table):
        return block
    kept = [
        place
        for place in range(len(block.columns))
        if not place or any(row[place].text for row in block.rows)
    ]
    columns = [block.columns[place] for place in kept]
    return replace(block, columns=columns, rows=[[row[p] for p in kept] for row in block.rows])


def problems_of(made: Filled, base: Path) -> list[Problem]:
    """Give what else is wrong where entries have no name."""
    try:
        loaded(made.tree, base)
    except CardatoError as error:
        return error.problems
    return []


def refused(problems: list[Problem], made: Filled, words: Language, parts: Parts) -> Answer:
    """Tell problems by the names of their boxes."""
    titles, values = titles_of(parts)
    rows = []
    for one in problems:
        box = made.box(one)
        text, cure = (tell(part, words.lang) for part in (one.message, one.suggestion))
        missing = one.code == "E213" or (box in values and not values[box].strip())
        rows.append(Told(box, titles.get(box, one.key), one.code, text, cure, missing))
    count = len(rows)
    status = words("form_status_open", count=count)
    return Answer(rows, status=status)


def titles_of(parts: Parts) -> tuple[dict[str, str], dict[str, str]]:
    """Name every box and part of a form; and what stands in every box."""
    titles: dict[str, str] = {}
    values: dict[str, str] = {}

    def look(part: Group | Repeat, above: str) -> None:
        here = f"{above}, {part.title}" if above else part.title
        titles[part.name] = here
        if isinstance(part, Group):
            boxes: list[Box] = [*part.boxes, *part.rare]
            titles.update({box.name: f"{here}, {box.label}" for box in boxes})
            values.update({box.name: box.value for box in boxes})
        for inner in part.groups if isinstance(part, Repeat) else part.parts:
            look(inner, above if isinstance(part, Repeat) else here)

    for part in parts:
        look(part, "")
    return titles, values


def chart(document: dict[str, Any], words: Language) -> Optional[Picture]:
    """Bars of the life-cycle stages, one for each indicator of the marks."""
    bars = []
    for name in STAGE_COLUMNS:
        item = document["indicators"][name]
        if item["value"] and item["coverage"] >= INVENTORIED:
            parts = {stage: 100 * v / item["value"] for stage, v in item["by_stage"].items()}
            bars.append((words(name), parts))
    if not bars:
        return None
    order = list(document["indicators"]["climate_change"]["by_stage"])
    return charts.stacked_bars(
        words, "stages", words("pic_stages"), words("pic_stages_alt"), "%", bars, order,
        {key: words(key) for key in order},
    )  # fmt: skip


def said(document: dict[str, Any], words: Language) -> str:
    """Tell the answer in a sentence."""
    item = document["indicators"]["climate_change"]
    bound = "≥ " if item["lower_bound"] else ""
    marks = [one for one in document["claims"] if one["family"] == "mark"]
    told = "; ".join(f"{one['name']}: {words(one['verdict'])}" for one in marks)
    return words(
        "form_status", value=f"{bound}{words.number(item['value'])} {item['unit']}",
        unit=document["declared_unit"]["unit"], claims=told,
    )  # fmt: skip
