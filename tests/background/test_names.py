"""A path in place of a name is wrong input, whatever lies on the machine."""

import pytest
from conftest import ROOT

SCENARIO = ROOT / "scenarios" / "recycled-wool-70.yaml"
PATHS = ["../x/y", "/x/y", "~/x/y", "a/../b/c", "..\\x/y", "C:\\x/y"]
ASKED = {
    "assess": lambda path: ["assess", SCENARIO, "--background", path],
    "compare": lambda path: ["compare", SCENARIO, "--background", path],
    "a mapping": lambda path: ["assess", SCENARIO, "--background", path, "--mapping", "no.yaml"],
    "background check": lambda path: ["background", "check", path],
    "a method of a project": lambda path: ["assess", SCENARIO, "--method", path],
    "methods": lambda path: ["methods", "--project", path],
    "export": lambda path: ["export", SCENARIO, path, "--format", "brightway"],
}


@pytest.fixture(params=["with projects", "without"])
def machine(request, small, tmp_path, monkeypatch):
    folder = small if request.param == "with projects" else tmp_path
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(folder))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("asked", ASKED)
def test_a_path_is_no_name(command, store, machine, asked, path):
    if asked == "a method of a project" and path == "a/../b/c":
        pytest.skip("the method '../b/c' of the project 'a'")
    done = command(*ASKED[asked](path))
    assert done.returncode == 3, done.stderr
    assert "E307" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_name_asks_the_machine(command, tmp_path):
    done = command("assess", SCENARIO, "--background", "x/y", BRIGHTWAY2_DIR=tmp_path)
    assert (done.returncode, "E501" in done.stderr) == (5, True)
