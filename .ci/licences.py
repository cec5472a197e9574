"""Check the licences of the locked runtime: ``python .ci/licences.py [--strict]``.

Run with the interpreter of an environment made from the lock. The licence of a package is what
its metadata say: the SPDX expression, else the field ``License``, else the classifiers. Where
they say nothing, the licence file was read, and `READ` tells which.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Optional

from locks import LOCK, differences, environment, pinned, read_pins

ALLOWED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD", "BSD-2-Clause", "BSD-3-Clause",
    "BSL-1.0", "CC0-1.0", "FTL", "HPND", "IJG", "ISC", "libtiff", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0",
    "PSF-2.0", "Python-2.0", "Unicode-3.0", "Unicode-DFS-2016", "Unlicense", "W3C", "X11", "Zlib",
}  # fmt: skip
"""``BSD`` is a BSD licence whose metadata do not tell the number of clauses."""

FIELDS = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "bsd 3-clause": "BSD-3-Clause",
    "dual license": "",  # see the classifiers
    "bsd 3-clause license": "BSD-3-Clause",
    "newbsd 3-clause; license": "BSD-3-Clause",
    "isc license": "ISC",
    "mit license": "MIT",
    "lgplv3+": "LGPL-3.0-or-later",
    "w3c software notice and license": "W3C",
}
"""Wordings of the field ``License`` that are no SPDX expression."""

CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "CC0 1.0 Universal (CC0 1.0) Public Domain Dedication": "CC0-1.0",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "W3C License": "W3C",
}

_BSD = "Redistributions of source code must retain"
_MIT = "Permission is hereby granted, free of charge"
READ = {
    "bw-processing": ("BSD-3-Clause", "LICENSE", _BSD),
    "bw2data": ("BSD-3-Clause", "LICENSE", _BSD),
    "peewee": ("MIT", "LICENSE", _MIT),
    "pyecospold": ("BSD-3-Clause", "LICENSE", _BSD),
    "randonneur": ("MIT", "LICENSE", _MIT),
    "randonneur-data": ("MIT", "LICENSE", _MIT),
    "stats-arrays": ("BSD-3-Clause", "LICENSE", _BSD),
}
"""Metadata silent: licence, file of the wheel it was read from, words that must still be in it."""

ELSEWHERE = {
    "colorama": ("BSD-3-Clause", "Windows", "LICENSE.txt of the wheel"),
    "exceptiongroup": ("MIT", "Python 3.10", "metadata of the wheel"),
    "isodate": ("BSD-3-Clause", "Python 3.10", "LICENSE of the wheel"),
    "pytz": ("MIT", "Python 3.10", "metadata of the wheel"),
    "win32-setctime": ("MIT", "Windows", "metadata of the wheel"),
}
"""Needed on another platform or Python alone: licence, where, and what it was read from."""

KNOWN = {
    "pyxlsb": "declared by mrio-common-metadata, which bw2io declares; reads .xlsb files. Nothing here "
    "imports it and nothing of it is copied or linked; after `pip uninstall pyxlsb` an assessment works "
    "the same.",
}
"""Against the rule and known: why it is there all the same."""

INSIDE = {
    "lxml": "Its LICENSES.txt says that the wheels hold libiconv (LGPL-2.1).",
    "numpy": "On Linux the wheel holds libgfortran (GPL-3.0-or-later WITH GCC-exception-3.1) and "
    "libquadmath (LGPL-2.1-or-later) as shared libraries of their own.",
    "pillow": "Its SBOM lists FriBiDi (LGPL-2.1-or-later; taken from the system, if it is there) and "
    "libimagequant (GPL-3.0-or-later; not in the wheel).",
    "scipy": "As numpy: libgfortran and libquadmath.",
    "vl-convert-python": "A JavaScript engine and many Rust crates are compiled in; the wheel lists "
    "neither them nor their licences.",
}
"""What wheels carry beside the work of the package, where it is not on the allow-list."""

NAMED = {
    "et-xmlfile": "history of the PSF licence",
    "matplotlib": "FreeType may be had under the GPL or the FTL",
    "pandas": "history of the PSF licence",
    "pyarrow": "wording of the LLVM exception",
    "typing-extensions": "history of the PSF licence",
}
"""Licence files that name the GPL, though nothing is under it: why they do."""

_COPYLEFT = re.compile(r"\b[AL]?GPL|General Public Licen[sc]e")
_TOKEN = re.compile(r"\(|\)|[A-Za-z0-9.+-]+")


@dataclass(frozen=True)
class Row:
    """What was found of a package; `state` is allowed, read, known, not allowed or unclear."""

    name: str
    version: str
    licence: str
    state: str
    note: str = ""


def permitted(expression: str) -> bool:
    """Tell whether the allow-list permits an SPDX expression.

    ``AND`` asks for both sides, ``OR`` for one; a licence with an exception is looked up as a
    whole, so it is not permitted unless listed so.
    """
    tokens = _TOKEN.findall(expression)
    if re.sub(r"[\s()]|[A-Za-z0-9.+-]", "", expression) or not tokens:
        return False
    place = 0

    def peek() -> str:
        return tokens[place] if place < len(tokens) else ""

    def take() -> str:
        nonlocal place
        place += 1
        return tokens[place - 1]

    def atom() -> bool:
        if peek() == "(":
            take()
            value = either()
            if not peek():
                raise ValueError(expression)
            take()
            return value
        if not peek():
            raise ValueError(expression)
        name = take()
        if peek() == "WITH":
            take()
            name = f"{name} WITH {take() if peek() else ''}"
        return name in ALLOWED

    def both() -> bool:
        value = atom()
        while peek() == "AND":
            take()
            value = atom() and value
        return value

    def either() -> bool:
        value = both()
        while peek() == "OR":
            take()
            value = both() or value
        return value

    try:
        result = either()
    except ValueError:
        return False
    return result and place == len(tokens)


def stated(item: Distribution) -> list[str]:
    """The licences that the metadata state; all must be allowed. Empty when they are silent."""
    data = item.metadata
    expression = data.get("License-Expression")
    if expression:
        return [expression]
    field = (data.get("License") or "").strip()
    found = []
    if field and "\n" not in field and len(field) < 60:
        found.append(FIELDS.get(field.lower(), field))
    for classifier in data.get_all("Classifier") or []:
        if classifier.startswith("License :: "):
            last = classifier.rsplit(" :: ", 1)[-1]
            if last != "OSI Approved":
                found.append(CLASSIFIERS.get(last, last))
    found = list(dict.fromkeys(filter(None, found)))
    if any(text.startswith("BSD-") for text in found):
        found = [text for text in found if text != "BSD"]
    return found


def licence_texts(item: Distribution) -> dict[str, str]:
    """Licence files in the metadata folder of a package, by file name."""
    return _texts(item, r"(?i).*(licen[cs]e|copying)")


def _texts(item: Distribution, pattern: str) -> dict[str, str]:
    texts = {}
    for path in item.files or []:
        folder, _, rest = path.as_posix().partition("/")
        if folder.endswith(".dist-info") and re.match(pattern, rest):
            texts[rest] = Path(str(path.locate())).read_text(encoding="utf-8", errors="replace")
    return texts


def parts(item: Distribution) -> list[tuple[str, str]]:
    """Component and licence, out of the SBOMs that a wheel carries of what is compiled in."""
    found = []
    for text in _texts(item, r"sboms/.*\.json$").values():
        for part in json.loads(text).get("components", []):
            for entry in part.get("licenses", []):
                chosen = entry.get("license", {})
                licence = entry.get("expression") or chosen.get("id") or chosen.get("name") or "?"
                found.append((part["name"], licence.replace("/", " OR ")))
    return found


def judge(name: str) -> Row:
    """Look at an installed package."""
    item = distribution(name)
    found = stated(item)
    texts = licence_texts(item)
    if not found and name in READ:
        licence, file, words = READ[name]
        if any(words in text for rest, text in texts.items() if rest.rsplit("/", 1)[-1] == file):
            return Row(name, item.version, licence, "read", f"{file} of the wheel")
        return Row(name, item.version, "?", "unclear", f"{file} of the wheel has changed: read it")
    licence = " AND ".join(found)
    if not found:
        return Row(
            name, item.version, "?", "unclear", "metadata say nothing: read it, add it to READ"
        )
    if not all(permitted(text) for text in found):
        if name in KNOWN:
            return Row(name, item.version, licence, "known", KNOWN[name])
        return Row(name, item.version, licence, "not allowed")
    odd = sorted(file for file, text in texts.items() if _COPYLEFT.search(text))
    if odd and name not in INSIDE and name not in NAMED:
        note = f"{', '.join(odd)} names the GPL: read it, add it to INSIDE or NAMED"
        return Row(name, item.version, licence, "unclear", note)
    odd = sorted({f"{part} ({text})" for part, text in parts(item) if not permitted(text)})
    if odd and name not in INSIDE:
        return Row(name, item.version, licence, "unclear", f"compiled in: {', '.join(odd)}")
    return Row(name, item.version, licence, "allowed")


def rows() -> list[Row]:
    """Look at every locked package that is installed here."""
    return [judge(name) for name in sorted(pinned(read_pins(LOCK), environment()))]


def unread() -> list[str]:
    """Locked packages that are neither installed here nor listed in `ELSEWHERE`."""
    here = pinned(read_pins(LOCK), environment())
    return sorted({pin.name for pin in read_pins(LOCK)} - set(here) - set(ELSEWHERE))


def main(strict: Optional[bool] = None) -> int:
    """Print what was found; 1 when a licence is not allowed or unclear, strictly also when known."""
    strict = "--strict" in sys.argv[1:] if strict is None else strict
    if wrong := differences():
        print("this environment is not the one of the lock:", *wrong, sep="\n  ")
        return 1
    found = rows()
    count: dict[str, int] = {}
    for row in found:
        if row.state == "allowed":
            count[row.licence] = count.get(row.licence, 0) + 1
    for licence, number in sorted(count.items(), key=lambda pair: (-pair[1], pair[0])):
        print(f"{number:4} {licence}")
    for state, title in (
        ("read", "metadata silent, licence file read"),
        ("known", "not on the allow-list, known"),
        ("not allowed", "NOT ALLOWED"),
        ("unclear", "UNCLEAR"),
    ):
        chosen = [row for row in found if row.state == state]
        if chosen:
            print(f"{title}:")
        for row in chosen:
            print(f"  {row.name} {row.version}: {row.licence}{'. ' if row.note else ''}{row.note}")
    here = {row.name for row in found}
    print("not installed here, read in their wheels:")
    for name, (licence, where, source) in ELSEWHERE.items():
        if name not in here:
            print(f"  {name} ({where}): {licence}, {source}")
    print("inside wheels, beside the work of the package:")
    for name, text in INSIDE.items():
        print(f"  {name}: {text}")
    number = sum(len(parts(distribution(row.name))) for row in found)
    print(
        f"  others: {number} licences of compiled-in parts, from the SBOMs of the wheels, looked at"
    )
    if missing := unread():
        print("UNCLEAR, not installed here and not read:", *missing)
    known = sum(row.state == "known" for row in found)
    bad = sum(row.state in ("not allowed", "unclear") for row in found) + len(missing)
    print(f"{len(found)} packages: {bad} not allowed or unclear, {known} not allowed but known")
    return int(bad > 0 or (strict and known > 0))


if __name__ == "__main__":
    sys.exit(main())
