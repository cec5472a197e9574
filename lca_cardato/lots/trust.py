"""Keys that a firm trusts: a folder with a file for each, and a list of those that are revoked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping, Optional

from lca_cardato.errors import InputError, Problem, shorten
from lca_cardato.files.read import read_bytes
from lca_cardato.lots.keys import MAX_BYTES, public
from lca_cardato.lots.models import LotSheet
from lca_cardato.lots.standing import KNOWN, UNKNOWN, UNSIGNED
from lca_cardato.sentence import say

FOLDER = "keys"
"""Folder of trusted keys, beside a scenario."""
REVOKED = "revoked.txt"
MOST = 2000


@dataclass(frozen=True)
class Trust:
    """Keys that are trusted.

    Attributes
    ----------
    keys : mapping
        Id of a key -> its file.
    revoked : frozenset of str
        Ids of keys that are revoked, whatever the folder holds.
    files : mapping
        Name inside the folder -> file, of all that was read.
    """

    keys: Mapping[str, Path] = field(default_factory=dict)
    revoked: frozenset[str] = frozenset()
    files: Mapping[str, Path] = field(default_factory=dict)

    def standing(self, sheet: LotSheet) -> str:
        """Tell what is known of who signed a sheet: `UNSIGNED`, `UNKNOWN` or `KNOWN`."""
        if sheet.signature is None:
            return UNSIGNED
        return KNOWN if sheet.signature.keyid in self.keys else UNKNOWN

    def refused(self, sheet: LotSheet, name: str) -> Optional[Problem]:
        """Tell that a sheet is signed with a key that is revoked; None where it is not."""
        if sheet.signature is None or sheet.signature.keyid not in self.revoked:
            return None
        return Problem(
            "E384", say("the lot sheet is signed with a key that is revoked"), name, key="signature",
            value=shorten(sheet.signature.keyid, 70),
            suggestion=say("ask {firm} for a sheet signed with its present key", firm=sheet.firm.name),
        )  # fmt: skip


def trust_of(folder: Path) -> Trust:
    """Read a folder of keys: `*.pub` in PEM, and `revoked.txt` with an id on each line.

    Parameters
    ----------
    folder : Path
        One that is not there holds no key.

    Raises
    ------
    InputError
        ``E610``: a file is no public key; ``E380``: a line of the list is no id of a key;
        ``E510``: the extra ``sign`` is missing.
    """
    if not folder.is_dir():
        return Trust()
    files = {path.name: path for path in sorted(folder.glob("*.pub"))[:MOST]}
    keys = {str(public(path).keyid): path for path in files.values()}
    listed, revoked = folder / REVOKED, set()
    if listed.is_file():
        files[REVOKED] = listed
        text = read_bytes(listed, MAX_BYTES).decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), 1):
            word = line.partition("#")[0].strip().lower()
            if word and (len(word) != 64 or set(word) - set("0123456789abcdef")):
                raise InputError.one(
                    "E380", say("a line of revoked keys is an id of 64 digits of 0-9 and a-f"),
                    file=str(listed), line=number, value=shorten(word, 80),
                    suggestion=say("`lca-cardato lot` prints the id of its key"),
                )  # fmt: skip
            revoked |= {word} if word else set()
    return Trust(keys, frozenset(revoked), files)
