"""Broken installations of every kind are told, with what is broken."""

import json
import os
import subprocess
import sys

import pytest
from conftest import ROOT

from lca_cardato.doctor import packages


def fake(folder, name, version, *requires, record="", **files):
    """A package that pip would have installed."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
    lines += [f"Requires-Dist: {text}" for text in requires]
    (info / "METADATA").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (info / "RECORD").write_text(record, encoding="utf-8")
    for module, text in files.items():
        (folder / f"{module}.py").write_text(text, encoding="utf-8")
    return info


@pytest.fixture
def call(tmp_path):
    """Value of an expression about `packages`, in a process with `tmp_path` first on its path."""

    def value(expression):
        code = (
            f"import json\nfrom lca_cardato.doctor import packages\nprint(json.dumps({expression}))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return value


def test_what_is_installed_here_fits():
    count, bad = packages.misfits()
    assert count > 60 and bad == [] and packages.mixed_line() == [] and packages.unloadable() == []


def test_version_text_names_the_line():
    first, second, third = packages.version_text().splitlines()
    assert first == "lca-cardato 0.1.0"
    assert second.startswith(("Brightway 2.4 line: bw2data 3.", "Brightway 2.5 line: bw2data 4."))
    assert "numpy" in third and "typer" in third


def test_missing_and_wrong_packages_are_named_with_who_needs_them(call, tmp_path):
    fake(
        tmp_path, "lca-cardato", "0.1.0", "no-such-package>=2", "typer>=900",
        "rich; sys_platform == 'nowhere'", "between", "pytest>=900; extra == 'test'",
    )  # fmt: skip
    fake(tmp_path, "between", "1.0", "numpy<1; extra == 'old'", "numpy>=900", "lca-cardato[test]")
    count, bad = call("(lambda f: [f[0], f[1]])(packages.misfits())")
    assert count > 3  # and everything behind them
    names = [(name, wanted, by) for name, wanted, _, by in bad]
    assert names == [
        ("no-such-package", ">=2", "lca-cardato"), ("numpy", ">=900", "between"),
        ("pytest", ">=900", "lca-cardato"), ("typer", ">=900", "lca-cardato"),
    ]  # fmt: skip
    assert bad[0][2] == "" and bad[1][2]


def test_two_lines_of_brightway_together_are_told(call, tmp_path):
    mine = packages.line()
    fake(tmp_path, "bw2io", "0.9.9" if mine == "2.4" else "0.8.12")
    [[name, wanted]] = call("[[m.name, m.wanted] for m in packages.mixed_line()]")
    assert (name, wanted) == ("bw2io", packages.LINES[mine]["bw2io"])


def test_modules_that_fail_or_kill_the_process_are_named(call, tmp_path):
    fake(
        tmp_path, "none", "1", pandas="raise ImportError('DLL load failed')",
        typst="import os\nos.abort()",
    )  # fmt: skip
    bad = dict(call("packages.unloadable()"))
    assert bad.keys() == {"pandas", "typst"}
    assert bad["pandas"] == "ImportError: DLL load failed"


def test_a_folder_that_pip_knows_nothing_of(call, tmp_path):
    fake(tmp_path, "lca-cardato", "9.9", record="lca_cardato/__init__.py,sha256=abc,1\n")
    kind, _, bad = call("packages.installation()")
    assert kind in ("checkout", "package", "folder")  # that of this environment, not the stranger
    assert bad == []
