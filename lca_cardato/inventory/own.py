"""Records of the user's own: their names say so wherever they are shown."""

from __future__ import annotations

from typing import Any

from lca_cardato.inventory.datum import Names
from lca_cardato.words.own import own_name, own_names


def marked(record: Any) -> Any:
    """Mark the name of a record, or the title of a source, as the user's.

    Parameters
    ----------
    record : Any
        Dataset, step, fibre, source or another record; one without a name comes back as it is.

    Notes
    -----
    A record may take the place of a shipped one under the same name; on no screen and in no file
    is it to be taken for that one. The label of a fibre stays, for it is printed on the product.
    """
    name = getattr(record, "name", None)
    if isinstance(name, Names):
        return record.model_copy(update={"name": Names(**own_names(name.en, name.it))})
    title = getattr(record, "title", None)
    if isinstance(title, str):
        return record.model_copy(update={"title": own_name(title)})
    return record
