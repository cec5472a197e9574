"""Valid scenarios as mappings, in many shapes and in many spellings of the same figures.

A drawn tree holds a `Spelling` wherever one figure can be typed in several ways (`0.45 kWh/kg`,
`1.62 MJ/kg`, `450 kWh` for `1 t`); `render` chooses one of them everywhere. Everything is drawn
inside what the model can calculate: what it must refuse or gets wrong has tests of its own.

The examples are the same in every run. ``PROPERTY_FACTOR=12`` draws twelve times as many, afresh.
"""

from __future__ import annotations

import os
import random
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from conftest import declared
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from lca_cardato.inventory.kinds import supplied
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.models import CARRIER_DATASETS
from lca_cardato.scenario.figure import CLASSES
from lca_cardato.scenario.models import COLOURS
from lca_cardato.text.thousands import plain
from lca_cardato.text.yarncount import MOST_PLIES

FACTOR = int(os.environ.get("PROPERTY_FACTOR", "1"))
SLOW = list(HealthCheck)
CHEMICALS = ("detergent", "spinning-oil", "softener", "acetic-acid", "sodium-sulphate", "dye-acid")
PACKAGING = ("corrugated-board", "paper-cone", "pe-film", "pp-cone", "wood-pallet")
CONTRACTS = ("electricity-it-residual", "electricity-it-hydro", "electricity-it-wind")
YEARS = ("2019", "2021", "2022", "2023", "2024", "2025")
MODES = ("lorry", "lorry_rigid", "van", "ship", "rail", "air")
SUPPLIES = ("water-tap", "water-well", "water-recycled-prato")


def examples(count):
    """Settings of a property test."""
    return settings(
        max_examples=count * FACTOR,
        deadline=None,
        derandomize=FACTOR == 1,
        database=None,
        suppress_health_check=SLOW,
    )


@lru_cache(maxsize=1)
def records():
    """Shipped inventories: fibres, steps and places to draw from."""
    return load_inventory()


