"""One product: `claims`, what may be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Optional

from lca_cardato.cli import balances, complete
from lca_cardato.cli.console import console, installing, leave, show_table
from lca_cardato.cli.options import (
    InventoriesOption,
    Lang,
    LangOption,
    ScenarioFile,
    argument,
    group,
    option,
)
from lca_cardato.errors import EXIT_NOT_MET
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.claims.outcome import ClaimResult
    from lca_cardato.model.structure import ProductModel

READINGS = (
    "product/conditioned", "product/dry", "blend_input/conditioned", "blend_input/dry",
)  # fmt: skip

app = group("What may be said of a product: rules, papers to collect, verdicts.")
Pack = Annotated[str, argument("PACK", "Rule pack or claim.", complete.packs)]


@app.command("list")
def list_(lang: LangOption = Lang.en) -> None:
    """List the rule packs: claim, since when, how sure the wording is."""
    from lca_cardato.claims.packs_model import shipped_packs
    from lca_cardato.report.formats.terminal import show
    from lca_cardato.report.parts import Cell, Column, Table

    words = Language(lang.value)
    heads = ("packs_pack", "packs_claim", "packs_since", "packs_wording", "read_on", "packs_name")
    rows = [
        (pack.id, pack.claim, words(pack.since), words(pack.status), pack.retrieved,
         str(getattr(pack.name, lang.value)))
        for pack, _ in shipped_packs()
    ]  # fmt: skip
    columns = [Column(words(head), left=True) for head in heads]
    table = Table("", "", columns, [[Cell(text) for text in row] for row in rows])
    show([table], words, console())


@app.command()
def show(pack: Pack, lang: LangOption = Lang.en) -> None:
    """Print a rule pack: wording, address, readings, what is not known."""
    from lca_cardato.claims.packs_model import pack_named, shipped_packs
    from lca_cardato.report.formats.terminal_grid import prose

    def tell(text: str) -> None:
        screen.print(prose((text, "")))

    words = Language(lang.value)
    rules = pack_named(pack)
    digest = next(d for p, d in shipped_packs() if p.id == rules.id)
    screen = console()
    wording = words(rules.status)
    tell(f"{getattr(rules.name, lang.value)}  ({rules.id}, {wording}, SHA-256 {digest[:12]})")
    tell(getattr(rules.grantor, lang.value))
    for item in rules.criteria:
        tell(f"\n{item.id}: {getattr(item.title, lang.value)}")
        for reading in item.readings:
            tell(f"  {reading.id}: {getattr(reading.text, lang.value)}")
        if item.note:
            tell(f"  {getattr(item.note, lang.value)}")
        for quote in item.quotes:
            tell(f'  "{quote.text}"')
            source = f"{words(quote.status)}, {words('read_on')} {quote.read}"
            tell(f"      {quote.url} ({source})")
    tell(f"\n{getattr(rules.unknown, lang.value)}")


@app.command()
def checklist(pack: Pack, lang: LangOption = Lang.en) -> None:
    """List the papers and figures that a mill needs, before any calculation."""
    from lca_cardato.claims.packs_model import checklist as papers_of
    from lca_cardato.claims.packs_model import pack_named

    words = Language(lang.value)
    rules = pack_named(pack)
    screen = console()
    screen.print(f"{getattr(rules.name, lang.value)}: {words('checklist_head')}")
    for row in papers_of(rules, words):
        screen.print(f"\n{row['title']}")
        for paper, *told in zip(row["papers"], row["keys"], row["kinds"], row["look"]):
            _hung(screen, "  [ ] ", paper)
            for head, text in zip(("", words("paper_kinds"), words("paper_look")), told):
                if text:
                    _hung(screen, " " * 8, f"{head + ': ' if head else ''}{text}")
        if len(row["readings"]) > 1:
            _hung(screen, "  ", f"{words('checklist_readings')}: {'; '.join(row['readings'])}")
    screen.print(f"\n{getattr(rules.grantor, lang.value)}")


def _hung(screen: Any, first: str, text: str) -> None:
    """Print a text behind its mark; further lines begin below its first word."""
    from rich.text import Text

    from lca_cardato.report.formats.terminal_grid import TIE
    from lca_cardato.words.said import tied

    for line in Text(tied(text, TIE)).wrap(screen, max(20, screen.width - len(first))):
        screen.print(first + line.plain.rstrip().replace(TIE, " "))
        first = " " * len(first)


@app.command()
def check(
    scenario: ScenarioFile,
    pack: Annotated[
        Optional[list[str]], option("--pack", "Only this pack; may be repeated.", complete.packs)
    ] = None,
    require: Annotated[
        Optional[list[str]],
        option("--require", "End with 1 unless this pack is met; may be repeated.", complete.packs),
    ] = None,
    samples: Annotated[
        int, option("--samples", "Draws of the uncertain losses.", min=0, max=1_000_000)
    ] = 0,
    seed: Annotated[int, option("--seed", "Seed of the draws.", min=0)] = 0,
    lang: LangOption = Lang.en,
    inventories: InventoriesOption = None,
) -> None:
    """Give the verdicts of a scenario; with --require an exit code for scripts."""
    from lca_cardato.claims.packs_model import pack_named
    from lca_cardato.report.screens.assessment import render_claims
    from lca_cardato.results.document import result_document
    from lca_cardato.studies.assess import assess

    words = Language(lang.value)
    wanted = {pack_named(name).id for name in [*(pack or []), *(require or [])]}
    needed = {pack_named(name).id for name in require or []}
    with installing() as progress:
        result = assess(scenario, inventories, progress)
    document = result_document(result, lang.value)
    shown: list[dict[str, Any]] = [
        claim for claim in document["claims"] if not wanted or claim["rule_pack"] in wanted
    ]
    render_claims({**document, "claims": shown}, words, console(), full=bool(wanted))
    if samples:
        chosen = [claim for claim in result.claims if not wanted or claim.pack.id in wanted]
        _probabilities(chosen, result.main.model, (samples, seed), words)
    failed = [
        claim["rule_pack"] for claim in shown
        if claim["rule_pack"] in needed and claim["verdict"] != "meets"
    ]  # fmt: skip
    if failed:
        console(stderr=True).print(words("required_not_met", packs=", ".join(failed)))
        leave(EXIT_NOT_MET)


def _probabilities(
    claims: list[ClaimResult], model: ProductModel, draws: tuple[int, int], words: Language
) -> None:
    from lca_cardato.claims.probability import probabilities

    rows = [
        [f"{pack}: {criterion}", *[words.decimal(f"{found[one] * 100:.1f} %") for one in READINGS]]
        for (pack, criterion), found in probabilities(claims, model, *draws).items()
    ]
    console().print(words("probability_head", samples=str(draws[0]), seed=str(draws[1])))
    show_table(["", *[words(name) for name in READINGS]], rows)


app.command("balance")(balances.balance)
app.command("year")(balances.year)
