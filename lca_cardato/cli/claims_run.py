"""What ``lca-cardato claims`` does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.claims.packs_model import pack_named, shipped_packs
from lca_cardato.cli.commands import InstallProgress, console
from lca_cardato.errors import EXIT_NOT_MET, EXIT_OK
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.claims.outcome import ClaimResult
    from lca_cardato.model.structure import ProductModel

READINGS = (
    "product/conditioned", "product/dry", "blend_input/conditioned", "blend_input/dry",
)  # fmt: skip


def run_list(lang: str) -> None:
    """List the rule packs."""
    from rich.table import Table

    words = Language(lang)
    heads = ("packs_pack", "packs_claim", "packs_since", "packs_wording", "read_on", "packs_name")
    table = Table(*[words(head) for head in heads], box=None, pad_edge=False)
    table.columns[0].no_wrap = True
    table.columns[1].overflow = "fold"
    for pack, _ in shipped_packs():
        wording, name = words(pack.status), getattr(pack.name, lang)
        table.add_row(pack.id, pack.claim, words(pack.since), wording, pack.retrieved, name)
    console().print(table)


def run_show(name: str, lang: str) -> None:
    """Print a rule pack."""
    words = Language(lang)
    pack = pack_named(name)
    digest = next(d for p, d in shipped_packs() if p.id == pack.id)
    screen = console()
    wording = words(pack.status)
    screen.print(f"{getattr(pack.name, lang)}  ({pack.id}, {wording}, SHA-256 {digest[:12]})")
    screen.print(getattr(pack.grantor, lang))
    for item in pack.criteria:
        screen.print(f"\n{item.id}: {getattr(item.title, lang)}")
        for reading in item.readings:
            screen.print(f"  {reading.id}: {getattr(reading.text, lang)}")
        if item.note:
            screen.print(f"  {getattr(item.note, lang)}")
        for quote in item.quotes:
            screen.print(f'  "{quote.text}"')
            source = f"{words(quote.status)}, {words('read_on')} {quote.read}"
            screen.print(f"      {quote.url} ({source})")
    screen.print(f"\n{getattr(pack.unknown, lang)}")


def run_checklist(name: str, lang: str) -> None:
    """Print the papers that a claim needs."""
    from lca_cardato.claims.packs_model import checklist

    words = Language(lang)
    pack = pack_named(name)
    screen = console()
    screen.print(f"{getattr(pack.name, lang)}: {words('checklist_head')}")
    for row in checklist(pack, words):
        screen.print(f"\n{row['title']}")
        for paper, key in zip(row["papers"], row["keys"]):
            screen.print(f"  [ ] {paper}")
            screen.print(f"        {key}")
        if len(row["readings"]) > 1:
            screen.print(f"  {words('checklist_readings')}: {'; '.join(row['readings'])}")
    screen.print(f"\n{getattr(pack.grantor, lang)}")


def run_check(
    scenario: Path,
    packs: list[str],
    require: list[str],
    draws: tuple[int, int],
    lang: str,
    inventories: Optional[Path],
) -> int:
    """Print the verdicts of a scenario; returns the exit code."""
    from lca_cardato.report.tables.screen import render_claims
    from lca_cardato.results.document import result_document
    from lca_cardato.studies.assess import assess

    words = Language(lang)
    wanted = {pack_named(name).id for name in [*packs, *require]}
    needed = {pack_named(name).id for name in require}
    progress = InstallProgress()
    try:
        result = assess(scenario, inventories, progress)
    finally:
        progress.close()
    document = result_document(result, lang)
    shown: list[dict[str, Any]] = [
        claim for claim in document["claims"] if not wanted or claim["rule_pack"] in wanted
    ]
    render_claims({**document, "claims": shown}, words, console(), full=bool(wanted))
    if draws[0]:
        chosen = [claim for claim in result.claims if not wanted or claim.pack.id in wanted]
        _probabilities(chosen, result.main.model, draws, words)
    failed = [
        claim["rule_pack"] for claim in shown
        if claim["rule_pack"] in needed and claim["verdict"] != "meets"
    ]  # fmt: skip
    if failed:
        console(stderr=True).print(words("required_not_met", packs=", ".join(failed)))
        return EXIT_NOT_MET
    return EXIT_OK


def _probabilities(
    claims: list[ClaimResult], model: ProductModel, draws: tuple[int, int], words: Language
) -> None:
    from rich.table import Table

    from lca_cardato.claims.probability import probabilities

    table = Table("", *[words(name) for name in READINGS], box=None, pad_edge=False)
    for (pack, criterion), found in probabilities(claims, model, *draws).items():
        table.add_row(
            f"{pack}: {criterion}", *[f"{found[name] * 100:.1f} %" for name in READINGS]
        )  # fmt: skip
    screen = console()
    screen.print(words("probability_head", samples=str(draws[0]), seed=str(draws[1])))
    screen.print(table)


def run_balance(scenarios: list[Path], lang: str) -> int:
    """Print the mass balance of documents over products; returns the exit code."""
    from rich.table import Table

    from lca_cardato.claims.balance import document_balance
    from lca_cardato.inventory.load import load_inventory
    from lca_cardato.model.resolve import resolve
    from lca_cardato.scenario.load import load_scenario

    words = Language(lang)
    inventory = load_inventory()
    loaded = [load_scenario(path) for path in scenarios]
    products = [
        (resolve(item, inventory), {key: file.sha256 for key, file in item.files.items()})
        for item in loaded
    ]
    rows = document_balance(products)
    table = Table(
        words("balance_head"), words("c_documented"), words("c_claimed"), words("c_left"),
        words("c_products"), box=None, pad_edge=False,
    )  # fmt: skip
    for row in rows:
        claimed = row.documented - row.left
        table.add_row(
            row.name, f"{float(row.documented):.1f}", f"{float(claimed):.1f}",
            f"{float(row.left):.1f}", ", ".join(row.claimed),
        )  # fmt: skip
    console().print(table)
    over = [row.name for row in rows if row.left < 0]
    if over:
        console().print(words("balance_over", documents=", ".join(over)))
        return EXIT_NOT_MET
    console().print(words("balance_closed"))
    return EXIT_OK


def run_year(file: Path, lang: str) -> int:
    """Print the balance of a calendar year; returns the exit code."""
    from rich.table import Table

    from lca_cardato.claims.year import year_balance
    from lca_cardato.inventory.load import load_inventory

    words = Language(lang)
    year, rows = year_balance(file, load_inventory())
    table = Table(
        f"{words('c_origin')} {year}", words("c_available"), words("c_claimed"), words("c_left"),
        words("c_register"), box=None, pad_edge=False,
    )  # fmt: skip
    for row in rows:
        used = row.available - row.left
        table.add_row(
            words(row.origin), f"{float(row.available):.1f}", f"{float(used):.1f}",
            f"{float(row.left):.1f}", row.document or words("no_register"),
        )  # fmt: skip
    console().print(table)
    over = [words(row.origin) for row in rows if row.left < 0]
    if over:
        console().print(words("year_over", origins=", ".join(over)))
        return EXIT_NOT_MET
    console().print(words("balance_closed"))
    return EXIT_OK
