"""Matrices of a database of the user's and of everything behind it, in double precision."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass
from typing import Any

import numpy as np

from lca_cardato.background.functional import BACKEND, by_product
from lca_cardato.background.nodes import FLOWS, NEGATIVE, POSITIVE, PRODUCTION, Edge, Key, Node
from lca_cardato.background.project import Project, plain
from lca_cardato.brightway.line import line
from lca_cardato.errors import CalculationError, InputError
from lca_cardato.sentence import say

EXPLICIT = ("process", "multifunctional", "product", "waste")
"""Types of nodes that make nothing unless an exchange says it; those of 2.4 make 1 of themselves."""


@dataclass(frozen=True)
class Process:
    """A process of the user's database.

    Attributes
    ----------
    key : (database, code)
    name, product, location, unit : str
    row : int
        Row of its reference product in the technosphere; -1 when it is not in the matrices.
    """

    key: Key
    name: str
    product: str
    location: str
    unit: str
    row: int


@dataclass(frozen=True)
class Flow:
    """An elementary flow of the user's project.

    Attributes
    ----------
    key : (database, code)
    id : int
        Id of the node in the project.
    name : str
    categories : tuple of str
    unit : str
    """

    key: Key
    id: int
    name: str
    categories: tuple[str, ...]
    unit: str


@dataclass(repr=False)
class UserMatrices:
    """A database of the user's with all that it links to.

    Attributes
    ----------
    databases : list of str
        The database asked for and those behind it.
    processes : list of Process
        Those of the database asked for.
    flows : list of Flow
        Rows of the biosphere.
    technosphere : csc_matrix, shape (products, processes)
        Production positive, use negative.
    biosphere : csc_matrix, shape (flows, processes)
    digest : str
        SHA-256 over names and numbers, independent of ids and of the order in the file.
    """

    databases: list[str]
    processes: list[Process]
    flows: list[Flow]
    technosphere: Any
    biosphere: Any
    digest: str


def load_matrices(project: Project, database: str) -> UserMatrices:
    """Read a database and everything behind it.

    Parameters
    ----------
    project : Project
    database : str

    Returns
    -------
    UserMatrices

    Raises
    ------
    InputError
        ``E307`` for links that lead nowhere, ``E328`` for processes with several products,
        ``E202`` for data that is not plain.
    DiskError
        ``E501`` when it can't be read.

    Notes
    -----
    Amounts are read from the exchanges themselves, because the processed arrays of the 2.4 line
    are in single precision.
    """
    nodes: dict[Key, Node] = {}
    edges: list[Edge] = []
    noted = project.databases()
    found, waiting = [], [database]
    while waiting:
        name = waiting.pop(0)
        found.append(name)
        own: dict[Key, Node] = {}
        for row in project.rows(
            "SELECT id, code, name, product, location, type, data "
            "FROM activitydataset WHERE database = ? ORDER BY code", (name,)
        ):  # fmt: skip
            number, code, *texts, data = row
            title, product, location, kind = (text or "" for text in texts)
            own[name, code] = Node(number, title, product, location, kind, bytes(data))
        links = [
            Edge((name, code), (home, made), kind, float(_plain(project, data)["amount"]))
            for code, home, made, kind, data in project.rows(
                "SELECT output_code, input_database, input_code, type, data "
                "FROM exchangedataset WHERE output_database = ? ORDER BY output_code", (name,)
            )
        ]  # fmt: skip
        if noted.get(name, {}).get("backend") == BACKEND:
            own, links = by_product(own, links, lambda node: _plain(project, node.data))
        nodes.update(own)
        edges += links
        waiting += sorted({edge.input[0] for edge in links} - {*found, *waiting})
    if not any(key[0] == database for key in nodes):
        raise InputError.one(
            "E328",
            say("the database '{database}' holds no process", database=database),
            file=str(project.lci),
        )
    return _assemble(project, database, found, nodes, edges)


def _plain(project: Project, data: bytes) -> Any:
    try:
        return plain(bytes(data))
    except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, ValueError) as error:
        raise InputError.one(
            "E202",
            say("the project holds data that is not plain: {error}", error=error),
            file=str(project.lci),
            suggestion=say("it is not opened; nothing in it was executed"),
        ) from None


def _assemble(
    project: Project, database: str, found: list[str], nodes: dict[Key, Node], edges: list[Edge]
) -> UserMatrices:
    from scipy.sparse import coo_matrix

    for edge in edges:
        if edge.kind in POSITIVE | NEGATIVE | FLOWS and edge.input not in nodes:
            raise InputError.one(
                "E307", say("an exchange links to a process that does not exist"),
                file=str(project.lci), value=" / ".join(edge.input),
                key=nodes[edge.output].name if edge.output in nodes else edge.output[1],
            )  # fmt: skip
    flow_keys = sorted({edge.input for edge in edges if edge.kind in FLOWS})
    made: dict[Key, list[Key]] = {}
    for edge in edges:
        if edge.kind in PRODUCTION:
            made.setdefault(edge.output, []).append(edge.input)
    taken = {edge.input for edge in edges if edge.kind in NEGATIVE}
    produced = {product for each in made.values() for product in each}
    columns = sorted({edge.output for edge in edges} | (taken - produced))
    implicit = [key for key in columns if key not in made]
    products = sorted({*produced, *implicit})
    if len(products) != len(columns):
        several = [key for key, each in made.items() if len(set(each)) > 1]
        raise CalculationError.one(
            "E328",
            say(
                "{processes} processes make {products} products; a background needs as many products "
                "as processes (allocate it first)",
                processes=len(columns),
                products=len(products),
            ),
            file=str(project.lci),
            key=nodes[several[0]].name if several else "",
        )
    for key in implicit:
        if line() != "2.4" and key in nodes and nodes[key].kind in EXPLICIT:
            raise InputError.one(
                "E328", say("the process makes nothing: it has no exchange of type production"),
                file=str(project.lci), key=nodes[key].name,
                suggestion=say("add one in Brightway, which refuses it as well"),
            )  # fmt: skip
    row = {key: i for i, key in enumerate(products)}
    column = {key: i for i, key in enumerate(columns)}
    flow_row = {key: i for i, key in enumerate(flow_keys)}
    system: list[tuple[int, int, float]] = [(row[k], column[k], 1.0) for k in implicit]
    emitted: list[tuple[int, int, float]] = []
    for edge in edges:
        at = column[edge.output]
        if edge.kind in FLOWS:
            emitted.append((flow_row[edge.input], at, edge.amount))
        elif edge.kind in POSITIVE | NEGATIVE:
            if edge.input not in row:
                raise InputError.one(
                    "E307", say("an exchange takes what no process makes"), file=str(project.lci),
                    value=nodes[edge.input].name, key=nodes[edge.output].name,
                )  # fmt: skip
            sign = 1.0 if edge.kind in POSITIVE else -1.0
            system.append((row[edge.input], at, sign * edge.amount))

    def matrix(entries: list[tuple[int, int, float]], size: int) -> Any:
        rows, cols, values = zip(*entries) if entries else ((), (), ())
        built = coo_matrix(
            (np.array(values, dtype=float), (rows, cols)), shape=(size, len(columns))
        ).tocsc()
        built.sum_duplicates()
        built.sort_indices()
        return built

    technosphere, biosphere = matrix(system, len(products)), matrix(emitted, len(flow_keys))
    flows = []
    for key in flow_keys:
        node = nodes[key]
        data = _plain(project, node.data)
        categories = tuple(data.get("categories") or ())
        flows.append(Flow(key, node.id, node.name, categories, str(data.get("unit", ""))))
    processes = []
    for key in (key for key in columns if key[0] == database):
        node, target = nodes[key], made.get(key, [key])[0]
        data = _plain(project, node.data)
        unit = data.get("unit") or _plain(project, nodes[target].data).get("unit", "")
        product = node.product or str(data.get("reference product", "")) or nodes[target].name
        processes.append(Process(key, node.name, product, node.location, str(unit), row[target]))
    total = hashlib.sha256("\n".join("|".join(key) for key in (*columns, *flow_keys)).encode())
    for built in (technosphere, biosphere):
        for part in (built.indptr, built.indices, built.data):
            total.update(np.ascontiguousarray(part).astype(part.dtype.newbyteorder("<")).tobytes())
    return UserMatrices(found, processes, flows, technosphere, biosphere, total.hexdigest())
