import csv
import dataclasses
import datetime
import io
import itertools
import re
import shutil
import subprocess
import zipfile
from decimal import ROUND_HALF_UP, Context, Decimal

import openpyxl
import pytest

from lca_cardato.errors import InputError
from lca_cardato.report.formats.xlsx import xlsx_bytes
from lca_cardato.report.formats.xlsx_numbers import number_format
from lca_cardato.report.formats.xlsx_text import clean, created, height, sheet_name
from lca_cardato.report.parts import (
    Cell,
    Claim,
    Column,
    Criterion,
    Fact,
    Facts,
    Report,
    Section,
    Table,
    Text,
)
from lca_cardato.report.stories.assessment import assessment_report
from lca_cardato.report.tables import assessment as story_tables
from lca_cardato.report.tables.contributors import contributors
from lca_cardato.studies.material import of_assessment
from lca_cardato.words.language import Language

DANGEROUS = [
    "=cmd|'/C calc'!A0",
    "+1",
    "@x",
    "-2",
    "=1+1",
    "{=1}",
    "http://a.b",
    "\t=1",
    "=2 kg × 3",
]


def shown(value, form):
    """What a spreadsheet shows in an English locale, for the formats used here."""
    parts = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", form.replace('\\"', "\x01"))
    number = Decimal(f"{value:.15g}")
    part = parts[1] if len(parts) > 1 and number < 0 else parts[0]
    literals = []

    def keep(found):
        literals.append(found.group(1).replace("\x01", '"'))
        return f"\x02{len(literals) - 1}\x03"

    part = re.sub(r'"([^"]*)"', keep, part).replace("\x01", '"')
    if "%" in part:
        number *= 100
    body = re.search(r"(?<!\x02)0(?:\.(0+))?(E\+00)?(?![^\x02]*\x03)", part)
    text = part
    if body:
        places = len(body.group(1) or "")
        sign = "-" if number < 0 and len(parts) == 1 else ""
        size = abs(number)
        if body.group(2):
            size = Context(prec=places + 1, rounding=ROUND_HALF_UP).plus(size)
            power = size.adjusted()
            digits = f"{size.scaleb(-power):.{places}f}e{power:+03d}"
        else:
            digits = str(size.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
        # the minus stands before everything, literals included
        text = sign + part[: body.start()] + digits + part[body.end() :]
    return re.sub(r"\x02(\d+)\x03", lambda m: literals[int(m.group(1))], text)


def read(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def report(tables, lang="en", blocks=(), facts=()):
    section = Section("s", "s", [*blocks, *tables])
    return Report("assessment", lang, "Title", "Sub", list(facts), "r", "d", [section])


def table(cells, title="Values", unit="kg", **options):
    rows = [[Cell(f"row {i}"), cell] for i, cell in enumerate(cells)]
    columns = [Column("what"), Column("how much", unit, True)]
    return Table("values", title, columns, rows, **options)


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("3.54", 3.54081883115, "0.00"),
        ("0", 0.0, "0"),
        ("1234", 1234.4, "0"),
        ("-0.50", -0.5, "0.00"),
        ("7.38e-06", 7.37543162513e-06, "0.00E+00"),
        ("≥ 3.54", 3.54081883115, '"≥ "0.00'),
        ("70 %", 70.0, '0" %"'),
        ("68.16 %", 68.1554392065, '0.00" %"'),
        ("70 %", 0.7, '0" "%'),
        ("120.0 %", 1.2, '0.0" "%'),
        ("≥ -1.50e-05", -1.5e-5, '"≥ -1.50e-05"'),
        (">99 %", 0.996, '">99 %"'),
        ("+12 %", 11.6, '"+"0" %";"-"0" %"'),
        ("-89 %", -88.7, '0" %"'),
        ("≥ -1.5", -1.52, '"≥ "0.0;"≥ -"0.0'),
        ("−1.5", -1.52, '0.0;"−"0.0'),
        ("3.5 kg CO2-eq", 3.54, '0.0" kg CO2-eq"'),
        (">99 %", 99.6, '">99 %"'),
        ("<0.1 %", 0.04, '"<0.1 %"'),
        ("12 %", 12.5, '"12 %"'),  # a tie: spreadsheets would show 13 %
        ("1234", 1234.5, '"1234"'),
        ("-0 %", -0.3, '"-0 %"'),
        ('2 "x"', 2.0, '0" "\\""x"\\"'),
    ],
)
def test_number_formats(text, value, form):
    assert number_format(text, value) == form
    assert shown(value, form) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [("3.5 (-12 %)", 3.5), ("3 to 4", 3.0), ("", 1.0), ("many", 2.0), ("3.5", 4.7), (">99 %", 12.0),
     ("1.00e-07", 3e-8), ("2", 1e-9)],
)  # fmt: skip
def test_texts_that_are_not_the_number_have_no_format(text, value):
    assert number_format(text, value) is None


