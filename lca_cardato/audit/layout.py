"""Names inside a run folder."""

from __future__ import annotations

FORMAT = "lca-cardato/run/2"
FIRST_FORMAT = "lca-cardato/run/1"
"""Runs of the first releases: no condition of the installation, packages in the manifest alone."""
FORMATS = (FIRST_FORMAT, FORMAT)

SCENARIO = "inputs/scenario.yaml"
SHIPPED = "inputs/inventories/shipped"
BACKGROUND = "inputs/inventories/background"
OWN = "inputs/inventories/own"
LAYERS = {"shipped": SHIPPED, "background": BACKGROUND, "own": OWN}
METHODS = "inputs/methods"
RULES = "inputs/rules"
DOCUMENTS = "inputs/documents"

DRAWN = "shown.json"
"""What rests on draws; folders of the first releases have none."""
CALCULATED = ("result.json", "claims.json", "resolved.json", "contributions.json", DRAWN)
TABLES = "tables"
PACKAGE = "tables/datapackage.json"
MANIFEST = "manifest.json"
RECORD = "run.json"
ATTESTATION = "attestation.json"
CRATE = "ro-crate-metadata.json"
