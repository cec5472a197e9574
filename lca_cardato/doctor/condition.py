"""The condition of an installation in short, for the manifest of a run."""

from __future__ import annotations

from typing import Any

from lca_cardato.doctor import packages


def condition() -> dict[str, Any]:
    """Examine the program's own files and the packages that it stands on; see `doctor`.

    Returns
    -------
    dict
        ``installed`` (``package``, ``checkout`` or ``folder``), ``changed_files``, ``misfits``
        (packages whose versions do not fit), ``mixed_line`` (of Brightway) and ``sound``. It
        names no place of the machine.
    """
    kind, _, changed = packages.installation()
    misfits = [str(one) for one in packages.misfits()[1]]
    mixed = [str(one) for one in packages.mixed_line()]
    return {
        "sound": not (changed or misfits or mixed),
        "installed": kind,
        "changed_files": changed[:20],
        "misfits": misfits[:20],
        "mixed_line": mixed,
    }
