"""What a page sends."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Optional

from lca_cardato.serve.guard import largest

if TYPE_CHECKING:
    from starlette.requests import Request

    from lca_cardato.serve.desk import Desk


async def posted(request: Request, most: int) -> Optional[list[tuple[str, str]]]:
    """Read the fields of a form.

    Parameters
    ----------
    request : Request
    most : int
        How many fields it may have.

    Returns
    -------
    list of (str, str) or None
        Name and value in the order of the page, without the token; None where the token is not
        ours, or what came is no form of a page.
    """
    from urllib.parse import parse_qsl

    desk: Desk = request.app.state.desk
    limit = largest(request)
    try:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:  # whatever the head of the request said
                return None
        found = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=most, errors="strict"
        )
    except ValueError:
        return None
    token = next((value for name, value in found if name == "token"), "")
    if not secrets.compare_digest(token.encode(), desk.token.encode()):
        return None
    return [(name, value) for name, value in found if name != "token"]
