"""Scenarios of every shape for property tests: text trees that the models accept."""

from datetime import date

from hypothesis import assume
from hypothesis import strategies as st

from lca_cardato.scenario.evidence import KINDS
from lca_cardato.scenario.figure import CARRIERS, CLASSES
from lca_cardato.scenario.models import COLOURS, ORIGINS

ODD = ("00123", "null", "1e5", "=1+1", "= 118.59 / 267.56", "+39 0574", "-", "@lotto", "'quoted", "TRUE", "~",
       "2025-03-01", "#N/A", "_x0041_", "yes", "70 %", "1,5", "12:30", "a: b", "Nm 8", "{x}", "è «così»")  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u2028"), min_size=1),
).map(lambda text: text[:60])  # fmt: skip
NAMES = WORDS.map(lambda text: f"L {text}")
NUMBERS = st.one_of(
    st.integers(1, 900_000).map(str),
    st.decimals("0.01", 999, places=2, allow_nan=False).map(str),
    st.sampled_from(["0.450", "389.1250", "1e3", "12.0", "0.1", "1234567.5"]),
)
IDS = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True)
SHARES = st.integers(1, 999).map(lambda n: f"{n / 10:g} %") | st.sampled_from(
    ["0.7", "70%", "6.50 %", "1"]
)
PERIODS = st.sampled_from(["2025", "2025-03", "2025-01/2025-12", "2025-02-01/2025-11-30"])
COUNTS = st.sampled_from(["Nm 8", "Nm 2/28", "100 tex", "Nm 7.5", "Ne 16", "Nm8"])


def some(required, **optional):
    """A mapping with what it needs, and any of what it may have."""
    return st.fixed_dictionaries(required, optional={k.rstrip("_"): v for k, v in optional.items()})


def quantities(unit):
    return NUMBERS.map(lambda number: f"{number} {unit}")


def figures(*units):
    values = st.sampled_from(units).flatmap(quantities)
    full = some(
        {"value": values}, for_=quantities("kg"), class_=st.sampled_from(CLASSES), period=PERIODS,
        document=IDS, plus_minus=SHARES, note=NAMES, reason=NAMES.map(lambda t: "perché sì, davvero " + t),
        carrier=st.sampled_from(CARRIERS), supply=st.sampled_from(["water-well", "own-supply"]),
    )  # fmt: skip
    return values | full


STEPS = some(
    {}, municipality=NAMES, operator=st.sampled_from(["own", "contract", "supplier"]), company=NAMES,
    document=IDS, use=st.sampled_from(["yes", "no"]), electricity=figures("kWh/kg", "kWh", "MWh"),
    heat=st.lists(figures("MJ/kg", "Sm3/kg"), min_size=1, max_size=2), water_in=figures("L/kg", "m3"),
    loss=SHARES, reclaimed=SHARES,
    chemicals=st.dictionaries(st.sampled_from(["detergent", "acetic-acid", "own-soap"]), figures("g/kg"), max_size=2),
)  # fmt: skip


def routes(*names):
    return st.dictionaries(st.sampled_from(names), STEPS, max_size=3)


LINES = some(
    {"fibre": st.sampled_from(["wool", "polyamide", "own-fibre", "silk"])},
    origin=st.sampled_from([one for one in ORIGINS if one != "in_process_rework"]), place=NAMES,
    colour=st.sampled_from(COLOURS), dataset=st.sampled_from(["wool-noils", "own-set"]),
    handling=st.sampled_from(["economic", "biophysical"]), steps=routes("sorting", "tearing", "own-step"),
    transport=st.lists(st.fixed_dictionaries({"mode": st.sampled_from(["van", "ship"]), "distance": quantities("km")}), max_size=2),
    price=quantities("EUR/kg"), lot=NAMES, document=IDS,
)  # fmt: skip


@st.composite
def blends(draw):
    """Lines whose shares make 100 %."""
    lines = draw(st.lists(LINES, min_size=1, max_size=4))
    rest = 1000
    for line in lines[1:]:
        part = draw(st.integers(1, 300))
        assume(part < rest)
        line["share"], rest = f"{part / 10:g} %", rest - part
    lines[0]["share"] = f"{rest / 10:g} %"
    return lines


@st.composite
def scenarios(draw):
    """A scenario as a text tree."""
    several = draw(st.booleans())
    tree = {"schema": "lca-cardato/scenario/1", "id": draw(IDS)}
    tree.update(draw(some({}, note=NAMES, company=some({"name": NAMES}, municipality=NAMES))))
    product = {"type": "fabric" if several else "yarn", "name": draw(NAMES)}
    if several:
        product |= {"construction": "woven", "surface_mass": draw(quantities("g/m2"))}
        one, other = draw(blends()), draw(blends())
        tree["yarns"] = [
            {"name": "warp", "share": "55.5 %", "count": draw(COUNTS), "blend": one,
             "route": draw(routes("carding", "twisting"))},
            {"name": "null", "share": "44.5 %", "count": draw(COUNTS), "blend": other},
        ]  # fmt: skip
    else:
        product["count"] = draw(COUNTS)
        tree["blend"] = draw(blends())
    tree["product"] = product | draw(some({}, batch=quantities("kg"), twist=NUMBERS))
    tree["route"] = draw(routes("carding", "weaving", "own-step", "winding"))
    paper = some(
        {"kind": st.sampled_from(KINDS)}, file=NAMES, issuer=NAMES, lot=NAMES, note=NAMES,
        date=st.dates(date(2000, 1, 1), date(2024, 12, 31)).map(str),
        valid_until=st.dates(date(2025, 1, 1), date(2050, 1, 1)).map(str), mass=quantities("kg"),
    )  # fmt: skip
    extra = some(
        {}, documents=st.dictionaries(IDS, paper, max_size=3),
        packaging=st.dictionaries(st.sampled_from(["pe-film", "own-box"]), figures("g/kg"), max_size=2),
        electricity=some({}, photovoltaic=SHARES, year=st.just("2025"), contract=st.just("grid")),
        traceability=some({"method": st.sampled_from(["lots", "calendar_year"])}, year=st.just("2025")),
        reasons=st.dictionaries(st.sampled_from(["product.count", "blend[0].price"]),
                                NAMES.map(lambda t: "perché sì, davvero " + t), max_size=2),
    )  # fmt: skip
    tree |= draw(extra)
    for name in named(tree):  # what is referred to is declared
        tree.setdefault("documents", {}).setdefault(name, {"kind": draw(st.sampled_from(KINDS))})
    return tree


def named(node):
    """Every document that a tree refers to."""
    if isinstance(node, list):
        return [name for item in node for name in named(item)]
    if not isinstance(node, dict):
        return []
    below = [name for key, item in node.items() if key != "documents" for name in named(item)]
    return [*below, node["document"]] if "document" in node else below
