"""Keep the traceback of an unexpected error in a file instead of on the screen."""

from __future__ import annotations

import tempfile
import traceback


def write_crash_report(error: Exception) -> str:
    """Write the traceback to a temporary file.

    Returns
    -------
    str
        One line: kind of error and where the report lies.
    """
    text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    kind = f"{type(error).__name__}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="lca-cardato-report-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(text)
            return f"{kind}; the report is in {file.name}"
    except OSError:
        return f"{kind}: {str(error)[:200]}"
