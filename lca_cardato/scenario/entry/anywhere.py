"""Put a text at any place of a tree."""

from __future__ import annotations

from typing import Any


def put_anywhere(tree: Any, parts: list[str], text: str) -> tuple:
    """Put a text at a place of a tree, with what is missing on the way; give the path.

    Raises
    ------
    ValueError, LookupError, TypeError, AttributeError
        There can't be such a place.
    """
    node, path = tree, ()
    for part, following in zip(parts, [*parts[1:], ""]):
        key: Any = int(part) if isinstance(node, list) else part
        path = (*path, key)  # type: ignore[assignment]
        item: Any = [] if following.isdigit() else {}
        if len(path) == len(parts):
            item = {"[]": [], "{}": {}}.get(text, text)  # type: ignore[call-overload]
            if isinstance(node, dict) or key < len(node):
                node[key] = item
        if isinstance(node, list) and key == len(node):
            node.append(item)
        elif isinstance(node, dict):
            node.setdefault(key, item)
        node = node[key]
    return path
