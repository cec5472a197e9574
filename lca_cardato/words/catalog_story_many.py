"""Texts of reports of comparisons, batches, uncertainty and sensitivity: key -> (English, Italian)."""

from __future__ import annotations

MANY_STORY: dict[str, tuple[str, str]] = {
    "rep_comparison": ("Comparison of {count} products", "Confronto fra {count} prodotti"),
    "rep_batch": ("{count} scenarios", "{count} scenari"),
    "fact_draws": ("Draws", "Estrazioni"),
    "limits_public": (
        "Comparisons that are disclosed to the public need a critical review (ISO 14044, 5.3 and 6.3); "
        "none has taken place.",
        "I confronti rivolti al pubblico richiedono una revisione critica (ISO 14044, 5.3 e 6.3); non "
        "ne è stata svolta alcuna.",
    ),
    "alt_stage_bars": (
        "Stacked bars, one per product: the part of each life-cycle stage.",
        "Barre in pila, una per prodotto: la parte di ogni fase del ciclo di vita.",
    ),
    "alt_difference": (
        "Distribution of the paired differences, {second} minus {first}; the line marks no difference.",
        "Distribuzione delle differenze appaiate, {second} meno {first}; la linea segna nessuna "
        "differenza.",
    ),
    "alt_interval": (
        "Bar: 95 % of the draws; line: median; diamond: value as stated.",
        "Barra: 95 % delle estrazioni; linea: mediana; rombo: valore come dichiarato.",
    ),
    "alt_draws": (
        "Distribution of the draws; the line marks the value as stated.",
        "Distribuzione delle estrazioni; la linea segna il valore come dichiarato.",
    ),
    "pic_differences": ("Paired differences", "Differenze appaiate"),
    "pic_draws": ("Distribution of the draws", "Distribuzione delle estrazioni"),
    "tab_pairs": ("Which is lower, and how sure", "Quale è inferiore, e quanto è sicuro"),
    "tab_drivers": ("What makes the spread", "Che cosa determina la dispersione"),
    "c_probability": ("A lower than B", "A inferiore a B"),
    "sec_ranking": ("Ranking", "Classifica"),
    "sec_front": ("Pareto front", "Fronte di Pareto"),
    "sec_simplex": ("Blends of three fibres", "Miste di tre fibre"),
    "sec_parallel": ("All at once", "Tutti insieme"),
    "sec_problems": ("Rows without a result", "Righe senza risultato"),
    "alt_front": (
        "Points: scenarios, by verdict of {claim}; line: those that no other beats in both.",
        "Punti: scenari, per esito di {claim}; linea: quelli che nessun altro batte in entrambi.",
    ),
    "alt_simplex": (
        "Triangle of shares; colour: climate change, least of each blend; outlined: blends that meet "
        "{claim} and the region they span.",
        "Triangolo delle quote; colore: cambiamento climatico, minimo di ogni mista; contornate: le "
        "miste che soddisfano {claim} e la regione che coprono.",
    ),
    "alt_parallel": (
        "Lines: scenarios, by verdict of {claim}; each axis from its least to its largest value.",
        "Linee: scenari, per esito di {claim}; ogni asse dal valore minimo al massimo.",
    ),
    "batch_sampled": (
        "Pictures show {shown} of {count} rows, evenly chosen.",
        "Le figure mostrano {shown} righe su {count}, scelte a passo uguale.",
    ),
    "batch_best": (
        "The best {shown} of {count} rows by {column}",
        "Le {shown} righe migliori su {count} per {column}",
    ),
    "tab_verdicts": ("Rows by verdict", "Righe per esito"),
    "rep_rows": ("Rows", "Righe"),
    "rep_file": ("File", "File"),
    "c_cost": ("Cost of the fibres", "Costo delle fibre"),
}