def text_of(number, shift=0):
    """Write ``number * 10**shift`` as plain decimal text, exactly."""
    written = format(Decimal(str(number)).scaleb(shift), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


class Spelling:
    """One figure in all the ways it can be typed."""

    def __init__(self, *options):
        self.options = options

    def __repr__(self):
        return f"Spelling({self.options[0]!r}, ...)"

    def beside(self, extra):
        """Add the same keys, for instance the evidence, to every way."""
        if not extra:
            return self
        return Spelling(
            *({**({"value": o} if isinstance(o, str) else o), **extra} for o in self.options)
        )


def render(tree, seed=None):
    """Choose a spelling everywhere; the first one without a seed."""
    chance = random.Random(seed)

    def walk(node):
        if isinstance(node, Spelling):
            node = node.options[0] if seed is None else chance.choice(node.options)
        if isinstance(node, dict):
            return {key: walk(value) for key, value in node.items()}
        if isinstance(node, list):
            return [walk(value) for value in node]
        return node

    return walk(tree)


# -- figures: every option is exactly the same amount ---------------------------------------------


def share_spelling(hundredths):
    """A share of `hundredths` of a percent."""
    percent = text_of(hundredths, -2)
    return Spelling(f"{percent} %", f"{percent}%", text_of(hundredths, -4), f"{percent}e0 %")


def percent_spelling(tenths):
    """A loss or a share of it, which must be typed with %."""
    percent = text_of(tenths, -1)
    return Spelling(
        f"{percent} %",
        f"{percent}%",
        {"value": f"{percent}0 %"} if tenths % 10 else f"{percent}.0 %",
    )


def electricity_spelling(wh):
    """Electricity of `wh` Wh/kg: per kg, as a total of a period, as the power of a machine."""
    kwh, mj = text_of(wh, -3), text_of(wh * 36, -4)
    return Spelling(
        f"{kwh} kWh/kg",
        f"{wh} Wh/kg",
        f"{kwh} MWh/t",
        f"{mj} MJ/kg",
        f"{mj} GJ/t",
        f"{text_of(wh * 36, -1)} kJ/kg",
        {"value": f"{wh} kWh", "for": "1000 kg"},
        {"value": f"{wh} kWh", "for": "1 t"},
        {"value": f"{text_of(wh * 36, -4)} GJ", "for": "1000000 g"},
        {"value": f"{text_of(wh, -3)} MWh", "for": "1 t"},
        {"value": f"{wh} kW", "output": "1000 kg/h"},
        {"value": f"{wh * 2} kW", "output": "1 t/h", "load": "50 %"},
        {"value": f"{wh * 400} W", "output": "100 kg/h", "load": "0.25"},
    )


def heat_spelling(units):
    """Heat of ``0.036 * units`` MJ/kg of lower heating value."""
    mj, kwh = text_of(units * 36, -3), text_of(units, -2)
    return Spelling(
        f"{mj} MJ/kg",
        f"{mj} GJ/t",
        f"{kwh} kWh/kg",
        f"{kwh} MWh/t",
        {"value": f"{units * 36} MJ", "for": "1 t"},
        {"value": f"{units * 10} kWh", "for": "1000 kg"},
    )


def gas_spelling(units):
    """Natural gas of ``0.036 * units`` MJ/kg in standard cubic metres of 36 MJ."""
    volume = text_of(units, -3)
    lower = {"heating_value": "36 MJ/Sm3", "heating_value_basis": "lower"}
    kilowatt_hours = {"heating_value": "10 kWh/Sm3", "heating_value_basis": "lower"}
    higher = {"heating_value": "40 MJ/Sm3", "heating_value_basis": "higher"}  # 0.9 of it is 36
    return Spelling(
        *({"value": f"{volume} Sm3/kg", **basis} for basis in (lower, kilowatt_hours, higher)),
        *({"value": f"{units} Sm3", "for": "1 t", **basis} for basis in (lower, higher)),
        *({"value": f"{value} MJ/kg"} for value in (text_of(units * 36, -3),)),
    )


def water_spelling(ml):
    """Water of `ml` mL/kg."""
    litres = text_of(ml, -3)
    return Spelling(
        f"{litres} L/kg",
        f"{litres} l/kg",
        f"{ml} mL/kg",
        f"{litres} m3/t",
        f"{text_of(ml, -6)} m3/kg",
        {"value": f"{ml} L", "for": "1000 kg"},
        {"value": f"{plain(litres)} m3", "for": "1 t"},
    )


def mass_spelling(mg):
    """A chemical or a packaging of `mg` mg/kg."""
    grams = text_of(mg, -3)
    return Spelling(
        f"{grams} g/kg",
        f"{grams} kg/t",
        f"{mg} mg/kg",
        f"{text_of(mg, -6)} kg/kg",
        {"value": f"{mg} g", "for": "1 t"},
        {"value": f"{plain(grams)} kg", "for": "1000 kg"},
    )


def distance_spelling(km):
    """A distance in whole kilometres."""
    return Spelling(f"{km} km", f"{km}000 m", f"{km}.0 km")


def area_mass_spelling(grams):
    """Surface mass in whole g/m2."""
    return Spelling(f"{grams} g/m2", f"{text_of(grams, -3)} kg/m2", f"{grams} g/m²")


def count_spelling(number, plies):
    """Metric count of a single yarn; tex where it is a finite decimal.

    Plies before a slash only where they can't be taken for the count: `Nm 2/1`, `Nm 2/3` and `Nm 8/2` are refused.
    """
    ply = f"{plies}/" if plies > 1 else ""
    times = f" x {plies}" if plies > 1 else ""
    options = [f"{number} Nm{times}"]
    either = 1 < plies <= MOST_PLIES and number <= MOST_PLIES and plies != number
    if not either and (plies <= MOST_PLIES or number > MOST_PLIES):
        options = [f"Nm {ply}{number}", f"Nm{ply}{number}", *options]
    for total, unit in ((1000, "tex"), (10_000, "dtex"), (9000, "den")):
        if (total * 1000) % number == 0:
            options.append(f"{text_of(total * 1000 // number, -3)} {unit}{times}")
    return Spelling(*options)


# -- parts of a scenario --------------------------------------------------------------------------

cached = lru_cache(maxsize=None)  # making a strategy takes longer than drawing from it
yes = st.booleans()


@cached
def pick(*options):
    """One of some options."""
    return st.sampled_from(options)


@cached
def one_in(count):
    """True once in a while."""
    return st.integers(0, count - 1).map(lambda number: number == 0)


evidence = st.fixed_dictionaries(
    {},
    optional={
        "class": pick(*CLASSES),
        "period": pick("2025", "2025-01/2025-06"),
        "document": pick("meter.csv", "bill-7.pdf"),
        "plus_minus": pick("5 %", "0.1"),
        "note": st.just("read by hand"),
    },
)


@cached
def figure(amounts, spelling):
    """A figure with or without evidence."""
    return st.builds(
        lambda n, extra: spelling(n).beside(extra), amounts, st.one_of(st.just({}), evidence)
    )


electricity = figure(st.integers(0, 6000), electricity_spelling)
water = st.integers(0, 60_000)
heat_units = st.integers(0, 800)
chemical = figure(st.integers(0, 90_000), mass_spelling)
loss = figure(st.integers(0, 300), percent_spelling)
reclaimed = figure(st.integers(0, 900), percent_spelling)
counts = st.builds(count_spelling, st.integers(1, 45), pick(1, 1, 2, 3))


@cached
@st.composite
def heats(draw):
    """One heat figure, or a list by carrier."""
    carriers = draw(st.lists(pick(*sorted(CARRIER_DATASETS)), unique=True, max_size=3))
    result = []
    for carrier in carriers:
        spelling = gas_spelling if carrier == "natural_gas" and draw(yes) else heat_spelling
        result.append(draw(figure(heat_units, spelling)).beside({"carrier": carrier}))
    return result


@cached
@st.composite
def entries(draw, level, own=False):
    """What a mill states of a step."""
    entry = {}
    if not own and draw(yes):
        entry["operator"] = draw(pick("own", "contract"))
    if draw(yes):
        entry["municipality"] = draw(pick("Prato", "Vaiano", "Biella", "Nowhere"))
    if draw(yes):
        entry["electricity"] = draw(electricity)
    if draw(one_in(4)):
        entry["heat"] = draw(heats())
    if draw(one_in(3)):
        ml = draw(water)
        extra = draw(st.one_of(st.just({}), evidence))
        if draw(yes):
            extra = {**extra, "supply": draw(pick(*SUPPLIES))}
        entry["water_in"] = water_spelling(ml).beside(extra)
        if draw(yes):
            entry["water_out"] = water_spelling(draw(st.integers(0, ml)))
    if draw(one_in(3)):
        entry["loss"] = draw(loss)
    if level == "yarn" and draw(one_in(3)):
        entry["reclaimed"] = draw(reclaimed)
    if draw(one_in(4)):
        choices = PACKAGING if level == "any" else CHEMICALS
        names = draw(st.lists(pick(*choices), unique=True, max_size=3))
        entry["chemicals"] = {name: draw(chemical) for name in names}
    return entry


@cached
def steps_of(level):
    """Names of the steps of a level."""
    return [name for name, step in records().steps.items() if step.level == level]


@st.composite
def routes(draw, level, default=(), keep=()):
    """Readings on some steps of a level; steps of the default route may be taken out."""
    names = draw(st.lists(pick(*default, *default, *steps_of(level)), unique=True, max_size=4))
    if "spinning-mule" in names and "spinning-ring" in names:
        names.remove("spinning-ring")
    route = {}
    for name in names:
        out = name in default and name not in keep and draw(one_in(6))
        route[name] = {"use": "no"} if out else draw(entries(level))
    return route


@st.composite
def shares(draw, count, whole=10_000):
    """Positive whole parts that sum to `whole`, hundredths of a percent; round ones first."""
    unit = draw(
        st.sampled_from([u for u in (500, 100, 10, 1) if whole % u == 0 and whole // u >= count])
    )
    cuts = draw(
        st.lists(
            st.integers(1, whole // unit - 1), unique=True, min_size=count - 1, max_size=count - 1
        )
    )
    edges = [0, *sorted(cuts), whole // unit]
    return [(b - a) * unit for a, b in pairwise(edges)]


@cached
@st.composite
def lines(draw, gate_to_gate=False):
    """A fibre of a blend, its share left out."""
    fibre = draw(pick(*sorted(records().fibres)))
    record = records().fibres[fibre]
    origin = draw(pick(*record.supplies, "undeclared"))
    supply = record.supplies["virgin" if origin == "undeclared" else origin]
    line = {"fibre": fibre, "origin": origin}
    if origin == "undeclared" and draw(yes):
        del line["origin"]
    if draw(yes):
        line["colour"] = draw(
            st.sampled_from([c for c in COLOURS if c != "shade_sorted" or origin != "virgin"])
        )
    way = draw(st.integers(0, 3))
    if way == 0:
        line["place"] = draw(pick(*sorted(records().places), "Vaiano", "BIELLA", "Cina"))
    elif way == 1:
        line["transport"] = [
            {
                "mode": draw(pick(*MODES)),
                "distance": distance_spelling(draw(st.integers(0, 20_000))),
            }
            for _ in range(draw(st.integers(0, 3)))
        ]
    if supply.handling and draw(yes):
        line["handling"] = draw(pick(*sorted(supply.handling)))
    elif draw(one_in(6)):
        line["dataset"] = draw(pick(*supplied(records(), fibre, origin)))
    if draw(one_in(3)):
        names = draw(st.lists(pick(*steps_of("fibre")), unique=True, max_size=2))
        if names:
            line["steps"] = {name: draw(entries("fibre", own=gate_to_gate)) for name in names}
    if draw(yes):
        line["document"] = f"{fibre}.pdf"
    if draw(yes):
        line["lot"] = "L-1"
    if draw(yes):
        line["price"] = Spelling("4.2 EUR/kg", "4200 EUR/t")
    return line


@st.composite
def blends(draw, rework=True, gate_to_gate=False):
    """A blend, with own rework as a line where the steps lose enough for it."""
    back = draw(st.integers(1, 200)) if rework and draw(one_in(4)) else 0
    fibres = draw(st.lists(lines(gate_to_gate), min_size=1, max_size=4))
    parts = draw(shares(len(fibres), 10_000 - back))
    blend = [{**line, "share": share_spelling(part)} for line, part in zip(fibres, parts)]
    if back:
        at = draw(st.integers(0, len(blend)))
        blend.insert(at, {"origin": "in_process_rework", "share": share_spelling(back)})
    return blend


def needed(system):
    """Steps that a product of a system can't do without."""
    return tuple(need.one_of[0] for need in records().systems[system].needed)


def has_rework(blend):
    """Tell whether a blend lists own rework."""
    return any(line.get("origin") == "in_process_rework" for line in blend)


def without_losses(route):
    """Leave every default loss in place, so that the steps lose enough for the rework."""
    for name in list(route):
        route[name].pop("loss", None)
        route[name].pop("reclaimed", None)  # the share of rework says it
        if route[name].get("use") == "no":
            del route[name]


@st.composite
def yarn_parts(draw, gate_to_gate=False):
    """System, blend and route of a yarn that fit together."""
    system = draw(pick("woollen", "woollen", "woollen", "worsted", "bought_yarn"))
    blend = draw(blends(rework=system != "bought_yarn", gate_to_gate=gate_to_gate))
    default = tuple(records().systems[system].steps)
    route = draw(routes("yarn", default, keep=needed(system)))
    if system == "bought_yarn":  # its supplier has spun it
        for name in ("carding", "spinning-ring"):
            if name not in route and (name == "carding" or "spinning-mule" not in route):
                route[name] = {"operator": "supplier"}
    if has_rework(blend):
        without_losses(route)
    return system, blend, route


@st.composite
def contracts(draw):
    """Electricity contract."""
    result = {}
    kind = draw(pick("grid", "supplier_mix", "guarantees_of_origin"))
    if kind != "grid" or draw(yes):
        result["contract"] = kind
    if kind != "grid":
        result["dataset"] = draw(pick(*CONTRACTS))
    if draw(yes):
        result["year"] = draw(pick(*YEARS, 2024))
    if draw(yes):
        result["photovoltaic"] = share_spelling(draw(st.integers(0, 10_000)))
    if draw(yes):
        result["document"] = "contract.pdf"
        result["class"] = "supplier"
    return result


@st.composite
def abstract_scenarios(draw, kind=None, boundary=None):
    """A valid scenario whose figures are still open to spelling."""
    kind = kind or draw(pick("yarn", "fabric"))
    boundary = boundary or draw(pick(*["cradle_to_gate"] * 3, "gate_to_gate"))
    closed = boundary == "gate_to_gate"
    product = {"type": kind, "name": "x", "boundary": boundary}
    data = {"schema": "lca-cardato/scenario/1", "id": "drawn", "product": product}
    if draw(yes):
        data["company"] = {
            "municipality": draw(pick("Prato", "Montemurlo", "Firenze", "Atlantis")),
            "role": draw(pick("producer", "contract_processor")),
        }
    route = {}
    if kind == "fabric":
        product["construction"] = draw(pick("woven", "flat_knit", "circular_knit"))
        product["surface_mass"] = area_mass_spelling(draw(st.integers(50, 1200)))
        steps = tuple(records().systems[product["construction"]].steps)
        route.update(draw(routes("fabric", steps, keep=needed(product["construction"]))))
    if kind == "fabric" and draw(yes):
        names = draw(st.permutations(["warp", "weft", "filament"]))[: draw(st.integers(1, 3))]
        data["yarns"] = []
        for name, part in zip(names, draw(shares(len(names)))):
            system, blend, own = draw(yarn_parts(closed))
            yarn = {
                "name": name,
                "share": share_spelling(part),
                "count": draw(counts),
                "blend": blend,
            }
            if system != "woollen" or draw(yes):
                yarn["system"] = system
            if own or draw(yes):
                yarn["route"] = own
            data["yarns"].append(yarn)
    else:
        system, data["blend"], own = draw(yarn_parts(closed))
        product["count"] = draw(counts)
        if system != "woollen" or draw(yes):
            product["system"] = system
        route.update(own)
    packing = "packing-yarn" if kind == "yarn" else "packing-fabric"
    choice = draw(st.integers(0, 5))
    if choice == 0:
        route[packing] = {"use": "no"}
    elif choice == 1:
        route[packing] = draw(entries("any"))
    elif choice == 2:
        data["packaging"] = {
            name: draw(chemical)
            for name in draw(st.lists(pick(*PACKAGING), unique=True, max_size=3))
        }
    if route or draw(yes):
        data["route"] = route
    if draw(yes):
        data["electricity"] = draw(contracts())
    if draw(yes):
        data["traceability"] = {
            "method": draw(pick("lots", "calendar_year")),
            "document": "register",
        }
    return data


@st.composite
def scenarios(draw, **options):
    """A valid scenario as a mapping."""
    tree = draw(abstract_scenarios(**options))
    return declared(render(tree, draw(st.one_of(st.none(), st.integers(0, 10**6)))))
