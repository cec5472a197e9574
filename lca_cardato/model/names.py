"""Questions about names as they were typed: letters that look like others, one's own contractor."""

from __future__ import annotations

import unicodedata
from typing import Any, Iterator

from lca_cardato.model.questions import Question
from lca_cardato.model.structure import ProductModel
from lca_cardato.text.companies import same_company
from lca_cardato.text.letters import odd_letters
from lca_cardato.text.yamltree import Document, dotted
from lca_cardato.words.said import Said

NAMES = ("issuer", "lot", "company", "name")
"""Keys whose text names somebody, or a lot."""


def names_asked(model: ProductModel, document: Document) -> Iterator[Question]:
    """Ask about names that no honest paper has.

    Parameters
    ----------
    model : ProductModel
    document : Document
        Text of the scenario.

    Yields
    ------
    Question
        Without a reason; the caller adds what the mill wrote.
    """
    company = model.scenario.company.name or ""
    tree: Any = document.data
    for path in document.positions:
        if path[-1:] and path[-1] in NAMES and path[0] != "reasons" and path != ("product", "name"):
            value = tree
            for part in path:
                value = value[part]
            if not isinstance(value, str):
                continue
            if letters := odd_letters(value):
                told = ", ".join(f"U+{ord(one):04X} {unicodedata.name(one, '')}" for one in letters)
                yield _question("question_letters", path, value, document, letters=told)
            elif path[-1] == "company" and company and _contracted(tree, path):
                if same_company(value, company):
                    yield _question(
                        "question_own_contract", path, value, document, company=Said(company)
                    )


def _contracted(tree: Any, path: tuple) -> bool:
    """Whether the step that names a company is contracted to it."""
    step = tree
    for part in path[:-1]:
        step = step[part]
    return isinstance(step, dict) and step.get("operator") == "contract"


def _question(code: str, path: tuple, typed: str, document: Document, **told: Any) -> Question:
    return Question(
        dotted(path), path, typed, code, told, document.name, document.position(path)[0]
    )
