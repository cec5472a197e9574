"""Lists on a terminal: a table, or rows of several lines, by what takes fewest and breaks no word."""

import io

import pytest
from rich.console import Console

from lca_cardato.report.formats.terminal_list import Listing
from lca_cardato.report.parts import Cell

LONG = "textile-waste-post-consumer-collected"
HEADS = ["id", "kind", "amount", "note"]
ROWS = [
    ["acetic-acid", "unit process", "0.5 kWh/kg", "made of methanol"],
    [LONG, "incineration", "15.2 %", "sorted, then torn by a contractor of the district " * 2],
    ["", "unit process", "2 kg", ""],
]


def printed(width, rows=ROWS, heads=HEADS, **more):
    buffer = io.StringIO()
    Console(file=buffer, width=width).print(Listing(heads, rows, **more))
    return [line.rstrip() for line in buffer.getvalue().splitlines()]


@pytest.mark.parametrize("width", range(44, 160, 4))
def test_no_id_breaks_and_no_number_leaves_its_unit(width):
    lines = printed(width)
    assert max(map(len, lines)) <= width
    for text in (LONG, "0.5 kWh/kg", "15.2 %", "2 kg", *HEADS):
        assert any(text in line for line in lines), (text, lines)
    words = " ".join(lines).split()
    for row in ROWS:
        assert all(word in words for cell in row for word in cell.split())
    assert "\ue000" not in "".join(lines)


def test_a_wide_screen_shows_a_table_and_a_narrow_one_rows_below_their_id():
    assert len(printed(250)) == 1 + len(ROWS)
    assert printed(250)[1].split("  ")[0] == "acetic-acid"
    lines = printed(60)
    assert lines[0] == "id" and LONG in lines  # alone on its line
    below = lines[lines.index(LONG) + 1]
    assert below.startswith("  incineration  ") and "15.2 %" in below


def test_heads_titles_and_stress_are_kept_in_both_ways():
    for width in (60, 250):
        assert printed(width, title="A title")[0] == "A title"
    group = [[Cell("group", mark="whole"), Cell("all")], [Cell(LONG, level=1), Cell("one")]]
    assert printed(100, group, ["", ""])[-1].startswith(f"  {LONG}")
    assert printed(40, [["name", "what it is " * 9]], [])[0].startswith("name  what it is")
    numbers = printed(250, [["a", "1"], ["b", "100"]], ["", "amount"], right=(1,))
    assert len({len(line) for line in numbers[1:]}) == 1
