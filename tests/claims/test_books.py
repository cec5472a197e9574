"""Kilograms of documents over files, run folders and folders of them."""

import shutil
from fractions import Fraction
from itertools import product as every

import pytest
from claims.folders import many, paper, product, text_of
from conftest import A_DIGEST

from lca_cardato.claims.alike import alike
from lca_cardato.claims.balance import balance_books
from lca_cardato.claims.papers import squeezed
from lca_cardato.errors import InputError


def rows_of(*paths):
    return {tuple(row.names): row for row in balance_books(paths).documents()}


def test_products_that_add_up(tmp_path, command):
    """The one case in which it is said that every kilogram is claimed once at most."""
    for name in ("a", "b"):
        product(tmp_path, name)
    done = command("claims", "balance", tmp_path)
    assert done.returncode == 0, done.stdout
    assert "every kilogram is claimed once at most" in done.stdout
    assert "2 products, 0 more files of the same content, 4 documents" in done.stdout
    assert "left out" not in done.stdout and "are these one" not in done.stdout


def test_one_certificate_in_the_folders_of_two_products(tmp_path, command):
    product(tmp_path, "a", b"the certificate", lots=("L1", "V1"))
    product(tmp_path, "b", b"the certificate", lots=("L1", "V2"))
    done = command("claims", "balance", tmp_path)
    assert done.returncode == 1
    assert (
        "claimed more than documented: tc" in done.stdout
        and "every kilogram" not in done.stdout.replace("it is not shown that every kilogram", "")
    )
    (row,) = [row for row in balance_books([tmp_path]).documents() if row.names == ["tc"]]
    assert row.claimed == {"a": Fraction(700), "b": Fraction(700)} and row.left == -700


def test_one_document_under_two_names_is_one_document(tmp_path, command):
    product(tmp_path, "a", b"x" * 600, batch="500 kg")
    product(tmp_path, "b", b"x" * 600, batch="500 kg", name="certificate", file="other.pdf")
    (row,) = [row for row in balance_books([tmp_path]).documents() if len(row.names) == 2]
    assert row.names == ["certificate", "tc"] and row.left == 0
    done = command("claims", "balance", tmp_path, "--lang", "it")
    assert done.returncode == 0
    assert "un documento con più nomi" in done.stdout and "b/scenario.yaml:" in done.stdout


@pytest.mark.parametrize("batch, over", [("1000 kg", True), ("500 kg", False)])
@pytest.mark.parametrize(
    "changes",
    [
        {"content": b"certificate 17 of a mill" * 40 + b"\n"},
        {"content": b"\n" + b"certificate 17 of a mill" * 40, "file": "b.pdf", "name": "b"},
        {"content": b"another scan", "file": "b.pdf", "name": "b", "lots": ("lr 1", "V2")},
        {"content": b"another scan", "lots": (None, "V2")},
        {"content": b"another scan", "file": "b.pdf", "name": "b", "lots": (None, "V2")},
    ],
    ids=["a byte more, same names", "a byte before, other names", "same lot, mass", "same name",
         "same issuer, date, mass"],
)  # fmt: skip
def test_the_same_file_under_two_digests_is_asked_for(tmp_path, command, changes, batch, over):
    said = {"issuer": "ICEA", "date": "2025-03-01"}
    first = {"content": b"certificate 17 of a mill" * 40, "lots": ("LR-01", "V1"), "said": said}
    product(tmp_path, "a", batch=batch, **first)
    product(tmp_path, "b", batch=batch, **{**first, "lots": ("LR-01", "V2"), **changes})
    done = command("claims", "balance", tmp_path)
    assert "are these one?" in done.stdout, done.stdout
    assert "a/scenario.yaml:14" in done.stdout and "b/scenario.yaml:14" in done.stdout
    assert done.returncode == int(over)
    told = "1400.0 kg are claimed of 700.0 kg" if over else "Either way it adds up"
    assert told in done.stdout


def test_a_lot_that_is_written_in_two_ways_is_asked_for(tmp_path, command):
    product(tmp_path, "a", lots=("LR-2025/0118", "V1"), name="one", file="one.pdf")
    product(tmp_path, "b", lots=("lr 2025 118", "V2"), name="two", file="two.pdf", mass="701 kg")
    done = command("claims", "balance", tmp_path)
    assert done.returncode == 1
    assert "in the way of writing alone (“LR-2025/0118”, “lr 2025 118”)" in done.stdout
    assert "1400.0 kg are claimed of 701.0 kg" in done.stdout


def test_documents_that_only_look_alike_raise_no_question(tmp_path):
    """One name and mass in every folder, and the same form of one issuer, but other lots."""
    form = b"the same form of every certificate of this issuer" * 40
    for number in range(30):
        content = f"no. {number}".encode() + form
        product(tmp_path, f"p{number:02d}", content, said={"issuer": "ICEA", "date": "2025-03-01"})
    assert alike(balance_books([tmp_path])) == []


@pytest.mark.parametrize(
    "one, other",
    [("L-01", "l1"), ("LR 2025.0118", "lr/2025/118"), ("Ａ１２", "a12"), ("٣", "3"), ("0", "00")],
)
def test_ways_of_writing_a_lot(one, other):
    assert squeezed(one) == squeezed(other)


@pytest.mark.parametrize("one, other", [("L10", "L1"), ("L100", "L10"), ("LA", "LB"), ("0", "")])
def test_other_lots_stay_other(one, other):
    assert squeezed(one) != squeezed(other)


