"""Texts of the pages: key -> (English, Italian)."""

from __future__ import annotations

PAGES: dict[str, tuple[str, str]] = {
    "runs": ("Runs", "Prove"),
    "scenarios": ("Scenarios", "Scenari"),
    "folder": ("Folder", "Cartella"),
    "no_runs": (
        "No run folder here; `lca-cardato assess SCENARIO --out DIR` writes one.",
        "Nessuna cartella di prova qui; `lca-cardato assess SCENARIO --out DIR` ne scrive una.",
    ),
    "product": ("product", "prodotto"),
    "written": ("calculated", "calcolato"),
    "compare_two": ("Compare two runs", "Confronta due prove"),
    "first": ("first", "prima"),
    "second": ("second", "seconda"),
    "compare": ("Compare", "Confronta"),
    "blend": ("Try another blend", "Prova un'altra mista"),
    "back": ("All runs", "Tutte le prove"),
    "difference": ("difference", "differenza"),
    "now": ("this blend", "questa mista"),
    "start": ("at the start", "all'inizio"),
    "calculate": ("Calculate", "Calcola"),
    "save": ("Save as scenario (YAML)", "Salva come scenario (YAML)"),
    "sum": ("Sum", "Somma"),
    "must_be": ("must be 100 %", "deve essere 100 %"),
    "unreadable": ("can't be read", "non leggibile"),
    "self": (
        "A self-assessment against the published rules, not a certificate.",
        "Un'autovalutazione secondo le regole pubblicate, non un certificato.",
    ),
    "units_differ": (
        "The declared units differ; figures are per kg.",
        "Le unità dichiarate sono diverse; i valori sono per kg.",
    ),
    "not_found": ("There is no such page.", "Questa pagina non esiste."),
    "refused": ("This request is refused.", "Richiesta rifiutata."),
    "one_blend": (
        "Only products with one blend can be tried here.",
        "Qui si provano solo prodotti con una mista.",
    ),
}
