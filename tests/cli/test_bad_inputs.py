"""Bad input through the installed command: the code, the exit code, one line per problem."""

import pytest

from lca_cardato.words.error_codes import FOLDER

BASE = (FOLDER / "base.yaml").read_text(encoding="utf-8")
READING = "value: 0.42 kWh/kg"
LOSS = "value: 6.5 %"
BLEND = BASE[BASE.index("  - {fibre: wool") : BASE.index("route:")]


def change(was, new):
    assert BASE.count(was) == 1, was
    return BASE.replace(was, new)


def reading(text):
    return change(READING, f"value: {text}")


def document(text):
    return change("id: example", f"id: example\ndocuments:\n  tc: {{kind: other, file: {text}}}")


# name -> (file, code, none for what is accepted, words of the message where they matter)
CASES = {
    # numbers and units
    "decimal comma": (reading('"1,5 kWh/kg"'), "E101", "write 1.5 (decimal point"),
    "thousands": (reading('"1.234,5 kWh/kg"'), "E101", "write 1234.5 "),
    **{
        f"thousands by U+{ord(gap):04X}": (
            reading(f'"1{gap}234.5 kWh/kg"'),
            "E101",
            "write 1234.5 ",
        )
        for gap in " '_\u00a0\u2009\u202f\u2019"
    },
    "thousands of a share": (change("share: 70 %", "share: 1 000 %"), "E101", "write 1000 "),
    "decimal comma in braces": (reading("1,5 kWh/kg"), "E101"),
    "point of thousands is a decimal point": (reading("1.234 kWh/kg"), None),
    **{f"not finite {t}": (reading(t), "E102") for t in ("nan", ".nan", "NaN", ".inf", "-inf")},
    "negative": (reading("-5 kWh/kg"), "E103"),
    "negative share": (change("share: 30 %", "share: -30 %"), "E103"),
    "negative loss": (change(LOSS, "value: -5 %"), "E103"),
    "empty": (reading('""'), "E104"),
    "words": (reading("a lot"), "E104"),
    "arabic digits": (reading("\u0661\u0662 kWh/kg"), "E104", "write 12"),
    "full width digits": (reading("\uff11\uff12\uff0e\uff15 kWh/kg"), "E104", "write 12.5"),
    "arabic decimal": (reading("0\u066b42 kWh/kg"), "E104", "write 0.42"),
    "minus sign": (reading("\u22125 kWh/kg"), "E104", "write -5"),
    "dash for a minus": (reading("\u20135 kWh/kg"), "E104", "write -5"),
    "full width percent": (change("share: 70 %", "share: 70 \uff05"), "E104", "write 70 %"),
    "per mille": (change("share: 70 %", "share: 700 \u2030"), "E104", "in %"),
    "per mille of a loss": (change(LOSS, "value: 65 \u2030"), "E105", "a share with %"),
    "a half": (reading("\u00bd kWh/kg"), "E104"),
    "a range": (reading("0.4-0.5 kWh/kg"), "E104", "plus_minus"),
    "plus or minus": (reading("0.42 \u00b1 0.1 kWh/kg"), "E104", "plus_minus"),
    "two numbers": (reading("0.42 0.43 kWh/kg"), "E104", "one number"),
    "a fraction": (reading("1/2 kWh/kg"), "E104", "one number"),
    "invisible space": (reading('"0.42\\u200b kWh/kg"'), "E107", "\N{REPLACEMENT CHARACTER}"),
    "cyrillic letter": (reading("0.42 k\u0412th/kg"), "E107"),
    "no-break space before the unit": (reading("0.42\u00a0kWh/kg"), None),
    "control character": (reading('"\\x1c12 kWh/kg"'), "E221", "U+001C"),
    "no unit": (reading("12"), "E105", "write for instance 12 kWh/kg"),
    "mass for energy": (reading("12 kg/kg"), "E106", "the field needs energy"),
    "length for energy": (reading("12 m/kg"), "E106"),
    "short ton": (reading("12 kWh/ton"), "E107", "write t "),
    **{
        f"unit {u}": (reading(f"12 {u}"), "E107", f"write {cure}")
        for u, cure in {
            "KWh/kg": "kWh",
            "kwh/kg": "kWh",
            "kWh/Kg": "kg",
            "mq/kg": "m2",
            "gr": "g",
            "q": "kg (1 quintale = 100 kg)",
            "SMC/kg": "Smc or Sm3, with a heating value",
            "kWh/gr": "g",
        }.items()
    },
    "temperature": (reading("1 degC"), "E107"),
    "count behind": (change("count: Nm 8", "count: 10 Nm"), None),
    "plied count": (change("count: Nm 8", "count: Nm 2/28"), None),
    "count 0": (change("count: Nm 8", "count: Nm 0"), "E108"),
    "count as length": (change("count: Nm 8", "count: 8 newton metre"), "E108"),
    "power tower": (reading("9**9**9 kWh/kg"), "E109"),
    "power tower by carets": (reading("9^9^9 kWh/kg"), "E109"),
    "carrier of electricity": (reading("0.42 kWh/kg, carrier: lpg"), "E206"),
    "water supply of electricity": (reading("0.42 kWh/kg, supply: water-well"), "E206"),
    "a total of a loss": (change(LOSS, "value: 6.5 %, for: 100 kg"), "E206"),
    "load of a loss": (change(LOSS, "value: 6.5 %, load: 50 %"), "E206"),
    "huge exponent": (reading("1e999 kWh/kg"), "E109"),
    "long exponent": (reading("1e999999999 kWh/kg"), ("E104", "E107", "E109")),
    "long number": (reading("1" * 100 + " kWh/kg"), "E109"),
    "tiny": (reading("1e-99 kWh/kg"), "E109"),
    "percent": (change("share: 70 %", "share: 70%"), None),
    "fraction": (change("share: 70 %", "share: 0.7"), None),
    "percent without sign": (change("share: 70 %", "share: 70"), "E110", "write 70 %"),
    "true": (change("share: 70 %", "share: true"), "E111"),
    "fabric without g/m2": (change("type: yarn", "type: fabric, construction: woven"), "E113"),
    "gas without heating value": (
        change(
            "  winding: {}",
            "  winding: {heat: {value: 2 Sm3/kg, carrier: natural_gas, class: measured, period: 2025}}",
        ),
        "E107",
        "heating_value: 35.2 MJ/Sm3",
    ),
    "transport to nowhere": (
        change("place: Italy", "place: Italy, transport: [{mode: lorry, distance: -5 km}]"),
        "E103",
    ),
    # files and text
    "key twice": (change("id: example", "id: example\nid: b"), "E201", "already given on line 2"),
    "norway": (change("place: Italy", "place: NO"), "E307"),
    "lot 010": (change("place: Italy", "place: Italy, lot: 010"), None),
    "lot 12:30": (change("place: Italy", "place: Italy, lot: 12:30"), None),
    "tag": (change("name: Carded", "name: !!python/object/apply:os.system [x] #"), "E202"),
    "anchor": (change("id: example", "id: &a example"), "E203"),
    "alias": (change("id: example", "id: *a"), "E203"),
    "nesting": (change("id: example", "id: " + "[" * 3000 + "]" * 3000), "E204"),
    "many values": ("x: [" + "1," * 200_001 + "1]\n", "E204"),
    "two documents": (BASE + "---\na: 1\n", "E205"),
    "unknown key": (change("share: 70 %", "share: 70 %, shrae: 1"), "E206", "mean 'share'"),
    "mark of byte order": (b"\xef\xbb\xbf" + BASE.encode(), None),
    "windows line ends": (BASE.replace("\n", "\r\n").encode(), None),
    "utf-16": (BASE.encode("utf-16"), "E207"),
    "latin-1": (change("Carded yarn", "citt\xe0").encode("latin-1"), "E207"),
    "nul": (BASE.encode() + b"\0", "E200"),
    "binary": (bytes(range(128, 256)), "E207"),
    "nothing": (b"", "E112"),
    "a list": ("- a\n", "E112"),
    "tabs": (
        BASE.replace("  carding:", "\tcarding:"),
        "E200",
        "put two blanks in place of each tab",
    ),
    "a colon in a name": (
        change("name: Carded yarn", "name: Filato: Nm 8"),
        "E200",
        'name: "Filato: Nm 8"',
    ),
    "a colon in a name on its line": (
        change("id: example", "id: example\nnote: Filato: Nm 8  # grigio"),
        "E200",
        'note: "Filato: Nm 8"',
    ),
    "too large": (BASE + "#" * 5_000_001, "E210"),
    "newer schema": (change("scenario/1", "scenario/2"), "E218", "use a newer lca-cardato"),
    "older schema": (change("scenario/1", "scenario/0"), "E215", "lca-cardato/scenario/1"),
    "odd schema": (change("scenario/1", "scenario/\u00b2"), "E215"),
    "long schema": (change("scenario/1", "scenario/" + "9" * 5000), "E215"),
    "another schema": (change("lca-cardato/scenario/1", "other/1"), "E215"),
    "path up": (document("../../etc/passwd"), "E214"),
    "absolute path": (document("/etc/passwd"), "E214"),
    "address": (document('"file:///etc/passwd"'), ("E214", "E220")),
    "network": (document('"http://example.org/x"'), ("E214", "E220")),
    "nul in a path": (document('"a\\0b"'), "E221"),
    "id with a path": (change("id: example", "id: ../x"), "E216"),
    "id of a device": (change("id: example", "id: CON"), "E216"),
    "long id": (change("id: example", "id: " + "x" * 300), "E216"),
    "terminal codes": (change("id: example", 'id: "\\e[2J\\e]0;x\\a"'), "E221", "U+001B"),
    "terminal codes in a name": (change("Carded yarn", '"\\e[2J"'), "E221", "U+001B"),
    "terminal codes in a key": (BASE + '"\\e[2J": 1\n', "E221"),
    "a surrogate": (change("Carded yarn", '"\\ud800"'), "E200"),
    "line end in an id": (change("id: example", 'id: "example\\n"'), "E216"),
    "name without letters": (change("Carded yarn", '"  "'), "E219", "a name is expected"),
    "right to left": (change("fibre: polyamide", 'fibre: "\u202eedimaylop"'), "E221", "U+202E"),
    # meaning
    "too little": (change("share: 30 %", "share: 29.9 %"), "E301", "0.1 % too little"),
    "too much": (change("share: 30 %", "share: 30.1 %"), "E301"),
    "loses all": (change(LOSS, "value: 100 %"), "E303"),
    "loses more than all": (change(LOSS, "value: 120 %"), "E110"),
    "rework of itself": (
        BASE.replace(BLEND, "  - {fibre: same-blend, share: 100 %, origin: in_process_rework}\n"),
        "E304",
    ),
    "unknown fibre": (change("fibre: polyamide", "fibre: polyamid"), "E307"),
    "unknown step": (change("  winding: {}", "  windign: {}"), "E307"),
    "dataset per kWh for a fibre": (
        change("origin: virgin", "origin: virgin, dataset: electricity-it-generation-2024"),
        "E308",
    ),
    "two blends": (BASE + "yarns: []\nblend: []\n", "E201"),
    "virgin fibre by shade": (change("colour: to_dye", "colour: shade_sorted"), "E316"),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory, run_all):
    """Every case through ``validate``."""
    cases = {
        name: ({"s.yaml": case[0]}, ["validate", "s.yaml"], None) for name, case in CASES.items()
    }
    return run_all(cases, tmp_path_factory.mktemp("bad"))


