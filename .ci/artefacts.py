"""Put the page for the browser, its list of components and the digests of all beside wheel and source archive.

The program's own list, which uv writes, loses the hour and the number of its making.

    python .ci/artefacts.py DIR

run by the interpreter in whose environment the program is installed; see `.ci/artefacts`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lca_cardato import __version__
from lca_cardato.audit.files import sums_text
from lca_cardato.files.runs import SUMS
from lca_cardato.web.build import page_files
from lca_cardato.web.components import NAME, components, numbered
from lca_cardato.web.made_of import made_of
from lca_cardato.web.parts import gather
from lca_cardato.web.single import single
from lca_cardato.web.write import zip_of

folder = Path(sys.argv[1])
files = page_files()
name = f"{NAME}-{__version__}"
(folder / f"{name}.zip").write_bytes(zip_of(files, name))
(folder / f"{name}.html").write_bytes(single(files))
(folder / f"{name}.cdx.json").write_bytes(components(made_of(gather()), files))
for path in folder.glob("*.cdx.json"):
    listed = json.loads(path.read_bytes())
    if listed["metadata"].pop("timestamp", None):
        del listed["serialNumber"]
        path.write_bytes(numbered(listed, path.name))
made = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".gitignore"}
(folder / SUMS).write_bytes(sums_text(made))
