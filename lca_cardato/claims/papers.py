"""Documents as they are told from one another: by content, by what they say, by their likeness."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Optional

from lca_cardato.files.read import read_bytes
from lca_cardato.scenario.evidence import MAX_BYTES, Evidence, EvidenceFile

LEAST = 512
"""Bytes from which the parts of a file say something of the whole."""


@dataclass(frozen=True)
class Paper:
    """A document with a mass, as one scenario names it.

    Attributes
    ----------
    key : str
        Its identity: the SHA-256 of its content where that is known, else what it says of itself.
    name, file : str
        Short name in the scenario, and name of its file; the file may be empty.
    issuer, date, lot : str
        As typed; empty where they are not given.
    mass : Fraction
        kg.
    place : str
        File and line that declare it.
    path : Path, optional
        Its file, where there is one.
    """

    key: str
    name: str
    file: str
    issuer: str
    date: str
    lot: str
    mass: Fraction
    place: str
    path: Optional[Path] = None

    @property
    def shown(self) -> bool:
        """Whether its content is known: a file in the folder, or a SHA-256."""
        return self.key.startswith("sha256:")


def paper_of(
    name: str, item: Evidence, mass: Fraction, file: Optional[EvidenceFile], place: str
) -> Paper:
    """Give a document its identity."""
    digest = file.sha256 if file else item.sha256
    parts = (item.lot or "", item.date or "", item.issuer or "")
    said = "|".join([squeezed(name), *map(squeezed, parts)])
    return Paper(
        f"sha256:{digest}" if digest else f"said:{said}", name, item.file or "",
        item.issuer or "", item.date or "", item.lot or "", mass, place,
        file.path if file else None,
    )  # fmt: skip


def squeezed(text: str) -> str:
    """Write a name without what people write differently: case, blanks, signs, leading zeros.

    Examples
    --------
    >>> squeezed("LR-2025/0118") == squeezed("lr 2025 118")
    True
    """
    out: list[str] = []
    fresh = True  # no digit other than 0 has come in this run of digits
    zeros = False
    for sign in unicodedata.normalize("NFKC", text).casefold():
        digit = unicodedata.decimal(sign, None)
        if digit is not None:
            if digit == 0 and fresh:
                zeros = True
                continue
            fresh, zeros = False, False
            out.append(str(digit))
            continue
        if zeros:
            out.append("0")
        fresh, zeros = True, False
        if sign.isalnum():
            out.append(sign)
    return "".join(out) + ("0" if zeros else "")


def marks_of(path: Path) -> set[tuple[str, str]]:
    """Digests by which a file is known again after a small change at any one place.

    Parameters
    ----------
    path : Path

    Returns
    -------
    set of (str, str)
        ``whole``: all of it, and without blanks at its end; ``cut``: without its first or its
        last byte; ``part``: the first and the last quarter or more of a larger file.
    """
    data = read_bytes(path, MAX_BYTES)
    found = [("whole", data), ("whole", data.rstrip(b" \t\r\n\0")), ("cut", data[1:]),
             ("cut", data[:-1])]  # fmt: skip
    if len(data) >= LEAST:
        length = 1 << (len(data) // 2).bit_length() - 1
        found += [("part", b"head" + data[:length]), ("part", b"tail" + data[-length:])]
    return {(kind, hashlib.sha256(part).hexdigest()[:32]) for kind, part in found if part}
