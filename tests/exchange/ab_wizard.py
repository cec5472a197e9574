"""Open a workbook with the import wizard of Activity Browser 3, without a screen.

``python ab_wizard.py WORKBOOK FOLDER [NAME]``, by an interpreter that has ``activity_browser``. FOLDER is a Brightway
directory with the project ``other`` and its elementary flows. The pages of the wizard do their work one after the
other, as for a user who takes every proposal; NAME is typed as the name of the database. The last line printed is JSON:
``unlinked``, names of the exchanges that are not linked on the last page; ``rows``, ``flows`` and ``names`` of the
database that was written; ``factors`` of the impact categories, imported from the same workbook first with the
elementary flows, then with the database itself as the place of the flows; ``error`` where a page fails.
"""

import json
import os
import sys


def opened(workbook, name):
    """Go through the pages; the pictures of the window are all that is left out."""
    from activity_browser import app
    from activity_browser.app.actions.database.database_importer_excel import ImportSetup

    context = {"path": workbook}
    wizard = ImportSetup(title="import", context=context, parent=app.main_window)
    pages = [wizard.page(number) for number in wizard.pageIds()]
    extract, named, linked, confirm, install = pages
    extract.thread.loaded.connect(extract.thread_finished)
    extract.thread.run_safely(workbook)
    for page in (named, linked):
        page.initializePage(wizard.context)
        if page is named and name:
            named.db_name_edit.setText(name)
        page.finalize(wizard.context)
    confirm.initializePage(wizard.context)
    importer = wizard.context["importer"]
    unlinked = [exchange.get("name", "") for exchange in importer.unlinked]
    if not unlinked:
        install.thread.run_safely(importer, wizard.context["database_name"], {})
    return importer.db_name, unlinked


def impact_categories(workbook, database):
    """Import the impact categories; what belongs to flows elsewhere is left out, as the user is asked."""
    from activity_browser.bwutils.impact_categories import import_ab_methods, load_ab_xlsx
    from activity_browser.bwutils.impact_categories.common import ConflictMode

    for home in ("biosphere3", database):
        import_ab_methods(
            load_ab_xlsx(workbook), biosphere_name=home, conflict_mode=ConflictMode.RENAME_PREFIX,
            prefix="rest", drop_unlinked=True,
        )  # fmt: skip
    import bw2data

    return [
        (name[-1], bw2data.get_activity(key)["code"], amount)
        for name in bw2data.methods
        if "lca-cardato" in name
        for key, amount in bw2data.Method(name).load()
    ]


def main(workbook, folder, name=""):
    os.environ.update(
        BRIGHTWAY2_DIR=folder, HOME=folder, QT_QPA_PLATFORM="offscreen",
        AB_SKIP_SETTINGS_ON_STARTUP="1",
    )  # fmt: skip
    import bw2data

    bw2data.projects.set_current("other")
    found = {"unlinked": [], "rows": [], "flows": [], "names": {}, "error": ""}
    try:
        database, found["unlinked"] = opened(workbook, name)
        found["factors"] = impact_categories(workbook, database)
    except Exception as error:
        found["error"] = f"{type(error).__name__}: {error}"
    else:
        for node in bw2data.Database(database):
            found["names"][node["code"]] = node["name"]
            for exchange in node.exchanges():
                kind, target = exchange["type"], exchange["input"]
                sign = -1 if kind == "technosphere" else 1
                found["flows" if kind == "biosphere" else "rows"].append(
                    (node["code"], target[1], sign * exchange["amount"])
                )
    print("\n" + json.dumps(found), flush=True)
    os._exit(0)  # threads of the window have nothing left to do


if __name__ == "__main__":
    main(*sys.argv[1:])
