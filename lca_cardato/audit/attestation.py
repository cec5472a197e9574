"""Statements about a run in the forms that others read: in-toto Statement v1 and RO-Crate 1.1.

Both are written by hand (they are small and stable) and checked by the validators of their
projects in the test suite. Nothing is signed here; the statement is ready to be signed outside.
"""

from __future__ import annotations

from typing import Any

from lca_cardato.audit.layout import FIRST_FORMAT, SCENARIO
from lca_cardato.files.installed import canonical

STATEMENT = "https://in-toto.io/Statement/v1"
PROVENANCE = "https://slsa.dev/provenance/v1"
BUILD_TYPE = "tag:lca-cardato,2026:assess/1"
BUILDER = "tag:lca-cardato,2026:command"
CRATE = "https://w3id.org/ro/crate/1.1"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
MEDIA = {
    "json": "application/json", "csv": "text/csv", "yaml": "application/yaml", "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def attestation(manifest: dict[str, Any]) -> dict[str, Any]:
    """In-toto statement with SLSA provenance: outputs as subjects, inputs as dependencies."""
    first = manifest["schema"] == FIRST_FORMAT
    packages = [
        {"uri": f"pkg:pypi/{canonical(name)}@{version}"}
        for name, version in manifest["packages"].items()
    ]
    return {
        "_type": STATEMENT,
        "subject": [
            {"name": name, "digest": {"sha256": digest}}
            for name, digest in manifest["outputs"].items()
        ],
        "predicateType": PROVENANCE,
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": {
                    "scenario": SCENARIO, **manifest["options"],
                },
                "internalParameters": {
                    "tool": manifest["tool"], "brightway": manifest["brightway"],
                    "methods_sha256": manifest["digests"]["methods"],
                    **({} if first else {name: manifest[name] for name in ("python", "platform", "doctor")}),
                },
                "resolvedDependencies": [
                    *[
                        {"name": name, "digest": {"sha256": digest}}
                        for name, digest in manifest["inputs"].items()
                    ],
                    *([] if first else packages),
                ],
            },
            "runDetails": {
                "builder": {"id": BUILDER, "version": manifest["tool"]},
                "metadata": {"invocationId": manifest["id"]},
            },
        },
    }  # fmt: skip


def crate(manifest: dict[str, Any], sizes: dict[str, int], written: str) -> dict[str, Any]:
    """RO-Crate metadata of the run folder by the Process Run Crate profile.

    Parameters
    ----------
    manifest : dict
    sizes : dict
        Path inside the folder -> bytes.
    written : str
        Time of the run, ISO 8601.

    Returns
    -------
    dict
        JSON-LD.
    """
    files = sorted(sizes)
    tool = manifest["tool"]
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json", "@type": "CreativeWork",
                "conformsTo": {"@id": CRATE}, "about": {"@id": "./"},
            },
            {
                "@id": "./", "@type": "Dataset", "conformsTo": {"@id": PROFILE},
                "name": f"Life cycle assessment {manifest['scenario']}, run {manifest['id']}",
                "description": "Inputs, results and claim ledger of one run of lca-cardato.",
                "datePublished": written,
                "license": {"@id": "https://spdx.org/licenses/MIT"},
                "hasPart": [{"@id": name} for name in files],
                "mentions": [{"@id": "#run"}],
            },
            {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
            {
                "@id": "https://spdx.org/licenses/MIT", "@type": "CreativeWork", "name": "MIT",
                "description": "Licence of the program and of its inventories; the data of the "
                "mill belong to the mill.",
            },
            {
                "@id": "#tool", "@type": "SoftwareApplication", "name": tool["name"],
                "version": tool["version"],
            },
            {
                "@id": "#run", "@type": "CreateAction", "name": f"assess {manifest['scenario']}",
                "instrument": {"@id": "#tool"}, "endTime": written,
                "object": [{"@id": name} for name in manifest["inputs"]],
                "result": [{"@id": name} for name in manifest["outputs"]],
                "actionStatus": "http://schema.org/CompletedActionStatus",
            },
            *[
                {
                    "@id": name, "@type": "File", "name": name, "contentSize": str(sizes[name]),
                    "encodingFormat": MEDIA.get(name.rpartition(".")[2], "text/plain"),
                }
                for name in files
            ],
        ],
    }  # fmt: skip
