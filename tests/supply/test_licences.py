"""The allow-list, and how metadata are read."""

from email.message import Message

import licences
import pytest


@pytest.mark.parametrize(
    "expression",
    [
        "MIT",
        "BSD-3-Clause AND 0BSD AND MIT",
        "MPL-2.0 AND MIT",
        "GPL-3.0-only OR MIT",
        "(MIT OR GPL-2.0-only) AND Zlib",
        "Apache-2.0 WITH LLVM-exception",
    ],
)
def test_permitted(expression):
    assert licences.permitted(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "LGPL-3.0-or-later",
        "AGPL-3.0-only",
        "MIT AND GPL-2.0-only",
        "MIT AND (GPL-2.0-only OR LGPL-2.1-only)",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        "LicenseRef-Proprietary",
        "Custom, see LICENSE",
        "MIT AND",
        "MIT MIT",
        "(MIT",
        "MIT)",
        "",
    ],
)
def test_not_permitted(expression):
    assert not licences.permitted(expression)


class Package:
    """A distribution with given metadata and licence file."""

    version = "1.0"

    def __init__(self, fields, folder=None, text=""):
        self.metadata = Message()
        for key, value in fields:
            self.metadata[key] = value
        self.files = []
        if folder is not None:
            self.files = [_File("thing-1.0.dist-info/licenses/LICENSE", folder / "LICENSE")]
            (folder / "LICENSE").write_text(text, encoding="utf-8")


class _File:
    def __init__(self, name, path):
        self.name, self.path = name, path

    def as_posix(self):
        return self.name

    def locate(self):
        return self.path


@pytest.mark.parametrize(
    "fields, found",
    [
        ([("License-Expression", "MIT"), ("License", "GPL")], ["MIT"]),
        ([("License", "BSD 3-Clause"), ("Classifier", "License :: OSI Approved :: BSD License")], ["BSD-3-Clause"]),
        ([("Classifier", "License :: OSI Approved :: BSD License")], ["BSD"]),
        ([("License", "MIT"), ("Classifier", "License :: Other/Proprietary License")],
         ["MIT", "Other/Proprietary License"]),
        ([("License", "Copyright\nall the text")], []),
        ([("License", "Dual License"), ("Classifier", "License :: OSI Approved :: MIT License")], ["MIT"]),
        ([], []),
    ],
)  # fmt: skip
def test_stated(fields, found):
    assert licences.stated(Package(fields)) == found


@pytest.mark.parametrize(
    "fields, text, state",
    [
        ([("License", "MIT")], "", "allowed"),
        ([("License", "MIT")], "parts are under the GPL", "unclear"),
        ([("License", "LGPLv3+")], "", "not allowed"),
        ([("License", "MIT"), ("Classifier", "License :: Other/Proprietary License")], "", "not allowed"),
        ([], "some text", "unclear"),
    ],
)  # fmt: skip
def test_states(monkeypatch, tmp_path, fields, text, state):
    monkeypatch.setattr(licences, "distribution", lambda name: Package(fields, tmp_path, text))
    assert licences.judge("thing").state == state


def test_a_licence_file_that_was_read_must_not_change(monkeypatch, tmp_path):
    monkeypatch.setitem(licences.READ, "thing", ("MIT", "LICENSE", "free of charge"))
    for text, state in (("free of charge", "read"), ("for a fee", "unclear")):
        package = Package([], tmp_path, text)
        monkeypatch.setattr(licences, "distribution", lambda name, package=package: package)
        assert licences.judge("thing").state == state


def test_hand_written_names_are_locked():
    names = {pin.name for pin in licences.read_pins(licences.LOCK)}
    for written in (
        licences.READ,
        licences.ELSEWHERE,
        licences.KNOWN,
        licences.INSIDE,
        licences.NAMED,
    ):
        assert set(written) <= names


def test_licences_written_by_hand_are_allowed():
    for licence, *_ in [*licences.READ.values(), *licences.ELSEWHERE.values()]:
        assert licences.permitted(licence)
