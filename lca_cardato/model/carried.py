"""What is to be known of a yarn that was carried over from its own scenario or run."""

from __future__ import annotations

from lca_cardato import __version__
from lca_cardato.scenario.models import YarnSource


def told_source(source: YarnSource, inventory: str, read: bool) -> list[tuple[str, dict[str, str]]]:
    """Say where a yarn came from, and what its run rests on otherwise than this calculation.

    Parameters
    ----------
    source : YarnSource
    inventory : str
        SHA-256 of the inventories in use.
    read : bool
        Whether the file of the yarn was read, now or when the run was made.

    Returns
    -------
    list of (str, dict)
        Warnings: code and arguments.
    """
    named = {"id": source.id, "file": source.file}
    found = [("yarn_unpacked", named)] if read else [("yarn_stated", named)]
    if source.version and source.version != __version__:
        found.append(("yarn_version", {**named, "version": source.version}))
    if source.inventory_sha256 and source.inventory_sha256 != inventory:
        found.append(("yarn_inventory", named))
    return found
