"""Parts on a terminal: every cell is there, a verdict reads without colour."""

import io

import pytest
from rich.console import Console

from lca_cardato.report.formats.terminal import show
from lca_cardato.report.formats.terminal_grid import grid
from lca_cardato.report.parts import Cell, Claim, Column, Criterion, Fact, Facts, Table, Text
from lca_cardato.words.language import Language

COLUMNS = [Column("what"), Column("amount", "kg", True), Column("said", left=True)]
ROWS = [
    [Cell("wool", level=1), Cell("1.50", 1.5), Cell("meets", None, "meets")],
    [Cell("oil", None, "open"), Cell("0"), Cell("", None, "not_proven")],
    [Cell("total"), Cell("1.50"), Cell("")],
]
TABLE = Table("key", "The title", COLUMNS, ROWS, total=True)
CRITERION = Criterion("At least a half", "not_met", "40 %", "more wool")


def printed(*blocks, colour=False):
    buffer = io.StringIO()
    system = "standard" if colour else None
    console = Console(file=buffer, width=80, force_terminal=colour, color_system=system)
    show(blocks, Language("en"), console)
    return buffer.getvalue()


def test_a_table_is_printed_with_every_cell():
    lines = [line.rstrip() for line in printed(TABLE).splitlines()]
    assert lines[0] == "The title"
    assert [line.split() for line in lines[1:]] == [
        ["what", "amount", "said"], ["wool", "1.50", "[+]", "meets"], ["oil", "0", "[?]"],
        ["total", "1.50"],
    ]  # fmt: skip
    ends = {line.find(text) + len(text) for line, text in zip(lines[1:], ("amount", "1.50", "0"))}
    assert (
        lines[2].startswith("  wool") and len(ends) == 1
    )  # a part stands in, numbers at the right


def test_totals_are_stressed_and_open_rows_are_not():
    assert [row.style for row in grid(TABLE).rows] == [None, "dim", "bold"]


@pytest.mark.parametrize(("folded", "told"), [
    (True, ["  [x] not met  A mark: 40 %"]),
    (False, ["A mark [x] not met  (pack)", "  only dyeing", "  [x] not met  At least a half",
             "      40 %", "      to change it: more wool"]),
])  # fmt: skip
def test_a_claim_is_told_in_a_line_or_criterion_by_criterion(folded, told):
    claim = Claim("A mark", "pack", "not_met", [CRITERION], folded=folded, scope="only dyeing")
    words = Language("en")
    told = [line.replace("not met", words("not_met")) for line in told]
    told = [line.replace("to change it", words("to_change")) for line in told]
    assert printed(claim).splitlines() == told


def test_texts_keep_their_style_and_paths_their_line():
    path = "x" * 120
    shown = printed(Text("first", "lead"), Text("soft", "note"), colour=True)
    assert shown == "\x1b[1mfirst\x1b[0m\n\x1b[2msoft\x1b[0m\n"
    assert printed(Text(path, "code"), Facts([Fact("id", "name", "", "")])) == f"{path}\nid  name\n"


WIDE = Table(
    "wide", "Wide", [Column("indicator"), Column("value"), Column("unit"),
                     *(Column(f"difference {n}", "%", True) for n in range(6))],
    [[Cell("Water scarcity by place"), Cell("0.295"), Cell("kg CO2-eq"),
      *(Cell(f"-{n}0 to +{n}5 %") for n in range(6))],
     [Cell("Climate change"), Cell("≥ 3.59"), Cell("MJ"), *[Cell("-88 %")] * 6]],
)  # fmt: skip


@pytest.mark.parametrize("width", [50, 64, 80, 120, 200])
def test_a_wide_table_is_told_in_parts_and_nothing_of_it_breaks(width):
    buffer = io.StringIO()
    show([WIDE], Language("en"), Console(file=buffer, width=width))
    lines = [line.rstrip() for line in buffer.getvalue().splitlines()]
    assert max(map(len, lines)) <= width
    text = "\n".join(lines)
    for row in WIDE.rows:
        for cell in row[1:]:
            assert cell.text in text
    parts = text.count("indicator")
    assert text.count("Climate change") == parts == (1 if width > 140 else parts)
    assert text.count("difference") == 6 and "\ue000" not in text


@pytest.mark.parametrize("width", range(40, 60))
def test_no_line_ends_between_a_number_and_its_unit(width):
    buffer = io.StringIO()
    said = "saves 21 to 91 % of 3.59 kg CO2-eq and ≥ 7.75 L of Nm 8 " * 4
    claim = Claim("A mark", "pack", "not_met", [CRITERION], folded=True)
    show(
        [Text(said), Text(said, "notice"), claim], Language("en"), Console(file=buffer, width=width)
    )
    for line in buffer.getvalue().splitlines():
        assert not line.strip().startswith(("%", "kg", "CO2-eq", "L ", "8 "))
        assert not line.rstrip().endswith(("≥", "Nm", "kg"))


def test_what_stands_in_stands_in_on_its_other_lines_too():
    criterion = Criterion("At least a half", "not_met", "word " * 40, "more wool " * 20)
    lines = printed(Claim("A mark", "pack", "not_met", [criterion])).splitlines()
    assert len(lines) > 6 and all(line.startswith("      ") for line in lines[2:])
    folded = printed(Claim("A mark", "pack", "not_met", [criterion], folded=True)).splitlines()
    assert all(line.startswith("      ") for line in folded[1:])
