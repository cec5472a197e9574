"""Names of the columns of a batch, as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.batch.run import BatchResult


def titled(result: BatchResult, words: Language, name: str, brief: bool = False) -> str:
    """Name a column of a batch.

    Parameters
    ----------
    result : BatchResult
    words : Language
    name : str
        Of the column in files.
    brief : bool
        Whether the bracket of an indicator is left out.
    """
    title = result.titles.get(words.lang, {}).get(name, name)
    kinds = {column.name: column.kind for column in result.columns}
    return title.split(" (")[0] if brief and kinds.get(name) == "indicator" else title
