"""What `.ci/licences` lets pass, on environments with packages that state one licence or another."""

import os
import subprocess
import sys

import pytest
from conftest import ROOT

pytest.importorskip("piplicenses")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="a shell script")


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    """Put a package with given metadata into an environment and look at it."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    [site] = folder.glob("lib/python*/site-packages")

    def run(*fields, name="thing", version="1.0", **variables):
        info = site / "package.dist-info"
        info.mkdir(exist_ok=True)
        head = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}"]
        (info / "METADATA").write_text("\n".join([*head, *fields]) + "\n", encoding="utf-8")
        return subprocess.run(
            [ROOT / ".ci" / "licences", folder / "bin" / "python", sys.executable],
            capture_output=True,
            text=True,
            env={**os.environ, **variables},
        )

    return run


OSI = "Classifier: License :: OSI Approved :: "
LESSER = "GNU Lesser General Public License v3 or later (LGPLv3+)"


@pytest.mark.parametrize(
    "fields",
    [
        ["License-Expression: MIT"],
        ["License-Expression: MPL-2.0 AND MIT"],
        [f"{OSI}BSD License"],
        [f"{OSI}Apache Software License"],
        [f"{OSI}MIT License", f"{OSI}BSD License"],
    ],
)
def test_permitted(check, fields):
    done = check(*fields)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "fields",
    [
        ["License-Expression: GPL-3.0-only"],
        ["License-Expression: MIT AND GPL-2.0-only"],
        ["License-Expression: LicenseRef-Proprietary"],
        [f"{OSI}{LESSER}"],
        [f"{OSI}MIT License", f"{OSI}GNU General Public License v3 (GPLv3)"],
        [f"{OSI}MIT License", "Classifier: License :: Other/Proprietary License"],
        ["License: free for friends"],
        [],
    ],
)
def test_not_permitted(check, fields):
    done = check(*fields)
    assert done.returncode == 1
    assert "thing:1.0" in done.stderr


def test_the_known_exception_is_printed_and_passes_in_the_version_that_was_read(check):
    known = {"name": "pyxlsb", "version": "1.0.10"}
    done = check(f"{OSI}{LESSER}", **known)
    assert done.returncode == 0, done.stderr
    assert '"pyxlsb:1.0.10",  # LGPL-3.0-or-later: declared by mrio' in done.stdout
    assert check(f"{OSI}{LESSER}", **{**known, "version": "2.0"}).returncode == 1
    assert check(f"{OSI}{LESSER}", **known, STRICT="1").returncode == 1
