"""Every command has examples in its help, and they work as they are typed."""

import os
import shlex
import shutil
import subprocess
import sys

import pytest
import typer
from conftest import ROOT, with_papers
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from meter_files import GAS, wide
from openpyxl import Workbook

from lca_cardato.cli.examples import epilog, examples
from lca_cardato.cli.main import SECTIONS, app

NOT_RUN = ("open", "serve", "background list", "doctor", "web")
"""A browser, a server, projects of the user; `doctor` and `web` have tests of their own."""
FILES = {
    "virgin-wool": ["a.yaml"],
    "recycled-wool-70": ["b.yaml", "my-yarn.yaml", "recycled-wool-70.yaml"],
    "blends.space": ["blends.yaml"],
}


def commands(command, path=()):
    """Name of every command of the live program -> the command."""
    if not hasattr(command, "commands"):
        return {" ".join(path): command}
    found = {}
    for name, item in command.commands.items():
        found.update(commands(item, (*path, name)))
    return found


LIVE = commands(typer.main.get_command(app))
TYPED = [(name, typed) for name, rows in examples().items() for _, typed in rows]


def split(typed):
    """Words of an example, and the file that its output goes to."""
    words = shlex.split(typed)
    return (words[: words.index(">")], words[-1]) if ">" in words else (words, None)


def test_every_command_has_examples_and_a_place_in_the_help():
    assert set(examples()) == set(LIVE)
    named = [name for names in SECTIONS.values() for name in names]
    assert sorted(named) == sorted({name.split()[0] for name in LIVE})


@pytest.mark.parametrize("name", examples())
def test_help_shows_them_unwrapped(name, command):
    shown = command(*name.split(), "--help", COLUMNS="80").stdout.splitlines()
    for line in epilog(name).splitlines()[1:]:
        assert f"  {line}" in shown


@pytest.mark.parametrize(("name", "typed"), TYPED)
def test_the_command_line_is_understood(name, typed):
    words, _ = split(typed)
    path = name.split()
    assert words[: len(path)] == path
    LIVE[name].make_context(name, words[len(path) :])  # raises a usage error otherwise


FIRST = ("assess", "export", "import", "attest", "lot")
"""Commands whose files the others read."""


@pytest.fixture(scope="module")
def folder(command, tmp_path_factory):
    """What the examples are typed in: scenarios of a mill, a second run."""
    place = with_papers(tmp_path_factory.mktemp("examples"))
    for name, copies in FILES.items():
        text = (ROOT / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
        for copy in copies:
            (place / copy).write_text(text, "utf-8")
    (place / "curve-2025.csv").write_bytes(wide())
    (place / "bills-gas.csv").write_text(GAS, "utf-8")
    (place / "yarns").mkdir()
    shutil.copy(place / "my-yarn.yaml", place / "yarns")
    shutil.copytree(place / "documents", place / "yarns" / "documents")
    quotes = "schema: lca-cardato/measure-costs/1\ncosts: {electricity_meter: 320 EUR}\n"
    (place / "quotes.yaml").write_text(quotes, "utf-8")
    tables = {
        "Ordini": [["Ordine", "kg", "Dichiarazione"], ["A1", 100, "cardato-recycled"]],
        "Giacenze": [["Lotto", "kg", "Fibra", "Origine", "Documento", "Costo"],
                     ["L1", 90, "lana", "riciclata post-consumo", "tc.pdf", 3.2],
                     ["L2", 90, "lana", "vergine", "", 7]],
    }  # fmt: skip
    season = Workbook()
    for name, rows in tables.items():
        sheet = season.create_sheet(name)
        for row in rows:
            sheet.append(row)
        csv = "orders.csv" if name == "Ordini" else "stock.csv"
        lines = [";".join(map(str, row)).replace(".2", ",2") for row in rows]
        (place / csv).write_text("\n".join(lines) + "\n", "utf-8")
    season.save(place / "season.xlsx")
    articles = Workbook()
    for row in (["Articolo", "Lana"], ["A1", "70 %"], ["A2", "70 %"]):
        articles.active.append(row)
    articles.save(place / "articles.xlsx")
    assert command("assess", "a.yaml", "--out", "other-run", cwd=place).returncode == 0
    shutil.copy(place / "my-yarn.yaml", place / "kept.yaml")
    key = ed25519.Ed25519PrivateKey.generate()
    pem, shape = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    private = key.private_bytes(pem, shape, serialization.NoEncryption())
    (place / "key.pem").write_bytes(private)
    public = key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    (place / "key.pub").write_bytes(public)
    return place


def test_they_work(command, folder):
    """All but those that need a browser or ecoinvent, in one folder, as somebody would."""

    def run(typed):
        words, to = split(typed)
        if words[:2] == ["verify", "--chain"]:
            (folder / words[2]).mkdir()
            shutil.copy(folder / "lot.json", folder / words[2])
        if words[0] == "convert":  # it overwrites nothing: each example has its own way free
            (folder / words[-1]).unlink(missing_ok=True)
        done = command(*words, cwd=folder, BRIGHTWAY2_DIR=str(folder / "brightway"))
        if to is not None:
            (folder / to).write_text(done.stdout, encoding="utf-8")
        assert done.returncode in ((0, 1) if words[0] == "claims" else (0,)), (typed, done.stderr)
        assert done.stdout.strip() or done.stderr.strip(), typed

    (folder / "brightway").mkdir()
    subprocess.run(
        [sys.executable, "-c", "import bw2data; bw2data.projects.set_current('mill')"], check=True,
        env={**os.environ, "BRIGHTWAY2_DIR": str(folder / "brightway")}, capture_output=True,
    )  # fmt: skip
    (folder / "my-yarn.yaml").unlink()
    wanted = [typed for name, typed in TYPED if name not in NOT_RUN and "ecoinvent" not in typed]
    assert len(wanted) > 40
    new = [typed for typed in wanted if typed.startswith("new ")]
    for typed in new:
        run(typed)
    (folder / "my-yarn.yaml").unlink()
    (folder / "kept.yaml").rename(folder / "my-yarn.yaml")
    first = [typed for typed in wanted if typed.split()[0] in FIRST]
    for typed in first:
        run(typed)
    for typed in wanted:
        if typed not in {*new, *first}:
            run(typed)
    for made in ("result.json", "page.html", "best.csv", "row-17.yaml", "report.pdf", "pictures"):
        assert (folder / made).exists()
    assert command("validate", "row-17.yaml", cwd=folder).returncode == 0
