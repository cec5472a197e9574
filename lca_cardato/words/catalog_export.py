"""Texts of the workbook and of the product passport: key -> (English, Italian)."""

from __future__ import annotations

EXPORT: dict[str, tuple[str, str]] = {
    # workbook
    "x_overview": ("Overview", "Riepilogo"),
    "x_claims": ("Claims", "Marchi"),
    "x_figure": ("figure", "dato"),
    "x_value": ("value", "valore"),
    "x_unit": ("unit", "unità"),
    "x_meaning": ("what it says", "che cosa dice"),
    "x_sheet": ("sheet", "foglio"),
    "x_rows": ("rows", "righe"),
    "x_note": ("note", "nota"),
    "x_written": ("{title}, as in the report", "{title}, come nella relazione"),
    "x_claim": ("claim", "marchio"),
    "x_rule_pack": ("rule pack", "regole"),
    "x_claim_verdict": ("outcome of the claim", "esito del marchio"),
    "x_criterion": ("criterion", "criterio"),
    "x_verdict": ("outcome", "esito"),
    "x_reason": ("reason", "motivo"),
    "x_change": ("what would change it", "che cosa lo cambierebbe"),
    "x_readings": ("readings", "letture"),
    # product passport
    "p_notice": (
        "Self-assessment of the mill by a calculation program. It is no certificate and claims no "
        "compliance with any regulation. Regulation (EU) 2024/1781 (ESPR) names digital product "
        "passports; as far as known, no delegated act for textiles is adopted.",
        "Autovalutazione dell'azienda con un programma di calcolo. Non è un certificato e non "
        "dichiara la conformità ad alcun regolamento. Il regolamento (UE) 2024/1781 (ESPR) nomina "
        "i passaporti digitali di prodotto; per quanto noto, nessun atto delegato per i tessili è "
        "adottato.",
    ),
    "p_about": (
        "Life cycle assessment of {name}",
        "Valutazione del ciclo di vita di {name}",
    ),
    "p_water_method": (
        "volume counted by the program from the water flows of the inventory",
        "volume contato dal programma dai flussi di acqua dell'inventario",
    ),
    "p_allocation": (
        "Recycled fibre carries no burden of its first life (cut-off).",
        "La fibra riciclata non porta carichi della prima vita (cut-off).",
    ),
    # names of the terms of the passport, then what they mean
    "t_format": ("format", "formato"),
    "d_format": ("Name and version of this format.", "Nome e versione di questo formato."),
    "t_declaredUnit": ("declared unit", "unità dichiarata"),
    "d_declaredUnit": (
        "The amount of product that all values refer to.",
        "La quantità di prodotto a cui si riferiscono tutti i valori.",
    ),
    "t_mass": ("mass", "massa"),
    "d_mass": (
        "Conditioned mass of the declared unit.",
        "Massa condizionata dell'unità dichiarata.",
    ),
    "t_boundary": ("system boundary", "confini del sistema"),
    "d_boundary": (
        "The part of the life cycle that is counted.",
        "La parte del ciclo di vita che viene contata.",
    ),
    "t_composition": ("composition", "composizione"),
    "d_composition": (
        "Fibres of the product, by origin and yarn, with their share of the fibre mass.",
        "Fibre del prodotto, per origine e filato, con la loro quota della massa di fibra.",
    ),
    "t_Fibre": ("fibre", "fibra"),
    "d_Fibre": (
        "A fibre of the product, of one origin and in one yarn.",
        "Una fibra del prodotto, di una origine e in un filato.",
    ),
    "t_fibre": ("key of the fibre", "chiave della fibra"),
    "d_fibre": (
        "Name of the fibre in the inventory, the same in every language.",
        "Nome della fibra nell'inventario, uguale in ogni lingua.",
    ),
    "t_yarn": ("yarn", "filato"),
    "d_yarn": (
        "Name of the yarn that holds the fibre.",
        "Nome del filato che contiene la fibra.",
    ),
    "t_origin": ("origin", "origine"),
    "d_origin": (
        "Virgin or recycled, before or after use by a consumer.",
        "Vergine o riciclata, prima o dopo l'uso del consumatore.",
    ),
    "t_shareConditioned": ("share, conditioned", "quota, condizionata"),
    "d_shareConditioned": (
        "Share of the fibre mass with its commercial moisture.",
        "Quota della massa di fibra con la ripresa commerciale.",
    ),
    "t_shareDry": ("share, dry", "quota, anidra"),
    "d_shareDry": (
        "Share of the fibre mass without moisture.",
        "Quota della massa di fibra senza umidità.",
    ),
    "t_recycledContent": ("recycled content", "contenuto riciclato"),
    "d_recycledContent": (
        "Recycled fibre in the product, on both bases. Own rework is not counted as recycled.",
        "Fibra riciclata nel prodotto, su entrambe le basi. Il rientro interno non conta come "
        "riciclato.",
    ),
    "t_lowerBound": ("lower bound", "limite inferiore"),
    "d_lowerBound": (
        "True: the value is at least minValue, because a part of the product is not inventoried "
        "for this indicator.",
        "Vero: il valore è almeno minValue, perché una parte del prodotto non è inventariata per "
        "questo indicatore.",
    ),
    "t_coverage": ("coverage", "copertura"),
    "d_coverage": (
        "Part of the product system, weighed by climate change, that is inventoried for the "
        "indicator.",
        "Parte del sistema di prodotto, pesata con il cambiamento climatico, inventariata per "
        "l'indicatore.",
    ),
    "t_dataClasses": ("classes of data", "classi di dati"),
    "d_dataClasses": (
        "How much of the indicator rests on which class of data.",
        "Quanto dell'indicatore poggia su quale classe di dati.",
    ),
    "t_dataClass": ("class of data", "classe di dati"),
    "d_dataClass": ("Where figures come from.", "Da dove vengono i valori."),
    "t_notInventoried": ("not inventoried", "non inventariati"),
    "d_notInventoried": (
        "Indicators for which next to nothing is inventoried; no value is given for them.",
        "Indicatori per cui quasi nulla è inventariato; per essi non si dà alcun valore.",
    ),
    "t_claims": ("claims", "marchi"),
    "d_claims": (
        "Claims that the product was checked against, by the mill itself.",
        "Marchi rispetto a cui il prodotto è stato controllato, dall'azienda stessa.",
    ),
    "t_SelfAssessment": ("self-assessment", "autovalutazione"),
    "d_SelfAssessment": (
        "Outcome of a check against published rules by the mill itself; not a certificate.",
        "Esito di un controllo secondo regole pubblicate, fatto dall'azienda stessa; non un "
        "certificato.",
    ),
    "t_rulePack": ("rule pack", "regole"),
    "d_rulePack": (
        "The set of rules, with its version, that the claim was checked against.",
        "L'insieme di regole, con la sua versione, rispetto a cui il marchio è stato controllato.",
    ),
    "t_verdict": ("outcome", "esito"),
    "d_verdict": (
        "What the check found for a claim or a criterion.",
        "Che cosa ha dato il controllo per un marchio o un criterio.",
    ),
    "t_scope": ("scope", "ambito"),
    "d_scope": (
        "Whether the claim was checked for the product or for contracted processing only.",
        "Se il marchio è stato controllato per il prodotto o per la sola lavorazione conto terzi.",
    ),
    "t_grantedBy": ("who grants it", "chi lo concede"),
    "d_grantedBy": (
        "Who alone can grant the mark; this document does not.",
        "Chi solo può concedere il marchio; questo documento non lo fa.",
    ),
    "t_criteria": ("criteria", "criteri"),
    "d_criteria": (
        "Criteria of the claim with outcome and reason.",
        "Criteri del marchio con esito e motivo.",
    ),
    "t_Criterion": ("criterion", "criterio"),
    "d_Criterion": ("A criterion of a claim.", "Un criterio di un marchio."),
    "t_sha256": ("SHA-256", "SHA-256"),
    "d_sha256": (
        "Digest of the document that the values were taken from.",
        "Impronta digitale del documento da cui sono presi i valori.",
    ),
    "t_run": ("run", "prova"),
    "d_run": (
        "Id of the run folder that holds all inputs and results.",
        "Identificativo della cartella che contiene tutti gli ingressi e i risultati.",
    ),
    "t_program": ("program", "programma"),
    "d_program": ("Program that calculated the values.", "Programma che ha calcolato i valori."),
    "t_notice": ("notice", "avvertenza"),
    "d_notice": ("What this document does not claim.", "Ciò che questo documento non dichiara."),
    "t_definitions": ("definitions", "definizioni"),
    "d_definitions": (
        "Meaning of the terms that are not of schema.org.",
        "Significato dei termini che non sono di schema.org.",
    ),
    "d_indicator": (
        "Indicator of impact or of resource use; method: {method}.",
        "Indicatore di impatto o di uso di risorse; metodo: {method}.",
    ),
    # values of the terms
    "v_meets": (
        "It meets the published criteria, in every reading of them. Not a certificate.",
        "Soddisfa i criteri pubblicati, in ogni loro lettura. Non è un certificato.",
    ),
    "v_not_met": (
        "It does not meet the published criteria.",
        "Non soddisfa i criteri pubblicati.",
    ),
    "v_not_proven": (
        "Evidence is missing, or it depends on the reading.",
        "Mancano prove, oppure dipende dalla lettura.",
    ),
    "v_not_applicable": ("It does not apply to the product.", "Non riguarda il prodotto."),
    "v_measured": (
        "Metered or weighed, with period and document.",
        "Misurato o pesato, con periodo e documento.",
    ),
    "v_supplier": ("Stated by the supplier.", "Dichiarato dal fornitore."),
    "v_published": ("Taken from the literature.", "Preso dalla letteratura."),
    "v_assumed": ("Assumed, also in datasets upstream.", "Ipotizzato, anche nei dataset a monte."),
    "v_cradle_to_gate": (
        "From the raw material to the gate of the mill.",
        "Dalla materia prima al cancello dell'azienda.",
    ),
    "v_gate_to_gate": (
        "Inside the gates of the mill; supply of fibres is outside.",
        "Entro i cancelli dell'azienda; la fornitura della fibra è esclusa.",
    ),
    "v_virgin": ("Not used before.", "Mai usata prima."),
    "v_recycled_post_consumer": (
        "From textiles that consumers used.",
        "Da tessili usati dai consumatori.",
    ),
    "v_recycled_pre_consumer": (
        "From waste of manufacturing, before use.",
        "Da scarti di produzione, prima dell'uso.",
    ),
    "v_in_process_rework": (
        "Put back into the process it came from.",
        "Rimessa nel processo da cui proviene.",
    ),
    "v_undeclared": ("Origin not declared.", "Origine non dichiarata."),
    "w_product": ("product", "prodotto"),
    "w_processing": ("processing", "lavorazione"),
    "v_product": ("The whole product.", "L'intero prodotto."),
    "v_processing": (
        "The processing of a contractor only.",
        "La sola lavorazione conto terzi.",
    ),
}


def export_text(key: str, lang: str) -> str:
    """Give a text of this catalogue in a language.

    Parameters
    ----------
    key : str
    lang : str
        ``"en"`` or ``"it"``.
    """
    return EXPORT[key][1 if lang == "it" else 0]