LEFT = {
    "no `product.batch`": {"batch": None},
    "“tc” has no `mass`": {"documents": {"tc": paper(mass=None, sha256=A_DIGEST)}},
    "names no `document`": {"names": ("", "")},
    "has neither a file nor a SHA-256": {"documents": {"tc": paper()}},
    "a share of 0 %": {"shares": (100, 0), "documents": {"tc": paper(mass="2 t", sha256=A_DIGEST)},
                       "names": ("tc", "tc")},
}  # fmt: skip


@pytest.mark.parametrize("told", LEFT)
def test_what_is_left_out_is_told_with_its_place(tmp_path, command, told):
    (tmp_path / "a.yaml").write_text(text_of("a", **LEFT[told]), encoding="utf-8")
    done = command("claims", "balance", tmp_path / "a.yaml")
    assert done.returncode == 1, done.stdout
    assert told in done.stdout and "a.yaml:" in done.stdout
    assert "so it is not shown that every kilogram" in done.stdout


def test_the_templates_can_be_balanced(tmp_path, command):
    for kind in ("yarn", "fabric"):
        assert command("new", tmp_path / f"{kind}.yaml", "--product", kind).returncode == 0
    done = command("claims", "balance", tmp_path / "yarn.yaml", tmp_path / "fabric.yaml")
    assert done.returncode == 1 and "left out" in done.stdout and done.stderr == ""


def test_two_masses_for_one_document(tmp_path, command):
    product(tmp_path, "a", b"certificate", batch="500 kg", mass="1400 kg", lots=("L1", "V1"))
    product(tmp_path, "b", b"certificate", batch="500 kg", mass="700 kg", lots=("L1", "V2"))
    done = command("claims", "balance", tmp_path)
    assert done.returncode == 1
    assert "tc is given different masses: 700.0 kg, 1400.0 kg" in done.stdout
    assert "a/scenario.yaml:14, " in done.stdout


def test_copies_are_counted_once_and_other_files_of_one_id_are_told(tmp_path, command):
    product(tmp_path / "here", "a")
    shutil.copytree(tmp_path / "here", tmp_path / "backup")
    done = command("claims", "balance", tmp_path)
    assert done.returncode == 0 and "1 product, 1 more files" in done.stdout
    product(tmp_path / "backup", "a", batch="900 kg")
    done = command("claims", "balance", tmp_path)
    assert done.returncode == 1
    assert "different scenarios have the id a" in done.stdout


def test_a_run_folder_is_the_product_that_was_assessed(tmp_path, command, store):
    path = product(tmp_path, "a")
    assert command("assess", path, "--out", tmp_path / "run").returncode == 0
    done = command("claims", "balance", tmp_path)
    assert done.returncode == 0 and "1 product, 1 more files" in done.stdout, done.stdout
    alone = command("claims", "balance", tmp_path / "run")
    assert alone.returncode == 0 and "1 product, 0 more files" in alone.stdout
    product(tmp_path, "b", (tmp_path / "a" / "tc.pdf").read_bytes(), lots=("L-a", "V-b"))
    assert command("claims", "balance", tmp_path / "run", tmp_path / "b").returncode == 1


def test_files_that_are_no_scenario(tmp_path, command):
    """A file of a folder is left out and told, wherever its schema stands; others are passed over."""
    product(tmp_path, "a")
    (tmp_path / "notes.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "late.yaml").write_text("#\n" * 9000 + text_of("late", names=("x", "y")), "utf-8")
    (tmp_path / "wide.yaml").write_text(text_of("wide"), encoding="utf-16")
    (tmp_path / "wrong.yml").write_text(text_of("wrong").replace("70 %", "71 %"), encoding="utf-8")
    done = command("claims", "balance", tmp_path)
    assert done.returncode == 1
    for name in ("late.yaml", "wide.yaml:1", "wrong.yml:"):
        assert name in done.stdout
    assert "notes" not in done.stdout
    alone = command("claims", "balance", tmp_path / "wrong.yml", tmp_path / "wide.yaml")
    assert (alone.returncode, "E301" in alone.stderr, "E207" in alone.stderr) == (3, True, True)


def test_a_folder_without_scenarios(tmp_path):
    with pytest.raises(InputError, match="E361"):
        balance_books([tmp_path])


def test_many_products_in_a_folder(tmp_path, command):
    many(tmp_path, 60, every=20)
    done = command("claims", "balance", tmp_path)
    assert done.returncode == 1 and "60 products" in done.stdout
    assert done.stdout.count("-700.0") == 3
    asked, cut, rest = done.stdout.partition("and 235 more")  # 4 of each product; 5 are told
    assert cut and asked.count("(line") == 5 and len(rest.splitlines()) < 10


@pytest.mark.parametrize("order", list(every("ab", "xy")))
def test_the_answer_does_not_hang_on_the_order(tmp_path, command, order):
    """Names of folders say nothing; the same products give the same sums."""
    for letter, other in zip(order, reversed(order)):
        product(tmp_path / f"{other}{letter}", letter, b"certificate", lots=("L1", f"V-{letter}"))
    rows = rows_of(tmp_path)
    assert rows[("tc",)].left == -700


@pytest.mark.parametrize("large", ["1000 t", "389.000 kg", "1000000 t"])
@pytest.mark.parametrize("order", [1, -1])
def test_what_is_asked_about_one_batch_is_not_asked_about_another(tmp_path, command, large, order):
    for name, batch in zip(("a", "b"), ("1000 kg", large)[::order]):
        product(tmp_path, name, batch=batch)
    done = command("claims", "balance", tmp_path)
    told = [line for line in done.stdout.splitlines() if "batch" in line or "left out" in line]
    odd, fine = ("b", "a")[::order]
    assert done.returncode == 1 and f"/{odd}/scenario.yaml" in done.stdout
    left = done.stdout.partition("left out")[2]
    assert f"/{odd}/scenario.yaml" in left and f"/{fine}/scenario.yaml" not in left, told
