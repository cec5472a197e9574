"""What a product enters into the balance: its documents, the kilograms it claims, what is left out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Optional

from lca_cardato.claims.papers import Paper, paper_of
from lca_cardato.claims.shares import fibre_parts
from lca_cardato.errors import Problem
from lca_cardato.inventory.datum import Names
from lca_cardato.model.lots import contracted_kilograms
from lca_cardato.model.questions import Question
from lca_cardato.model.structure import ProductModel
from lca_cardato.scenario.evidence import Evidence
from lca_cardato.scenario.load import LoadedScenario
from lca_cardato.scenario.lots import paper_of as declared
from lca_cardato.scenario.models import BlendLine
from lca_cardato.words.said import Said


@dataclass(frozen=True)
class Claimed:
    """Kilograms of fibre that a line of a blend takes from a document."""

    key: str
    kilograms: Fraction
    place: str


@dataclass(frozen=True)
class LeftOut:
    """Something that the balance can't hold against a document.

    Attributes
    ----------
    place : str
        File and line.
    code : str
        Key of the text that says why, with `arguments`.
    """

    place: str
    code: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass
class Entry:
    """A product's part of the balance.

    Attributes
    ----------
    id : str
        Id of the scenario.
    digest : str
        SHA-256 of the file's bytes.
    place : str
        The file.
    asked : list of Question
        Everything that is questioned in it, with a reason or without.
    """

    id: str
    digest: str
    place: str
    papers: list[Paper] = field(default_factory=list)
    claimed: list[Claimed] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)


def unread(place: str, problem: Problem) -> LeftOut:
    """What is left out where a file is no sound scenario."""
    where = f"{place}:{problem.line}" if problem.line else place
    return LeftOut(where, "left_unread", {"code": problem.code, "why": problem.message})


@dataclass(frozen=True)
class Recipe:
    """What a product takes in, whatever its documents.

    Attributes
    ----------
    taken : tuple of (Names, Fraction)
        Fibres in the order of the blend, kg per kg of product.
    questions : tuple of Question
        Open questions about losses, on which this rests.
    asked : tuple of Question
        All questions.
    work : tuple of (str, Fraction)
        Lot sheets of contract processors, kg of their work per kg of product.
    """

    taken: tuple[tuple[Names, Fraction], ...]
    questions: tuple[Question, ...]
    asked: tuple[Question, ...] = ()
    work: tuple[tuple[str, Fraction], ...] = ()


def recipe_of(model: ProductModel) -> Recipe:
    """Give what a resolved product takes in."""
    return Recipe(
        tuple((part.line.fibre.name, part.fresh) for part in fibre_parts(model)),
        tuple(
            question
            for question in model.questions
            if question.open and (".loss" in question.key or "batch" in question.path)
        ),
        tuple(model.questions),
        tuple(contracted_kilograms(model)),
    )


def content_digest(loaded: LoadedScenario) -> str:
    """Give the SHA-256 of a scenario's content, the same for its file and for the copy in its run."""
    document = loaded.document
    raw = document.raw or document.text.encode() or repr(document.data).encode()
    return hashlib.sha256(raw).hexdigest()


def entry_of(loaded: LoadedScenario, recipe: Recipe) -> Entry:
    """Read off a product what it claims.

    Parameters
    ----------
    loaded : LoadedScenario
    recipe : Recipe
        Of the same scenario.

    Returns
    -------
    Entry
    """
    scenario, document = loaded.scenario, loaded.document
    name = document.name or scenario.id
    entry = Entry(scenario.id, content_digest(loaded), name)

    def at(*path: Any) -> str:
        line = document.position(path)[0]
        return f"{name}:{line}" if line else name

    entry.asked = [replace(item, line=document.position(item.path)[0]) for item in recipe.asked]
    keys: dict[str, str] = {}
    for short, item in scenario.documents.items():
        if item.mass is None:
            continue
        place = at("documents", short)
        paper = paper_of(short, item, item.mass.amount, loaded.files.get(short), place)
        keys[short] = paper.key
        entry.papers.append(paper)
    batch = scenario.product.batch
    if batch is None or batch.amount <= 0:
        code = "left_no_batch" if batch is None else "left_batch_zero"
        entry.left.append(LeftOut(at("product", "batch"), code, {"product": scenario.id}))
        return entry
    for question in recipe.questions:
        asked = {"figure": question.place, "typed": question.typed}
        entry.left.append(LeftOut(at(*question.path), "left_questioned", asked))
    for typed, share in recipe.work:
        found = document.lots[typed]
        item = Evidence.model_validate(declared(found, typed))
        paper = paper_of(f"lot:{typed}", item, found.sheet.delivered.kg, found.file, name)
        entry.papers.append(paper)
        entry.claimed.append(Claimed(paper.key, share * batch.amount, name))
    shown = {paper.key for paper in entry.papers if paper.shown}
    for (fibre, fresh), (path, line) in zip(recipe.taken, _lines(loaded)):
        place, cited = at(*path), line.document or ""
        key, kilograms = keys.get(cited), fresh * batch.amount
        if key is not None and kilograms > 0:
            entry.claimed.append(Claimed(key, kilograms, place))
        why = _left_code(kilograms, cited, key, shown)
        if why:
            told = {"fibre": fibre, "kg": f"{float(kilograms):.1f}", "document": Said(cited)}
            entry.left.append(LeftOut(place, why, told))
    return entry


def _left_code(kilograms: Fraction, cited: str, key: Optional[str], shown: set[str]) -> str:
    """Say why a line can't be held against a document; nothing where it can."""
    if kilograms <= 0:
        return "left_line_zero"
    if not cited:
        return "left_no_document"
    if key is None:
        return "left_document_mass"
    return "" if key in shown else "left_document_unseen"


def _lines(loaded: LoadedScenario) -> list[tuple[tuple, BlendLine]]:
    """Fibres of a product with their places, in the order of its parts."""
    found: list[tuple[tuple, BlendLine]] = []
    for number, yarn in enumerate(loaded.scenario.all_yarns()):
        start: tuple = ("yarns", number) if loaded.scenario.yarns else ()
        found += [
            ((*start, "blend", index), line)
            for index, line in enumerate(yarn.blend)
            if line.origin != "in_process_rework"
        ]
    return found
