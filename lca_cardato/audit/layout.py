"""Names inside a run folder."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Collection, Optional

from lca_cardato.files.runs import SUMS

FORMAT = "lca-cardato/run/3"
SECOND_FORMAT = "lca-cardato/run/2"
FIRST_FORMAT = "lca-cardato/run/1"
"""Runs of the first releases: no condition of the installation, packages in the manifest alone."""
FORMATS = (FIRST_FORMAT, SECOND_FORMAT, FORMAT)
RESULTS = {
    FIRST_FORMAT: ("lca-cardato/result/1", "lca-cardato/result/2"),
    SECOND_FORMAT: ("lca-cardato/result/2", "lca-cardato/result/3"),
    FORMAT: ("lca-cardato/result/4",),
}
"""Versions of the result in a format; an older one would hide what the newer one must say."""

SCENARIO = "inputs/scenario.yaml"
WORKBOOK = "inputs/scenario.xlsx"
"""What the scenario was read from, where a workbook was; `SCENARIO` is the text that it gives."""
SHIPPED = "inputs/inventories/shipped"
BACKGROUND = "inputs/inventories/background"
OWN = "inputs/inventories/own"
LAYERS = {"shipped": SHIPPED, "background": BACKGROUND, "own": OWN}
METHODS = "inputs/methods"
RULES = "inputs/rules"
DOCUMENTS = "inputs/documents"
YARNS = "inputs/yarns"
"""Files that a fabric was written out from: its own, as typed, and that of each yarn."""

DRAWN = "shown.json"
"""What rests on draws; folders of the first releases have none."""
CALCULATED = ("result.json", "claims.json", "resolved.json", "contributions.json", DRAWN)
README = {"en": "README.txt", "it": "LEGGIMI.txt"}
PAGES = ("report.html", *README.values())
"""What is for people: the report, and a text that says what lies here."""
TABLES = "tables"
PACKAGE = "tables/datapackage.json"
MANIFEST = "manifest.json"
RECORD = "run.json"
ATTESTATION = "attestation.json"
CRATE = "ro-crate-metadata.json"


def belongs(name: str, documents: Optional[Collection[str]]) -> bool:
    """Whether a run folder has a file of such a name; which tables there are, the result decides.

    Parameters
    ----------
    name : str
        Place inside the folder.
    documents : collection of str, optional
        Files of the documents that the scenario declares, as the claim ledger names them; of the
        first releases, which named none, any.
    """
    path = PurePosixPath(name)
    if path.parts[0] == TABLES or name in (
        *CALCULATED,
        *PAGES,
        MANIFEST,
        RECORD,
        ATTESTATION,
        CRATE,
        SUMS,
    ):
        return True
    if path.is_relative_to(DOCUMENTS):
        return documents is None or path.relative_to(DOCUMENTS).as_posix() in documents
    if any(path.is_relative_to(place) for place in LAYERS.values()):
        return path.suffix == ".yaml"
    return name in (SCENARIO, WORKBOOK) or (str(path.parent), path.suffix) in (
        (RULES, ".yaml"),
        (METHODS, ".json"),
        (YARNS, ".yaml"),
    )
