#!/usr/bin/env bash
# Activity Browser 3.0.0b202610120209 does not link a workbook to another database (seen 2026-11-30, pandas 3.1.1, Python 3.11).
#
# A workbook whose processes take from a database of the project, such as ecoinvent, names it in the column `database`. The
# import wizard proposes the right database on its page "Link Databases", and then links none of these exchanges: it looks
# them up by `DataFrame.query` with the text "`name`.fillna('').astype(str) == ...", in which pandas knows no `str`. The error is
# caught and logged as "metadatastore_link skipped exchange: name 'str' is not defined", and the next page shows the
# exchanges as unlinked. With pandas 2.3.3, the oldest minor that the program admits, the query fails likewise.
#
# Expected: the exchange is linked to the one process of that database with its name, product, unit and place.
#
# The script makes a project with a database `power` and a workbook that takes from it, goes through the pages of the
# wizard without a screen, and fails if the exchange is linked. It installs Qt (some 600 MB).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/link.py" << 'END'
import os
import time

import bw2data
import bw2io
import openpyxl

bw2data.projects.set_current("link")
bw2io.create_core_migrations()
bw2data.Database("biosphere3").write({})
key = ("power", "mix")
bw2data.Database("power").write({key: {
    "name": "electricity", "reference product": "electricity", "unit": "kilowatt hour", "location": "IT", "type": "process",
    "exchanges": [{"input": key, "amount": 1.0, "type": "production"}],
}})
book = openpyxl.Workbook()
for row in [
    ["Database", "mill"], [], ["Activity", "spinning"], ["code", "spinning"], ["location", "IT"],
    ["reference product", "yarn"], ["unit", "kilogram"], ["type", "process"], ["Exchanges"],
    ["name", "amount", "database", "location", "unit", "type", "reference product"],
    ["spinning", 1, "mill", "IT", "kilogram", "production", "yarn"],
    ["electricity", 2, "power", "IT", "kilowatt hour", "technosphere", "electricity"],
]:
    book.active.append(row)
book.save("mill.xlsx")

from activity_browser import app  # noqa: E402
from activity_browser.app.actions.database.database_importer_excel import ImportSetup  # noqa: E402
from activity_browser.bwutils.metadata import MetaDataStore  # noqa: E402
from qtpy import QtWidgets  # noqa: E402

store, end = MetaDataStore(), time.time() + 60
while time.time() < end and (store.dataframe is None or not len(store.dataframe)):
    QtWidgets.QApplication.instance().processEvents()
    time.sleep(0.05)
wizard = ImportSetup(title="import", context={"path": "mill.xlsx"}, parent=app.main_window)
extract, named, linked, *_ = [wizard.page(number) for number in wizard.pageIds()]
extract.thread.loaded.connect(extract.thread_finished)
extract.thread.run_safely("mill.xlsx")
for page in (named, linked):
    page.initializePage(wizard.context)
    page.finalize(wizard.context)
proposed = wizard.context["linking_dict"]
unlinked = [exchange["name"] for exchange in wizard.context["importer"].unlinked]
try:
    why = str(len(store.match(name="electricity", database="power")))
except Exception as error:
    why = f"{type(error).__name__}: {error}"
print(f"proposed: {proposed}; processes known: {list(store.dataframe['name'])}; unlinked: {unlinked}; {why}", flush=True)
seen = (proposed, list(store.dataframe["name"]), unlinked)
os._exit(0 if seen == ({"power": "power"}, ["electricity"], ["electricity"]) and "'str'" in why else 1)
END
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q activity-browser==3.0.0b202610120209 pandas==3.1.1 bw2io==0.9.17 bw2data==4.8
cd "$folder"
export BRIGHTWAY2_DIR="$folder" HOME="$folder" QT_QPA_PLATFORM=offscreen AB_SKIP_SETTINGS_ON_STARTUP=1
venv/bin/python -W ignore link.py > out 2> err || { tail -5 out err; exit 1; }
tail -1 out
echo "as seen"
