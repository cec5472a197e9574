"""Documents that a scenario names, by figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment
    from lca_cardato.scenario.evidence import Evidence


def documents_of(result: Assessment) -> list[dict[str, Any]]:
    """Documents of the scenario, with the digest of the file that was read."""
    files = result.documents
    return [
        document_row(
            key, item, files[key].name if key in files else "",
            files[key].sha256 if key in files else item.sha256 or "",
        )
        for key, item in result.main.model.scenario.documents.items()
    ]  # fmt: skip


def document_row(key: str, item: Evidence, file: str, sha256: str) -> dict[str, Any]:
    """One document as it was declared.

    Parameters
    ----------
    key : str
        Its name in the scenario.
    item : Evidence
    file, sha256 : str
        File that was read, and its digest; empty where there is none.
    """
    row: dict[str, Any] = {"id": key, "kind": item.kind, "file": file, "sha256": sha256}
    for name in ("issuer", "date", "valid_until", "lot", "note"):
        row[name] = getattr(item, name) or ""
    row["mass_kg"] = str(item.mass.amount) if item.mass else ""
    return row