def test_every_decimal_sign_gives_the_same_format():
    assert (
        number_format("≥ 3,54 %", 3.541, ",") == number_format("≥ 3.54 %", 3.541) == '"≥ "0.00" %"'
    )
    assert number_format("7,38e-06", 7.38e-06, ",") == "0.00E+00"


def test_numbers_of_every_size_read_as_written():
    words = Language("en")
    for exponent, digits in itertools.product(
        range(-12, 12), (1.0, 1.005, 2.5, 9.995, 1.2345, 9.9999)
    ):
        for value in (digits * 10.0**exponent, -digits * 10.0**exponent):
            text = words.number(value)
            assert shown(value, number_format(text, value)) == text


def test_dangerous_text_stays_text():
    data = xlsx_bytes(report([table([Cell(text) for text in DANGEROUS], title="=T")]))
    book = read(data)
    cells = [row[1] for row in book["=T"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == DANGEROUS
    for sheet in book:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(n) for n in archive.namelist() if "worksheets/" in n]
        assert len(sheets) == 2 and not any(b"<f" in text for text in sheets)
        assert not [n for n in archive.namelist() if "external" in n.lower() or "vba" in n.lower()]


def test_text_that_a_cell_cannot_hold():
    assert clean("a\x00b\x1b\ud800c\r\nd\te") == "abc\nd\te"
    assert clean("x" * 32767) == "x" * 32767
    assert clean("x" * 32768) == "x" * 32766 + "…"
    wide = clean("😀" * 20000)
    assert wide.endswith("😀…") and len(wide.encode("utf-16-le")) // 2 <= 32767
    book = read(xlsx_bytes(report([table([Cell("y" * 40000), Cell("_x0041_\x07")])])))
    assert [row[1].value for row in book["Values"].iter_rows(min_row=2)] == [
        "y" * 32766 + "…", "_x0041_",
    ]  # fmt: skip


def test_sheet_names():
    taken = ["Overview"]
    for title in ("a/b: [c]*?\\", "x" * 40, "X" * 50, "'q'", "", "History", "overview", "😀 z"):
        taken.append(sheet_name(title, taken))
    assert taken[1:] == [
        "a b c", "x" * 31, "X" * 27 + " (2)", "q", "-", "History (2)", "overview (2)", "z",
    ]  # fmt: skip
    assert all(len(name) <= 31 for name in taken)
    long = [
        table([Cell("1", 1.0)], title="Long title of a table, number " + n)
        for n in ("1, a", "1, b")
    ]
    names = read(xlsx_bytes(report(long))).sheetnames
    assert names == [
        "Overview",
        "Long title of a table, number 1",
        "Long title of a table, numb (2)",
    ]


def test_a_sheet_can_be_worked_with():
    cells = [Cell("1.0", 1.0), Cell("2.0", 2.0), Cell("3.0", 3.0)]
    data = xlsx_bytes(report([table(cells, total=True, title="A & B")]))
    sheet = read(data)["A & B"]
    assert [cell.value for cell in sheet[1]] == ["what", "how much [kg]"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:B3"  # the total is left out
    assert sheet["B4"].font.bold and not sheet["B3"].font.bold
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    assert sheet.oddHeader.left.text == "A && B"
    assert sheet.column_dimensions["B"].width > 13
    assert sheet["A2"].alignment.wrap_text


def test_a_text_that_no_format_gives_stands_beside():
    cells = [Cell("3.5 (-12 %)", 3.5123), Cell("4.0", 4.0)]
    sheet = read(xlsx_bytes(report([table(cells)])))["Values"]
    assert [cell.value for cell in sheet[1]] == [
        "what",
        "how much [kg]",
        "how much, as in the report",
    ]
    assert [cell.value for cell in sheet[2]] == ["row 0", 3.5123, "3.5 (-12 %)"]
    assert [cell.value for cell in sheet[3]] == ["row 1", 4.0, "4.0"]


def test_number_formats_do_not_run_out():
    """A spreadsheet holds some 200 formats; beyond, the text stands beside."""
    cells = [Cell(f"1 {a}{b}", 1.0) for a, b in itertools.product("abcdefghijklmno", repeat=2)]
    sheet = read(xlsx_bytes(report([table(cells)])))["Values"]
    rows = list(sheet.iter_rows(min_row=2))
    assert len({row[1].number_format for row in rows}) == 151
    assert [row[2].value for row in rows] == [cell.text for cell in cells]


def test_numbers_that_are_none_are_text():
    cells = [Cell("–", float("nan")), Cell("∞", float("inf")), Cell("", None)]
    sheet = read(xlsx_bytes(report([table(cells)])))["Values"]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["–", "∞", None]


def test_too_many_rows():
    rows = [[Cell("x")]] * 1_048_576
    with pytest.raises(InputError) as caught:
        xlsx_bytes(report([Table("t", "t", [Column("c")], rows)]))
    assert caught.value.problems[0].code == "E324"


def test_first_sheet_and_claims():
    criteria = [
        Criterion("At least 65 %", "meets", "70 %.", "", "n", [("in product", "70 %"), ("dry", "68 %")],
                  [("words", "https://x.y")]),
        Criterion("In the district", "not_proven", "One step.", "=Name the place"),
    ]  # fmt: skip
    blocks = [
        Text("Sentence.", "lead"), Text("Careful.", "warning"), Text("Other."),
        Facts([Fact("Climate", "≥ 3.54", "kg CO2-eq", "Most of it.", 3.5408),
               Fact("Mark", "meets", "", "Not a certificate.", None, "meets")]),
        Claim("Cardato", "pack-1", "not_proven", criteria, "The Chamber.", "Much."),
    ]  # fmt: skip
    book = read(xlsx_bytes(report([], blocks=blocks, facts=[("Run", "abc")])))
    assert book.sheetnames == ["Overview", "Claims"]
    front = [[cell.value for cell in row if cell.value is not None] for row in book["Overview"]]
    for line in (["Title"], ["Sub"], ["Run", "abc"], ["Climate", 3.5408, "kg CO2-eq", "Most of it."],
                 ["Mark", "meets", "Not a certificate."], ["Sentence."], ["Careful."], ["The Chamber."],
                 ["Claims", 2]):  # fmt: skip
        assert line in front
    assert ["Other."] not in front
    assert (
        next(c for row in book["Overview"] for c in row if c.value == 3.5408).number_format
        == '"≥ "0.00'
    )
    rows = [[cell.value for cell in row] for row in book["Claims"]]
    assert rows[0][:8] == [
        "claim", "rule pack", "outcome of the claim", "criterion", "outcome", "reason",
        "what would change it", "readings",
    ]  # fmt: skip
    assert rows[1][:8] == [
        "Cardato", "pack-1", "not proven", "At least 65 %", "meets", "70 %.", None,
        "in product: 70 %\ndry: 68 %",
    ]  # fmt: skip
    assert rows[2][4:7] == ["not proven", "One step.", "=Name the place"]
    assert book["Claims"]["E2"].fill.fgColor.rgb != book["Claims"]["E3"].fill.fgColor.rgb


def test_links_of_the_list_of_sheets_lead_to_sheets():
    tables = [table([Cell("1", 1.0)], title=title) for title in ("It's one", "Two")]
    book = read(xlsx_bytes(report(tables)))
    links = {
        cell.value: cell.hyperlink.location
        for row in book["Overview"]
        for cell in row
        if cell.hyperlink
    }
    assert links == {"It's one": "'It''s one'!A1", "Two": "'Two'!A1"}


def test_two_workbooks_are_the_same_bytes():
    facts = [("Calculated", "2026-03-04T05:06:07+00:00")]
    made = report([table([Cell("1", 1.0)])], facts=facts)
    assert xlsx_bytes(made) == xlsx_bytes(made)
    assert read(xlsx_bytes(made)).properties.created == datetime.datetime(2026, 3, 4, 5, 6, 7)
    assert created(dataclasses.replace(made, facts=[("x", "2026-13-01")])) == datetime.datetime(
        1980, 1, 1
    )


@pytest.fixture(scope="module", params=["en", "it"])
def assessment(request, assessed):
    """Tables of a shipped scenario, as the report of an assessment shows them."""
    document = assessed("recycled-wool-70").to_dict(request.param)
    words = Language(request.param)
    names = ["climate_change", "energy", "water_withdrawn", "water_consumed"]
    tables = [
        story_tables.indicators(document, words, True), story_tables.indicators(document, words, False),
        story_tables.stages(document, words, names), story_tables.mass(document, words),
        contributors(document, words, "water_consumed"),
        story_tables.fibres(document, words), story_tables.classes(document, words, names),
        story_tables.assumptions(document, words), story_tables.allocation(document, words),
        story_tables.parameters(document, words, {}), story_tables.datasets(document, words),
    ]  # fmt: skip
    return report(tables, request.param)


def test_a_real_report_reads_as_in_the_other_formats(assessment):
    sheets = read(xlsx_bytes(assessment)).worksheets[1:]
    stored = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(assessment)), data_only=True)
    numbers = 0
    assert len(sheets) == len(assessment.tables())
    for made, sheet in zip(assessment.tables(), sheets):
        assert sheet.max_column == len(made.columns), made.key  # no column of texts is needed
        for cells, row in zip(made.rows, sheet.iter_rows(min_row=2)):
            for cell, found in zip(cells, row):
                assert found.data_type in ("s", "n", "f")
                if found.data_type == "f":
                    found = stored[sheet.title][found.coordinate]
                if cell.value is None:
                    assert (found.value or "") == cell.text
                    continue
                numbers += 1
                assert found.value == pytest.approx(cell.value, rel=1e-9, abs=0)
                text = shown(found.value, found.number_format)
                assert Language(assessment.lang).decimal(text) == cell.text
    assert numbers > 150


