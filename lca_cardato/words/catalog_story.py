"""Texts of the report of one assessment: key -> (English, Italian)."""

from __future__ import annotations

STORY: dict[str, tuple[str, str]] = {
    "rep_title_kind": ("Life cycle assessment", "Valutazione del ciclo di vita"),
    # facts of the head
    "rep_run": ("Run", "Prova"),
    "rep_digest": ("SHA-256 of the result", "SHA-256 del risultato"),
    "rep_scenario": ("Scenario", "Scenario"),
    "rep_program": ("Program", "Programma"),
    "rep_written": ("Calculated", "Calcolato"),
    "rep_unit": ("Declared unit", "Unità dichiarata"),
    "rep_background": ("Background", "Base di dati"),
    "rep_own_inventory": ("Own inventory", "Inventario proprio"),
    "rep_own_records": (
        "{added} records added, {replaced} replaced",
        "{added} schede aggiunte, {replaced} sostituite",
    ),
    # sections
    "sec_summary": ("In short", "In breve"),
    "sec_goal": ("Goal and scope", "Obiettivo e campo di applicazione"),
    "sec_claims": ("Claims", "Marchi"),
    "sec_stages": ("Impact by stage", "Impatto per fase"),
    "sec_flow": ("The way of the material", "Il percorso del materiale"),
    "sec_contributors": ("What weighs most", "Che cosa pesa di più"),
    "sec_quality": ("What the figures rest on", "Su che cosa poggiano i valori"),
    "sec_allocation": ("Choices of allocation", "Scelte di allocazione"),
    "sec_uncertainty": ("Uncertainty", "Incertezza"),
    "sec_indicators": ("All indicators", "Tutti gli indicatori"),
    "sec_data": ("Inventory and sources", "Inventario e fonti"),
    "sec_method": ("Method and limits", "Metodo e limiti"),
    "sec_reproduce": ("How to check it", "Come verificarlo"),
    # summary
    "sum_lead": (
        "{unit} causes {value} kg CO2-eq from the raw material to the gate of the mill; "
        "{share} of it comes from {stage}.",
        "{unit} causa {value} kg CO2-eq dalla materia prima al cancello dell'azienda; "
        "il {share} viene da: {stage}.",
    ),
    "sum_lead_gate": (
        "{unit} causes {value} kg CO2-eq inside the gate of the mill; {share} of it comes from "
        "{stage}.",
        "{unit} causa {value} kg CO2-eq entro il cancello dell'azienda; il {share} viene da: "
        "{stage}.",
    ),
    "sum_reference": (
        "{name}: {value} kg CO2-eq, a difference of {difference}.",
        "{name}: {value} kg CO2-eq, una differenza di {difference}.",
    ),
    "mean_most": ("Most of it: {stage}, {share}.", "La parte maggiore: {stage}, {share}."),
    "mean_bound": (
        "A lower bound: inventoried for {share} of the product.",
        "Un limite inferiore: inventariato per il {share} del prodotto.",
    ),
    "mean_recycled": (
        "Share of the fibre mass, conditioned; {dry} dry.",
        "Quota della massa di fibra, condizionata; {dry} sul secco.",
    ),
    "mean_self": (
        "A self-assessment against the published rules, not a certificate.",
        "Un'autovalutazione secondo le regole pubblicate, non un certificato.",
    ),
    "fact_recycled": ("Recycled fibre", "Fibra riciclata"),
    # goal and scope
    "goal_goal": ("Goal", "Obiettivo"),
    "goal_goal_text": (
        "To calculate the impacts of the product, to find what weighs most, and to check it against "
        "the rules of carded-wool claims.",
        "Calcolare gli impatti del prodotto, trovare che cosa pesa di più e confrontarlo con le "
        "regole dei marchi del cardato.",
    ),
    "goal_audience": ("For whom", "Destinatari"),
    "goal_audience_text": (
        "The mill, its auditor and its customers. Not meant for comparative assertions disclosed "
        "to the public, which ask for a critical review (ISO 14044, 5.3 and 6.3).",
        "L'azienda, il suo verificatore e i suoi clienti. Non destinata ad asserzioni comparative "
        "rivolte al pubblico, che richiedono una revisione critica (ISO 14044, 5.3 e 6.3).",
    ),
    "goal_product": ("Product", "Prodotto"),
    "goal_boundary": ("System boundary", "Confini del sistema"),
    "goal_boundary_cradle_to_gate": (
        "From the cradle to the gate of the mill: supply of fibres, preparation, dyeing, blending, "
        "carding and spinning, fabric and finishing where there are any, packing, transport and "
        "treatment of waste. Use and end of life are outside.",
        "Dalla culla al cancello dell'azienda: materie prime, preparazione, tintura, mischia, "
        "cardatura e filatura, tessuto e rifinizione dove presenti, imballaggio, trasporti e "
        "trattamento dei rifiuti. Uso e fine vita sono esclusi.",
    ),
    "goal_boundary_gate_to_gate": (
        "From gate to gate: the steps of the mill, with energy, water, chemicals, packing and "
        "waste; the supply of fibres is outside.",
        "Da cancello a cancello: le fasi dell'azienda, con energia, acqua, prodotti chimici, "
        "imballaggio e rifiuti; le materie prime sono escluse.",
    ),
    "goal_cut_off": ("Cut-off", "Esclusioni"),
    "goal_cut_off_text": (
        "Machines, buildings and the work of people are outside the inventory of the steps; what a "
        "dataset does not cover shows in the coverage of each indicator.",
        "Macchine, edifici e lavoro delle persone sono fuori dall'inventario delle fasi; ciò che un "
        "dataset non copre appare nella copertura di ogni indicatore.",
    ),
    "goal_allocation": ("Allocation", "Allocazione"),
    "goal_allocation_text": (
        "Recycled fibre carries no burden of its first life (cut-off); collection, sorting and "
        "recycling count. The Circular Footprint Formula stands beside it where it applies.",
        "La fibra riciclata non porta carichi della prima vita (cut-off); contano raccolta, "
        "cernita e riciclo. Accanto sta la Circular Footprint Formula dove si applica.",
    ),
    "goal_electricity": ("Electricity", "Energia elettrica"),
    "goal_method": ("Impact assessment", "Valutazione degli impatti"),
    "goal_method_text": (
        "Environmental Footprint 3.1; energy as cumulative demand; water as volumes withdrawn "
        "and consumed.",
        "Environmental Footprint 3.1; energia come domanda cumulata; acqua come volumi "
        "prelevati e consumati.",
    ),
    "goal_review": ("Review", "Revisione"),
    "goal_review_text": (
        "No critical review according to ISO 14044 has taken place.",
        "Non è stata svolta alcuna revisione critica secondo ISO 14044.",
    ),
    "c_subject": ("subject", "voce"),
    "c_description": ("description", "descrizione"),
    # pictures and tables
    "pic_stages": ("Share of each stage", "Quota di ogni fase"),
    "pic_stages_alt": (
        "Stacked bars, one per indicator: the share of each life-cycle stage.",
        "Barre in pila, una per indicatore: la quota di ogni fase del ciclo di vita.",
    ),
    "pic_mass": ("Material, kg per declared unit", "Materiale, kg per unità dichiarata"),
    "pic_mass_alt": (
        "Flow of material through the route, with what is lost and what goes back.",
        "Flusso del materiale lungo il ciclo, con gli scarti e i rientri.",
    ),
    "pic_climate": ("Climate change along the way", "Cambiamento climatico lungo il percorso"),
    "pic_climate_alt": (
        "How the stages add up to the total of climate change.",
        "Come le fasi si sommano nel totale del cambiamento climatico.",
    ),
    "pic_contributors": ("Largest contributors", "Contributi maggiori"),
    "pic_contributors_alt": (
        "Bars: the ten largest contributors to {indicator}.",
        "Barre: i dieci contributi maggiori a {indicator}.",
    ),
    "pic_classes": ("Share by class of data", "Quota per classe di dati"),
    "pic_classes_alt": (
        "Stacked bars, one per indicator: how much rests on measured, supplier's, published and "
        "assumed figures.",
        "Barre in pila, una per indicatore: quanto poggia su valori misurati, del fornitore, "
        "pubblicati e ipotizzati.",
    ),
    "pic_tornado": ("One figure at a time", "Un valore alla volta"),
    "pic_tornado_alt": (
        "Bars: climate change when one figure stands at the lower and at the upper end of its 95 % "
        "interval and all others as stated.",
        "Barre: cambiamento climatico con un valore all'estremo inferiore e superiore del suo "
        "intervallo al 95 % e tutti gli altri come dichiarati.",
    ),
    "pic_intervals": ("Range of results", "Intervallo dei risultati"),
    "pic_intervals_alt": (
        "Intervals that hold 95 % of the draws, as percent of the stated value.",
        "Intervalli che contengono il 95 % delle estrazioni, in percento del valore dichiarato.",
    ),
    "tab_unc": (
        "Interval of 95 % of {samples} draws, seed {seed}",
        "Intervallo del 95 % di {samples} estrazioni, seme {seed}",
    ),
    "tab_unc_note": (
        "All uncertain figures of scenario, defaults and inventory drawn together. Stated value "
        "and median differ where distributions are skewed.",
        "Tutti i valori incerti di scenario, predefiniti e inventario estratti insieme. Il valore "
        "dichiarato e la mediana differiscono dove le distribuzioni sono asimmetriche.",
    ),
    "no_uncertainty": (
        "No uncertainty was calculated: this version gives other figures than the run holds.",
        "Incertezza non calcolata: questa versione dà valori diversi da quelli della prova.",
    ),
    "tab_contributions": (
        "Every exchange: climate change",
        "Ogni scambio: cambiamento climatico",
    ),
    "tab_parameters": ("Figures of the route", "Valori del ciclo"),
    "tab_datasets": ("Datasets behind it", "Dataset utilizzati"),
    "tab_documents": ("Documents", "Documenti"),
    "doc_id": ("id", "id"),
    "doc_kind": ("kind", "tipo"),
    "doc_issuer": ("issuer", "emesso da"),
    "doc_date": ("date", "data"),
    "doc_valid_until": ("valid until", "valido fino al"),
    "doc_lot": ("lot", "lotto"),
    "doc_mass_kg": ("kg", "kg"),
    "doc_file": ("file", "file"),
    "doc_sha256": ("SHA-256", "SHA-256"),
    "tab_sources": ("Sources", "Fonti"),
    "tab_assumptions": ("Heaviest assumptions", "Ipotesi più pesanti"),
    "tab_allocation": (
        "Climate change by way of allocation",
        "Cambiamento climatico per allocazione",
    ),
    "tab_fibres": ("Composition", "Composizione"),
    "c_made": ("made kg", "prodotto kg"),
    "c_per_kg": ("per kg made", "per kg prodotto"),
    "c_per_unit": ("kg CO2-eq per unit", "kg CO2-eq per unità"),
    "c_formula": ("formula", "formula"),
    "c_class": ("class", "classe"),
    "c_where": ("where from", "provenienza"),
    "c_source": ("source", "fonte"),
    "c_title": ("title", "titolo"),
    "c_year": ("year", "anno"),
    "c_geography": ("place", "luogo"),
    "c_kind": ("kind", "tipo"),
    "c_id": ("id", "id"),
    "c_address": ("address", "indirizzo"),
    "c_assumed_of": ("assumed of all figures", "ipotizzati su tutti i valori"),
    "c_key": ("figure", "valore di"),
    "c_low": ("low", "basso"),
    "c_high": ("high", "alto"),
    "c_median": ("median", "mediana"),
    "c_stated": ("stated", "dichiarato"),
    "c_way": ("way", "modo"),
    "c_fibre": ("fibre", "fibra"),
    "c_origin_short": ("origin", "origine"),
    "c_conditioned": ("conditioned", "condizionata"),
    "c_dry": ("dry", "secca"),
    "c_fresh": ("fresh fibre", "fibra fresca"),
    "origin_default": ("default of the inventory", "predefinito dell'inventario"),
    "origin_scenario": ("scenario, line {line}", "scenario, riga {line}"),
    "origin_scenario_bare": ("scenario", "scenario"),
    "kind_unit_process": ("unit process", "processo unitario"),
    "kind_published_result": ("published result", "risultato pubblicato"),
    "comparison_limits": (
        "Figures of other studies rest on other boundaries, data and methods and are not "
        "comparable as they stand.",
        "I valori di altri studi poggiano su altri confini, dati e metodi e non sono confrontabili "
        "così come sono.",
    ),
    "coverage_text": (
        "Coverage: the part of the product, weighed by climate change, whose datasets are "
        "inventoried for an indicator. Below 100 % the value is a lower bound (≥).",
        "Copertura: la parte del prodotto, pesata con il cambiamento climatico, i cui dataset sono "
        "inventariati per un indicatore. Sotto il 100 % il valore è un limite inferiore (≥).",
    ),
    "agreement_text": (
        "Calculated by Brightway and by a solver of its own; both agree within 1e-9 relative.",
        "Calcolato da Brightway e da un solutore proprio; i due concordano entro 1e-9 relativo.",
    ),
    "characterised_text": (
        "Impacts are relative expressions: they do not predict effects on endpoints, exceeding of "
        "thresholds, safety margins or risks (ISO 14044, 5.2).",
        "Gli impatti sono espressioni relative: non prevedono effetti finali, superamenti di soglie, "
        "margini di sicurezza o rischi (ISO 14044, 5.2).",
    ),
    "reproduce_text": (
        "The folder of the run holds the scenario, the inventories, the rules and the documents. "
        "With the same version of the program:",
        "La cartella della prova contiene scenario, inventari, regole e documenti. Con la "
        "stessa versione del programma:",
    ),
    "reproduce_no_run": (
        "Calculate the same scenario with the same version of the program and compare the digests:",
        "Calcolare lo stesso scenario con la stessa versione del programma e confrontare i digest:",
    ),
    "tab_digests": ("Digests (SHA-256)", "Digest (SHA-256)"),
    "c_what": ("of what", "di che cosa"),
    "dig_scenario": ("scenario", "scenario"),
    "dig_inventories": ("inventories", "inventari"),
    "dig_methods": ("characterisation factors", "fattori di caratterizzazione"),
    "dig_result": ("result", "risultato"),
    "not_for_signature": ("figures in full", "valori completi"),
}
