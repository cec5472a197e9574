"""A fabric of a run that was written out from the file of its yarn, written out once more."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator, Mapping

from lca_cardato.audit.layout import DOCUMENTS, SCENARIO, YARNS
from lca_cardato.audit.read import read_file
from lca_cardato.audit.rows import row_problems, rows_of
from lca_cardato.errors import CardatoError, InputError, MissingError, shorten
from lca_cardato.scenario.entry.names import spell_out
from lca_cardato.scenario.load import validate_document
from lca_cardato.scenario.lots import read_lots
from lca_cardato.scenario.yarn_files import YarnFile
from lca_cardato.scenario.yarns import FABRIC, written_out
from lca_cardato.sentence import say
from lca_cardato.text.yamltree import decode, parse_document

FACTS = ("yarn", "file", "id", "sha256", "run")
"""What a row says of the source of a yarn."""
RUN = ("run", "version", "inventory_sha256")


def yarn_problems(folder: Path, tree: Any, result: Mapping[str, Any]) -> Iterator[str]:
    """Tell where the copy of the scenario is not what follows from the files of fabric and yarns.

    Without such files the sources of the yarns stand as stated, which a warning of the result says.

    Parameters
    ----------
    folder : Path
        Run folder.
    tree : dict
        The copy of the scenario.
    result : mapping
        ``result.json``.
    """
    sources = {str(yarn.get("name")): yarn["yarn"] for yarn in _yarns(tree) if "yarn" in yarn}
    kept = folder / YARNS
    files = {path.name for path in kept.iterdir()} if kept.is_dir() else set()
    wanted = {FABRIC, *(f"{name}.yaml" for name in sources)} if files else set()
    for name in sorted(files ^ wanted):
        told = say("no file of a yarn") if name in files else say("missing")
        yield say("{name}: {told}", name=f"{YARNS}/{shorten(name)}", told=told)
    said = [tuple(row[key] for key in FACTS) for row in rows_of(result, "yarns")]
    typed = [(name, *(one.get(key) or "" for key in FACTS[1:])) for name, one in sources.items()]
    yield from row_problems("yarns", sorted(said), sorted(typed), SCENARIO)
    if files ^ wanted or not files:
        return

    def copy(name: str) -> Any:
        place = f"{YARNS}/{name}"
        raw = read_file(folder, place)
        document = parse_document(decode(raw, place), place)
        document.raw = raw
        return document

    def open_yarn(_: str, name: str) -> YarnFile:
        source = sources[name]
        return YarnFile(
            copy(f"{name}.yaml"), None, {key: source[key] for key in RUN if key in source}
        )

    try:
        fabric = copy(FABRIC)
        spell_out(fabric)
        _, unread = read_lots(fabric, folder / DOCUMENTS)
        if unread:
            raise InputError(unread)
        again = written_out(fabric, open_yarn, validate_document)
    except InputError as error:
        yield say("{name}: {told}", name=YARNS, told=error.problems[0].message)
        return
    except MissingError:
        raise
    except CardatoError as error:
        yield say("{name}: can't be read: {why}", name=YARNS, why=error.problems[0].message)
        return
    if again.data != tree:
        yield say("{name}: not what follows from {file}", name=SCENARIO, file=YARNS)


def _yarns(tree: Any) -> list[Any]:
    return [yarn for yarn in tree.get("yarns") or [] if isinstance(yarn, dict)]
