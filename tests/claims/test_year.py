"""Balance of a calendar year by origin class."""

import shutil
from fractions import Fraction

import pytest
from conftest import ROOT, with_papers

from lca_cardato.claims.shares import fibre_parts
from lca_cardato.claims.year import year_balance
from lca_cardato.errors import InputError
from lca_cardato.files.atomic import sha256
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario

NAME = "recycled-wool-70.yaml"


@pytest.fixture
def folder(tmp_path):
    shutil.copy(ROOT / "scenarios" / NAME, tmp_path / NAME)
    return with_papers(tmp_path)


def write(
    folder, purchased="100000 kg", scenario=NAME, year="2025", head="", virgin="register-2025",
    mass="10000 kg", **stock,
):  # fmt: skip
    more = "".join(f", {key}: {value}" for key, value in stock.items())
    path = folder / "year.yaml"
    (folder / "register.csv").write_text("day;kg\n", encoding="utf-8")
    path.write_text(
        f"""schema: lca-cardato/year/1
year: {year}
{head}stock:
  recycled_post_consumer: {{purchased: {purchased}, document: register-2025{more}}}
  virgin: {{purchased: 50000 kg, closing: 1000 kg, document: {virgin}}}
products:
  - {{scenario: {scenario}, mass: {mass}}}
documents: {{register-2025: {{kind: register, file: register.csv}}, noted: {{kind: register}}}}
""",
        encoding="utf-8",
    )
    return path


def test_kilograms_taken_in_are_those_of_the_mass_balance(folder, inventory):
    balance = year_balance(write(folder), inventory)
    found = {row.origin: row for row in balance.origins}
    parts = fibre_parts(resolve(load_scenario(folder / NAME), inventory))
    taken = sum((p.fresh for p in parts if p.line.recycled), Fraction(0)) * 10000
    row = found["recycled_post_consumer"]
    assert (
        balance.year == 2025
        and balance.left == []
        and row.used == {NAME: taken}
        and row.left == 100000 - taken
    )
    assert found["virgin"].available == 49000


def test_stock_counts_before_purchases(folder, inventory):
    path = write(folder, "1000 kg", opening="9000 kg", sold="500 kg", waste="300 kg",
                 closing="200 kg", opening_document="register-2025")  # fmt: skip
    assert year_balance(path, inventory).origins[0].available == 9000


def test_too_little_is_told_by_the_exit_code(folder, command):
    enough = command("claims", "year", write(folder))
    assert enough.returncode == 0 and "register-2025" in enough.stdout
    short = command("claims", "year", write(folder, "7000 kg"), "--lang", "it")
    assert short.returncode == 1 and "dichiarato più di quanto disponibile" in short.stdout


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"purchased": "10 kg", "sold": "20 kg"}, "E310"),
        ({"scenario": "../other.yaml"}, "E214"),
        ({"purchased": "10 m"}, "E106"),
        ({"openings": "10 kg"}, "E206"),
        ({"opening": "10 kg"}, "E362"),
        ({"opening": "10 kg", "opening_document": "register-2024"}, "E364"),
        ({"virgin": "registro-2025"}, "E364"),
        *[
            ({"year": year}, "E360")
            for year in ("-3.7", "2025.5", "0", "1989", "2101", "1e4", "25")
        ],
    ],
)
def test_wrong_balances_are_told(folder, inventory, changes, code):
    with pytest.raises(InputError) as caught:
        year_balance(write(folder, **changes), inventory)
    assert code in [problem.code for problem in caught.value.problems]


def test_an_absolute_path_is_refused_even_into_the_folder(folder, inventory):
    """As for evidence and for the base of a space: a folder that is moved stays whole."""
    with pytest.raises(InputError) as caught:
        year_balance(write(folder, scenario=folder / NAME), inventory)
    assert [problem.code for problem in caught.value.problems] == ["E214"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"virgin": ""}, "the stock of virgin names no `document`"),
        ({"virgin": "noted"}, "'noted' has neither a file nor a SHA-256"),
        ({"mass": "0 kg"}, "is made with 0 kg"),
    ],
)
def test_what_is_left_out_is_told_and_nothing_else_is_said(folder, command, changes, told):
    done = command("claims", "year", write(folder, **changes))
    assert done.returncode == 1 and told in done.stdout
    assert "every kilogram" not in done.stdout and "it is not shown" in done.stdout


class TestOpeningStock:
    """It is what the year before closed with, or has its own document."""

    def before(self, folder, closing="700 kg", year="2024", virgin="1000 kg"):
        path = folder / "balance-2024.yaml"
        path.write_text(
            f"""schema: lca-cardato/year/1
year: {year}
stock:
  recycled_post_consumer: {{purchased: 9000 kg, closing: {closing}}}
  virgin: {{purchased: 9000 kg, closing: {virgin}}}
products: [{{scenario: {NAME}, mass: 100 kg}}]
""",
            encoding="utf-8",
        )
        return sha256(path.read_bytes())

    def codes(self, folder, inventory, head, **changes):
        path = write(folder, head=head, opening="700 kg", **changes)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("virgin: {", "virgin: {opening: 1000 kg, "), encoding="utf-8")
        try:
            year_balance(path, inventory)
        except InputError as error:
            return [(problem.code, problem.suggestion[-64:]) for problem in error.problems]
        return []

    def head(self, digest):
        return f"previous: {{file: balance-2024.yaml, sha256: {digest}}}\n"

    def test_it_is_taken_over(self, folder, inventory):
        assert self.codes(folder, inventory, self.head(self.before(folder))) == []

    @pytest.mark.parametrize(
        "other", [{"closing": "699.9 kg"}, {"year": "2023"}, {"virgin": "999 kg"}]
    )
    def test_another_closing_or_year(self, folder, inventory, other):
        found = self.codes(folder, inventory, self.head(self.before(folder, **other)))
        assert [code for code, _ in found] == ["E363"]

    def test_another_digest_and_none(self, folder, inventory):
        digest = self.before(folder)
        assert self.codes(folder, inventory, self.head("0" * 64)) == [("E363", digest)]
        none = "previous: {file: balance-2024.yaml}\n"
        assert self.codes(folder, inventory, none) == [("E363", digest)]

    def test_a_balance_that_is_not_there_or_no_balance(self, folder, inventory):
        assert self.codes(folder, inventory, self.head("0" * 64))[0][0] == "E363"
        (folder / "balance-2024.yaml").write_text("a: 1\n", encoding="utf-8")
        assert self.codes(folder, inventory, self.head("0" * 64))[0][0] in ("E206", "E213")
