"""Routes and datasets through the command: what a product needs, and what may stand where."""

import hashlib
import re

import pytest
from conftest import ROOT


def shipped(name):
    """Text of a shipped scenario; its documents are named by digests, so it needs no folder."""
    text = (ROOT / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")

    def digest(found):
        return f"sha256: {hashlib.sha256(found.group().encode()).hexdigest()}"

    return re.sub(r"file: [^,}]+", digest, text)


BASE, FABRIC = shipped("recycled-wool-70"), shipped("recycled-fabric")
GREASY = """schema: lca-cardato/scenario/1
id: greasy
product: {type: yarn, name: Greasy, count: Nm 8}
blend:
  - {fibre: wool, share: 100 %, origin: virgin, dataset: wool-greasy-nz, place: New Zealand}
"""
OFF = 'use: "no"'


def changed(*pairs, base=BASE):
    for was, new in pairs:
        assert was in base, was
        base = base.replace(was, new, 1)
    return base


def first(was, new, base=BASE):
    return changed((was, was + new), base=base)


# what is tried -> scenario, code, place of the problem, words of the answer
REFUSED = {
    "a yarn without spinning": (
        first("  spinning-ring:\n", f"    {OFF}\n"),
        "E346",
        "route.spinning-ring.use",
        "operator: supplier",
    ),
    "a woollen yarn without carding": (
        first("  carding:\n", f"    {OFF}\n"),
        "E346",
        "route.carding.use",
        "operator: contract",
    ),
    "rags without sorting": (
        first("      sorting:\n", f"        {OFF}\n"),
        "E346",
        "steps.sorting.use",
        "buttons",
    ),
    "rags without tearing": (
        first("      tearing:\n", f"        {OFF}\n"),
        "E346",
        "steps.tearing.use",
        "wet-pulling",
    ),
    "a plied yarn without twisting": (
        changed(
            ("count: Nm 8", "count: Nm 2/8"),
            ("route:\n", f"route:\n  twisting: {{{OFF}}}\n"),
        ),
        "E346",
        "route.twisting.use",
        "plied",
    ),
    "cloth without weaving": (
        first("  weaving:\n", f"    {OFF}\n", FABRIC),
        "E346",
        "route.weaving.use",
        "cloth",
    ),
    "cloth without warping": (
        changed(("warping: {", f"warping: {{{OFF}, "), base=FABRIC),
        "E346",
        "route.warping.use",
        "warp",
    ),
    "wetted cloth that is not dried": (
        first("  drying:\n", f"    {OFF}\n", FABRIC),
        "E346",
        "route.drying.use",
        "heat-setting",
    ),
    "greasy wool without scouring": (
        changed(("place: New Zealand", f"steps: {{scouring: {{{OFF}}}}}"), base=GREASY),
        "E346",
        "steps.scouring.use",
        "grease",
    ),
    "staple yarn bought without its spinning": (
        changed(("count: Nm 8", "count: Nm 8, system: bought_yarn"), base=GREASY),
        "E346",
        "product.system",
        "carded or combed",
    ),
    "a colour without dyeing": (
        first("      dyeing-stock:\n", f"        {OFF}\n"),
        "E316",
        "steps.dyeing-stock.use",
        "bought_dyed",
    ),
    "virgin fibre on textile waste": (
        first("    origin: virgin\n", "    dataset: textile-waste-post-consumer-collected\n"),
        "E347",
        "blend[1].dataset",
        "polyamide-6-fibre",
    ),
    "paper cone as wool": (
        first("origin: recycled_post_consumer\n", "    dataset: paper-cone\n"),
        "E347",
        "blend[0].dataset",
        "textile-waste-post-consumer-italy",
    ),
    "soda as wool": (
        changed(("dataset: wool-greasy-nz", "dataset: sodium-carbonate"), base=GREASY),
        "E347",
        "blend[0].dataset",
        "wool-scoured-au",
    ),
    "pre-consumer waste as worn": (
        first(
            "origin: recycled_post_consumer\n",
            "    dataset: textile-waste-pre-consumer-collected\n",
        ),
        "E347",
        "blend[0].dataset",
        "textile-waste-post-consumer-collected",
    ),
    "electricity as wool": (
        changed(("dataset: wool-greasy-nz", "dataset: electricity-it-hydro"), base=GREASY),
        "E308",
        "blend[0].dataset",
        "wool-scoured-au",
    ),
    "electricity as water": (
        changed(("supply: water-well", "supply: electricity-it-mv")),
        "E348",
        "water_in.supply",
        "water-tap",
    ),
    "wool as water": (
        changed(("supply: water-well", "supply: wool-top")),
        "E348",
        "water_in.supply",
        "water-well",
    ),
    "the sewer as a water supply": (
        changed(("supply: water-well", "supply: wastewater-treatment")),
        "E348",
        "water_in.supply",
        "water-well",
    ),
    "water as electricity": (
        changed(
            ("company:\n", "electricity: {contract: supplier_mix, dataset: water-tap}\ncompany:\n")
        ),
        "E348",
        "electricity.dataset",
        "electricity-it",
    ),
    "a value of the literature as electricity": (
        changed(
            (
                "company:\n",
                "electricity: {contract: supplier_mix, dataset: electricity-ipcc2014-hydro}\n"
                "company:\n",
            )
        ),
        "E348",
        "electricity.dataset",
        "electricity-it",
    ),
    "a cone as chemical": (
        first("  winding:\n", "    chemicals: {paper-cone: 3 g/kg}\n"),
        "E348",
        "chemicals.paper-cone",
        "`packaging`",
    ),
    "a dye as packaging": (
        changed(("company:\n", "packaging: {dye-acid: 3 g/kg}\ncompany:\n")),
        "E348",
        "packaging.dye-acid",
        "corrugated-board",
    ),
    "a declaration for one's own step": (
        first("  winding:\n", "    document: waste-register-2025.csv\n"),
        "E316",
        "route.winding.document",
        "operator: supplier",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(command, tmp_path, name):
    text, code, place, words = REFUSED[name]
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    answer = command("validate", "x.yaml", cwd=tmp_path)
    line = next(line for line in answer.stderr.splitlines() if f" {code} " in line)
    assert answer.returncode == 3
    assert place in line and words in line and "Traceback" not in answer.stderr


ACCEPTED = {
    "no winding": first("  winding:\n", f"    {OFF}\n"),
    "tearing replaced": first(
        "    steps:\n", f"      wet-pulling: {{}}\n      opening-yarn-waste: {{{OFF}}}\n"
    ).replace("      tearing:\n", f"      tearing:\n        {OFF}\n"),
    "sorted when bought": changed(
        ("        operator: contract\n        company: Cernita Esempio\n",
         "        operator: supplier\n        document: statement-sorting-2025.pdf\n")
    ),
    "off-cuts that need no sorting": changed(
        ("recycled_post_consumer", "recycled_pre_consumer"),
        ("      sorting:\n", f"      sorting:\n        {OFF}\n"),
    ),
    "a worsted spinner of top": changed(
        ("count: Nm 8", "count: Nm 8, system: worsted"),
        ("wool-greasy-nz", "wool-top"),
        ("blend:", f"route: {{combing: {{{OFF}}}}}\nblend:"), base=GREASY,
    ),
    "greasy wool": GREASY,
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_a_mill_may_say(command, tmp_path, name):
    (tmp_path / "x.yaml").write_text(ACCEPTED[name], encoding="utf-8")
    answer = command("validate", "x.yaml", cwd=tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")


def test_greasy_wool_is_scoured_by_default(inventory):
    from lca_cardato.model.resolve import resolve
    from lca_cardato.scenario.load import load_scenario
    from lca_cardato.text.yamltree import parse_document

    data = parse_document(GREASY).data
    lines = resolve(load_scenario(data), inventory).yarns[0].lines
    assert [use.id for use in lines[0].steps] == ["scouring"]


def measured(inventory, text):
    """Verdict of the measured impacts of Cardato, and the keys of its reasons."""
    from lca_cardato.claims.evaluate import evaluate
    from lca_cardato.claims.packs_model import pack_named
    from lca_cardato.model.resolve import resolve
    from lca_cardato.scenario.load import load_scenario
    from lca_cardato.text.yamltree import parse_document

    model = resolve(load_scenario(parse_document(text).data), inventory)
    found = evaluate(pack_named("cardato"), model, inventory, {}).criteria[-1]
    return found.verdict, [key for key, _ in found.reasons]


def test_what_a_supplier_did_needs_its_declaration(inventory):
    bought = ("        operator: contract\n        company: Cernita Esempio\n",
              "        operator: supplier\n")  # fmt: skip
    assert measured(inventory, BASE)[0] == "meets"
    verdict, reasons = measured(inventory, changed(bought))
    assert verdict == "not_proven" and "step_bought" in reasons
    said = changed((bought[0], bought[1] + "        document: statement-sorting-2025.pdf\n"))
    assert measured(inventory, said)[0] == "meets"


def test_a_step_outside_the_gates_is_not_measured(inventory):
    gates = shipped("contract-spinner")
    assert measured(inventory, gates)[0] == "meets"
    verdict, reasons = measured(inventory, first("  spinning-ring:\n", f"    {OFF}\n", gates))
    assert verdict == "not_proven" and "step_outside" in reasons


@pytest.mark.parametrize("electricity", [
    "{contract: supplier_mix, dataset: electricity-it-hydro}",
    "{contract: guarantees_of_origin, dataset: electricity-it-hydro}",
    "{photovoltaic: 30 %, class: measured}",
])  # fmt: skip
def test_electricity_other_than_the_grid_needs_its_document(inventory, electricity):
    text = changed(("company:\n", f"electricity: {electricity}\ncompany:\n"))
    verdict, reasons = measured(inventory, text)
    assert verdict == "not_proven" and "electricity_unproven" in reasons


def test_every_shipped_dataset_says_what_it_is(inventory):
    assert [key for key, item in inventory.datasets.items() if item.category is None] == []


OWN = """schema: lca-cardato/inventory/1
sources:
  mine: {title: t, authors: a, year: 2025, licence: own data, kind: dataset, read: full}
datasets:
  my-wool:
    name: {en: my wool, it: mia lana}
    kind: published_result
    product: {name: wool, unit: kg}
    geography: IT
    year: 2025
    inventoried_for: [climate_change]
    SAID
    results:
      climate_change: {amount: 20, unit: kg CO2-eq, source: mine, at: p, year: 2025, geography: IT,
        class: published, uncertainty: {distribution: none}}
"""


@pytest.mark.parametrize("said, code", [
    ("supplies: [{fibre: wool, origin: virgin}]", 0),
    ("category: fibre", 3),
    ("supplies: [{fibre: wool, origin: recycled_pre_consumer}]", 3),
    ("supplies: [{fibre: wol, origin: virgin}]", 3),
])  # fmt: skip
def test_a_dataset_of_ones_own_says_what_it_delivers(command, tmp_path, said, code):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.yaml").write_text(OWN.replace("SAID", said), encoding="utf-8")
    text = GREASY.replace("wool-greasy-nz", "my-wool")
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    answer = command("validate", "x.yaml", "--inventories", "own", cwd=tmp_path)
    assert answer.returncode == code
    if code and "wol" not in said:
        assert "`supplies: [{fibre: wool, origin: virgin}]`" in answer.stderr


@pytest.mark.parametrize("key, words", [
    ("woollen", "carded web"), ("wool", "wool-greasy-nz"), ("wool-greasy-nz", "scouring"),
    ("water-tap", "category: water"),
])  # fmt: skip
def test_inventory_show_tells_it(command, key, words):
    assert words in command("inventory", "show", key, COLUMNS="300").stdout


def test_an_own_step_takes_water_from_water(command, tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.yaml").write_text(
        "schema: lca-cardato/inventory/1\ntransport_modes: {lorry: electricity-it-mv}\n",
        encoding="utf-8",
    )
    answer = command("inventory", "check", "--inventories", "own", cwd=tmp_path)
    assert answer.returncode == 3 and "E348" in answer.stderr
