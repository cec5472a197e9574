"""At 80 columns nothing of a table breaks: no id, no code, no number from its unit."""

import re

import pytest
import typer
from conftest import ROOT, with_papers
from meter_files import GAS

from lca_cardato.cli.main import app
from lca_cardato.words.said import tied

SHOWN = (
    "new --list", "fibres", "steps", "inventory list", "inventory show carding",
    "inventory show wool-scoured-au", "inventory show range-loss", "methods", "methods --counted",
    "claims list", "claims show cardato-recycled", "claims checklist cardato", "--help",
    "meters bills-gas.csv", "claims balance a.yaml b.yaml", "claims year balance.yaml",
    "season orders.csv stock.csv", "validate a.yaml", "explain-error E301",
)  # fmt: skip
CALCULATED = (
    "assess a.yaml --full", "claims check a.yaml", "batch blends.yaml --top 3 --by cost",
    "optimise blends.yaml --minimise cost --meets cardato-recycled",
    "compare a.yaml b.yaml --samples 50", "uncertainty a.yaml --samples 50", "measure-next a.yaml",
    "explain run energy", "verify run", "diff run other",
)  # fmt: skip
"""Those that take a second or more; in one language, because the layout knows none."""
WITHOUT = {
    "convert", "lot", "attest", "report", "open", "serve", "web", "export", "import",
    "inventory check", "doctor", "background list",
}  # fmt: skip
"""Commands that print sentences and paths alone."""
ELSEWHERE = {"sensitivity", "reproduce", "background check"}
"""Slow; their tables are laid out by the same two modules (`tests/report`)."""
BAR = re.compile(r"^[█▉▊▋▌▍▎▏]+$")


def pieces(text):
    """Words of an output; a number and its unit are one."""
    words = {word for line in text.splitlines() for word in re.split(" +", tied(line, "~"))}
    return {word for word in words if not BAR.match(word)}


@pytest.fixture(scope="module")
def folder(command, tmp_path_factory):
    place = with_papers(tmp_path_factory.mktemp("widths"))
    for name, copy in (
        ("virgin-wool", "a"), ("recycled-wool-70", "b"), ("blends.space", "blends"),
        ("recycled-wool-70", "recycled-wool-70"),
    ):  # fmt: skip
        text = (ROOT / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
        (place / f"{copy}.yaml").write_text(text, "utf-8")
    (place / "bills-gas.csv").write_text(GAS, "utf-8")
    (place / "orders.csv").write_text("Ordine;kg;Dichiarazione\nA1;100;cardato-recycled\n", "utf-8")
    (place / "stock.csv").write_text(
        "Lotto;kg;Fibra;Origine;Documento;Costo\nL1;90;lana;riciclata post-consumo;tc.pdf;3,2\n"
        "L2;90;lana;vergine;;7\n", "utf-8",
    )  # fmt: skip
    made = command("new", "balance.yaml", "--product", "balance", cwd=place)
    assert made.returncode == 0, made.stderr
    return place


@pytest.fixture(scope="module")
def runs(command, folder):
    for name, run in (("a.yaml", "run"), ("b.yaml", "other")):
        made = command("assess", name, "--out", run, cwd=folder)
        assert made.returncode == 0, made.stderr


def whole(command, folder, typed, lang):
    done = [
        command(*typed.split(), cwd=folder, LCA_CARDATO_LANG=lang, COLUMNS=width)
        for width in (1000, 80)
    ]
    assert done[0].returncode == done[1].returncode in (0, 1), done[0].stderr
    wide, narrow = (one.stdout for one in done)
    assert pieces(wide) - pieces(narrow) == set()
    assert wide.strip()


@pytest.mark.parametrize("lang", ["en", "it"])
@pytest.mark.parametrize("typed", SHOWN)
def test_nothing_breaks(command, folder, typed, lang):
    whole(command, folder, typed, lang)


@pytest.mark.parametrize("typed", CALCULATED)
def test_nothing_of_a_result_breaks(command, folder, runs, typed):
    whole(command, folder, typed, "it")


def test_every_command_is_looked_at():
    def names(command, path=()):
        if not hasattr(command, "commands"):
            return {" ".join(path)}
        return {n for key, one in command.commands.items() for n in names(one, (*path, key))}

    known = names(typer.main.get_command(app))
    looked = {name for name in known for typed in SHOWN + CALCULATED if typed.startswith(name)}
    assert known == looked | WITHOUT | ELSEWHERE and not WITHOUT & ELSEWHERE


def test_an_id_can_be_copied(command):
    for words in (["fibres"], ["inventory", "list", "textile"]):
        shown = command(*words, COLUMNS="80").stdout
        assert "textile-waste-post-consumer-collected" in shown
        assert max(map(len, map(str.rstrip, shown.splitlines()))) <= 80
    assert "Methane, non-fossil 15.2 %, " in " ".join(
        command("methods", "--counted", COLUMNS="80").stdout.split()
    )
