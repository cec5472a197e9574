"""Evidence that a dishonest mill may offer, through the command: refused, or not proven."""

import copy

import pytest
import yaml
from conftest import shipped, with_papers

WOOL = "transaction-certificate-lr-2025-118.pdf"
METER = "meter-carding-2025.csv"
CARDING = ("route", "carding", "electricity")
TRIED = {
    "a document of no name": ([((*CARDING, "document"), " ")], 3, "E222"),
    "a slip in the name": ([((*CARDING, "document"), METER[:-1])], 3, f"did you mean '{METER}'?"),
    "a period that is none": ([((*CARDING, "period"), "banana")], 3, "E224"),
    "a date to come": ([(("documents", WOOL, "date"), "2099-01-01")], 3, "E225"),
    "a lot of no number": ([(("blend", 0, "lot"), "-")], 3, "E223"),
    "a lot of zeros": ([(("blend", 0, "lot"), "000")], 3, "E223"),
    "a lot without number": ([(("blend", 0, "lot"), "s.n.")], 3, "E223"),
    "an issuer x": ([(("documents", WOOL, "issuer"), "x")], 3, "E223"),
    "one day": ([((*CARDING, "period"), "2025-06-03")], 1, "shorter than 28 days"),
    "another year": ([((*CARDING, "period"), "1987")], 1, "year of production 2025"),
    "readings as origin": ([(("documents", WOOL, "kind"), "meter_readings")], 1, "can't prove"),
    "its own certificate": (
        [(("documents", WOOL, "issuer"), "filatura esempio srl")], 1, "by the company itself",
    ),
    "its own certificate, with a Cyrillic o": (
        [(("documents", WOOL, "issuer"), "Filatura Esempi\u043e")], 1, "by the company itself",
    ),
    "an issuer with a Cyrillic o": (
        [(("documents", WOOL, "issuer"), "B\u043erea Esempio")], 1,
        "documents.transaction-certificate-lr-2025-118.pdf.issuer",
    ),
    "a year to come": ([(("traceability", "year"), "2031")], 3, "E225"),
    "a date of another order": (
        [(("documents", WOOL, "date"), "14/03/2025")], 3, "is 2025-03-14 meant?",
    ),
    "a kilogram and no batch": (
        [(("documents", WOOL, "mass"), "1 kg"), (("product", "batch"), None)], 1, "product.batch",
    ),
    "no year": ([(("traceability", "year"), None)], 1, "year of production is not stated"),
}  # fmt: skip


@pytest.fixture(scope="module")
def honest():
    return shipped("recycled-wool-70")


@pytest.mark.parametrize("case", TRIED)
def test_it_proves_nothing(command, honest, tmp_path, case):
    changes, code, told = TRIED[case]
    data = copy.deepcopy(honest)
    for path, value in changes:
        here = data
        for key in path[:-1]:
            here = here[key]
        here[path[-1]] = value
        if value is None:
            del here[path[-1]]
    (tmp_path / "s.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    done = command(
        "claims", "check", "s.yaml", "--require", "cardato-recycled", cwd=tmp_path, COLUMNS="400"
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert told in done.stdout + done.stderr and "Traceback" not in done.stderr


def test_an_empty_file_is_refused(command, tmp_path):
    with_papers(tmp_path)
    command("new", "s.yaml", "--from", "virgin-wool", cwd=tmp_path)
    assert command("validate", "s.yaml", cwd=tmp_path).returncode == 0
    (tmp_path / "documents" / "virgin-wool" / METER).write_bytes(b" \n")
    done = command("validate", "s.yaml", cwd=tmp_path)
    assert done.returncode == 3 and "E226" in done.stderr and METER in done.stderr


def test_the_honest_mill_meets_and_its_verifier_gets_a_list(command, tmp_path):
    with_papers(tmp_path)
    command("new", "s.yaml", "--from", "recycled-wool-70", cwd=tmp_path)
    for lang, head in (("en", "For the verifier to look at"), ("it", "Da guardare")):
        done = command(
            "claims", "check", "s.yaml", "--require", "cardato-recycled", "--lang", lang,
            cwd=tmp_path, COLUMNS="400",
        )  # fmt: skip
        assert done.returncode == 0 and head in done.stdout
        assert done.stdout.split(head)[1].count("\n- ") == 13
    listed = command("claims", "checklist", "cardato-recycled").stdout
    assert "the verifier looks: " in listed and "counts: transaction certificate" in listed


def test_a_contractor_of_the_own_name_is_questioned_until_a_reason_is_written(
    command, honest, tmp_path
):
    data = copy.deepcopy(honest)
    data["blend"][0]["steps"]["sorting"]["company"] = "FILATURA Esempio s.r.l."
    path, place = tmp_path / "s.yaml", "blend[0].steps.sorting.company"
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    done = command("assess", path, COLUMNS="400")
    assert place in done.stdout and "the company's own name" in done.stdout, done
    shown = command("claims", "check", path, COLUMNS="400").stdout
    assert f"{place} (FILATURA Esempio s.r.l.)" in shown
    data["reasons"] = {place: "The sorting room is a company of its own that bears the same name."}
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    done = command("assess", path, COLUMNS="400")
    assert "The sorting room is a company" in done.stdout
