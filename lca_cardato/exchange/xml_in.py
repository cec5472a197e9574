"""XML of other programs, read without document types and entities."""

from __future__ import annotations

from typing import Any, Iterator, Optional
from xml.etree import ElementTree

Node = ElementTree.Element
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class _Strict(ElementTree.TreeBuilder):
    """Builds a tree; a document type, in which entities are declared, is refused."""

    def doctype(self, *_: Any) -> None:
        raise ValueError("a document type")


def tree(data: bytes) -> Node:
    """Read a document.

    Raises
    ------
    ValueError, SyntaxError
        For a document type, and for what is no XML.
    """
    parser = ElementTree.XMLParser(target=_Strict())
    parser.feed(data)
    root: Node = parser.close()
    return root


def local(node: Node) -> str:
    """Name of an element without its namespace."""
    return str(node.tag).rsplit("}", 1)[-1]


def space(node: Node) -> str:
    """Namespace of an element; empty for none."""
    return str(node.tag)[1:].partition("}")[0] if str(node.tag).startswith("{") else ""


def each(node: Optional[Node], name: str) -> Iterator[Node]:
    """Elements of a name at any depth."""
    return (child for child in (() if node is None else node.iter()) if local(child) == name)


def first(node: Optional[Node], name: str) -> Optional[Node]:
    """First element of a name at any depth."""
    return next(each(node, name), None)


def inside(node: Optional[Node], name: str) -> Iterator[Node]:
    """Elements of a name that stand directly inside."""
    return (child for child in (() if node is None else node) if local(child) == name)


def text(node: Optional[Node], name: str) -> str:
    """Text of the first element of a name: the English one where there are several languages."""
    found = list(each(node, name))
    best = next((child for child in found if child.get(LANG) == "en"), found[0] if found else None)
    return ((best.text if best is not None else "") or "").strip()


def attribute(node: Optional[Node], name: str) -> str:
    """Attribute of an element, empty where either is missing."""
    return (node.get(name) or "").strip() if node is not None else ""
