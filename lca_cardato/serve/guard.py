"""Who is answered: this machine's own pages only, under one policy, whatever a page does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.requests import Request

    from lca_cardato.serve.desk import Desk

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin", "Cache-Control": "no-store", "X-Frame-Options": "DENY",
}  # fmt: skip
LARGEST = 20_000
"""Bytes of a request: the shares of a blend."""
LARGEST_FORM = 1_000_000
"""Bytes of a request: a whole scenario."""


class Guard:
    """Answer this machine's own pages only, put the policy on every answer, survive every page.

    A client that goes away is no fault; whatever else goes wrong while a page is made becomes a
    page that says so.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request."""
        from starlette.datastructures import MutableHeaders
        from starlette.requests import ClientDisconnect, Request
        from starlette.responses import PlainTextResponse

        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def sending(message: Any) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)  # a report brings a policy of its own
            await send(message)

        request = Request(scope, receive)
        if not welcome(request):
            await PlainTextResponse("refused", 403)(scope, receive, sending)
            return
        try:
            await self.app(scope, receive, sending)
        except (ClientDisconnect, ConnectionError):
            return
        except Exception as error:
            if begun:
                return
            told = [f"{type(error).__name__}: {error}"[:200]]
            try:
                answer = request.app.state.desk.problem(request, 500, "unreadable", told)
            except Exception:
                answer = PlainTextResponse(told[0], 500)
            await answer(scope, receive, sending)


def largest(request: Request) -> int:
    """Give the bytes that a request of this address may have."""
    return LARGEST_FORM if request.url.path.startswith("/form") else LARGEST


def welcome(request: Request) -> bool:
    """Whether a request comes from this machine's own pages, and is no larger than they are."""
    desk: Desk = request.app.state.desk
    if request.headers.get("host", "") not in desk.hosts:
        return False
    if request.method != "POST":
        return request.method in ("GET", "HEAD")
    origin = request.headers.get("origin")
    length = request.headers.get("content-length", "")
    return (origin is None or origin in {f"http://{host}" for host in desk.hosts}) and (
        length.isascii()
        and length.isdigit()
        and len(length) < 9
        and int(length) <= largest(request)
    )
