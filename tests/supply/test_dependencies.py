"""docs/dependencies.md against pyproject.toml, the lock and the code."""

import ast
import sys

import dependencies
import pytest
from locks import LOCK, ROOT, direct, read_pins

PACKAGE = ROOT / "lca_cardato"
MODULES = {"pyyaml": "yaml", "salib": "SALib", "vl-convert-python": "vl_convert"}


@pytest.fixture(scope="module")
def page():
    return dependencies.PAGE.read_text(encoding="utf-8")


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
    tops = {name.split(".")[0] for name in found}
    return tops - set(sys.stdlib_module_names) - {"lca_cardato"}


def test_a_row_for_each_declared_dependency(page):
    declared, _ = dependencies.names_on_page(page)
    assert declared == list(direct())


def test_a_reason_for_each_declared_dependency(page):
    assert set(dependencies.REASONS) == set(direct())
    for used, why in dependencies.REASONS.values():
        assert used and why
        assert f"| {dependencies.cell(used)} | {dependencies.cell(why)} |" in page


def test_ranges_are_current(page):
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| ")]
    ranges = {row[1].strip().lower(): row[2] for row in rows}
    for name, item in direct().items():
        written = {part.strip(" `") for part in ranges[name].split(",")}
        assert written == set(map(str, item.specifier))


def test_all_others_are_listed(page):
    _, others = dependencies.names_on_page(page)
    assert others == {pin.name for pin in read_pins(LOCK)} - set(direct())


def test_every_declared_dependency_is_used(imported):
    unused = {
        name for name in direct() if MODULES.get(name, name.replace("-", "_")) not in imported
    }
    assert not unused


def test_every_import_is_declared(imported):
    declared = {MODULES.get(name, name.replace("-", "_")) for name in direct()}
    assert imported - declared == set(dependencies.THROUGH)
