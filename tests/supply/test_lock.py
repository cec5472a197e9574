"""Pins and locks: complete, with digests, and in agreement."""

import re
from itertools import product

import pytest
from locks import (
    LOCK,
    LOCKS,
    PINS,
    direct,
    environment,
    installed_version,
    needs,
    pinned,
    pyproject,
    read_pins,
)
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PLATFORMS = {
    "linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    "macos": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
    "windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
}
PLACES = [
    pytest.param(environment(python, **markers), id=f"{python}-{name}")
    for python, (name, markers) in product(["3.10", "3.11", "3.12", "3.13"], PLATFORMS.items())
]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_pin_has_digests(path):
    assert "--only-binary :all:" in path.read_text(encoding="utf-8").splitlines()
    pins = read_pins(path)
    assert pins
    for pin in pins:
        assert pin.hashes, pin.name
        for digest in pin.hashes:
            assert re.fullmatch(r"sha256:[0-9a-f]{64}", digest), pin.name


def test_constraints_have_none():
    assert not any(pin.hashes for pin in read_pins(PINS))


@pytest.mark.parametrize("place", PLACES)
def test_lock_agrees_with_constraints(place):
    lock, constraints = pinned(read_pins(LOCK), place), pinned(read_pins(PINS), place)
    assert lock.items() <= constraints.items()


@pytest.mark.parametrize("place", PLACES)
def test_declared_dependencies_are_locked(place):
    lock = pinned(read_pins(LOCK), place)
    for name, item in direct().items():
        assert name in lock
        assert item.specifier.contains(lock[name]), name


def test_newer_pythons_have_the_checked_versions():
    linux = PLATFORMS["linux"]
    checked = pinned(read_pins(LOCK), environment("3.11", **linux))
    for python in ("3.12", "3.13"):
        assert pinned(read_pins(LOCK), environment(python, **linux)) == checked


def test_what_they_need_is_locked():
    """Follows the metadata of packages that are installed in the locked version."""
    here = environment()
    lock = pinned(read_pins(LOCK), here)
    waiting, seen = list(direct()), set()
    while waiting:
        name = waiting.pop()
        if name in seen or installed_version(name) != lock.get(name):
            continue
        seen.add(name)
        for item in needs(name, here):
            other = canonicalize_name(item.name)
            assert other in lock, f"{name} needs {other}"
            assert item.specifier.contains(lock[other], prereleases=True), f"{name} needs {item}"
            waiting.append(other)


def test_build_requirements_are_locked():
    lock = pinned(read_pins(LOCKS[1]), environment())
    for text in pyproject()["build-system"]["requires"]:
        item = Requirement(text)
        assert item.specifier.contains(lock[canonicalize_name(item.name)])


def test_locks_can_share_an_environment():
    runtime, build, tools = (pinned(read_pins(path), environment()) for path in LOCKS)
    for one, other in ((runtime, build), (build, tools)):
        assert all(other.get(name, version) == version for name, version in one.items())


def test_only_pins_are_read(tmp_path):
    path = tmp_path / "lock.txt"
    for text in ("numpy>=2\n", "numpy==2.*\nnumpy @ https://example.org/n.whl\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError):
            read_pins(path)
    path.write_text("a==1\nA==2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="two pins"):
        pinned(read_pins(path), environment())
