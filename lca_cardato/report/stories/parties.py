"""Section of a report that names those behind a product: company, contractors, lots."""

from __future__ import annotations

from typing import Any

from lca_cardato.report.parts import Block, Cell, Section, Table
from lca_cardato.report.tables.cells import heads
from lca_cardato.words.language import Language
from lca_cardato.words.said import NAME


def parties_section(document: dict[str, Any], words: Language) -> Section:
    """Name company, contractors and lots; empty for results before version 4.

    Parameters
    ----------
    document : dict
        Result document.
    words : Language
    """
    if "company" not in document:
        return Section("parties", words("sec_parties"), [])
    blocks: list[Block] = [_company(document, words)]
    blocks += [
        table for table in (_contractors(document, words), _lots(document, words)) if table.rows
    ]
    return Section("parties", words("sec_parties"), blocks)


def _company(document: dict[str, Any], words: Language) -> Table:
    company, product = document["company"], document["product"]
    traced, missing = document["traceability"], words("sheet_none")
    told = missing
    if traced:
        told = words(f"traced_{traced['method']}")
        told += f", {traced['year']}" if traced["year"] else ""
    label = product["label"]
    rows = [
        ("run_company", _quoted(company["name"], words) or words("sheet_no_company")),
        ("party_place", _quoted(company["municipality"], words) or missing),
        ("party_role", words(f"role_{company['role']}")),
        ("goal_product", words.quote(product["name"], NAME)),
        ("sheet_label", label[words.lang] if label else words("sheet_no_label")),
        (
            "sheet_batch",
            f"{words.readable(product['batch_kg'])} kg" if product["batch_kg"] else missing,
        ),
        ("party_traced", told),
    ]
    cells = [[Cell(words(key)), Cell(text)] for key, text in rows]
    title = words("tab_company")
    return Table("company", title, heads(words, "c_subject", "c_description"), cells)


def _contractors(document: dict[str, Any], words: Language) -> Table:
    """List who else does steps; one without a name with the issuers of its documents."""
    issuers = {row["id"]: row["issuer"] for row in document["documents"]}
    rows = []
    for row in document["contractors"]:
        name = _quoted(row["name"], words)
        if not name:
            found = dict.fromkeys(issuers.get(key, "") for key in row["documents"])
            told = ", ".join(_quoted(text, words) for text in found if text)
            name = words("party_issuers", issuers=told) if told else words("party_nameless")
        steps = ", ".join(step["name"] for step in row["steps"])
        rows.append([
            Cell(name), Cell(_quoted(row["municipality"], words) or words("sheet_none")),
            Cell(words(f"operator_{row['operator']}")), Cell(steps), Cell(", ".join(row["documents"])),
        ])  # fmt: skip
    keys = ("party_name", "party_place", "party_role", "party_steps", "tab_documents")
    return Table("contractors", words("tab_contractors"), heads(words, *keys), rows)


def _lots(document: dict[str, Any], words: Language) -> Table:
    rows = [
        [Cell(_quoted(row["lot"], words)), Cell(row["name"]), Cell(words(row["origin"])),
         Cell(row["document"])]
        for row in document["lots"]
    ]  # fmt: skip
    columns = heads(words, "doc_lot", "c_fibre", "c_origin_short", "doc_id")
    return Table("lots", words("sheet_lots"), columns, rows)


def _quoted(text: str, words: Language) -> str:
    return words.quote(text, NAME) if text else ""
