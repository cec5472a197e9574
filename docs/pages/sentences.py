"""Carry the sentences of the program's errors into the catalogues of the other languages.

``python docs/pages/sentences.py``

A sentence is the text of a call of `say` (`lca_cardato.sentence`). One that is new, or whose
English has changed, is empty in a catalogue until a person has translated it; one that the program
says no more goes.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Iterator

import typer
import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from pages.catalogues import empty

from lca_cardato.cli.examples import examples
from lca_cardato.cli.main import app
from lca_cardato.cli.usage import texts_of
from lca_cardato.scenario.shipped import about, shipped_scenarios
from lca_cardato.words.language import LANGUAGES
from lca_cardato.words.told import SOURCE, path_of

PROGRAM = Path(__file__).resolve().parents[2] / "lca_cardato"
SAY = "say"
SHEETS = ("text/units_refused.yaml",)
"""Tables of the program whose values are sentences."""


def constants(node: ast.expr) -> list[str]:
    """Give the texts that an argument can be: one, or one of two.

    Raises
    ------
    ValueError
        It is put together, so that nobody could translate it.
    """
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    raise ValueError(f"line {node.lineno}: the text of a sentence is written out in the call")


def plural(call: ast.Call) -> str:
    """Give the second form of a sentence; empty where there is none."""
    given = [word.value for word in call.keywords if word.arg == "many"]
    return constants((call.args[1:] + given)[0])[0] if call.args[1:] + given else ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call of `say`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == SAY:
            yield node


def help_texts() -> Iterator[str]:
    """Give the texts of the help: of commands, options, examples and shipped scenarios."""
    yield from texts_of(typer.main.get_command(app))
    for rows in examples().values():
        yield from (told for told, _ in rows if told)
    yield from map(about, shipped_scenarios().values())


def said() -> dict[str, tuple[str, set[str]]]:
    """Find what the program says.

    Returns
    -------
    dict
        Sentence -> its plural, and the modules where it stands; in the order of the alphabet.
    """
    found: dict[str, tuple[str, set[str]]] = {}
    for path in sorted(PROGRAM.rglob("*.py")):
        name = path.relative_to(PROGRAM).as_posix()
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            if not call.args:
                continue
            for text in constants(call.args[0]):
                many, places = found.setdefault(text, (plural(call), set()))
                places.add(name)
                found[text] = (many or plural(call), places)
    for text in help_texts():
        found.setdefault(text, ("", set()))[1].add("cli")
    for name in SHEETS:
        for text in yaml.safe_load((PROGRAM / name).read_text(encoding="utf-8")).values():
            found.setdefault(text, ("", set()))[1].add(name)
    return dict(sorted(found.items()))


def read(path: Path, lang: str) -> Catalog:
    """Read a catalogue; an empty one where there is none yet."""
    if not path.exists():
        return empty(lang)
    with path.open("rb") as file:
        return read_po(file, locale=lang)


def renewed(old: Catalog, lang: str) -> Catalog:
    """Make a catalogue anew, with the translations that are there."""
    made = empty(lang)
    for text, (many, places) in said().items():
        before = old.get(text)
        string = before.string if before is not None else ("", "") if many else ""
        if many and isinstance(string, str):
            string = (string, string)
        message = made.add((text, many) if many else text, string, auto_comments=sorted(places))
        message.flags.discard("python-format")
    return made


def translated(message: Message) -> bool:
    """Whether a person has given every form of a sentence in the language."""
    forms = [message.string] if isinstance(message.string, str) else message.string
    return all(forms)


def main() -> None:
    """Write the catalogues of all languages but that of the program."""
    for lang in LANGUAGES:
        if lang == SOURCE:
            continue
        catalog = renewed(read(path_of(lang, "po"), lang), lang)
        with path_of(lang, "po").open("wb") as file:
            write_po(file, catalog, width=100)
        for text in [message.id for message in catalog if message.id and not translated(message)]:
            catalog.delete(text)
        with path_of(lang).open("wb") as file:
            write_mo(file, catalog)


if __name__ == "__main__":
    main()
