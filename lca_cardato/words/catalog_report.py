"""Words of the frame of a report: key -> (English, Italian)."""

from __future__ import annotations

LABELS: dict[str, tuple[str, str]] = {
    "contents": ("Contents", "Indice"),
    "skip": ("To the content", "Al contenuto"),
    "meets": ("meets", "soddisfatto"),
    "not_met": ("not met", "non soddisfatto"),
    "not_proven": ("not proven", "non dimostrato"),
    "not_applicable": ("not applicable", "non applicabile"),
    "to_change": ("To change it", "Per cambiarlo"),
    "readings": ("Readings", "Letture"),
    "quotes": ("Words of the rule", "Parole della regola"),
    "unknown": ("Not known", "Non noto"),
    "rule_pack": ("rule pack", "pacchetto di regole"),
    "filter": ("Filter rows", "Filtra le righe"),
    "sort": ("Sort by", "Ordina per"),
    "at_most": ("at most", "al massimo"),
    "shown_of": ("of", "su"),
    "rows": ("rows", "righe"),
    "show": ("Show", "Mostra"),
    "limits": ("Limits of columns", "Limiti delle colonne"),
    "formula": ("formula", "formula"),
    "prepared": ("Prepared by", "Redatto da"),
    "checked": ("Checked by", "Verificato da"),
    "date": ("Date", "Data"),
    "signature": ("Signature", "Firma"),
    "signatures": ("Signatures", "Firme"),
    "page": ("Page", "Pagina"),
    "page_of": ("of", "di"),
    "run": ("run", "prova"),
}
