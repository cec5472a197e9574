"""docs/dependencies.md against pyproject.toml, the lock and the code."""

import ast
import hashlib
import re
import sys

import pytest
from conftest import ROOT
from packaging.utils import canonicalize_name
from supply.test_lock import direct, pins

from lca_cardato.files.extra import ALL

PACKAGE = ROOT / "lca_cardato"
MODULES = {"pyyaml": "yaml", "salib": "SALib", "vl-convert-python": "vl_convert"}
DECLARED = direct(*ALL)


@pytest.fixture(scope="module")
def page():
    return (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(page):
    """Cells of the table of declared packages."""
    table = page.partition("## Declared")[2].partition("## Through others")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@pytest.fixture(scope="module")
def imported():
    """Top modules that the package imports, from anywhere in its code."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(node.module)
            elif (
                isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
            ):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if called in ("import_module", "find_spec"):
                    found.add(node.args[0].value)
                elif called == "load" and isinstance(node.args[0].value, str):  # of an extra
                    found |= {arg.value for arg in node.args[1:2] if isinstance(arg, ast.Constant)}
    tops = {name.split(".")[0] for name in found}
    return tops - set(sys.stdlib_module_names) - {"lca_cardato"}


def test_a_row_for_each_declared_dependency_with_its_range_and_reason(rows):
    assert [canonicalize_name(row[0]) for row in rows] == list(DECLARED)
    for name, ranges, licence, used, why in rows:
        written = {part.strip(" `") for part in ranges.split(",")}
        assert written == set(map(str, DECLARED[canonicalize_name(name)].specifier))
        assert licence and used and why


def test_all_others_are_listed(page):
    lists = page.partition("## Through others")[2].partition("## Licences")[0]
    locked = {item.name for item in pins(ROOT / ".ci" / "requirements-all.txt")}
    words = {canonicalize_name(word.strip("(),:;.")) for word in lists.replace("**", " ").split()}
    assert (words & locked) - set(DECLARED) == locked - set(DECLARED)


def test_every_declared_dependency_is_used(imported):
    unused = {
        name for name in DECLARED if MODULES.get(name, name.replace("-", "_")) not in imported
    }
    assert not unused


def test_every_import_is_declared(page, imported):
    declared = {MODULES.get(name, name.replace("-", "_")) for name in DECLARED}
    assert imported - declared == set(re.findall(r"^- `(\w+)`: ", page, flags=re.M))


def test_what_is_copied_into_the_program_is_what_the_page_says(page):
    told = re.search(
        r"`(lca_cardato/\S+htmx\S+)` is htmx (\S+) .*?SHA-256 `([0-9a-f]{64})`", page, re.DOTALL
    )
    script = ROOT / told[1]
    assert hashlib.sha256(script.read_bytes()).hexdigest() == told[3]
    assert f'version:"{told[2]}"' in script.read_text(encoding="utf-8")
    assert "Zero-Clause BSD" in script.with_name("htmx.LICENSE").read_text(encoding="utf-8")
