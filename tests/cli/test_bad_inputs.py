"""Bad input through the installed command: the code, the exit code, one line per problem."""

import os
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from lca_cardato.explain.entries import FOLDER

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


# name -> (file, code; none for what is accepted)
CASES = {
    # numbers and units
    "decimal comma": (reading('"1,5 kWh/kg"'), "E101"),
    "thousands": (reading('"1.234,5 kWh/kg"'), "E101"),
    "decimal comma in braces": (reading("1,5 kWh/kg"), "E101"),
    "point of thousands is a decimal point": (reading("1.234 kWh/kg"), None),
    **{f"not finite {t}": (reading(t), "E102") for t in ("nan", ".nan", "NaN", ".inf", "-inf")},
    "negative": (reading("-5 kWh/kg"), "E103"),
    "negative share": (change("share: 30 %", "share: -30 %"), "E103"),
    "negative loss": (change(LOSS, "value: -5 %"), "E103"),
    "empty": (reading('""'), "E104"),
    "words": (reading("a lot"), "E104"),
    "arabic digits": (reading("\u0661\u0662 kWh/kg"), "E104"),
    "control character": (reading('"\\x1c12 kWh/kg"'), "E104"),
    "no unit": (reading("12"), "E105"),
    "mass for energy": (reading("12 kg/kg"), "E106"),
    "length for energy": (reading("12 m/kg"), "E106"),
    "short ton": (reading("12 kWh/ton"), "E107"),
    **{
        f"unit {u}": (reading(f"12 {u}"), "E107")
        for u in ("KWh/kg", "kwh/kg", "kWh/Kg", "mc", "mq/kg", "gr", "q", "Smc/kg", "kWh/gr")
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
    "percent without sign": (change("share: 70 %", "share: 70"), "E110"),
    "true": (change("share: 70 %", "share: true"), "E111"),
    "fabric without g/m2": (change("type: yarn", "type: fabric, construction: woven"), "E113"),
    "gas without heating value": (
        change(
            "  winding: {}",
            "  winding: {heat: {value: 2 Sm3/kg, carrier: natural_gas, class: measured, period: x}}",
        ),
        ("E105", "E107"),
    ),
    # files and text
    "key twice": (change("id: example", "id: example\nid: b"), "E201"),
    "norway": (change("place: Italy", "place: NO"), "E307"),
    "lot 010": (change("place: Italy", "place: Italy, lot: 010"), None),
    "lot 12:30": (change("place: Italy", "place: Italy, lot: 12:30"), None),
    "tag": (change("name: Carded", "name: !!python/object/apply:os.system [x] #"), "E202"),
    "anchor": (change("id: example", "id: &a example"), "E203"),
    "alias": (change("id: example", "id: *a"), "E203"),
    "nesting": (change("id: example", "id: " + "[" * 3000 + "]" * 3000), "E204"),
    "many values": ("x: [" + "1," * 200_001 + "1]\n", "E204"),
    "two documents": (BASE + "---\na: 1\n", "E205"),
    "unknown key": (change("share: 70 %", "share: 70 %, shrae: 1"), "E206"),
    "mark of byte order": (b"\xef\xbb\xbf" + BASE.encode(), None),
    "windows line ends": (BASE.replace("\n", "\r\n").encode(), None),
    "utf-16": (BASE.encode("utf-16"), "E207"),
    "latin-1": (change("Carded yarn", "citt\xe0").encode("latin-1"), "E207"),
    "nul": (BASE.encode() + b"\0", "E200"),
    "binary": (bytes(range(128, 256)), "E207"),
    "nothing": (b"", "E112"),
    "a list": ("- a\n", "E112"),
    "tabs": (BASE.replace("  carding:", "\tcarding:"), "E200"),
    "too large": (BASE + "#" * 5_000_001, "E210"),
    "newer schema": (change("scenario/1", "scenario/2"), "E218"),
    "another schema": (change("lca-cardato/scenario/1", "other/1"), "E215"),
    "path up": (document("../../etc/passwd"), "E214"),
    "absolute path": (document("/etc/passwd"), "E214"),
    "address": (document('"file:///etc/passwd"'), ("E214", "E220")),
    "network": (document('"http://example.org/x"'), ("E214", "E220")),
    "nul in a path": (document('"a\\0b"'), "E214"),
    "id with a path": (change("id: example", "id: ../x"), "E216"),
    "id of a device": (change("id: example", "id: CON"), "E216"),
    "long id": (change("id: example", "id: " + "x" * 300), "E216"),
    "terminal codes": (change("id: example", 'id: "\\e[2J\\e]0;x\\a"'), "E216"),
    "right to left": (change("fibre: polyamide", 'fibre: "\u202eedimaylop"'), ("E216", "E307")),
    # meaning
    "too little": (change("share: 30 %", "share: 29.9 %"), "E301"),
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
def results(tmp_path_factory, command):
    """Every case through ``validate``, two at a time."""

    def one(name):
        folder = tmp_path_factory.mktemp("bad", numbered=True)
        text = CASES[name][0]
        (folder / "s.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
        done = command("validate", "s.yaml", cwd=folder)
        return done, sorted(path.name for path in folder.iterdir())

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(CASES, pool.map(one, list(CASES))))


@pytest.mark.parametrize("name", list(CASES))
def test_bad_input(results, name):
    done, left = results[name]
    wanted = CASES[name][1]
    assert left == ["s.yaml"]
    assert "Traceback" not in done.stderr
    if wanted is None:
        assert done.returncode == 0, done.stderr
        return
    assert done.returncode == 3, done.stderr
    lines = done.stderr.splitlines()
    assert lines and all(re.match(r"error: (s\.yaml|and \d+ more)", line) for line in lines), lines
    assert all(line.isprintable() and len(line) < 2000 for line in lines)
    codes = re.findall(r"(?::|\d:) (E\d{3})\b", done.stderr)
    assert {wanted} & set(codes) if isinstance(wanted, str) else set(wanted) & set(codes), lines


def test_every_problem_of_a_file_at_once_but_fifty_at_most(tmp_path, command):
    few = change(READING, "value: 1,5 kg").replace("shade_sorted", "shade").replace("Nm 8", "Nm x")
    (tmp_path / "few.yaml").write_text(few.replace("value: 1,5 kg", 'value: "1,5 kg"'))
    done = command("validate", "few.yaml", cwd=tmp_path)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 3, done.stderr
    many = BASE + "".join(f"wrong{n}: 1\n" for n in range(70))
    (tmp_path / "many.yaml").write_text(many)
    done = command("validate", "many.yaml", cwd=tmp_path)
    lines = done.stderr.splitlines()
    assert len(lines) == 51
    assert lines[-1] == "error: and 20 more problems"


def test_what_is_typed_and_what_is_near_are_told(tmp_path, command):
    (tmp_path / "s.yaml").write_text(change("fibre: polyamide", "fibre: polyamid"))
    done = command("validate", "s.yaml", cwd=tmp_path)
    assert done.stderr == (
        "error: s.yaml:7:13: E307 blend[1].fibre: fibre is not known (typed: polyamid); "
        "did you mean 'polyamide'?\n"
    )
