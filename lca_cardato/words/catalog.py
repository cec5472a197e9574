"""The catalogue of texts: key -> (English, Italian)."""

from __future__ import annotations

from lca_cardato.words.catalog_doctor import DOCTOR
from lca_cardato.words.catalog_many import MANY
from lca_cardato.words.catalog_story import STORY
from lca_cardato.words.catalog_story_many import MANY_STORY

TEXTS: dict[str, tuple[str, str]] = {
    **MANY,
    **STORY,
    **MANY_STORY,
    **DOCTOR,
    # declared unit
    "unit_yarn": (
        "1 kg of conditioned yarn, ready to leave the mill",
        "1 kg di filato condizionato, pronto a lasciare l'azienda",
    ),
    "unit_fabric": (
        "1 m² of finished fabric ({mass} g, conditioned)",
        "1 m² di tessuto finito ({mass} g, condizionato)",
    ),
    "reference_name": (
        "the same product from virgin fibre (dyed where the recycled fibre is shade-sorted)",
        "lo stesso prodotto da fibra vergine (tinta dove la riciclata è scelta per colore)",
    ),
    # indicators
    "climate_change": ("Climate change", "Cambiamento climatico"),
    "climate_change_fossil": ("  fossil", "  fossile"),
    "climate_change_biogenic": ("  biogenic", "  biogenico"),
    "climate_change_land_use": ("  land use", "  uso del suolo"),
    "energy": ("Energy (cumulative demand)", "Energia (domanda cumulata)"),
    "energy_non_renewable": ("  non-renewable", "  non rinnovabile"),
    "energy_renewable": ("  renewable", "  rinnovabile"),
    "water_withdrawn": ("Water withdrawn", "Acqua prelevata"),
    "water_consumed": ("Water consumed", "Acqua consumata"),
    "water_scarcity": ("Water scarcity (EF 3.1)", "Scarsità idrica (EF 3.1)"),
    "acidification": ("Acidification", "Acidificazione"),
    "eutrophication_freshwater": ("Eutrophication, freshwater", "Eutrofizzazione, acque dolci"),
    "eutrophication_marine": ("Eutrophication, marine", "Eutrofizzazione, marina"),
    "eutrophication_terrestrial": ("Eutrophication, terrestrial", "Eutrofizzazione, terrestre"),
    "particulate_matter": ("Particulate matter", "Particolato"),
    "photochemical_ozone_formation": ("Photochemical ozone", "Ozono fotochimico"),
    "ozone_depletion": ("Ozone depletion", "Riduzione dell'ozono"),
    "ionising_radiation": ("Ionising radiation", "Radiazioni ionizzanti"),
    "land_use": ("Land use", "Uso del suolo"),
    "ecotoxicity_freshwater": ("Ecotoxicity, freshwater", "Ecotossicità, acque dolci"),
    "human_toxicity_cancer": ("Human toxicity, cancer", "Tossicità umana, cancerogena"),
    "human_toxicity_non_cancer": (
        "Human toxicity, non-cancer",
        "Tossicità umana, non cancerogena",
    ),
    "resource_use_fossils": ("Resource use, fossils", "Uso di risorse, fossili"),
    "resource_use_minerals_metals": (
        "Resource use, minerals and metals",
        "Uso di risorse, minerali e metalli",
    ),
    # stages
    "fibre_supply": ("fibre supply", "materia prima"),
    "fibre_preparation": ("fibre preparation", "preparazione della fibra"),
    "dyeing": ("dyeing", "tintura"),
    "blending": ("blending", "mischia"),
    "spinning": ("carding and spinning", "cardatura e filatura"),
    "twisting_winding": ("twisting and winding", "ritorcitura e roccatura"),
    "fabric_forming": ("weaving or knitting", "tessitura o maglieria"),
    "finishing": ("finishing", "rifinizione"),
    "packaging": ("packaging", "imballaggio"),
    "transport": ("transport", "trasporti"),
    "waste": ("waste treatment", "trattamento dei rifiuti"),
    "total": ("total", "totale"),
    # data classes
    "measured": ("measured", "misurato"),
    "supplier": ("supplier", "fornitore"),
    "published": ("published", "pubblicato"),
    "assumed": ("assumed", "ipotizzato"),
    # origins
    "virgin": ("virgin", "vergine"),
    "recycled_post_consumer": ("recycled post-consumer", "riciclata post-consumo"),
    "recycled_pre_consumer": ("recycled pre-consumer", "riciclata pre-consumo"),
    "in_process_rework": ("own rework", "rientro interno"),
    "undeclared": ("origin undeclared", "origine non dichiarata"),
    # figures
    "electricity": ("electricity", "energia elettrica"),
    "heat": ("heat", "calore"),
    "water_in": ("water", "acqua"),
    "loss": ("loss", "calo"),
    "reclaimed": ("loss put back", "calo rimesso in mista"),
    "water_evaporated": ("water evaporated", "acqua evaporata"),
    "h_contract": ("electricity contract", "contratto di fornitura elettrica"),
    "assumed_figures": ("{count} of {all} figures assumed", "{count} valori su {all} ipotizzati"),
    "natural_gas": ("natural gas", "gas naturale"),
    "lpg": ("LPG", "GPL"),
    "diesel": ("diesel", "gasolio"),
    "fuel_oil": ("fuel oil", "olio combustibile"),
    "wood_chips": ("wood chips", "cippato di legno"),
    "steam": ("steam", "vapore"),
    "steam_wood": ("steam from wood chips", "vapore da cippato di legno"),
    "cogeneration": ("heat from cogeneration", "calore da cogenerazione"),
    "heat_pump": ("heat from a heat pump", "calore da pompa di calore"),
    "district_heat": ("district heat", "teleriscaldamento"),
    "chemicals": ("chemicals", "ausiliari"),
    # verdicts
    "meets": ("meets", "soddisfatto"),
    "not_met": ("not met", "non soddisfatto"),
    "not_proven": ("not proven", "non dimostrato"),
    # reasons
    "share_one": (
        "{low} in every reading; the threshold is {threshold}.",
        "{low} in ogni lettura; la soglia è {threshold}.",
    ),
    "share_range": (
        "{low} to {high} depending on the reading; the threshold is {threshold}.",
        "Da {low} a {high} secondo la lettura; la soglia è {threshold}.",
    ),
    "share_flips": (
        "{low} to {high}: the readings disagree about the threshold of {threshold}; "
        "below it: {below}.",
        "Da {low} a {high}: le letture non concordano sulla soglia di {threshold}; sotto: {below}.",
    ),
    "rework_flips": (
        "Only if own rework counted as recycled would it reach {high}; ISO 14021 leaves own "
        "rework out.",
        "Solo contando il rientro interno come riciclato si arriverebbe al {high}; la ISO 14021 "
        "lo esclude.",
    ),
    "rework_apart": (
        "Own rework is kept apart and counts neither as recycled nor as virgin (ISO 14021).",
        "Il rientro interno è tenuto a parte: non conta né come riciclato né come vergine "
        "(ISO 14021).",
    ),
    "origin_missing": (
        "Origin not declared: {fibres}.",
        "Origine non dichiarata: {fibres}.",
    ),
    "document_missing": (
        "No document proves the recycled origin of: {fibres}.",
        "Nessun documento dimostra l'origine riciclata di: {fibres}.",
    ),
    "processor_content": (
        "A contract processor can claim its processing; the content of the yarn is its "
        "customer's to prove.",
        "Il terzista può attestare la propria lavorazione; la composizione del filato la dimostra "
        "il committente.",
    ),
    "district_no_steps": ("No step is declared.", "Nessuna fase dichiarata."),
    "district_outside": ("Outside the district: {steps}.", "Fuori distretto: {steps}."),
    "district_missing": (
        "Municipality missing or unknown: {steps}.",
        "Comune mancante o sconosciuto: {steps}.",
    ),
    "district_all": (
        "All {count} steps lie in the district.",
        "Tutte le {count} fasi si svolgono nel distretto.",
    ),
    "district_readings": (
        "Whether every step or only carding and spinning must lie there is not published.",
        "Non è pubblicato se debba trovarvisi ogni fase o solo cardatura e filatura.",
    ),
    "trace_missing": ("Nothing is declared.", "Nulla è dichiarato."),
    "trace_no_document": ("No register is named.", "Nessun registro indicato."),
    "trace_no_year": ("The calendar year is not given.", "L'anno solare non è indicato."),
    "trace_year": (
        "Totals of the calendar year {year} (reading C-TRACE-YEAR).",
        "Totali dell'anno solare {year} (lettura C-TRACE-YEAR).",
    ),
    "trace_no_lot": ("No lot number: {fibres}.", "Manca il numero di lotto: {fibres}."),
    "trace_lots": (
        "All {count} fibres carry a lot number (reading C-TRACE-LOT).",
        "Tutte le {count} fibre hanno un numero di lotto (lettura C-TRACE-LOT).",
    ),
    "measured_none": ("No step with figures.", "Nessuna fase con dati."),
    "measured_missing": (
        "{done} of {all} energy and water figures are proven; those open carry {weight} of "
        "climate change.",
        "Dimostrati {done} dati su {all} di energia e acqua; quelli aperti pesano il {weight} del "
        "cambiamento climatico.",
    ),
    "water_missing": (
        "No water figure at all: even 0 L/kg must be measured.",
        "Nessun dato sull'acqua: anche 0 L/kg va misurato.",
    ),
    "measured_all": (
        "All {count} energy and water figures are measured, or stated by the contractor, with "
        "document.",
        "Tutti i {count} dati di energia e acqua sono misurati, o dichiarati dal terzista, con "
        "documento.",
    ),
    # changes
    "change_carded": (
        "Make at least {points} more of the fibre mass by the carding process.",
        "Realizzare con il processo cardato almeno un ulteriore {points} della massa fibrosa.",
    ),
    "change_recycled": (
        "Replace {points} of the mixture: recycled {grown} in place of {away}.",
        "Sostituire il {points} della mista: {grown}, riciclata, al posto di {away}.",
    ),
    "change_recycled_kg": (
        "Replace {points} of the mixture, {kg} kg in the batch of {batch} kg: recycled {grown} in "
        "place of {away}.",
        "Sostituire il {points} della mista, {kg} kg nella partita di {batch} kg: {grown}, "
        "riciclata, al posto di {away}.",
    ),
    "change_origin": (
        "Declare the origin class of every fibre.",
        "Dichiarare la classe di origine di ogni fibra.",
    ),
    "change_document": (
        "Add the supplier's declaration or transaction certificate of every recycled fibre "
        "(`document`).",
        "Aggiungere la dichiarazione del fornitore o il certificato di transazione di ogni fibra "
        "riciclata (`document`).",
    ),
    "change_municipality": (
        "State the municipality of: {steps}.",
        "Indicare il comune di: {steps}.",
    ),
    "change_district": (
        "Move into the district: {steps}.",
        "Spostare nel distretto: {steps}.",
    ),
    "change_trace": (
        "Name the method (lots or calendar year) and the register under `traceability`.",
        "Indicare metodo (lotti o anno solare) e registro in `traceability`.",
    ),
    "change_lot": ("Give the `lot` of every fibre.", "Indicare il lotto (`lot`) di ogni fibra."),
    "change_measure": (
        "Measure, heaviest first (share of climate change): {figures}.",
        "Misurare, dal più pesante (quota del cambiamento climatico): {figures}.",
    ),
    "change_water": (
        "Measure the water of at least one step; write `0 L/kg` where the meter shows none.",
        "Misurare l'acqua di almeno una fase; scrivere `0 L/kg` dove il contatore non segna nulla.",
    ),
    # warnings
    "origin_undeclared": (
        "{fibre}: origin not declared; calculated as virgin.",
        "{fibre}: origine non dichiarata; calcolata come vergine.",
    ),
    "formula_outside": (
        "{key}: the yarn count lies outside the validity of the formula ({valid}).",
        "{key}: il titolo è fuori dalla validità della formula ({valid}).",
    ),
    "guarantee_without_document": (
        "Guarantees of origin without a cancellation statement.",
        "Garanzie di origine senza dichiarazione di annullamento.",
    ),
    "municipality_unknown": (
        "Municipality '{name}' is not on the list; {hint}",
        "Il comune '{name}' non è nell'elenco; {hint}",
    ),
    "defaults_used": (
        "{count} of {all} figures are defaults of the inventory, not the mill's own.",
        "{count} dati su {all} sono valori predefiniti dell'inventario, non dell'azienda.",
    ),
    "measured_without_evidence": (
        "Called measured without period or document: {keys}.",
        "Dichiarati misurati senza periodo o documento: {keys}.",
    ),
    "lower_bounds": (
        "{count} of {all} indicators are lower bounds (≥), because not every dataset behind them "
        "is inventoried for them; see the coverage.",
        "{count} indicatori su {all} sono valori minimi (≥), perché non ogni dataset a monte è "
        "inventariato per essi; vedi la copertura.",
    ),
    "own_inventory": (
        "An own inventory folder adds {count} records and replaces: {keys}.",
        "Una cartella di inventario propria aggiunge {count} voci e sostituisce: {keys}.",
    ),
    "own_background": (
        "{share} of climate change comes from a database of the user's own, {title} ({database}).",
        "Il {share} del cambiamento climatico viene da una banca dati dell'utente, {title} "
        "({database}).",
    ),
    "background_line": (
        "Background: {title}, database {database} in the project {project}; {taken} datasets from "
        "it, {kept} from the open inventories",
        "Base di dati: {title}, banca dati {database} nel progetto {project}; {taken} dataset da "
        "questa, {kept} dagli inventari aperti",
    ),
    "bg_processes": ("processes", "processi"),
    "bg_behind": ("databases behind it", "banche dati a monte"),
    "bg_fits": (
        "Mapping {mapping}: {taken} datasets take a process of this database, {kept} stay with the "
        "open inventories. {processes} processes, {flows} elementary flows.",
        "Corrispondenza {mapping}: {taken} dataset prendono un processo di questa banca dati, "
        "{kept} restano con gli inventari aperti. {processes} processi, {flows} flussi elementari.",
    ),
    "bg_digest": ("SHA-256 of its matrices: {digest}", "SHA-256 delle sue matrici: {digest}"),
    "bg_beside": (
        "Per unit: open inventories → this database",
        "Per unità: inventari aperti → questa banca dati",
    ),
    "bg_ours": ("dataset (unit)", "dataset (unità)"),
    "bg_process": ("process", "processo"),
    "bg_kept": ("They stay with the open inventories", "Restano con gli inventari aperti"),
    "bg_unknown": (
        "{count} elementary flows are in no method of ours; they count nowhere",
        "{count} flussi elementari non sono in nessun nostro metodo; non contano in alcuno",
    ),
    "bg_more": ("  and {count} more (--json)", "  e altri {count} (--json)"),
    "methods_all": ("all of these", "tutti questi"),
    "h_methods": ("Further methods", "Altri metodi"),
    "c_method": ("method", "metodo"),
    "gate_to_gate": (
        "Fibre supply is left out (gate to gate): the figures are those of the processing.",
        "La fornitura della fibra è esclusa (da cancello a cancello): i valori sono quelli della "
        "lavorazione.",
    ),
    # headings of the terminal
    "h_indicators": ("Impact per declared unit", "Impatto per unità dichiarata"),
    "h_stages": ("Life-cycle stages", "Fasi del ciclo di vita"),
    "h_contributors": (
        "Ten largest contributors to climate change",
        "I dieci contributi maggiori al cambiamento climatico",
    ),
    "h_mass": ("Mass balance (kg, conditioned)", "Bilancio di massa (kg, condizionato)"),
    "h_classes": ("What the figures rest on", "Su che cosa poggiano i valori"),
    "h_assumptions": (
        "Heaviest assumptions (measure or document these first)",
        "Ipotesi che pesano di più (da misurare o documentare per prime)",
    ),
    "c_assumption": ("assumed", "ipotesi"),
    "c_range": ("range", "intervallo"),
    "h_allocation": ("Recycling: two ways to share the burden", "Riciclo: due modi di ripartire"),
    "h_claims": ("Claims", "Marchi"),
    "h_warnings": ("Read before use", "Da leggere prima dell'uso"),
    "h_other": ("Other EF 3.1 categories", "Altre categorie EF 3.1"),
    "c_indicator": ("indicator", "indicatore"),
    "c_value": ("value", "valore"),
    "c_unit": ("unit", "unità"),
    "c_coverage": ("coverage", "copertura"),
    "c_reference": ("virgin fibre", "fibra vergine"),
    "c_difference": ("difference", "differenza"),
    "c_step": ("step", "fase"),
    "c_input": ("input", "ingresso"),
    "c_amount": ("amount", "quantità"),
    "c_share": ("share", "quota"),
    "c_in": ("in", "entra"),
    "c_out": ("out", "esce"),
    "c_waste": ("waste", "rifiuto"),
    "c_rework": ("rework", "rientro"),
    "c_name": ("name", "nome"),
    "c_stage": ("stage", "fase"),
    "cut_off": ("cut-off (main result)", "cut-off (risultato principale)"),
    "cff": (
        "Circular Footprint Formula (A = {a}, Qsin/Qp = {q})",
        "Circular Footprint Formula (A = {a}, Qsin/Qp = {q})",
    ),
    "cff_sensitivity": ("with A = {a}", "con A = {a}"),
    "reference_line": ("Compared with {name}.", "Confronto con {name}."),
    "final_energy": ("Final energy of the route", "Energia finale del ciclo"),
    "location_based": (
        "Grid electricity instead of the contract: {value} kg CO2-eq",
        "Con energia di rete invece del contratto: {value} kg CO2-eq",
    ),
    "declared_unit": ("Declared unit", "Unità dichiarata"),
    "why": ("why", "perché"),
    "to_change": ("to change it", "per cambiarlo"),
    "conditioned": ("conditioned", "condizionata"),
    "dry": ("dry", "anidra"),
    "not_inventoried": ("not inventoried", "non inventariato"),
    "composition": ("Composition", "Composizione"),
    "cradle_to_gate": ("Cradle to gate", "Dalla culla al cancello"),
    "gate_to_gate_short": (
        "Gate to gate, fibre left out",
        "Da cancello a cancello, fibra esclusa",
    ),
    "boundary": (
        "{what}; EF 3.1; recycling by the cut-off. A ≥ marks a lower bound.",
        "{what}; EF 3.1; riciclo con il cut-off. Un ≥ segna un valore minimo.",
    ),
    "scope_processing": (
        "For the contracted processing only: the product's own claim needs the fibre's data.",
        "Solo per la lavorazione conto terzi: il marchio del prodotto richiede i dati della fibra.",
    ),
    "comparison_note": (
        "Comparison on the same declared unit, boundary and data year, not a critically reviewed "
        "comparative assertion (ISO 14044 5.2-5.3, Directive (EU) 2024/825, D.Lgs. 30/2026).",
        "Confronto a parità di unità dichiarata, confini e anno dei dati; non è un'asserzione "
        "comparativa sottoposta a revisione critica (ISO 14044 5.2-5.3, direttiva (UE) 2024/825, "
        "D.Lgs. 30/2026).",
    ),
    "document_mass": (
        "The batch takes in {needed} kg, document {document} is of {has} kg.",
        "La partita ne usa {needed} kg, il documento {document} è di {has} kg.",
    ),
    "document_lot": (
        "Document {document} is of lot {other}, not of {lot}.",
        "Il documento {document} è del lotto {other}, non di {lot}.",
    ),
    "document_expired": (
        "Document {document} was valid until {until}; production is of {year}.",
        "Il documento {document} valeva fino al {until}; la produzione è del {year}.",
    ),
    "balance_head": ("kilograms by document", "chilogrammi per documento"),
    "balance_over": (
        "claimed more than documented: {documents}",
        "dichiarato più di quanto documentato: {documents}",
    ),
    "balance_closed": (
        "every kilogram is claimed once at most",
        "nessun chilogrammo è dichiarato due volte",
    ),
    "probability_head": (
        "Share of {samples} draws of the losses (seed {seed}) in which the threshold is reached",
        "Quota di {samples} estrazioni dei cali (seme {seed}) in cui la soglia è raggiunta",
    ),
    "product/conditioned": ("product, conditioned", "prodotto, condizionato"),
    "product/dry": ("product, dry", "prodotto, anidro"),
    "blend_input/conditioned": ("mixture, conditioned", "mista, condizionata"),
    "blend_input/dry": ("mixture, dry", "mista, anidra"),
    "c_origin": ("origin class", "classe di origine"),
    "c_available": ("available kg", "kg disponibili"),
    "c_register": ("register", "registro"),
    "no_register": ("no document", "nessun documento"),
    "year_over": (
        "claimed more than was available: {origins}",
        "dichiarato più di quanto disponibile: {origins}",
    ),
    "c_documented": ("documented kg", "kg documentati"),
    "c_claimed": ("claimed kg", "kg dichiarati"),
    "c_left": ("left kg", "kg rimasti"),
    "c_products": ("products", "prodotti"),
    "not_applicable": ("not applicable", "non applicabile"),
    "h_neighbours": ("Neighbouring claims and names", "Altri marchi e denominazioni"),
    "no_recycled": (
        "The product holds no recycled fibre.",
        "Il prodotto non contiene fibra riciclata.",
    ),
    "declared_content": (
        "Recycled content {low} to {high} by mass, depending on the reading: post-consumer {post}, "
        "pre-consumer {pre} of the conditioned mixture.",
        "Contenuto riciclato da {low} a {high} in massa, secondo la lettura: post consumo {post}, "
        "pre consumo {pre} della mista condizionata.",
    ),
    "band_edge": (
        "A reading lies exactly on the edge of a band, and the text does not say to which band "
        "the edge belongs.",
        "Una lettura cade esattamente sul limite di una fascia, e il testo non dice a quale fascia "
        "appartenga.",
    ),
    "band_below": (
        "{high} at most: below the lowest band, which starts at {edge}.",
        "Al massimo {high}: sotto la fascia più bassa, che parte da {edge}.",
    ),
    "band_flips": (
        "{low} to {high}: the readings fall into different bands.",
        "Da {low} a {high}: le letture cadono in fasce diverse.",
    ),
    "band_inside": (
        "{low} to {high}: in the band from {below} to {above}. The tender asks for a recognised "
        "certificate as proof.",
        "Da {low} a {high}: nella fascia da {below} a {above}. La gara chiede come prova un "
        "certificato riconosciuto.",
    ),
    "not_carded": ("Not carded: {yarns}.", "Non cardato: {yarns}."),
    "region_inside": (
        "Carded in the region named: {region}.",
        "Cardato nella regione indicata: {region}.",
    ),
    "region_outside": (
        "Carded outside {region}: {steps}.",
        "Cardato fuori dalla regione {region}: {steps}.",
    ),
    "region_missing": (
        "The municipality of the carded mill is missing or not in the list ({region}).",
        "Il comune della filatura cardata manca o non è nell'elenco ({region}).",
    ),
    "label_text": ("Label ({lang}): {text}.", "Etichetta ({lang}): {text}."),
    "label_grouped": (
        "Fibres of less than 10 % each may be grouped: {en} / {it}.",
        "Le fibre sotto il 10 % ciascuna si possono raggruppare: {it} / {en}.",
    ),
    "label_pure": (
        "One fibre only: extraneous fibres up to 5 % are admitted for carded products when "
        "technically unavoidable (2 % otherwise).",
        "Una sola fibra: per i prodotti cardati sono ammesse fibre estranee fino al 5 % se "
        "tecnicamente inevitabili (2 % negli altri casi).",
    ),
    "label_tolerance": (
        "Tolerance between label and analysis: 3 % of the fibre mass.",
        "Tolleranza tra etichetta e analisi: 3 % della massa fibrosa.",
    ),
    "label_processor": (
        "Work on material of others without transfer of property is outside the regulation "
        "(art. 2(3)).",
        "La lavorazione per conto terzi senza passaggio di proprietà è fuori dal regolamento "
        "(art. 2, par. 3).",
    ),
    "no_wool": ("The product holds no wool.", "Il prodotto non contiene lana."),
    "wool_recycled": (
        "It holds recycled wool, which was incorporated in a product before.",
        "Contiene lana riciclata, già incorporata in un prodotto.",
    ),
    "wool_rework": (
        "It holds own rework: wool that was spun before.",
        "Contiene rientro interno: lana già filata.",
    ),
    "wool_too_little": (
        "Wool is {share} of the mixture; at least {least} is asked.",
        "La lana è il {share} della mista; ne serve almeno il {least}.",
    ),
    "wool_mixture": (
        "In a carded mixture virgin wool may be mixed with one other fibre only; here with {count}.",
        "In una mista cardata la lana vergine può essere mescolata con una sola altra fibra; qui "
        "con {count}.",
    ),
    "wool_virgin": (
        "All the wool is declared virgin ({share} of the fibre mass).",
        "Tutta la lana è dichiarata vergine ({share} della massa fibrosa).",
    ),
    # claims commands
    "packs_pack": ("pack", "pacchetto"),
    "packs_claim": ("claim", "asserzione"),
    "packs_since": ("since", "dal"),
    "packs_wording": ("wording", "testo"),
    "packs_name": ("name", "nome"),
    "before 2026": ("before 2026", "prima del 2026"),
    "press": ("press", "stampa"),
    "excerpt": ("excerpt", "estratto"),
    "read_on": ("read", "letto"),
    "checklist_head": (
        "what to collect, before any calculation",
        "che cosa raccogliere, prima di ogni calcolo",
    ),
    "checklist_readings": ("the wording can be read as", "il testo si può leggere come"),
    "required_not_met": ("required and not met: {packs}", "richiesto e non soddisfatto: {packs}"),
    "paper_route": (
        "route card of the yarn: which fibre goes through the card, which yarn is bought",
        "scheda di lavorazione del filato: quale fibra passa in carda, quale filato è acquistato",
    ),
    "paper_route_at": ("`system` of the yarn, `route`", "`system` del filato, `route`"),
    "paper_composition": (
        "recipe of the mixture in kg, or a laboratory report of the composition",
        "ricetta di mista in kg, o rapporto di prova della composizione",
    ),
    "paper_composition_at": ("`blend`: `share`, `document`", "`blend`: `share`, `document`"),
    "paper_origin": (
        "for each recycled lot: transaction certificate or delivery note and declaration of the "
        "supplier, with origin (post- or pre-consumer) and kilograms",
        "per ogni lotto riciclato: certificato di transazione o bolla e dichiarazione del "
        "fornitore, con origine (post o pre consumo) e chilogrammi",
    ),
    "paper_origin_at": (
        "`blend`: `origin`, `lot`, `document`",
        "`blend`: `origin`, `lot`, `document`",
    ),
    "paper_rework": (
        "register of own rework, kept apart: it is not recycled content",
        "registro del rientro interno, tenuto a parte: non è contenuto riciclato",
    ),
    "paper_rework_at": (
        "`blend`: a line with `origin: in_process_rework`",
        "`blend`: una riga con `origin: in_process_rework`",
    ),
    "paper_wool": (
        "declaration of the supplier that the wool is virgin, by lot",
        "dichiarazione del fornitore che la lana è vergine, per lotto",
    ),
    "paper_wool_at": ("`blend`: `origin: virgin`, `lot`", "`blend`: `origin: virgin`, `lot`"),
    "paper_places": (
        "for each step its municipality, with the delivery notes of contractors",
        "per ogni fase il comune, con le bolle dei terzisti",
    ),
    "paper_places_at": (
        "`company.municipality`, `route.<step>.municipality`",
        "`company.municipality`, `route.<fase>.municipality`",
    ),
    "paper_lots": (
        "lot number of each fibre, from delivery note to yarn lot",
        "numero di lotto di ogni fibra, dalla bolla alla partita di filato",
    ),
    "paper_lots_at": ("`blend`: `lot`", "`blend`: `lot`"),
    "paper_register": (
        "register or system that holds the trace; without lots, the totals of the calendar year",
        "registro o sistema di tracciabilità; senza lotti, i totali dell'anno solare",
    ),
    "paper_register_at": (
        "`traceability`: `method`, `year`, `document`",
        "`traceability`: `method`, `year`, `document`",
    ),
    "paper_meters_energy": (
        "readings of electricity and gas by department for a period, with the kg made in it",
        "letture di energia elettrica e gas per reparto in un periodo, con i kg prodotti",
    ),
    "paper_meters_energy_at": (
        "`route.<step>`: `electricity`, `heat` with `class: measured`, `period`, `document`",
        "`route.<fase>`: `electricity`, `heat` con `class: measured`, `period`, `document`",
    ),
    "paper_meters_water": (
        "readings of water taken by source, and of what is discharged",
        "letture dell'acqua prelevata per fonte e di quella scaricata",
    ),
    "paper_meters_water_at": (
        "`route.<step>`: `water_in`, `water_out` with `class: measured`, `period`, `document`",
        "`route.<fase>`: `water_in`, `water_out` con `class: measured`, `period`, `document`",
    ),
    "paper_contractors": (
        "the same figures from each contractor, with his document",
        "gli stessi valori da ogni terzista, con il suo documento",
    ),
    "paper_contractors_at": (
        "`route.<step>`: `operator: contract`, figures with `class: supplier` and `document`",
        "`route.<fase>`: `operator: contract`, valori con `class: supplier` e `document`",
    ),
    # run folder
    "verify_files": ("files: {count}, each as listed", "file: {count}, ciascuno come elencato"),
    "verify_manifest": ("manifest: {count} digests", "manifesto: {count} impronte digitali"),
    "verify_sums": (
        "sums: {count} of stages, data classes and masses",
        "somme: {count} di fasi, classi di dati e masse",
    ),
    "verify_claims": (
        "claims: {count} criteria, shares and thresholds worked out again",
        "marchi: {count} criteri, quote e soglie ricalcolate",
    ),
    "verify_shape": ("shape of the documents", "forma dei documenti"),
    "verify_sound": ("sound: the run is what it says", "integro: la prova è quella che dichiara"),
    "verify_unsound": ("not sound: something was changed", "non integro: qualcosa è cambiato"),
    "reproduced": (
        "reproduced: claims and masses exactly, scores within 1e-9",
        "riprodotto: marchi e masse esatti, indicatori entro 1e-9",
    ),
    "reproduced_bytes": (
        "reproduced: result, claims and values are the same byte by byte",
        "riprodotto: risultato, marchi e valori sono uguali byte per byte",
    ),
    "differs": (
        "differs: {path}\n  in the run: {before}\n  now:        {now}",
        "diverso: {path}\n  nella prova: {before}\n  ora:         {now}",
    ),
    "differs_relative": ("  relative: {value}", "  relativo: {value}"),
    "differs_count": ("{count} values differ in all", "valori diversi in tutto: {count}"),
    "cause_method": (
        "likely cause: the characterisation factors installed here are others",
        "causa probabile: i fattori di caratterizzazione installati qui sono diversi",
    ),
    "cause_version": (
        "likely cause: another version of lca-cardato; install the one of the manifest",
        "causa probabile: un'altra versione di lca-cardato; installare quella del manifesto",
    ),
    "cause_data": (
        "likely cause: the inputs are not those of the manifest",
        "causa probabile: i dati in ingresso non sono quelli del manifesto",
    ),
    "cause_unknown": (
        "same inputs, method and version: the results were changed after the run",
        "stessi ingressi, metodo e versione: i risultati sono stati cambiati dopo la prova",
    ),
    "x_made": ("kg made", "kg prodotti"),
    "x_per_kg": ("× per kg", "× per kg"),
    "x_score": ("× per unit", "× per unità"),
    "x_rest": ("and {count} smaller ones: {value}", "e {count} minori: {value}"),
    "x_sum": ("sum: {value}", "somma: {value}"),
    "x_show": (
        "The score per unit of an input: lca-cardato inventory show ID",
        "Il valore per unità di un ingresso: lca-cardato inventory show ID",
    ),
    "diff_program": ("program", "programma"),
    "diff_scenario": ("scenario", "scenario"),
    "diff_data": ("inventory files", "file degli inventari"),
    "diff_method": ("method and rules", "metodo e regole"),
    "diff_values": ("values that went in", "valori in ingresso"),
    "diff_results": ("results", "risultati"),
    "diff_verdicts": ("verdicts", "esiti"),
    "diff_same": ("{part}: the same", "{part}: uguali"),
}
