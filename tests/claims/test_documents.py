"""Which documents count, and what is told of those that do not."""

import copy
import datetime

import pytest
from conftest import declared, scenario_dict, shipped

from lca_cardato.claims.evaluate import evaluate
from lca_cardato.claims.kinds import THINGS, kinds_table
from lca_cardato.claims.packs_model import pack_named
from lca_cardato.errors import InputError
from lca_cardato.model.resolve import resolve
from lca_cardato.results.verifier import for_the_verifier
from lca_cardato.scenario.evidence import KINDS
from lca_cardato.scenario.load import load_scenario
from lca_cardato.text.companies import same_company
from lca_cardato.text.number import QuantityError
from lca_cardato.text.period import latest_day, parse_period
from lca_cardato.words.language import Language

WOOL = "transaction-certificate-lr-2025-118.pdf"
METER = "meter-carding-2025.csv"
CARDING = ("route", "carding", "electricity")


@pytest.fixture(scope="module")
def good():
    return shipped("recycled-wool-70")


def changed(data, *changes):
    data = copy.deepcopy(data)
    for path, value in changes:
        here = data
        for key in path[:-1]:
            here = here[key]
        if value is None:
            del here[path[-1]]
        else:
            here[path[-1]] = value
    return data


def criterion(data, inventory, pack, kind):
    model = resolve(load_scenario(data), inventory)
    found = evaluate(pack_named(pack), model, inventory, {})
    [item] = [item for item in found.criteria if item.criterion.kind == kind]
    return item, found.verdict


def keys(item):
    """Keys of the reasons, those inside *figures: gap* too."""
    return {told["gap"][0] if "gap" in told else key for key, told in item.reasons}


def paper(key, **fields):
    return [(("documents", key, name), value) for name, value in fields.items()]


ORIGIN = {
    "gap_kind": paper(WOOL, kind="meter_readings"),
    "gap_own": paper(WOOL, issuer="FILATURA  ESEMPIO S.r.l."),
    "gap_issuer": paper(WOOL, issuer=None),
    "gap_company": [(("company", "name"), None)],
    "gap_file": paper(WOOL, sha256=None),
    "gap_date": paper(WOOL, date=None),
    "gap_year": paper(WOOL, date="2019-03-01"),
    "document_expired": paper(WOOL, date="2023-03-01", valid_until="2024-12-31"),
    "gap_no_lot": paper(WOOL, lot=None),
    "document_lot": paper(WOOL, lot="LR-2025-999"),
    "line_no_lot": [(("blend", 0, "lot"), None)],
    "gap_no_mass": paper(WOOL, mass=None),
    "document_mass": paper(WOOL, mass="1 kg"),
    "batch_missing": [(("product", "batch"), None)],
    "year_missing": [(("traceability",), None)],
    "document_missing": [(("blend", 0, "document"), None)],
}


@pytest.mark.parametrize("reason", ORIGIN)
def test_a_recycled_origin_is_proven_by_a_document_that_counts_and_by_no_other(
    good, inventory, reason
):
    assert criterion(good, inventory, "cardato-recycled", "recycled_share")[0].verdict == "meets"
    data = changed(good, *ORIGIN[reason])
    for pack, kind in (("cardato-recycled", "recycled_share"), ("iso-14021", "declared_share")):
        item, verdict = criterion(data, inventory, pack, kind)
        assert item.verdict == verdict == "not_proven" and keys(item) & {reason}, item.reasons
        assert item.changes


def test_a_batch_of_nothing_is_refused(good):
    with pytest.raises(InputError) as error:
        load_scenario(changed(good, (("product", "batch"), "0 kg")))
    assert [problem.code for problem in error.value.problems] == ["E103"]


def test_without_a_batch_nothing_is_proven(good, inventory):
    data = copy.deepcopy(good)
    data["product"].pop("batch")
    item, _ = criterion(data, inventory, "grs-content", "recycled_share")
    assert "batch_missing" in keys(item)


def test_the_same_file_under_two_names_proves_nothing(good, inventory):
    digest = good["documents"][METER]["sha256"]
    item, _ = criterion(changed(good, *paper(WOOL, sha256=digest)), inventory, "grs-content",
                        "recycled_share")  # fmt: skip
    assert item.verdict == "not_proven" and "gap_same" in keys(item)


def test_one_certificate_may_cover_two_lots(good, inventory):
    twin = {**good["documents"][WOOL], "lot": "LR-2025-119"}
    data = changed(good, (("documents", "tc-2"), twin))
    assert criterion(data, inventory, "grs-content", "recycled_share")[1] == "meets"


