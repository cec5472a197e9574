"""The page as one HTML file, which opens as it is: from a mail, or where one file alone may be taken along."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping

from lca_cardato.web.room import HERE

HOOK = HERE / "single.js"
FIRST, BEGIN = "index.html", "static/begin.js"
SCRIPT = re.compile(r'<script src="([^"]+)"></script>')
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
ENDS = ("</script", "<!--", "\r", "\0")
"""What a script inside a page may not hold."""


def single(files: Mapping[str, bytes]) -> bytes:
    """Put all files of the page into the first one.

    Parameters
    ----------
    files : mapping
        Place in the folder -> content, as `lca_cardato.web.build.page_files` gives them.

    Returns
    -------
    bytes
        UTF-16 with its mark: the packs hold two bytes to a character.

    Notes
    -----
    Scripts and styles stand inside, and the content policy names each by its digest; those of the
    pages in the frame too. What the frame would load, ``single.js`` hands over.
    """
    page = _text(files[FIRST])
    framed = {
        name.rpartition("/")[2]: _text(data)
        for name, data in files.items()
        if name.startswith("static/") and name.endswith((".js", ".css")) and name != BEGIN
    }
    inner = {**framed, "LICENSES.txt": _text(files["LICENSES.txt"])}
    held = json.dumps(inner, ensure_ascii=False).replace("<", "\\u003c")
    hashed = [*framed.values()]

    def inside(name: str, data: bytes) -> str:
        text = _script(name, data)
        hashed.append(text)
        return f"<script>{text}</script>"

    def script(match: re.Match[str]) -> str:
        name = match.group(1)
        before = f'<script type="application/json" id="files">{held}</script>{inside(HOOK.name, HOOK.read_bytes())}'
        return (before if name == BEGIN else "") + inside(name, files[name])

    page = STYLE.sub(
        lambda match: f"<style>{framed[match.group(1).rpartition('/')[2]]}</style>", page
    )
    page = SCRIPT.sub(script, page)
    return codecs.BOM_UTF16_LE + _allowed(page, hashed).encode("utf-16-le")


def _text(data: bytes) -> str:
    packed = data.startswith(codecs.BOM_UTF16_LE)
    return data.decode("utf-16" if packed else "utf-8").replace("\r\n", "\n")


def _script(name: str, data: bytes) -> str:
    text = _text(data)
    if name.startswith("data/"):  # one call with texts alone
        text = text.replace("<", "\\u003c")
    assert not any(end in text.lower() for end in ENDS), f"{name} can't stand inside a page"
    return text


def _allowed(page: str, texts: list[str]) -> str:
    """Name scripts and styles in the content policy of the page."""
    from lca_cardato.report.formats.html import source_hash

    hashes = " ".join(sorted({f"'{source_hash(text)}'" for text in texts}))
    for kind in ("script-src", "style-src"):
        assert kind in page
        page = page.replace(f"{kind} ", f"{kind} {hashes} ", 1)
    return page
