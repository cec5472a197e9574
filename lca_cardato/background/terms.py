"""What those who keep a database ask of whoever computes with it: a source line, retired names."""

from __future__ import annotations

from typing import Protocol

BAFU = "bafu"
CREDIT = "Source: Life Cycle Inventory database of the Swiss Federal Administration, BAFU:{year}."
RETIRED = "xx"


class Named(Protocol):
    """What a mapping file says of its database."""

    @property
    def database(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def credit(self) -> str: ...  # noqa: D102
    @property
    def retired(self) -> str: ...  # noqa: D102


def credit_of(file: Named, database: str) -> str:
    """Source line that every output has to carry; empty where none is asked for.

    Parameters
    ----------
    file : MappingFile
        Its `credit`; BAFU's line stands where a mapping to BAFU leaves it out.
    database : str
        Name of the database in the user's project.
    """
    if file.credit or not _bafu(file, database):
        return file.credit
    return CREDIT.format(year=file.version)


def retired_prefix(file: Named) -> str:
    """How the names of retired processes begin; empty where the database has no such sign."""
    return file.retired or (RETIRED if _bafu(file, "") else "")


def is_retired(name: str, prefix: str) -> bool:
    """Whether a name carries the sign of a retired process: ``xx ...``, ``xxx ...``."""
    first = name.strip().split(" ")[0].lower()
    return bool(prefix) and first.startswith(prefix) and set(first) == set(prefix)


def _bafu(file: Named, database: str) -> bool:
    return any(name.lower().startswith(BAFU) for name in (file.database, database))