FIGURE = {
    "gap_kind": paper(METER, kind="transaction_certificate"),
    "figure_document": [((*CARDING, "document"), None)],
    "figure_period": [((*CARDING, "period"), None)],
    "period_outside": [((*CARDING, "period"), "2024")],
    "period_short": [((*CARDING, "period"), "2025-03-31")],
    "gap_before": paper(METER, date="2025-06-30"),
    "gap_mass_for": paper(METER, mass="1000 kg"),
    "gap_file": paper(METER, sha256=None),
    "year_missing": [(("traceability", "year"), None)],
}


@pytest.mark.parametrize("reason", FIGURE)
def test_measured_needs_period_and_a_document_that_counts(good, inventory, reason):
    assert criterion(good, inventory, "cardato", "measured")[0].verdict == "meets"
    item, verdict = criterion(changed(good, *FIGURE[reason]), inventory, "cardato", "measured")
    assert item.verdict == verdict == "not_proven" and reason in keys(item), item.reasons
    told = " ".join(Language("it")(key, **arguments) for key, arguments in item.reasons)
    assert "Cardatura" in told and "energia elettrica" in told


@pytest.mark.parametrize("period", ["2025", "2025-03", "2025-01/2025-06", "2025-02-01/2025-02-28"])
def test_a_month_and_more_inside_the_year_counts(good, inventory, period):
    data = changed(good, ((*CARDING, "period"), period))
    assert criterion(data, inventory, "cardato", "measured")[1] == "meets"


def test_the_figures_of_a_contractor_come_from_him(good, inventory):
    key = "statement-tearing-2025.pdf"
    for change in (paper(key, issuer="Filatura Esempio"), paper(key, kind="register")):
        item, _ = criterion(changed(good, *change), inventory, "cardato", "measured")
        assert item.verdict == "not_proven" and keys(item) & {"gap_own", "gap_kind"}


def test_a_trace_is_a_register(good, inventory):
    key = "lot-register-2025.csv"
    for change in (paper(key, kind="invoice"), paper(key, date=None), paper(key, sha256=None)):
        item, _ = criterion(changed(good, *change), inventory, "cardato", "traceability")
        assert item.verdict == "not_proven"
    assert criterion(good, inventory, "cardato", "traceability")[0].verdict == "meets"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ([(("blend", 0, "document"), None)], "document_missing_wool"),
        (paper("bill-of-lading-wo-2025-031.pdf", kind="lab_report"), "gap_kind"),
        (paper("bill-of-lading-wo-2025-031.pdf", mass="1000 kg"), "document_mass"),
    ],
)
def test_virgin_wool_needs_its_papers_of_purchase(inventory, change, reason):
    data = shipped("virgin-wool")
    assert criterion(data, inventory, "virgin-wool", "virgin_wool")[1] == "meets"
    item, _ = criterion(changed(data, *change), inventory, "virgin-wool", "virgin_wool")
    assert item.verdict == "not_proven" and reason in keys(item)


@pytest.mark.parametrize(
    ("typed", "days"),
    [("2025", 365), ("2024", 366), ("2025-02", 28), ("2025-03-31", 1), ("2025-01/2025-12", 365),
     (" 2025-01-01 / 2025-01-31 ", 31), ("2024/2025", 731)],
)  # fmt: skip
def test_periods_are_iso(typed, days):
    assert parse_period(typed).days == days


@pytest.mark.parametrize(
    ("typed", "code"),
    [(" ", "E224"), ("banana", "E224"), ("01/2025-12/2025", "E224"), ("2025-13", "E224"),
     ("2025-02-30", "E224"), ("2025-1", "E224"), ("25", "E224"), ("2025-06/2025-01", "E224"),
     ("2025/", "E224"), ("2025-Q1", "E224"), ("anno 2025", "E224"), ("2098", "E225")],
)  # fmt: skip
def test_what_is_no_period_is_refused(typed, code):
    with pytest.raises(QuantityError) as caught:
        parse_period(typed)
    assert caught.value.code == code and "2025-01/2025-12" in caught.value.suggestion


def codes(data):
    with pytest.raises(InputError) as caught:
        load_scenario(data)
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (((*CARDING, "period"), "banana"), "E224"),
        (((*CARDING, "period"), "2031"), "E225"),
        ((("documents", METER, "date"), "2099-01-01"), "E225"),
        ((("documents", METER, "issuer"), "-"), "E223"),
        ((("documents", WOOL, "lot"), "n/a"), "E223"),
        ((("blend", 0, "lot"), " "), "E223"),
        ((("company", "name"), "..."), "E223"),
        ((("traceability", "year"), "25"), "E227"),
        ((("traceability", "year"), "2025.5"), "E227"),
    ],
)
def test_what_names_nothing_is_an_error(good, change, code):
    assert codes(changed(good, change)) == [code]


