"""Serve the pages of a folder on the loopback address."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

from lca_cardato.sentence import say

LAST_PORT = 65_535
MOST = 50
"""Connections at once; a browser opens a handful."""


def serve(
    folder: Path, port: int = 8765, lang: str = "en", open_browser: bool = True,
    may_write: bool = True,
) -> int:  # fmt: skip
    """Serve the pages of a folder on the loopback address until interrupted.

    Parameters
    ----------
    folder : Path
        Folder with run folders and scenario files.
    port : int
        Where it is taken, the next free one of the twenty that follow.
    lang : str
    open_browser : bool
    may_write : bool
        Whether a form may be saved into the folder.

    Returns
    -------
    int
        Exit code.

    Raises
    ------
    InputError
        ``E326``: there is no such port.
    DiskError
        ``E501``: no such folder; ``E502``: no free port.
    """
    import webbrowser

    import uvicorn

    from lca_cardato.errors import EXIT_OK, DiskError, InputError
    from lca_cardato.serve.app import make_app
    from lca_cardato.words.language import Language

    if not folder.is_dir():
        raise DiskError.one("E501", say("no such folder"), file=str(folder))
    if not 1 <= port <= LAST_PORT:
        raise InputError.one(
            "E326",
            say("ports are 1 to {last}", last=LAST_PORT),
            key="--port",
            value=str(port),
        )
    number, listener = _listener(port)
    address = f"http://127.0.0.1:{number}/"
    print(f"{address}  ({Language(lang)('serve_stop')})", flush=True)
    if open_browser:
        webbrowser.open(address)
    app = make_app(folder, lang, number, may_write)
    threading.Thread(target=_warm, daemon=True).start()
    config = uvicorn.Config(
        app, log_level="critical", access_log=False, server_header=False, http="h11", ws="none",
        lifespan="off", limit_concurrency=MOST,
    )  # fmt: skip
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        listener.close()
    return EXIT_OK


def _listener(port: int) -> tuple[int, socket.socket]:
    """Take a port, or the next free one.

    Raises
    ------
    DiskError
        ``E502``: none of twenty is free.
    """
    from lca_cardato.errors import DiskError

    for number in range(port, min(port + 20, LAST_PORT) + 1):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":  # the address of a form holds the port: a new start takes the same
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", number))
            listener.listen()  # at once, so that no other start can take it too
            return number, listener
        except OSError:
            listener.close()
    raise DiskError.one(
        "E502", say("no free port"), value=str(port), suggestion=say("choose another with --port")
    )


def _warm() -> None:
    """Open what the form rests on before somebody waits for it; what is wrong is told by the page."""
    import contextlib

    from lca_cardato.errors import CardatoError
    from lca_cardato.serve.form.engine import engine

    with contextlib.suppress(CardatoError, OSError):
        engine()
