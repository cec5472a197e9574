"""Texts of `doctor`: key -> (English, Italian)."""

from __future__ import annotations

DOCTOR: dict[str, tuple[str, str]] = {
    "doc_package": (
        "lca-cardato {version} in {folder}: {count} files as they were installed",
        "lca-cardato {version} in {folder}: {count} file come installati",
    ),
    "doc_checkout": (
        "lca-cardato {version} from a checkout that may be edited: {folder}",
        "lca-cardato {version} da una copia di lavoro modificabile: {folder}",
    ),
    "doc_folder": (
        "lca-cardato {version} from a folder that pip did not install: {folder}",
        "lca-cardato {version} da una cartella non installata con `pip`: {folder}",
    ),
    "doc_changed": (
        "lca-cardato {version} in {folder}: {count} files are not those that were installed",
        "lca-cardato {version} in {folder}: {count} file non sono quelli installati",
    ),
    "doc_python": ("Python {version} ({file}), {system}", "Python {version} ({file}), {system}"),
    "doc_untried": (
        "this version of Python was not tried; {oldest} to {newest} were",
        "questa versione di Python non è stata provata; lo sono da {oldest} a {newest}",
    ),
    "doc_packages": (
        "{count} packages, all there and of a version that fits",
        "{count} pacchetti, tutti presenti e di versione adatta",
    ),
    "doc_misfits": (
        "{count} packages are missing or of a version that does not fit",
        "{count} pacchetti mancano o sono di una versione non adatta",
    ),
    "doc_line": ("Brightway {line} line: {versions}", "Brightway, linea {line}: {versions}"),
    "doc_mixed": (
        "packages of two lines of Brightway are mixed: {versions}",
        "pacchetti di due linee di Brightway insieme: {versions}",
    ),
    "doc_compiled": (
        "compiled packages can be loaded: {names}",
        "i pacchetti compilati si caricano: {names}",
    ),
    "doc_unloadable": (
        "compiled packages can't be loaded",
        "ci sono pacchetti compilati che non si caricano",
    ),
    "doc_extra_notebook": ("charts in notebooks: yes", "grafici nei notebook: sì"),
    "doc_no_extra_notebook": (
        "charts in notebooks: no; they come with the extra `{extra}`",
        "grafici nei notebook: no; arrivano con l'extra `{extra}`",
    ),
    "doc_extra_cluster": ("batches on a dask cluster: yes", "batch su un cluster dask: sì"),
    "doc_no_extra_cluster": (
        "batches on a dask cluster: no; they come with the extra `{extra}`",
        "batch su un cluster dask: no; arrivano con l'extra `{extra}`",
    ),
    "doc_inventories": (
        "inventories: {datasets} datasets, {steps} steps, links and elementary flows hold "
        "({digest}, {folder})",
        "inventari: {datasets} dataset, {steps} lavorazioni, collegamenti e flussi elementari in "
        "ordine ({digest}, {folder})",
    ),
    "doc_scenarios": (
        "{count} shipped scenarios, all valid: `lca-cardato new --list`",
        "{count} scenari forniti, tutti validi: `lca-cardato new --list`",
    ),
    "doc_home": (
        "data folder {folder} ({by}), {free} MB free",
        "cartella dei dati {folder} ({by}), {free} MB liberi",
    ),
    "doc_home_closed": (
        "the data folder can't be written: {folder} ({by})",
        "la cartella dei dati non è scrivibile: {folder} ({by})",
    ),
    "doc_home_full": (
        "the disk of the data folder is nearly full: {folder} ({by}), {free} MB free",
        "il disco della cartella dei dati è quasi pieno: {folder} ({by}), {free} MB liberi",
    ),
    "doc_store": (
        "inventories installed for Brightway, digest right ({name})",
        "inventari installati per Brightway, impronta giusta ({name})",
    ),
    "doc_store_damaged": (
        "the installed inventories are damaged ({name}); the next run installs them again",
        "gli inventari installati sono danneggiati ({name}); il prossimo avvio li reinstalla",
    ),
    "doc_no_store": (
        "inventories not installed yet; the first run does it, in about 15 seconds",
        "inventari non ancora installati; lo fa il primo avvio, in circa 15 secondi",
    ),
    "doc_other_stores": (
        "installations of other versions or own inventories: {count}, {size} MB, in {folder}; "
        "what is deleted there is made again when it is needed",
        "installazioni di altre versioni o di inventari propri: {count}, {size} MB, in {folder}; "
        "ciò che si cancella viene rifatto quando serve",
    ),
    "doc_calculated": (
        "{scenario} calculated: climate change {score} kg CO2-eq; Brightway and the own solver "
        "differ by {deviation}",
        "{scenario} calcolato: cambiamento climatico {score} kg CO2-eq; Brightway e il calcolo "
        "proprio differiscono di {deviation}",
    ),
    "doc_not_calculated": (
        "nothing was calculated, as the inventories are not installed; run `assess`, then `doctor`",
        "nessun calcolo, perché gli inventari non sono installati; usare `assess`, poi `doctor`",
    ),
    "doc_projects": (
        "your Brightway projects: {count} in {folder}",
        "progetti Brightway dell'utente: {count} in {folder}",
    ),
    "doc_no_projects": (
        "your Brightway projects: none in {folder} (BRIGHTWAY2_DIR names another folder)",
        "progetti Brightway dell'utente: nessuno in {folder} (BRIGHTWAY2_DIR indica un'altra "
        "cartella)",
    ),
    "doc_screen": ("signs of the output: {encoding}", "segni in uscita: {encoding}"),
    "doc_poor_screen": (
        "the output can't show every sign: {encoding}",
        "l'uscita non può mostrare tutti i segni: {encoding}",
    ),
    "doc_browser": ("a browser for `open` and `serve`", "un browser per `open` e `serve`"),
    "doc_no_browser": (
        "no browser for `open` and `serve`; reports are written all the same",
        "nessun browser per `open` e `serve`; i rapporti vengono scritti comunque",
    ),
    "doc_failed": ("{part}: can't be examined", "{part}: esame non riuscito"),
    "cure_again": (
        "install again from where it came, with `pip install --force-reinstall --no-deps`",
        "reinstallare da dove è venuto, con `pip install --force-reinstall --no-deps`",
    ),
    "cure_packages": (
        "install lca-cardato again into a fresh environment; `docs/install.md`",
        "reinstallare lca-cardato in un ambiente nuovo; `docs/install.md`",
    ),
    "cure_line": (
        "install again into a fresh environment, with the extra `brightway25` or `brightway2`",
        "reinstallare in un ambiente nuovo, con l'extra `brightway25` oppure `brightway2`",
    ),
    "cure_compiled": (
        "install those packages again on this machine; they may come from another one",
        "reinstallare questi pacchetti su questa macchina; forse vengono da un'altra",
    ),
    "cure_home": (
        "set LCA_CARDATO_HOME to a folder that can be written and has room",
        "impostare LCA_CARDATO_HOME su una cartella scrivibile e con spazio libero",
    ),
    "cure_screen": ("set PYTHONUTF8=1", "impostare PYTHONUTF8=1"),
    "doc_all_sound": ("sound", "in ordine"),
    "doc_unsound": ("not sound", "non in ordine"),
}
