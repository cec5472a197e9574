"""What is asked of the pages and what they answer, where there is no server: in the browser.

The browser puts this module in the place of Starlette's requests and responses
(`lca_cardato.web.browser`), so that the pages of `lca_cardato.serve` answer without a change.
"""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, AsyncIterator, Callable, Mapping, Optional, Union
from urllib.parse import parse_qsl, urlsplit

Content = Union[str, bytes]


class Request:
    """What a page asks for.

    Parameters
    ----------
    method : str
    address : str
        Path, with what follows a question mark.
    body : bytes
    state : object
        What `app.state` is to the pages.
    cookies : mapping

    Attributes
    ----------
    received : bytes
        What was sent.
    """

    def __init__(
        self, method: str, address: str, body: bytes, state: Any, cookies: Mapping[str, str]
    ) -> None:
        parts = urlsplit(address)
        self.method, self.cookies = method, dict(cookies)
        self.url = SimpleNamespace(path=parts.path)
        self.query_params = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.path_params: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self.app = SimpleNamespace(state=state)
        self.received = body

    async def stream(self) -> AsyncIterator[bytes]:
        """Give what was sent."""
        yield self.received


class Response:
    """An answer.

    Attributes
    ----------
    status_code : int
    headers : dict
        In lower case; ``content-type`` always.
    cookies : dict
        What is to be kept for the next request.
    body : bytes
    """

    media_type = "application/octet-stream"

    def __init__(
        self, content: Any = b"", status_code: int = 200,
        headers: Optional[Mapping[str, str]] = None, media_type: Optional[str] = None,
    ) -> None:  # fmt: skip
        self.status_code = status_code
        self.headers = {name.lower(): value for name, value in (headers or {}).items()}
        self.headers.setdefault("content-type", media_type or self.media_type)
        self.cookies: dict[str, str] = {}
        self.body = self.written(content)

    def written(self, content: Any) -> bytes:
        """Write the content."""
        return content.encode() if isinstance(content, str) else bytes(content)

    def set_cookie(self, key: str, value: str, **_: Any) -> None:
        """Keep a value for the next request."""
        self.cookies[key] = value


class PlainTextResponse(Response):
    """A text."""

    media_type = "text/plain"


class HTMLResponse(Response):
    """A page."""

    media_type = "text/html"


class JSONResponse(Response):
    """Plain data."""

    media_type = "application/json"

    def written(self, content: Any) -> bytes:
        """Write the content."""
        return json.dumps(content, ensure_ascii=False).encode()


class RedirectResponse(Response):
    """Go to another page."""

    def __init__(self, url: str, status_code: int = 303) -> None:
        super().__init__(b"", status_code, {"location": url})


async def run_in_threadpool(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function: there is one thread alone here."""
    return function(*arguments)


def done(answer: Any) -> Response:
    """Give the answer of a page, also of one that would wait: nothing here waits."""
    if isinstance(answer, Response):
        return answer
    try:
        answer.send(None)
    except StopIteration as end:
        found: Response = end.value
        return found
    raise RuntimeError("a page waits for something that does not come in a browser")
