"""Load a scenario file: text, shape, and the checks that need no inventory."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, Iterable, Mapping, Optional, Sequence, Union

from pydantic import ValidationError

from lca_cardato.errors import InputError, Problem
from lca_cardato.scenario.entry.names import spell_out
from lca_cardato.scenario.evidence import EvidenceFile, read_documents, undeclared
from lca_cardato.scenario.lots import read_lots
from lca_cardato.scenario.models import BlendLine, Scenario
from lca_cardato.scenario.open import open_scenario
from lca_cardato.scenario.readings import Taken
from lca_cardato.scenario.yarn_files import opener
from lca_cardato.scenario.yarns import names_yarn, written_out
from lca_cardato.sentence import say
from lca_cardato.text.fields import as_texts, problems_of
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import check_quantity
from lca_cardato.text.yamltree import (
    HIDDEN,
    Document,
    hidden_text,
    tree_document,
)


@dataclass(frozen=True)
class LoadedScenario:
    """A scenario together with the document it came from (for positions in messages).

    Attributes
    ----------
    scenario : Scenario
    document : Document
    files : mapping
        Name of a document -> its file.
    readings : mapping
        Readings that it takes from files.
    varied : frozenset of tuple
        Paths of values that a space sets in place of what was typed; no paper can tell them.
    """

    scenario: Scenario
    document: Document
    files: Mapping[str, EvidenceFile] = field(default_factory=dict)
    readings: Mapping[str, Taken] = field(default_factory=dict)
    varied: frozenset[tuple] = frozenset()


class UnsoundScenario(InputError):
    """What is wrong with the shape of a scenario, with what was read of it.

    Attributes
    ----------
    document : Document or None
    loaded : LoadedScenario or None
        The scenario itself, where only its files are wrong.
    """

    def __init__(
        self, problems: Iterable[Problem], document: Optional[Document] = None,
        loaded: Optional[LoadedScenario] = None,
    ) -> None:  # fmt: skip
        super().__init__(problems)
        self.document, self.loaded = document, loaded


def load_scenario(
    source: Union[str, Path, Mapping[str, Any]], documents: Optional[Path] = None
) -> LoadedScenario:
    """Load a scenario from a file or from a mapping.

    Parameters
    ----------
    source : path or mapping
        YAML file or workbook, or the same content as nested dicts and lists.
    documents : path, optional
        Folder of the documents; the scenario's own folder when left out.

    Returns
    -------
    LoadedScenario

    Raises
    ------
    InputError
        With every problem that was found.
    DiskError
        The file can't be read.
    """
    if isinstance(source, Mapping):
        document = tree_document(as_texts(source))
        _refuse_hidden(document)
        return load_document(document, documents or Path())
    document, found = open_scenario(source)
    return load_document(document, documents or Path(source).parent, Path(source).parent, found)


def load_document(
    document: Document,
    documents: Path,
    folder: Optional[Path] = None,
    found: Sequence[Problem] = (),
) -> LoadedScenario:
    """Load a scenario that was parsed.

    Parameters
    ----------
    document : Document
    documents : Path
        Folder of its documents.
    folder : Path, optional
        Folder of its file, from which the files of yarns are named; without one, these lie in the
        folder of the documents or below.
    found : sequence of Problem
        What the reader of the file found.

    Raises
    ------
    InputError
        With every problem that was found.
    """
    found = [*found, *_besides(found, spell_out(document))]
    sheets, unread = read_lots(document, documents)
    if unread:
        raise UnsoundScenario([*found, *unread], document)
    if names_yarn(document.data):
        open_yarn = opener(folder or documents, document.name, closed=folder is None)
        document = written_out(document, open_yarn, validate_document)
    scenario = validate_document(document, found)
    files, problems = read_documents(dict(scenario.documents), document, documents)
    taken: Mapping[str, Taken] = {}
    if scenario.readings:
        from lca_cardato.scenario.take import take_readings

        taken, maps, more = take_readings(
            scenario.readings, files, document, documents, scenario.production_year
        )
        files, problems = {**files, **maps}, [*problems, *more]
    loaded = LoadedScenario(scenario, document, {**files, **sheets}, taken)
    if problems:
        raise UnsoundScenario(problems, document, loaded)
    return loaded


def validate_document(document: Document, found: Sequence[Problem] = ()) -> Scenario:
    """Validate a parsed document as a scenario; all problems are raised at once.

    Parameters
    ----------
    document : Document
        Names of people in it give way to the words of a file, see `lca_cardato.scenario.entry.names`.
    found : sequence of Problem
        What its reader found.

    Raises
    ------
    InputError
    """
    if not isinstance(document.data, dict):
        raise InputError([document.problem("E112", say("a scenario is a mapping (key: value)"))])
    found = [*found, *_besides(found, spell_out(document))]
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        problems = problems_of(error, document, Scenario)
        if problems[0].code == "E218":  # all else may be right there
            raise InputError(problems[:1]) from None
        problems += _figures(document) + undeclared(document)
        problems = [*found, *_besides(found, problems)]
        raise UnsoundScenario(_in_order(problems, document), document) from None
    problems = [*found, *_besides(found, _shares(scenario, document) + undeclared(document))]
    if problems:
        problems += _besides(problems, _figures(document))
        raise UnsoundScenario(_in_order(problems, document) if found else problems, document)
    return scenario


def _in_order(problems: list[Problem], document: Document) -> list[Problem]:
    """Sort problems by their places: lines of a file, or cells of a workbook."""
    if document.cells:
        from lca_cardato.scenario.entry.layout import rank

        return sorted(problems, key=lambda p: rank(p.key))
    return sorted(problems, key=lambda p: (p.line, p.column))


def _besides(found: Sequence[Problem], others: list[Problem]) -> list[Problem]:
    """Give the problems of places of which none is told yet."""
    places = {(one.line, one.column, one.key) for one in found}
    return [one for one in others if (one.line, one.column, one.key) not in places]


def _figures(document: Document) -> list[Problem]:
    """Look at numbers and units of the readings, of a file that goes no further."""
    problems: list[Problem] = []
    todo: list[tuple[tuple, Any]] = [((), document.data)]
    while todo:
        path, node = todo.pop()
        items: Any = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in items:
            if isinstance(value, (dict, list)):
                todo.append((path + (key,), value))
            elif key == "value" and isinstance(value, str):
                try:
                    check_quantity(value)
                except QuantityError as wrong:
                    spot = path + (key,)
                    problems.append(
                        document.problem(wrong.code, wrong.message, spot, value, wrong.suggestion)
                    )
    return problems


def _shares(scenario: Scenario, document: Document) -> list[Problem]:
    """Check that every list of shares sums to exactly 1."""
    problems: list[Problem] = []

    def check(lines: list, path: tuple, what: str) -> None:
        total = sum((line.share for line in lines), Fraction(0))
        if total != 1:
            gap = float((total - 1) * 100)
            text = say(
                "the shares of the {what} sum to {total:.10g} %, {gap:.4g} % too much"
                if gap > 0
                else "the shares of the {what} sum to {total:.10g} %, {gap:.4g} % too little",
                what=what,
                total=total * 100,
                gap=abs(gap),
            )
            problems.append(document.problem("E301", text, path))

    if scenario.blend:
        check(scenario.blend, ("blend",), say("blend"))
        return problems + _rework(scenario.blend, ("blend",), document)
    check(scenario.yarns, ("yarns",), say("yarns"))
    names = [yarn.name for yarn in scenario.yarns]
    problems += [
        document.problem("E201", say("yarn name used twice"), ("yarns", index, "name"), name)
        for index, name in enumerate(names)
        if name in names[:index]
    ]
    for index, yarn in enumerate(scenario.yarns):
        path = ("yarns", index, "blend")
        check(yarn.blend, path, say("blend of yarn {name}", name=yarn.name))
        problems += _rework(yarn.blend, path, document)
    return problems


def _rework(blend: list[BlendLine], path: tuple, document: Document) -> list[Problem]:
    rework = sum((b.share for b in blend if b.origin == "in_process_rework"), Fraction(0))
    if rework >= 1:
        return [
            document.problem("E304", say("a mixture can't be made of its own rework alone"), path)
        ]
    return [
        document.problem("E213", say("key '{key}' is missing", key="fibre"), path + (index,))
        for index, line in enumerate(blend)
        if line.fibre == "same-blend" and line.origin != "in_process_rework"
    ]


def _refuse_hidden(document: Document) -> None:
    """Refuse in nested dicts and lists what the reader of files refuses."""
    problems = []
    for path in document.positions:
        value: Any = document.data
        for key in path:
            value = value[key]
        for text in (value, path[-1] if path else ""):
            found = HIDDEN.search(text) if isinstance(text, str) else None
            if found:
                problems.append(document.problem("E221", hidden_text(found.group()), path))
    if problems:
        raise InputError(problems)
