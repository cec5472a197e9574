"""The files that the interpreter of the browser finds: program, packages, data."""

from __future__ import annotations

import io
import json
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any, Iterator

from lca_cardato.audit.program import program, program_files
from lca_cardato.brightway.line import line, versions
from lca_cardato.files.installed import installed
from lca_cardato.inventory.kept import files_digest, kept_file
from lca_cardato.inventory.load import load_inventory
from lca_cardato.inventory.records import SHIPPED
from lca_cardato.serve.form.engine import engine
from lca_cardato.web.background import packed

PACKAGES = (
    "pydantic", "annotated-types", "typing-extensions", "typing-inspection", "pyyaml", "jinja2",
    "markupsafe", "segno", "pint", "flexparser", "flexcache", "platformdirs",
)  # fmt: skip
"""Packages of the installation that the program needs in the browser; of each its Python alone."""
LEFT_OUT = (
    "lca_cardato/api/", "lca_cardato/batch/", "lca_cardato/cli/", "lca_cardato/exchange/", "lca_cardato/doctor/",
    "lca_cardato/measure/", "lca_cardato/season/", "lca_cardato/optimise/chance", "lca_cardato/optimise/highs",
    "lca_cardato/space/office", "lca_cardato/space/heads", "lca_cardato/space/tables", "lca_cardato/space/from_table", "lca_cardato/space/grouped", "lca_cardato/space/shipped", "lca_cardato/background/mappings/", "lca_cardato/serve/static/",
    "lca_cardato/report/formats/terminal", "lca_cardato/background/project.py", "lca_cardato/background/matrices.py",
    "lca_cardato/background/overlay.py", "lca_cardato/background/methods.py", "lca_cardato/background/search.py",
    "lca_cardato/studies/sensitivity.py", "lca_cardato/studies/compare.py", "lca_cardato/studies/batch.py",
    "lca_cardato/studies/uncertainty.py", "lca_cardato/studies/literature.py", "lca_cardato/report/screens/inventory.py",
    "lca_cardato/report/stories/batch.py", "lca_cardato/charts/charts_many.py", "platformdirs/windows.py",
    "platformdirs/macos.py", "platformdirs/android.py", "lca_cardato/__main__", "lca_cardato/web/static/", "lca_cardato/web/parts", "lca_cardato/web/tree",
    "lca_cardato/web/build", "lca_cardato/web/packs", "lca_cardato/web/node", "lca_cardato/web/write", "lca_cardato/web/licences/",
    "lca_cardato/web/made_of", "lca_cardato/web/single", "lca_cardato/web/notices", "lca_cardato/web/components", "lca_cardato/web/drawn/", "lca_cardato/web/check",
    "lca_cardato/web/agreement", "lca_cardato/lcia/ef31_flows.csv",
    "pydantic/v1/", "pydantic/mypy.py", "pydantic_core-",
    "jinja2/ext.py", "jinja2/sandbox.py", "jinja2/nativetypes.py", "jinja2/constants.py", "segno/cli.py",
    "segno/helpers.py", "pint/testing.py", "pint/matplotlib.py", "pint/pint_convert.py", "pint/default_en.txt",
)  # fmt: skip
"""Parts of the program that nothing in the browser asks for."""
UNUSED = (".po", ".pot", ".typ", ".mjs", ".pyi")
LIBRARY_LEFT_OUT = (
    "_pyrepl/", "multiprocessing/", "unittest/", "pdb", "doctest", "idlelib/", "xmlrpc/", "wsgiref/", "sqlite3/",
    "pydoc", "imaplib", "smtplib", "ftplib", "poplib", "mailbox", "turtle", "tarfile", "ensurepip/", "venv/", "lib2to3/",
    "curses/", "tkinter/", "dbm/", "cProfile", "profile", "pstats", "trace.", "optparse", "modulefinder", "pickletools",
    "zipapp", "webbrowser", "wave", "antigravity", "this.", "nturl2path", "xml/dom/", "email/mime/", "http/cookie",
    "http/server", "asyncio/windows", "asyncio/tools", "asyncio/__main__", "ctypes/macholib/", "ctypes/test", "_pyio", "_pydatetime",
    "_pydecimal", "plistlib", "configparser", "socketserver", "cmd.", "tomllib/", "bdb", "argparse",
    "email/architecture", "logging/config", "logging/handlers", "concurrent/futures/process", "zipfile/__main__",
    "netrc", "sched", "shelve", "fileinput", "filecmp", "colorsys", "_aix", "_android", "_apple", "_ios", "tracemalloc",
    "compileall", "py_compile", "ast_unparse", "symtable", "pyclbr", "rlcompleter", "getpass",
    "pty", "tty", "quopri.py.", "site-packages/",
)  # fmt: skip
CODECS = (
    "__init__", "aliases", "ascii", "cp437", "cp1252", "idna", "latin_1", "punycode", "utf_8", "utf_8_sig", "utf_16",
    "utf_16_le", "utf_16_be", "utf_32", "unicode_escape", "raw_unicode_escape", "undefined", "hex_codec", "base64_codec",
)  # fmt: skip
DATA = "condensed.json"
RECORD = "home/record.json"


def tree_files(core: dict[str, bytes]) -> dict[str, bytes]:
    """Gather the files of the tree.

    Parameters
    ----------
    core : dict
        Files of the compiled package.

    Returns
    -------
    dict
        Place below the tree -> content: modules as text, which are compiled next.
    """
    found = dict(core)
    for name in PACKAGES:
        found.update(_modules(distribution(name)))
    for name, path in program_files().items():
        found[name] = path.read_bytes()
    found.update(_metadata())
    found.update(_data())
    return {
        name: data for name, data in sorted(found.items())
        if not name.startswith(LEFT_OUT) and not name.endswith(UNUSED)
    }  # fmt: skip


def _modules(package: Distribution) -> Iterator[tuple[str, bytes]]:
    """Python modules of an installed package, and the data beside them."""
    for file in package.files or ():
        name = file.as_posix()
        if "__pycache__" in name or name.startswith("../") or ".dist-info/" in name:
            continue
        if name.endswith((".py", ".txt", ".json")) and "/testsuite/" not in name:
            yield name, Path(str(file.locate())).read_bytes()


def _metadata() -> Iterator[tuple[str, bytes]]:
    """Names and versions of the packages with which the scores were made, as a run states them."""
    for one in installed().values():
        text = f"Metadata-Version: 2.1\nName: {one.name}\nVersion: {one.version}\n"
        place = f"{one.name.replace('-', '_')}-{one.version}.dist-info"
        yield f"{place}/METADATA", text.encode()


def _data() -> Iterator[tuple[str, bytes]]:
    """Condensed background, the inventories as they were read once, and what they rest on."""
    data = engine().data
    load_inventory()
    kept = kept_file(files_digest(data.inventory.files[SHIPPED]))
    yield f"home/{kept.name}", kept.read_bytes()
    yield f"home/{DATA}", packed(data.store, versions())
    record: dict[str, Any] = {"program": program(), "line": line(), "brightway": versions()}
    yield RECORD, json.dumps(record, indent=1).encode()


def library(packed_library: bytes) -> dict[str, bytes]:
    """Modules of the interpreter's own library, without those that nothing asks for."""
    with zipfile.ZipFile(io.BytesIO(packed_library)) as archive:
        return {
            name: archive.read(name)
            for name in archive.namelist()
            if not name.endswith("/") and not name.startswith(LIBRARY_LEFT_OUT)
            if not name.startswith("encodings/") or name[10:-3] in CODECS
        }
