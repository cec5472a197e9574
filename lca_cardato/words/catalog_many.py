"""Texts of comparisons, batches, uncertainty and sensitivity: key -> (English, Italian)."""

from __future__ import annotations

MANY: dict[str, tuple[str, str]] = {
    "fibre_cost": (
        "Fibres cost {value} EUR per declared unit, at the prices of the scenario.",
        "Le fibre costano {value} EUR per unità dichiarata, ai prezzi dello scenario.",
    ),
    "fibre_cost_open": (
        "Cost of the fibres: a fibre has no price.",
        "Costo delle fibre: una fibra non ha prezzo.",
    ),
    "compare_title": (
        "Impact, and difference to the first",
        "Impatto, e differenza rispetto al primo",
    ),
    "compare_per_kg": (
        "Figures per kg of product, because the declared units differ",
        "Valori per kg di prodotto, perché le unità dichiarate sono diverse",
    ),
    "draws_head": (
        "{samples} paired draws of {figures} uncertain figures, seed {seed}",
        "{samples} estrazioni appaiate di {figures} dati incerti, seme {seed}",
    ),
    "stated": ("as stated", "come dichiarato"),
    "median": ("median", "mediana"),
    "interval_95": ("95 % interval", "intervallo 95 %"),
    "from_to": ("{low} to {high}", "da {low} a {high}"),
    "stated_percentile": ("draws below it", "estrazioni inferiori"),
    "figure_percentile": (
        "its range below the stated figure",
        "parte del suo intervallo sotto il dato",
    ),
    "stated_differs": (
        "The value as stated takes every figure at its most plausible amount. The median differs "
        "where the range of a figure reaches further to one side than to the other.",
        "Il valore come dichiarato prende ogni dato al suo valore più plausibile. La mediana è "
        "diversa dove l'intervallo di un dato si estende più da una parte che dall'altra.",
    ),
    "pair_discernible": (
        "{first} is lower than {second} in {percent} of the draws: discernible.",
        "{first} è inferiore a {second} nel {percent} delle estrazioni: distinguibile.",
    ),
    "pair_open": (
        "{first} is lower than {second} in {percent} of the draws: not discernible (it takes 95 %).",
        "{first} è inferiore a {second} nel {percent} delle estrazioni: non distinguibile "
        "(occorre il 95 %).",
    ),
    "uncertainty_title": ("Impact under uncertainty", "Impatto con incertezza"),
    "drivers_of": (
        "What makes the spread: {name}",
        "Che cosa determina la dispersione: {name}",
    ),
    "figure": ("figure", "dato"),
    "variance_share": ("share of the variance", "quota della varianza"),
    "sensitivity_title": ("Figures that weigh most", "Dati che pesano di più"),
    "tornado": ("alone, over its 95 % range", "da solo, sul suo intervallo 95 %"),
    "more_figures": (
        "and {count} figures that weigh less (--json lists all)",
        "e {count} dati che pesano meno (--json li elenca tutti)",
    ),
    "sensitivity_note": (
        "Morris: {trajectories} trajectories over all figures. Sobol: {points} base points over "
        "the weightiest; the others hold {left} of the Morris means. Seed {seed}.",
        "Morris: {trajectories} traiettorie su tutti i dati. Sobol: {points} punti di base sui "
        "più pesanti; gli altri hanno il {left} delle medie di Morris. Seme {seed}.",
    ),
    "switches_title": ("Choices of method and of grid", "Scelte di metodo e di rete"),
    "switches_note": (
        "* gives the value of the scenario as it stands",
        "* dà il valore dello scenario così com'è",
    ),
    "choice": ("choice", "scelta"),
    "option": ("option", "opzione"),
    "choice_allocation": ("allocation of recycling", "allocazione del riciclo"),
    "choice_handling": ("wool and meat", "lana e carne"),
    "choice_grid": ("year of the grid mix", "anno del mix di rete"),
    "biophysical": ("biophysical", "biofisica"),
    "protein_mass": ("protein mass", "massa proteica"),
    "economic": ("economic", "economica"),
    "batch_rows": (
        "{rows} rows calculated, {kept} kept, {bad} without a result",
        "{rows} righe calcolate, {kept} tenute, {bad} senza risultato",
    ),
    "batch_checked": (
        "{count} random rows calculated again with Brightway: largest relative difference {gap}, "
        "same verdicts",
        "{count} righe a caso ricalcolate con Brightway: differenza relativa massima {gap}, "
        "stessi esiti",
    ),
    "batch_ranges": ("Ranges", "Intervalli"),
    "column": ("column", "colonna"),
    "least": ("least", "minimo"),
    "largest": ("largest", "massimo"),
    "row": ("row", "riga"),
    "batch_selected": ("{shown} of {count} rows", "{shown} di {count} righe"),
    "batch_written": ("Written: {file}", "Scritto: {file}"),
}
