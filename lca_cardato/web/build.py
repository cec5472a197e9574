"""Put the page together: a folder that a browser opens."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Mapping, Optional

from lca_cardato.errors import DiskError, IntegrityError
from lca_cardato.files.atomic import sha256
from lca_cardato.sentence import say
from lca_cardato.web.made_of import made_of
from lca_cardato.web.node import run_script
from lca_cardato.web.notices import notices
from lca_cardato.web.packs import bundle, script
from lca_cardato.web.parts import Parts, gather
from lca_cardato.web.room import HERE, files_of, lay_out, zipped
from lca_cardato.web.tree import RECORD, library, tree_files
from lca_cardato.web.write import with_sums

WAIT = 900.0
SERVED = HERE.parent / "serve" / "static"
ASM, WASM, LIBRARY, LOCK = (
    "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"
)  # fmt: skip


def page_files(parts: Optional[Path] = None, drawn_scenarios: int = 0) -> dict[str, bytes]:
    """Make the files of the page, and hold it against the command.

    Parameters
    ----------
    parts : Path, optional
        Folder with the interpreter and the compiled package; see `lca_cardato.web.parts.gather`.
    drawn_scenarios : int
        Scenarios that are calculated by both beside the shipped ones.

    Returns
    -------
    dict
        Place in the folder -> content.

    Raises
    ------
    DiskError
        ``E509``: a part is not to be had, or the modules can't be compiled.
    IntegrityError
        ``E603``: the page calculates otherwise than the command.
    """
    found = gather(parts)
    tree, std = compiled(found, tree_files(found.core), library(found.interpreter[LIBRARY]))
    record = json.loads(tree[RECORD])
    record["checked"] = _checked(found, tree, std, drawn_scenarios)
    tree[RECORD] = json.dumps(record, indent=1).encode()
    packs = {
        "interpreter": found.interpreter[WASM],
        "loader": _classic(found.interpreter[ASM]),
        "library": zipped(std),
    }
    files = {f"data/{name}.js": script(name, data) for name, data in packs.items()}
    files["data/program.js"] = script("program", _packed(found, bundle(tree)), packed=True)
    files["LICENSES.txt"] = notices(made_of(found)).encode()
    files["pyodide.js"] = _without_map(found.interpreter["pyodide.js"])
    for name in ("htmx.min.js", "htmx.LICENSE", "form.js", "blend.js", "best.js", "serve.css"):
        files[f"static/{name}"] = (SERVED / name).read_bytes()
    for path in sorted((HERE / "static").iterdir()):
        place = path.name if path.suffix == ".html" else f"static/{path.name}"
        files[place] = path.read_bytes()
    for word, told in _hashes(packs["loader"].decode()).items():
        files["index.html"] = files["index.html"].replace(word, told.encode())
    files["kept.js"] = _keeper(files.pop("static/kept.js"), files)
    return with_sums(files)


def _hashes(loader: str) -> dict[bytes, str]:
    """Digests of what stands inside pages: the loader, scripts and styles of reports and sheets in a frame."""
    from lca_cardato.report.formats.html import TEMPLATES, script_of, source_hash
    from lca_cardato.words.language import LANGUAGES, Language

    scripts = [loader, *(script_of(Language(lang).group("frame_")) for lang in LANGUAGES)]
    styles = [
        (TEMPLATES / name).read_text(encoding="utf-8") for name in ("report.css", "sheet.css")
    ]
    found = {b"@SCRIPTS@": scripts, b"@STYLES@": styles}
    return {
        word: " ".join(dict.fromkeys(f"'{source_hash(text)}'" for text in texts))
        for word, texts in found.items()
    }


def _keeper(script: bytes, files: Mapping[str, bytes]) -> bytes:
    """Tell the service worker which files it keeps, each with its digest."""
    told = json.dumps({name: sha256(data) for name, data in sorted(files.items())})
    script = script.replace(b"/* @FILES@ */ {}", told.encode())
    return script.replace(b"@VERSION@", sha256(script)[:16].encode())


def _checked(
    parts: Parts, tree: Mapping[str, bytes], std: Mapping[str, bytes], drawn_scenarios: int
) -> int:
    """Calculate scenarios by the page and by the command; give how many, where they agree."""
    from lca_cardato.web import check
    from lca_cardato.web.drawn.scenarios import drawn

    found = check.agreement(parts, tree, std, [*check.shipped(), *drawn(drawn_scenarios)])
    if found.differences:
        raise IntegrityError.one(
            "E603",
            say("the page calculates otherwise than the command"),
            value=found.differences[0][:200],
        )
    return found.scenarios


def compiled(
    parts: Parts, tree: Mapping[str, bytes], std: Mapping[str, bytes]
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Compile modules with the interpreter itself: it alone writes what it reads.

    Returns
    -------
    tuple of (dict, dict)
        The tree, with what of the library can wait until it is unpacked; what can't.
    """
    with tempfile.TemporaryDirectory() as room:
        root = Path(room)
        lay_out(root, {"pyodide": parts.interpreter, "tree": tree, "std": std})
        _let(parts, "compile.mjs", root, say("the modules of the page can't be compiled"))
        first = set(json.loads((root / "first.json").read_bytes()))
        made, told = files_of(root / "tree"), files_of(root / "std")
    early = {name for name in told if re.split(r"[/.]", name)[0] in first}
    waiting = {name: data for name, data in told.items() if name not in early}
    return {**made, **waiting}, {name: told[name] for name in sorted(early)}


def _packed(parts: Parts, plain: bytes) -> bytes:
    """Compress data as the interpreter unpacks them (Zstandard, one window for all of them)."""
    with tempfile.TemporaryDirectory() as room:
        root = Path(room)
        lay_out(root, {"pyodide": parts.interpreter})
        (root / "plain").write_bytes(plain)
        _let(parts, "pack.mjs", root, say("the modules of the page can't be compressed"))
        return (root / "packed").read_bytes()


def _let(parts: Parts, name: str, root: Path, failed: str) -> None:
    """Let Node.js run a script of ours.

    Raises
    ------
    DiskError
        ``E509``: it did not end well, or not in time.
    """
    if wrong := run_script(parts.node, name, root, WAIT):
        raise DiskError.one(
            "E509", failed, value=wrong,
            suggestion=say("Node.js 20 or newer is needed; this one is {node}", node=parts.node),
        )  # fmt: skip


def _classic(module: bytes) -> bytes:
    """Turn the loader from a module into a script: from a folder no browser loads modules."""
    text = module.decode()
    head, found, name = text.rpartition("export default ")
    assert found, "Pyodide's loader has another form"
    whole = f"{head}globalThis.createPyodideModule = {name}"
    return whole.replace("import.meta.url", "document.baseURI").encode()


def _without_map(text: bytes) -> bytes:
    """Leave out the last line, which names a file that is not here."""
    lines = text.rstrip().split(b"\n")
    return (
        b"\n".join(line for line in lines if not line.startswith(b"//# sourceMappingURL")) + b"\n"
    )
