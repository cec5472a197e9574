"""Many products: `claims balance` and `claims year`, what is claimed against what there was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

from lca_cardato.cli import complete
from lca_cardato.cli.console import console, leave, show_first, show_table
from lca_cardato.cli.options import InventoriesOption, Lang, LangOption, argument
from lca_cardato.errors import EXIT_NOT_MET, EXIT_OK, shorten
from lca_cardato.words.language import Language
from lca_cardato.words.said import one_line

if TYPE_CHECKING:
    from fractions import Fraction

    from lca_cardato.claims.alike import Alike
    from lca_cardato.claims.books import Books, DocumentBalance
    from lca_cardato.claims.entries import LeftOut
    from lca_cardato.model.questions import Question

LINE = 4000
"""Characters of a line; what does not belong into one, as in names of files, is replaced."""
ASKED = 5
"""So many questions are told one by one, open ones first."""
PLACES = 3
"""So many places of a document are named."""


def balance(
    scenarios: Annotated[
        list[Path],
        argument(
            "SCENARIO...", "Scenarios with `product.batch`, run folders, or folders of such.",
            complete.scenarios,
        ),
    ],
    lang: LangOption = Lang.en,
    inventories: InventoriesOption = None,
) -> None:  # fmt: skip
    """Hold the kilograms that products claim against their documents; 1 when they don't add up."""
    from lca_cardato.claims.alike import alike
    from lca_cardato.claims.balance import balance_books
    from lca_cardato.claims.books import KEPT

    words = Language(lang.value)
    books = balance_books(scenarios, inventories)
    _show_asked(books.asked, books.asked_count, inventories, words)
    rows: list[DocumentBalance] = []
    wrong = count = disagreed = 0
    for row in books.documents():
        count += 1
        bad = row.left < 0 or len(row.masses) > 1
        wrong += row.left < 0
        disagreed += len(row.masses) > 1
        if bad or len(rows) < KEPT:
            rows.append(row)
    shown = rows if count <= KEPT else [row for row in rows if row.left < 0 or len(row.masses) > 1]
    heads = [words(f"c_{key}") for key in ("documented", "claimed", "left", "products")]
    listed = [
        (", ".join(row.names), row.documented, row.left, _some(list(row.claimed)))
        for row in shown[:KEPT]
    ]
    if listed:
        _show_kilograms(words, [words("balance_head"), *heads], listed)
    told = [] if len(shown) <= KEPT else [words("and_more", count=len(shown) - KEPT)]
    told += [words("balance_read", count=books.products, copies=books.copies, documents=count)]
    told += _disagreeing(rows, words) + _twice(books, words)
    told += _left_out(books.left, sum(books.left_by.values()), words)
    told += _renamed(books, words)
    questions = alike(books)
    told += [_question(item, words) for item in questions[:KEPT]]
    if len(questions) > KEPT:
        told.append(words("and_more", count=len(questions) - KEPT))
    if wrong:
        names = [", ".join(row.names) for row in rows if row.left < 0]
        told.append(words("balance_over", documents=_some(names)))
    doubtful = [item for item in questions if item.over]
    if wrong or disagreed or doubtful or books.left_by or books.twice:
        told.append(words("balance_open"))
        code = EXIT_NOT_MET
    else:
        told.append(words("balance_closed"))
        code = EXIT_OK
    _tell(told)
    leave(code)


def year(
    file: Annotated[Path, argument("FILE", "Balance of a year (YAML).", complete.balances)],
    lang: LangOption = Lang.en,
    inventories: InventoriesOption = None,
) -> None:
    """Balance a calendar year by origin class, where lots are not managed; 1 when over or open."""
    from lca_cardato.claims.year import year_balance
    from lca_cardato.inventory.load import load_inventory

    words = Language(lang.value)
    found = year_balance(file, load_inventory(extra=inventories))
    _show_asked(found.asked, len(found.asked), inventories, words)
    rows = [
        (words(row.origin), row.available, row.left, row.document or words("no_register"))
        for row in found.origins
    ]
    heads = [words(f"c_{key}") for key in ("available", "claimed", "left", "register")]
    _show_kilograms(words, [f"{words('c_origin')} {found.year}", *heads], rows)
    told = _left_out(found.left, len(found.left), words)
    over = [words(row.origin) for row in found.origins if row.left < 0]
    if over:
        told.append(words("year_over", origins=", ".join(over)))
    told.append(words("year_open" if over or found.left else "balance_closed"))
    _tell(told)
    leave(EXIT_NOT_MET if over or found.left else EXIT_OK)