def formulas(book):
    return {(s.title, c.coordinate): c.value for s in book for row in s for c in row
            if c.data_type == "f"}  # fmt: skip


@pytest.fixture(scope="module")
def whole(assessed):
    """The workbook of a whole assessment."""
    material = of_assessment(assessed("recycled-wool-70"), "it", samples=0)
    return assessment_report(material)


def test_sums_are_alive_and_two_charts_follow_their_cells(whole):
    data = xlsx_bytes(whole)
    book, stored = read(data), openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    found = formulas(book)
    sums = {place for place, text in found.items() if re.fullmatch(r"=SUM\((\w)2:\1\d+\)", text)}
    assert len({sheet for sheet, _ in sums}) >= 4 and len(found) > len(sums) + 30
    assert not [
        t for t in found.values() if not re.fullmatch(r"=(SUM\(\w2:\w\d+\)|\w\d+(\*\w\d+)+)", t)
    ]
    for sheet, place in sums:
        column, last = re.fullmatch(r"([A-Z])(\d+)", place).groups()
        cells = [stored[sheet][f"{column}{row}"].value for row in range(2, int(last))]
        assert stored[sheet][place].value == pytest.approx(sum(cells), rel=1e-12)
    drawn = [sheet for sheet in book if sheet._charts]
    assert len(drawn) == 2
    for sheet in drawn:
        for series in sheet._charts[0].series:
            names, values = series.cat.strRef or series.cat.numRef, series.val.numRef
            assert names.f.startswith(f"'{sheet.title}'!$A$2") and "$2:$" in values.f


