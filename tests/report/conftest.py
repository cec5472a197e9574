"""A report with every kind of block and hostile names."""

import pytest

HOSTILE = (
    "<script>alert(1)</script> =cmd|'/C calc'!A0 \u202egnp \"'& #import $x$ *bold* " + "x" * 300
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20">'
    '<rect id="r" width="90" height="18" style="fill:#0b6b34" aria-label="fibre: 3.54 kg"/></svg>'
)


@pytest.fixture(scope="session")
def hostile():
    from lca_cardato.report.parts import (
        Cell,
        Choice,
        Claim,
        Column,
        Criterion,
        Fact,
        Facts,
        Picture,
        Report,
        Section,
        Table,
        Text,
    )

    def picture(key):
        return Picture(key, HOSTILE, HOSTILE, lambda _: SVG.replace('id="r"', f'id="{key}-r"'))

    columns = [Column("name"), Column("value", "kg", True), Column("verdict")]
    rows = [
        [Cell(f"row {i}"), Cell(f"{i}.50", i + 0.5), Cell("meets", None, "meets")] for i in range(9)
    ]
    rows.append([Cell(HOSTILE, level=1), Cell("≥ 99.0", 99.0), Cell("not met", None, "not_met")])
    criterion = Criterion(HOSTILE, "not_proven", HOSTILE, HOSTILE, HOSTILE, [(HOSTILE, "70 %")],
                          [(HOSTILE, "https://example.org")])  # fmt: skip
    blocks = [
        Text(HOSTILE, "lead"), Text(HOSTILE), Text(HOSTILE, "note"), Text(HOSTILE, "warning"),
        Text(HOSTILE, "code"),
        Facts([Fact(HOSTILE, "3.54", "kg", HOSTILE, 3.54), Fact("Cardato", "meets", "", "", None, "meets")]),
        Table("tool", "A tool", columns, rows, total=False, tool=True, note=HOSTILE),
        Table("folded", HOSTILE, columns, rows, total=True, folded=True),
        picture("one"),
        Choice("choice", "Choose", ["A", HOSTILE], [picture("a"), picture("b")]),
        Claim(HOSTILE, "pack", "meets", [criterion], HOSTILE, HOSTILE),
        Claim("Other", "pack", "not_applicable", [criterion], folded=True),
    ]  # fmt: skip
    return Report(
        "assessment", "en", HOSTILE, HOSTILE, [("Run", HOSTILE)], "run1", "d" * 64,
        [Section("first", HOSTILE, blocks), Section("second", "Second", [Text("end")])],
    )  # fmt: skip
