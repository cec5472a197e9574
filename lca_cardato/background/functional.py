"""Databases of Activity Browser 3 (``functional_sqlite`` of bw_functional): products are nodes of their own.

A process holds the exchanges, a product names the process that makes it (``processor``) and its share of
them (``allocation_factor``). Brightway solves them with a column for each product, in which the exchanges
of its process count with that share; so do we.
"""

from __future__ import annotations

from typing import Any, Callable, Iterable, Mapping

from lca_cardato.background.nodes import PRODUCTION, Edge, Key, Node

BACKEND = "functional_sqlite"
PRODUCTS = ("product", "waste")


def by_product(
    nodes: Mapping[Key, Node], edges: Iterable[Edge], data_of: Callable[[Node], Any]
) -> tuple[dict[Key, Node], list[Edge]]:
    """Give processes and exchanges of such a database with a process for each product.

    Parameters
    ----------
    nodes : mapping
        Those of the database.
    edges : iterable of Edge
        Those that end in it.
    data_of : callable
        Reads what is stored of a node.

    Returns
    -------
    dict
        Nodes: a product has the name of its process, and its own name as that of the product.
    list of Edge
        Exchanges of a product: its production, and its share of all others.
    """
    made: dict[Key, list[tuple[Key, float]]] = {}
    found: dict[Key, Node] = {}
    for key, node in nodes.items():
        data = data_of(node)
        home = data.get("processor")
        if node.kind not in PRODUCTS or not home:
            found[key] = node
            continue
        maker = nodes.get(tuple(home))
        stored = data.get("allocation_factor")
        share = 1.0 if stored is None or stored != stored else float(stored)
        made.setdefault(tuple(home), []).append((key, share))
        product = str(data.get("product") or data.get("reference product") or node.name)
        place = node.location or (maker.location if maker else "")
        name = maker.name if maker else node.name
        found[key] = node._replace(name=name, product=product, location=place)
    rows = []
    for edge in edges:
        for product_key, share in made.get(edge.output, []):
            if edge.kind not in PRODUCTION:
                rows.append(Edge(product_key, edge.input, edge.kind, edge.amount * share))
            elif edge.input == product_key:
                rows.append(Edge(product_key, edge.input, edge.kind, edge.amount))
    return found, rows
