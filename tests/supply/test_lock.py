"""The lock and what is exported from it: complete, with digests, from public places."""

import re

import pytest
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from lca_cardato.files.extra import ALL

try:
    import tomllib
except ImportError:  # Python 3.10
    import tomli as tomllib

LOCKS = sorted((ROOT / ".ci").glob("requirements*.txt"))
PINS = ROOT / "constraints.txt"


def read(path):
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))


def pins(path):
    """Requirement -> digests of a file of pins."""
    found = {}
    for line in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if line and not line.startswith(("#", "--only-binary")):
            head, *hashes = re.split(r"\s+--hash=", line)
            found[Requirement(head)] = [text.strip() for text in hashes]
    return found


def direct(*extras):
    """Declared dependencies of the runtime, with those of some extras behind them, by name."""
    project = read("pyproject.toml")["project"]
    texts = [*project["dependencies"]]
    for extra in extras:
        texts += project["optional-dependencies"][extra]
    items = [Requirement(text) for text in texts]
    return {canonicalize_name(item.name): item for item in items}


def test_the_lock_names_public_places_alone():
    text = (ROOT / "uv.lock").read_text(encoding="utf-8")
    assert set(re.findall(r"https?://([^/\"]+)", text)) == {"pypi.org", "files.pythonhosted.org"}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_pin_has_digests_and_a_wheel(path):
    assert "--only-binary :all:" in path.read_text(encoding="utf-8").splitlines()
    wheels = {
        (item["name"], item.get("version"))
        for item in read("uv.lock")["package"]
        if item.get("wheels")
    }
    found = pins(path)
    assert found
    for item, hashes in found.items():
        [only] = item.specifier
        assert only.operator == "=="
        assert (item.name, only.version) in wheels
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", text) for text in hashes)


def test_the_pins_are_those_of_the_lock():
    """Versions only; the same for the runtime, without digests."""
    plain = pins(PINS)
    assert not any(plain.values())
    base, whole = (pins(ROOT / ".ci" / f"requirements{name}.txt") for name in ("", "-all"))
    assert set(map(str, base)) < set(map(str, whole)) <= set(map(str, plain))


@pytest.mark.parametrize("python", ["3.10", "3.11", "3.12", "3.13"])
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
@pytest.mark.parametrize(("file", "extras"), [("", ()), ("-all", ALL)], ids=["base", "all"])
def test_declared_dependencies_are_locked(python, system, file, extras):
    where = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": system}
    locked = [
        item
        for item in pins(ROOT / ".ci" / f"requirements{file}.txt")
        if item.marker is None or item.marker.evaluate(where)
    ]
    versions = {item.name: next(iter(item.specifier)).version for item in locked}
    assert len(versions) == len(locked), "two pins of a name"
    for name, item in direct(*extras).items():
        assert item.specifier.contains(versions[name]), name
    assert bool(extras) or not set(direct(*ALL)) - set(direct()) & set(versions)


def test_what_builds_the_package_is_locked():
    locked = {item.name: item for item in pins(ROOT / ".ci" / "requirements-build.txt")}
    for text in read("pyproject.toml")["build-system"]["requires"]:
        item = Requirement(text)
        assert item.specifier.contains(next(iter(locked[item.name].specifier)).version)


def test_both_lines_of_brightway_are_locked():
    versions = {item["version"] for item in read("uv.lock")["package"] if item["name"] == "bw2data"}
    assert any(version.startswith("3.6.") for version in versions)
    assert any(version.startswith("4.") for version in versions)
