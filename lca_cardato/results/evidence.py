"""Documents that a scenario names, by figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment


def documents_of(result: Assessment) -> list[dict[str, Any]]:
    """Documents of the scenario, with the digest of the file that was read."""
    rows = []
    for key, item in result.main.model.scenario.documents.items():
        found = result.documents.get(key)
        row: dict[str, Any] = {"id": key, "kind": item.kind}
        row["file"] = found.name if found else ""
        row["sha256"] = found.sha256 if found else item.sha256 or ""
        for name in ("issuer", "date", "valid_until", "lot", "note"):
            row[name] = getattr(item, name) or ""
        row["mass_kg"] = str(item.mass.amount) if item.mass else ""
        rows.append(row)
    return rows
