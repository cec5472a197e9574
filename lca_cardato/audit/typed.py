"""What a run folder says of the scenario, held against the copy of the scenario itself."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, Iterator, Mapping, Optional

from pydantic import TypeAdapter, ValidationError

from lca_cardato.audit.layout import SCENARIO, WORKBOOK
from lca_cardato.audit.lots import lot_problems
from lca_cardato.audit.parties import parties_problems
from lca_cardato.audit.read import read_file
from lca_cardato.audit.readings import readings_problems
from lca_cardato.audit.yarns import yarn_problems
from lca_cardato.errors import InputError, shorten
from lca_cardato.model.figures import UNITS, figure_parameter
from lca_cardato.results.evidence import document_row
from lca_cardato.scenario.entry.names import spell_out
from lca_cardato.scenario.entry.read import read_scenario_workbook
from lca_cardato.scenario.evidence import Evidence
from lca_cardato.scenario.figure import FigureField
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError
from lca_cardato.text.yamltree import Document, decode, parse_document

FIBRE = ("fibre", "origin", "lot", "document")
"""What a row of fibre masses has of its blend line as it was typed."""


def scenario_problems(
    folder: Path, ledger: Mapping[str, Any], resolved: Mapping[str, Any], result: Mapping[str, Any]
) -> Iterator[str]:
    """Documents, fibres, figures and names that do not stand so in the copy of the scenario.

    Parameters
    ----------
    folder : Path
    ledger, resolved, result : mapping
        ``claims.json``, ``resolved.json`` and ``result.json``.
    """
    try:
        copy = parse_document(decode(read_file(folder, SCENARIO), SCENARIO), SCENARIO)
    except InputError as error:
        yield say("{place}: {why}", place=SCENARIO, why=error.problems[0].message)
        return
    spell_out(copy)
    tree: Any = copy.data
    if (folder / WORKBOOK).is_file():
        yield from _workbook(folder, tree)
    yield from _documents(tree, ledger)
    yield from _fibres(tree, ledger)
    yield from parties_problems(tree, ledger, result)
    yield from yarn_problems(folder, tree, result)
    yield from lot_problems(folder, tree, result)
    yield from readings_problems(folder, tree, resolved, result)
    yield from _figures(copy, resolved)
    said, product = result["scenario"], result["product"]
    for name, value, typed in (
        ("scenario.note", said.get("note"), tree.get("note")),
        ("product.name", product["name"], tree["product"]["name"]),
        ("product.type", product["type"], tree["product"]["type"]),
        ("product.boundary", product["boundary"], tree["product"].get("boundary", "cradle_to_gate")),
    ):  # fmt: skip
        if (value or "").split() != (typed or "").split():
            yield say("result.json: {name}: not what {file} says", name=name, file=SCENARIO)


def _workbook(folder: Path, tree: Any) -> Iterator[str]:
    """Whether the workbook of the run says what stands in the copy of the scenario."""
    try:
        read, found = read_scenario_workbook(read_file(folder, WORKBOOK), WORKBOOK)
    except InputError as error:
        yield say("{place}: {why}", place=WORKBOOK, why=error.problems[0].message)
        return
    if found or read.data != tree:
        yield say("{place}: not what {file} says", place=SCENARIO, file=WORKBOOK)


def _documents(tree: Any, ledger: Mapping[str, Any]) -> Iterator[str]:
    """Documents of the ledger that the scenario declares otherwise; none of the first releases."""
    if "documents" not in ledger:
        return
    typed = tree.get("documents") or {}
    rows = {str(row["id"]): row for row in ledger["documents"]}
    for key in sorted(set(rows) ^ set(typed)):
        yield say(
            "claims.json: documents: {key}: not in both ledger and {file}",
            key=shorten(key),
            file=SCENARIO,
        )
    for key in sorted(set(rows) & set(typed)):
        try:
            item = Evidence.model_validate(typed[key])
        except ValidationError:
            yield say(
                "{file}: documents.{key}: no document of a scenario",
                file=SCENARIO,
                key=shorten(key),
            )
            continue
        wanted = document_row(key, item, item.file or "", item.sha256 or rows[key]["sha256"])
        for name, value in wanted.items():
            if rows[key].get(name) != value:
                yield say(
                    "claims.json: documents: {key}: {name}: not what {file} says",
                    key=shorten(key),
                    name=name,
                    file=SCENARIO,
                )


def _fibres(tree: Any, ledger: Mapping[str, Any]) -> Iterator[str]:
    """Fibres of the ledger that are none of the blend."""
    blends = [tree.get("blend") or [], *(yarn["blend"] for yarn in tree.get("yarns") or [])]
    lines = [line for blend in blends for line in blend]
    typed = {
        tuple(" ".join(str(line.get(name) or "").split()) for name in FIBRE[2:]) for line in lines
    }
    for row in ledger["fibres"]:
        if tuple(" ".join(str(row[name]).split()) for name in FIBRE[2:]) not in typed:
            told = shorten(f"{row['fibre']} {row['origin']}")
            yield say(
                "claims.json: fibres: {fibre}: lot and document are those of no line of {file}",
                fibre=told,
                file=SCENARIO,
            )


def _figures(copy: Document, resolved: Mapping[str, Any]) -> Iterator[str]:
    """Exact numbers of figures that are not what was typed."""
    places: dict[int, list[tuple]] = {}
    for path, (line, _) in copy.positions.items():
        places.setdefault(line, []).append(path)
    for row in resolved["values"]:
        if row["origin"] != "scenario":
            continue
        found = _typed(copy, str(row["key"]), places.get(row["line"], []))
        if found is not None and str(found) != row["exact"]:
            yield say(
                "resolved.json: {key}: exact: not what {file} says",
                key=shorten(str(row["key"])),
                file=SCENARIO,
            )


def _typed(copy: Document, key: str, places: list[tuple]) -> Optional[Fraction]:
    """Give the exact number of a figure on a line; None where it is not read from there alone."""
    owner, _, rest = key.rpartition("/")
    kind, _, of = rest.partition(".")[2].partition(".")
    if not owner or kind not in UNITS:
        return None
    word = of if kind == "chemicals" else kind
    found = []
    for path in places:
        names = [part for part in path if isinstance(part, str)]
        if names and names[-1] == word:
            node: Any = copy.data
            for part in path:
                node = node[part]
            found += [node] if isinstance(node, (str, dict)) else []
    if len(found) != 1:
        return None
    try:
        figure = TypeAdapter(FigureField).validate_python(found[0])
        if figure.heating_value_basis == "higher":  # its ratio stands in the inventory
            return None
        if figure.reading is not None or figure.by == "length":  # files and counts decide
            return None
        return figure_parameter(key, kind, figure, "", 0, Fraction(1)).amount
    except (ValidationError, QuantityError):
        return None
