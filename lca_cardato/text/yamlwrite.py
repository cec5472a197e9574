"""Write a tree of texts as YAML that a person reads, and that `parse_document` reads back as it was."""

from __future__ import annotations

from typing import Any

import yaml

from lca_cardato.text.yamltree import Tree


class _Flow(dict):
    """A mapping that is written on one line."""


class _Writer(yaml.SafeDumper):
    """PyYAML's writer in Python, the same on every machine; list items are indented."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        """Indent the items of a list below its key."""
        return super().increase_indent(flow, False)  # type: ignore[no-untyped-call]


def _flow(writer: _Writer, value: _Flow) -> Any:
    return writer.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)


_Writer.add_representer(_Flow, _flow)


def yaml_text(tree: Tree) -> str:
    """Write a tree.

    Parameters
    ----------
    tree : dict, list, str or None
        Scalars are texts; those that YAML would take for something else are quoted.

    Returns
    -------
    str
        Entries of one level below a name, such as figures and documents, stand on one line.
    """
    return yaml.dump(
        _shaped(tree, ()), Dumper=_Writer, sort_keys=False, allow_unicode=True,
        default_flow_style=False, width=1_000_000,
    )  # fmt: skip


def _shaped(node: Any, path: tuple) -> Any:
    if isinstance(node, list):
        return [_shaped(item, (*path, "-")) for item in node]
    if not isinstance(node, dict):
        return node
    leaf = all(not isinstance(item, (dict, list)) for item in node.values())
    deep = sum(part != "-" for part in path) > 1
    return (_Flow if leaf and deep else dict)(
        {key: _shaped(item, (*path, key)) for key, item in node.items()}
    )
