"""Files of a run folder: digests, and a folder that appears whole or not at all."""

from __future__ import annotations

from typing import Mapping

from lca_cardato.files.atomic import sha256


def sums_text(files: Mapping[str, bytes]) -> bytes:
    """Lines that ``sha256sum -c`` reads, in the order of the names."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def read_sums(text: str) -> dict[str, str]:
    """Read such lines, name -> digest; a line of another form is left out."""
    found = {}
    for line in text.splitlines():
        digest, gap, name = line.partition("  ")
        if gap and len(digest) == 64:
            found[name] = digest
    return found
