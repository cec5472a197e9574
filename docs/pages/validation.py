"""The validation page: published values beside ours.

``python docs/pages/validation.py > docs/validation.md``
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from lca_cardato.report.screens.cards import number
from lca_cardato.report.screens.inventory import published
from lca_cardato.studies.literature import indicator_of
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from pages.compared import Compared
    from pages.solved import Solved

    from lca_cardato.inventory.records import Inventory

GROUPS = (
    ("formula", "Formulas with worked numbers"),
    ("scenario", "Yarns and fabrics"),
    ("fibre", "Fibres as they enter the mixture"),
    ("fibres", "Fibres, per kg at the gate of their producer"),
    ("recycling", "Recycled fibre and collected waste"),
    ("steps", "Steps of the mill"),
    ("energy", "Electricity and heat"),
    ("transport", "Transport"),
    ("chemicals", "Chemicals"),
    ("packaging", "Packaging"),
    ("water-waste", "Water and waste"),
)
VERDICTS = {
    "inside": "inside", "below": "**below**", "above": "**above**", "near": "within 25 %",
    "apart": "**apart**",
}  # fmt: skip
HEAD = """\
# Validation: published values beside ours

Generated from the `literature` records of the inventories by
`python docs/pages/validation.py`; the test suite compares this page with the program.
A published value stands here to be compared, never to be hit: no figure of the inventories was
changed to come closer to one. *Inside* means within the range that the source gives;
*within 25 %* is said where the source gives a single value. Where ours lies elsewhere, the note
below the table says why. *Taken* marks studies that our data rest on, whole or in part: such rows
check our arithmetic more than our data.

*Measured there* is a value that was read in the text of those who measured it; a source is *measured*
where its authors, or the plants that report in it, measured, *calculated* where they calculated, *compiled* where the
figures are taken from others or it can't be told ([sources](inventories.md)).
"""

SOLVED = """\
## Unit scores beside solved inventories

The table [solved-inventories.csv](solved-inventories.csv) holds unit scores of other full
inventories, by the same factors of EF 3.1 where their flows are known. `uslci-fy21-q3` is solved whole, with
the grid of the United States (process 92975) and the refinery (67802) shared by mass; left out as
faults of units are the dioxin of wood boilers (1.5e-8 kg per kg) and of polyvinyl chloride
(9.8e15 kg per kg) and the 1 kg of organic compounds per kg of propylene. `esu-2021-gas` is solved without its
inputs from ecoinvent. `digital4better-2024` gives totals after UNECE, equipment included; published areas of land are weighed by
the factor of our own use. A ratio (ours over theirs)
outside 1/3 to 3 has its reason in the table. *Taken* are rows whose dataset rests on the same
source: they check our arithmetic more than our data.
"""


def group(inventory: Inventory, item: Compared) -> str:
    """Section of the page that a record belongs to."""
    record = item.record
    for name in ("formula", "scenario", "fibre", "steps"):
        if getattr(record, name):
            return name
    folder = inventory.where[("datasets", str(record.dataset))][0].split("/", 1)[0]
    return folder if folder in dict(GROUPS) else "fibres"


def subject(inventory: Inventory, item: Compared) -> str:
    """Say what was compared."""
    record = item.record
    quantity = Language("en")(indicator_of(record)).strip().split(" (")[0]
    if record.quantity != indicator_of(record):
        quantity += " against virgin fibre, " + record.quantity.rpartition("_")[2]
    if record.formula:
        inside = ", ".join(f"{k} = {number(float(v))}" for k, v in record.inputs.items())
        return f"`{record.formula}`({inside})"
    if record.steps:
        count = f" at {record.count}" if record.count else ""
        return f"{' + '.join(record.steps)}{count}: {quantity}"
    if record.fibre:
        how = ", ".join(filter(None, [record.origin, record.handling])).replace("_", " ")
        return f"{record.fibre}, {how}: {quantity}"
    if record.scenario:
        return f"`scenarios/{record.scenario}.yaml`: {quantity}"
    return f"{record.dataset}: {quantity}"


def page(inventory: Inventory, compared: list[Compared], solved: list[Solved], read: str) -> str:
    """Write the page; `read` says how the values were read.

    Returns
    -------
    str
        Markdown.
    """
    ranged = [item for item in compared if item.verdict in ("inside", "below", "above")]
    single = [item for item in compared if item.verdict in ("near", "apart")]
    lines = [
        HEAD,
        f"{len(compared)} values from {len({item.record.source for item in compared})} sources: "
        f"of {len(ranged)} with a range, ours is inside {_count(ranged, 'inside')}, below "
        f"{_count(ranged, 'below')} and above {_count(ranged, 'above')}; of {len(single)} single "
        f"values, ours is within 25 % of {_count(single, 'near')}.",
        "",
        f"How they were read: {read}.",
    ]
    serial = 0
    for name, title in GROUPS:
        rows = [item for item in compared if group(inventory, item) == name]
        if not rows:
            continue
        lines += [
            "", f"## {title}", "",
            "| | what | published | ours | unit | ratio | ours is | source |",
            "|---|---|---|---|---|---|---|---|",
        ]  # fmt: skip
        notes = []
        for item in rows:
            serial += 1
            record = item.record
            taken = ", taken" if record.taken == "yes" else ""
            cells = (
                str(serial), subject(inventory, item), published(record), number(item.ours),
                record.unit, f"{item.ratio:.2f}", VERDICTS[item.verdict],
                f"{record.source}, {record.at}{taken}",
            )  # fmt: skip
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
            notes.append(f"{serial}. {record.scope.rstrip('.')} ({record.geography}, "
                         f"{record.year}). {record.note}")  # fmt: skip
        lines += ["", *notes]
    lines += ["", *solved_section(solved), "", "## Sources", ""]
    keys = {item.record.source for item in compared} | {item.source for item in solved}
    for key in sorted(keys):
        source = inventory.sources[key]
        address = f"https://doi.org/{source.doi}" if source.doi else source.url
        lines.append(
            f"- **{key}**: {source.authors} ({source.year}). {source.title}. "
            f"{source.publisher}. {address} (read: {source.read}; {source.basis})".replace(
                "..", "."
            )
        )
    return "\n".join(lines) + "\n"


def solved_section(items: list[Solved]) -> list[str]:
    """Lines of the page: one row for each category."""
    lines = [
        SOLVED,
        "| category | datasets | rows | within a factor of 3 | median ratio | taken |",
        "|---|---|---|---|---|---|",
    ]
    for category in dict.fromkeys(item.category for item in items):
        rows = [item for item in items if item.category == category]
        cells = (
            category, str(len({item.dataset for item in rows})), str(len(rows)),
            f"{sum(item.within for item in rows)} ({sum(i.within for i in rows) / len(rows):.0%})",
            f"{median(item.ratio for item in rows):.2g}", str(sum(item.taken for item in rows)),
        )  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _count(items: list[Compared], verdict: str) -> int:
    return sum(item.verdict == verdict for item in items)


if __name__ == "__main__":
    from pathlib import Path

    from compared import compare_all
    from reading import literature_shares
    from solved import solved_inventories

    from lca_cardato.brightway.store import open_store
    from lca_cardato.inventory.load import load_inventory

    shipped = load_inventory()
    background = open_store(shipped).background
    compared = compare_all(shipped, background, Path("scenarios"))
    print(
        page(shipped, compared, solved_inventories(background), literature_shares(shipped)), end=""
    )
