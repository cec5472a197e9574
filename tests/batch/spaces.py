"""Spaces over the shipped scenarios that touch every kind of path."""


def sampled(points, seed, **ranges):
    over = {path: {"from": low, "to": high} for path, (low, high) in ranges.items()}
    return {"method": "latin_hypercube", "points": str(points), "seed": str(seed), "over": over}


LEG = [{"mode": "lorry", "distance": "300 km"}, {"mode": "ship", "distance": "9000 km"}]
SPACES = {
    "figures": {
        "base": "recycled-wool-70.yaml",
        "grid": {
            "blend.wool.steps.tearing.water_out.value": ["0 L/kg", "0.05 L/kg", "120 mL/kg"],
            "blend.polyamide.origin": ["virgin", "undeclared"],
        },
        "sample": sampled(
            12, 3,
            **{
                "route.carding.electricity.value": ("100 MWh", "200 MWh"),
                "route.carding.loss.value": ("1 %", "20 %"),
                "route.carding.reclaimed.value": ("0 %", "90 %"),
                "route.spinning-ring.water_in.value": ("0.1 L/kg", "2 L/kg"),
                "blend.polyamide.steps.dyeing-stock.water_in.value": ("20 L/kg", "40 L/kg"),
                "blend.polyamide.steps.dyeing-stock.water_out.value": ("15 L/kg", "25 L/kg"),
                "blend.polyamide.steps.dyeing-stock.heat.value": ("2 kWh/kg", "6 kWh/kg"),
                "blend.wool.steps.tearing.loss": ("0 %", "30 %"),
                "blend.polyamide.steps.dyeing-stock.chemicals.sodium-sulphate": ("1 g/kg", "2 g/kg"),
                "packaging.corrugated-board": ("10 g/kg", "60 g/kg"),
                "product.count": ("Nm 4", "Nm 16"),
            },
        ),
    },
    "blends": {
        "base": "recycled-wool-70.yaml",
        "grid": {
            "electricity.photovoltaic": ["0 %", "30 %", "100 %"],
            "route.carding.loss.value": ["5 %", "6.5 %"],
            "blend.0.price": ["3.1 EUR/kg", "4 EUR/kg"],
        },
        "variants": {
            "priced": {"blend.1.price": "2.5 EUR/kg", "blend.2.price": "3 EUR/kg"},
            "unproven": {"blend.0.document": None},
            "elsewhere": {"company.municipality": "Milano", "route.winding": {"use": "no"}},
        },
        "simplex": {"step": "25 %", "lines": [
            {"line": "wool"}, {"line": "polyamide"}, {"line": "viscose"}]},
    },
    "fabric": {
        "base": "recycled-fabric.yaml",
        "grid": {
            "product.count": ["Nm 7", "Nm 2/28", "100 tex"],
            "route.raising": [{"use": "no"}, None],
        },
        "sample": sampled(
            6, 0,
            **{
                "product.surface_mass": ("200 g/m2", "600 g/m2"),
                "route.drying.heat.0.value": ("0.1 Sm3/kg", "0.3 Sm3/kg"),
                "route.fulling.water_in.value": ("12 L/kg", "30 L/kg"),
                "route.fulling.water_out.value": ("3 L/kg", "11 L/kg"),
                "route.weaving.loss": ("1 %", "9 %"),
                "route.shearing.loss": ("1 %", "9 %"),
                "blend.wool.steps.carbonising.loss": ("1 %", "20 %"),
                "packaging.pe-film": ("1 g/kg", "9 g/kg"),
            },
        ),
    },
    "knit": {
        "base": "knit-polyester-blend.yaml",
        "grid": {
            "yarns.carded.count": ["Nm 2/16", "Nm 2/30"],
            "yarns.filament.count": ["150 den", "200 dtex"],
            "yarns.carded.blend.1.origin": ["undeclared", "virgin", "recycled_pre_consumer"],
            "electricity.photovoltaic": ["5 %", "20 %"],
        },
        "simplex": {"blend": "yarns.carded.blend", "step": "20 %", "lines": [
            {"line": "0"}, {"line": "1"}, {"line": "polyester"}]},
        "sample": sampled(3, 1, **{
            "route.knitting-flat.electricity.value": ("1 kWh/kg", "2 kWh/kg"),
            "yarns.carded.route.carding.loss": ("1 %", "12 %")}),
    },
    "worsted": {
        "base": "worsted-mix.yaml",
        "grid": {
            "yarns.weft.blend.wool.share": ["65 %", "80 %", "90 %"],
            "yarns.weft.blend.polyamide.share": ["10 %", "20 %", "35 %"],
            "yarns.warp.count": ["Nm 2/48", "Nm 2/60"],
            "product.surface_mass": ["310 g/m2", "0 g/m2"],
            "electricity.year": [None, "2023"],
        },
    },
    "rework": {
        "base": "cashmere-blend.yaml",
        "grid": {
            "blend.2.share": ["3 %", "2 %", "0 %", "40 %"],
            "blend.cashmere.share": ["30 %", "31 %"],
            "blend.wool.share": ["67 %", "68 %", "69 %", "30 %"],
            "blend.wool.origin": ["virgin", "undeclared"],
        },
        "variants": {"as-is": {}, "lossy": {"route.carding.loss": "45 %"}},
    },
    "threshold": {
        "base": "recycled-threshold-65.yaml",
        "variants": {
            "short": {"product.batch": "1000 kg"},
            "none": {"product.batch": "0 kg"},
        },
        "grid": {"route.carding.loss": ["2 %", "30 %"], "blend.1.origin": [
            "recycled_pre_consumer", "undeclared"]},
        "simplex": {"step": "5 %", "lines": [
            {"line": "0", "max": "40 %"}, {"line": "1", "max": "40 %"},
            {"line": "2", "min": "25 %", "max": "50 %"}]},
    },
    "virgin": {
        "base": "virgin-wool.yaml",
        "grid": {
            "blend.wool.transport": [LEG, None],
            "blend.wool.place": ["Australia", "New Zealand", "Prato"],
            "blend.wool.colour": ["to_dye", "undyed"],
            "company.municipality": ["Prato", "Biella"],
            "product.count": {"from": "Nm 6", "to": "Nm 12", "points": "3"},
        },
    },
    "distance": {
        "base": "virgin-wool.yaml",
        "variants": {"sea": {"blend.wool.transport": LEG}},
        "grid": {"blend.wool.transport.0.distance": ["100 km", "250000 m"]},
    },
    "sea": {
        "base": "virgin-wool.yaml",
        "variants": {"sea": {"blend.wool.transport": LEG}},
        "sample": sampled(5, 0, **{
            "blend.wool.transport.1.distance": ("5000 km", "20000 km"),
            "route.carding.loss": ("1 %", "9 %")}),
    },
    "contract": {
        "base": "contract-spinner.yaml",
        "grid": {"electricity.photovoltaic": ["0 %", "50 %"], "blend.0.share": ["80 %", "75 %"],
                 "electricity.dataset": ["electricity-it-hydro", "electricity-it-mv"]},
        "sample": sampled(4, 2, **{
            "route.spinning-ring.heat.0.value": ("10000 Sm3", "40000 Sm3"),
            "route.spinning-ring.water_in.value": ("0.2 L/kg", "1 L/kg"),
            "route.blending.electricity": ("0.05 kWh/kg", "0.2 kWh/kg")}),
    },
}  # fmt: skip