def _show_asked(
    asked: list[tuple[str, Question]], count: int, inventories: Optional[Path], words: Language
) -> None:
    """Print what is questioned in the products, and the own inventories, before the balance."""
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.results.notices import notices, question_notice

    asked = sorted(asked, key=lambda one: not one[1].open)[:ASKED]
    found = [(one_line(place), question_notice(item, words)) for place, item in asked]
    told = [{**item, "text": f"{place}: {item['text']}"} for place, item in found]
    own = notices((), load_inventory(extra=inventories), words) if inventories else []
    show_first([*told, *own], words)
    if count > len(asked):
        console().print(words("notice_rest", count=str(count - len(asked))))


def _show_kilograms(
    words: Language, heads: list[str], rows: list[tuple[str, Fraction, Fraction, str]]
) -> None:
    """Print what there is, what is claimed and what is left, kg."""
    show_table(
        heads,
        [
            [name, *(_kg(words, mass) for mass in (there, there - left, left)), note]
            for name, there, left, note in rows
        ],
    )


def _kg(words: Language, mass: Fraction) -> str:
    """Write kilograms so that a shortfall, however small, is none of 0.0."""
    text = f"{float(mass):.1f}"
    return words.decimal(text if mass == 0 or float(text) else f"{float(mass):.2g}")


def _tell(lines: list[str]) -> None:
    screen = console()
    for line in lines:
        screen.print(shorten(line, LINE), soft_wrap=True)


def _some(items: list[str], most: int = 5) -> str:
    """List the first of many."""
    more = len(items) - most
    return ", ".join(items[:most]) + (f" (+{more})" if more > 0 else "")


def _left_out(left: list[LeftOut], count: int, words: Language) -> list[str]:
    """Say what could not be held against a document."""
    if not left:
        return []
    lines = [words("left_head", count=count)]
    for item in left:
        told = {
            key: words(value) if key == "origin" else value for key, value in item.arguments.items()
        }
        lines.append(f"  {item.place}: {words(item.code, **told)}")
    if count > len(left):
        lines.append("  " + words("and_more", count=count - len(left)))
    return lines


def _disagreeing(rows: list[DocumentBalance], words: Language) -> list[str]:
    return [
        words("balance_masses", document=", ".join(row.names),
              masses=", ".join(f"{_kg(words, mass)} kg" for mass in row.masses),
              places=_some(row.places, PLACES))
        for row in rows
        if len(row.masses) > 1
    ]  # fmt: skip


def _twice(books: Books, words: Language) -> list[str]:
    return [
        words("balance_twice", product=name, places=_some(places, PLACES))
        for name, places in books.twice
    ]


def _renamed(books: Books, words: Language) -> list[str]:
    from lca_cardato.claims.books import KEPT

    lines: list[str] = []
    for number, (key, names) in enumerate(books.renamed()):
        if number < KEPT:
            shown = _some([f"{name}, {place}" for name, place in names], PLACES)
            lines.append(words("balance_renamed", digest=key.partition(":")[2][:12], names=shown))
    return lines


def _question(item: Alike, words: Language) -> str:
    """Ask whether some documents, or lots, are one, and say what that would mean."""
    some: list[Any] = item.documents
    named = _some(
        [f"{', '.join(row.names)} ({_some(row.places, 1)}{_digest(row.key)})" for row in some]
    )
    grounds = ", ".join(words(f"alike_{ground}") for ground in item.grounds)
    if item.lots:
        grounds += f" ({', '.join(words.quote(lot) for lot in item.lots)})"
    text = words("alike_question", documents=named, grounds=grounds)
    key = "alike_over" if item.over else "alike_holds"
    return f"{text} {words(key, claimed=_kg(words, item.claimed), documented=_kg(words, item.documented))}"


def _digest(key: str) -> str:
    kind, _, rest = key.partition(":")
    return f", SHA-256 {rest[:12]}" if kind == "sha256" else ""