def test_a_wrong_clock_takes_no_honest_date_for_the_future(monkeypatch):
    class Early(datetime.date):
        @classmethod
        def today(cls):
            return cls(1970, 1, 1)

    monkeypatch.setattr("lca_cardato.text.period.datetime.date", Early)
    assert latest_day().year == 2026


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Filatura Esempio", "FILATURA ESEMPIO S.R.L.", True),
        ("Filatura Esempio S.p.A.", "Filatura  Esempio s p a", True),
        ("Lanificio Società Cooperativa Prato", "lanificio prato", True),
        ("Esempio Filatura snc", "FilaturaEsempio", False),
        ("FilaturaEsempio", "Filatura Esempio & C. s.a.s.", True),
        ("Filatura Esempio", "Filatura Esempio Due", False),
        ("Tessitura Àncora", "tessitura ancora", True),
        ("S.p.A.", "S.r.l.", False),
        ("Filatura Esempio", "La Filatura Esempio", True),
        ("Filatura Esempio", "Filatura Esempio S.r.l. (ufficio qualità)", True),
        ("Filatura Esempio", "Filatura Esempio, Prato", True),
        ("Filatura Esempio", "Filatura Esempio - laboratorio", True),
        ("Filatura Esempio snc", "FILATURA ESEMPIO di Rossi Mario", True),
        ("Lanificio di Prato", "Lanificio di Biella", False),
        ("Rossi, Mario", "Rossi, Anna", False),
        ("Ente Certificatore Esempio", "Filatura Esempio", False),
    ],
)
def test_one_company_however_it_is_written(first, second, same):
    assert same_company(first, second) == same


def test_the_table_of_kinds_is_whole():
    table = kinds_table()
    assert set(table.things) == set(THINGS) and set(table.kinds) == set(KINDS)
    assert "meter_readings" not in table.things["recycled_origin"].kinds
    assert not any("other" in thing.kinds for thing in table.things.values())
    for thing in table.things.values():
        assert thing.look.en != thing.look.it and thing.why.en != thing.why.it


@pytest.mark.parametrize("lang", ["en", "it"])
def test_the_verifier_is_told_what_to_look_at(good, inventory, lang):
    data = changed(
        good, (("route", "spinning-ring", "electricity", "period"), "2025-01/2025-06"),
        *paper("statement-sorting-2025.pdf", issuer="Altra Cernita"), *paper(WOOL, mass="1 kg"),
        (("documents", "spare"), {"kind": "other"}),
    )  # fmt: skip
    words = Language(lang)
    rows = {
        r["document"]: r for r in for_the_verifier(resolve(load_scenario(data), inventory), words)
    }
    assert list(rows) == list(data["documents"])
    assert all(row["look"] for row in rows.values())
    assert not rows[WOOL]["counts"] and "8400" not in rows[WOOL]["gaps"][0]
    assert "2025-01/2025-06" in " ".join(rows["meter-spinning-2025.csv"]["look"])
    assert "Altra Cernita" in " ".join(rows["statement-sorting-2025.pdf"]["look"])
    assert rows["spare"] == {
        "document": "spare", "kind": words.show(kinds_table().kinds["other"]), "issuer": "",
        "counts": False, "proves": [], "gaps": [], "look": [words("look_unused")],
    }  # fmt: skip
    assert rows[METER]["counts"] and len(rows["water-meter-2025.csv"]["proves"]) == 1


def test_helpers_of_the_tests_declare_what_counts(inventory):
    data = scenario_dict(route={"carding": {"loss": "2 %", "reclaimed": "0 %"}})
    assert declared(data) == data
    assert criterion(data, inventory, "grs-content", "recycled_share")[1] == "meets"


@pytest.mark.parametrize(
    "name",
    ["recycled-wool-70", "virgin-wool", "recycled-fabric", "contract-spinner",
     "knit-polyester-blend", "recycled-threshold-65", "worsted-mix"],
)  # fmt: skip
def test_nothing_stands_against_the_documents_of_shipped_scenarios(inventory, name):
    rows = for_the_verifier(resolve(load_scenario(shipped(name)), inventory), Language("en"))
    assert rows and all(row["counts"] for row in rows), rows


def test_papers_are_looked_at_once_for_all_packs_and_the_list_for_the_verifier(
    inventory, monkeypatch
):
    from lca_cardato.claims import documents
    from lca_cardato.claims.packs_model import shipped_packs

    made = []

    class Counted(documents.Papers):
        def __init__(self, model):
            made.append(model)
            super().__init__(model)

    monkeypatch.setattr(documents, "Papers", Counted)
    model = resolve(load_scenario(shipped("recycled-wool-70")), inventory)
    for pack, _ in shipped_packs():
        evaluate(pack, model, inventory, {})
    for_the_verifier(model, Language("en"))
    assert len(made) == 1