@pytest.mark.parametrize("name", list(CASES))
def test_bad_input(results, problems, name):
    done, folder = results[name]
    _, wanted, *words = CASES[name]
    assert [path.name for path in folder.iterdir()] == ["s.yaml"]
    if wanted is None:
        assert (done.returncode, done.stderr) == (0, "")
        return
    found = problems(done)
    assert done.returncode == 3, done.stderr
    assert {code for *_, code in found} & ({wanted} if isinstance(wanted, str) else set(wanted))
    for file, line, column, code in found:
        assert file == "s.yaml"
        assert (line > 0 and column > 0) or code == "E210", done.stderr
    assert all(word in done.stderr for word in words), done.stderr


def test_every_problem_of_a_file_at_once_but_fifty_at_most(tmp_path, command):
    few = change(READING, "value: 1,5 kg").replace("shade_sorted", "pink").replace("Nm 8", "Nm x")
    (tmp_path / "few.yaml").write_text(
        few.replace("value: 1,5 kg", 'value: "1,5 kg"'), encoding="utf-8"
    )
    done = command("validate", "few.yaml", cwd=tmp_path)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 3, done.stderr
    many = BASE + "".join(f"wrong{n}: 1\n" for n in range(70))
    (tmp_path / "many.yaml").write_text(many, encoding="utf-8")
    done = command("validate", "many.yaml", cwd=tmp_path)
    lines = done.stderr.splitlines()
    assert len(lines) == 51
    assert lines[-1] == "error: and 20 more problems"


def test_what_is_typed_and_what_is_near_are_told(tmp_path, command):
    (tmp_path / "s.yaml").write_text(
        change("fibre: polyamide", "fibre: polyamid"), encoding="utf-8"
    )
    done = command("validate", "s.yaml", cwd=tmp_path)
    assert done.stderr == (
        "error: s.yaml:7:13: E307 blend[1].fibre: fibre is not known (typed: polyamid); "
        "which of these: polyamide (polyamide 6 / poliammide 6), "
        "polyamide-66 (polyamide 6.6 / poliammide 6.6)?\n"
    )
