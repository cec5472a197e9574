"""Folders in which the interpreter of the page works while the page is put together."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
ERROR = re.compile(r"(?:\w+\.)*\w*(?:Error|Exception)\b.*:")


def lay_out(root: Path, parts: Mapping[str, Mapping[str, bytes]]) -> None:
    """Write files: folder -> name -> content."""
    for top, files in parts.items():
        for name, data in files.items():
            path = root / top / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def files_of(root: Path) -> dict[str, bytes]:
    """Read all files below a folder."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Write a zip without compression: it is compressed as a whole."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return data.getvalue()


def complaint(told: str) -> str:
    """Give the line of what a program wrote that says what is wrong: its last error."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    errors = [line for line in lines if ERROR.match(line) and not line.endswith("last):")]
    return ([*errors[-1:], *lines[:1], ""])[0][:200]
