"""Begin in the browser: what is not there gets its place taken, data are opened, pages answer.

The page calls `begin` once and `Pages.answer` for whatever is asked; `lca_cardato.web.build` puts
all of it together.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.once import Once, take, written

if TYPE_CHECKING:
    from lca_cardato.inventory.records import Inventory
    from lca_cardato.web.pages import Pages

READY = "ready.pickle"
"""What was made from the program's own files, beside the other data."""
FIRST = ("/form?from=yarn", "/form?from=fabric")


def take_places() -> None:
    """Put our own modules where numpy and Starlette are looked for.

    Only what one scenario needs of them is there; nothing else of the two is imported.
    """
    from lca_cardato.web import arrays, asked

    typing = ModuleType("numpy.typing")
    typing.NDArray = _Subscripted  # type: ignore[attr-defined]
    starlette = ModuleType("starlette")
    sys.meta_path.insert(0, _WithoutArrays())
    sys.modules.update({
        "numpy": arrays, "numpy.typing": typing, "starlette": starlette,
        "starlette.requests": asked, "starlette.responses": asked, "starlette.concurrency": asked,
    })  # fmt: skip


class _WithoutArrays(MetaPathFinder):
    """Lets pint, which is imported at the first unit that is seldom typed, find no numpy.

    Else it asks numpy for parts that our own arrays don't have, and doesn't start at all.
    """

    only = "pint.compat"

    def find_spec(self, name: str, path: Any, target: Any = None) -> Optional[ModuleSpec]:
        """Find that module where all others find it; numpy is away while it runs."""
        if name != self.only:
            return None
        found = PathFinder.find_spec(name, path)
        if found is None or found.loader is None:
            return found
        run = found.loader.exec_module

        def alone(module: ModuleType) -> None:
            kept = sys.modules.get("numpy")
            sys.modules["numpy"] = None  # type: ignore[assignment]
            try:
                run(module)
            finally:
                sys.modules["numpy"] = kept  # type: ignore[assignment]

        found.loader.exec_module = alone  # type: ignore[method-assign]
        return found


class _Subscripted:
    """Stands for ``NDArray[...]`` in annotations that are evaluated."""

    def __class_getitem__(cls, _: Any) -> type:
        return cls


def begin(home: str, folder: str, lang: str = "en") -> Pages:
    """Open the data and make the pages.

    Parameters
    ----------
    home : str
        Folder with the condensed background and the inventories as they were read.
    folder : str
        Folder that the pages show: it is kept in memory alone.
    lang : str

    Returns
    -------
    Pages
    """
    take_places()
    os.environ["LCA_CARDATO_HOME"] = home
    ready = Path(home) / READY
    if ready.is_file():
        take(ready.read_bytes())
    record = open_engine(Path(home))
    from lca_cardato.web.pages import Pages

    Path(folder).mkdir(parents=True, exist_ok=True)
    return Pages(Path(folder), lang, record)


@Once
def _inventory() -> Inventory:
    from lca_cardato.inventory.load import load_inventory

    return load_inventory()


def open_engine(home: Path) -> dict[str, Any]:
    """Put the calculation together from what was packed; give what is known of its making.

    Returns
    -------
    dict
        ``program``, ``line``, ``brightway``, ``scenarios`` and ``sha256`` of the background.
    """
    from lca_cardato.audit import program
    from lca_cardato.background.open import Data
    from lca_cardato.claims.packs_model import shipped_packs
    from lca_cardato.inventory.load import remember
    from lca_cardato.serve.form import engine
    from lca_cardato.web.background import unpacked

    record: dict[str, Any] = json.loads((home / "record.json").read_text(encoding="utf-8"))
    store, known = unpacked((home / "condensed.json").read_bytes())
    inventory = _inventory()
    remember(inventory)
    inventory.doubts = store.doubts
    data = Data(inventory, store, ())
    engine.put(engine.Engine(data, tuple(shipped_packs()), store.method_digest()))
    program.state(record["program"])
    return record | {"sha256": known["sha256"]}


def prepare(home: str, folder: str) -> None:
    """Ask for what a page asks first, and write what was made for it beside the other data.

    Parameters
    ----------
    home, folder : str
        As `begin`.

    Notes
    -----
    It is called once, by the interpreter of the page, while the page is put together.
    """
    pages = begin(home, folder)
    from lca_cardato.scenario.load import load_scenario
    from lca_cardato.scenario.shipped import is_space, shipped_scenarios
    from lca_cardato.serve.form.engine import engine
    from lca_cardato.web.pages import COMPILED

    (Path(home) / COMPILED).mkdir(exist_ok=True)
    for name in pages.desk.templates.list_templates():
        pages.desk.templates.get_template(name)
    for address in FIRST:
        pages.answer("GET", address)
    for name, path in shipped_scenarios().items():
        if not is_space(name):
            engine().quick(load_scenario(path))
    (Path(home) / READY).write_bytes(written())
