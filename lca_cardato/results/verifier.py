"""What no program can check, document by document, for the verifier to look at."""

from __future__ import annotations

from typing import Any

from lca_cardato.claims.kinds import kinds_table
from lca_cardato.claims.outcome import Message
from lca_cardato.claims.uses import Use, uses
from lca_cardato.model.structure import ProductModel
from lca_cardato.words.language import Language


def for_the_verifier(model: ProductModel, words: Language) -> list[dict[str, Any]]:
    """List the documents of a scenario: what each is to prove, what counts, what to look at.

    Parameters
    ----------
    model : ProductModel
    words : Language

    Returns
    -------
    list of dict
        ``document``, ``kind``, ``issuer``, ``counts`` (whether nothing stands against it),
        ``proves``, ``gaps`` and ``look``: lists of sentences.
    """
    places: dict[str, list[Use]] = {key: [] for key in model.scenario.documents}
    for use in uses(model):
        places[use.document].append(use)
    return [_row(model, key, found, words) for key, found in places.items()]


def _row(model: ProductModel, key: str, found: list[Use], words: Language) -> dict[str, Any]:
    item, table = model.scenario.documents[key], kinds_table()
    things: dict[str, list[Message]] = {}
    for use in found:
        things.setdefault(use.thing, []).append(use.about)
    proves = [
        f"{words.show(table.things[thing].name)}: {words.show(about)}"
        for thing, about in things.items()
    ]
    gaps = [words.show(gap) for use in found for gap in use.gaps]
    look = [words.show(table.things[thing].look) for thing in things]
    look += [words.show(note) for use in found for note in use.notes]
    if not found:
        look.append(words("look_unused"))
    elif key not in model.files and item.sha256:
        look.append(words("look_digest"))
    return {
        "document": key,
        "kind": words.show(table.kinds[item.kind]),
        "issuer": item.issuer or "",
        "counts": bool(found) and not gaps,
        "proves": proves,
        "gaps": list(dict.fromkeys(gaps)),
        "look": list(dict.fromkeys(look)),
    }