def test_a_sum_that_is_not_the_number_of_the_report_stays_a_number():
    rows = [[Cell("a"), Cell("1", 1.0)], [Cell("b"), Cell("2", 2.0)], [Cell("all"), Cell("4", 4.0)]]
    made = Table("t", "Values", [Column("x"), Column("y", "kg", True)], rows, total=True)
    assert not formulas(read(xlsx_bytes(report([made]))))
    rows[-1][1] = Cell("3", 3.0)
    assert formulas(read(xlsx_bytes(report([made])))) == {("Values", "B4"): "=SUM(B2:B3)"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_calculates_what_is_stored(whole, tmp_path):
    """The values are taken out first, so that what comes back was calculated."""
    data = xlsx_bytes(whole)
    book, stored = read(data), openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    book.save(tmp_path / "bare.xlsx")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "made"),
         str(tmp_path / "bare.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    made = openpyxl.load_workbook(tmp_path / "made" / "bare.xlsx", data_only=True)
    for sheet, place in formulas(book):
        value = stored[sheet][place].value
        assert made[sheet][place].value == pytest.approx(value, rel=1e-12, abs=0), (sheet, place)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_same(assessment, tmp_path):
    made = assessment.tables()[0]
    file = tmp_path / "a.xlsx"
    file.write_bytes(xlsx_bytes(report([made], assessment.lang)))
    # comma, quotes, UTF-8, from the first line; cells as shown; the second sheet
    option = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,2"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", option, "--outdir", str(tmp_path), str(file)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with open(next(tmp_path.glob("*.csv")), encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))[1:]
    assert len(rows) == len(made.rows)
    for cells, row in zip(made.rows, rows):
        for cell, text in zip(cells, row):
            if cell.value is not None:
                text = Language(assessment.lang).decimal(text.replace("E", "e"))
            assert text == cell.text


def test_rows_are_as_high_as_their_texts():
    cells = [Cell("1", 1.0), Cell("word " * 40)]
    sheet = read(xlsx_bytes(report([table(cells)])))["Values"]
    assert sheet.column_dimensions["B"].width == pytest.approx(48, abs=1)
    assert sheet.row_dimensions[2].height is None
    assert 60 <= sheet.row_dimensions[3].height <= 120
    assert height([("x\n" * 100, 20.0)]) == 409 and height([("x" * 18, 20.0)]) == 15


def test_parts_of_a_whole_are_indented():
    cells = [Cell("1", 1.0), Cell("2", 2.0)]
    made = table(cells)
    made.rows[1][0] = Cell("part", level=1)
    sheet = read(xlsx_bytes(report([made])))["Values"]
    assert (sheet["A2"].alignment.indent, sheet["A3"].alignment.indent) == (0, 1)
    assert sheet["A3"].alignment.horizontal == "left"
