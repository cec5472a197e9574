"""Why the system refuses a file, in words that are translated."""

from __future__ import annotations

import errno

from lca_cardato.sentence import say

REASONS = {
    errno.ENOENT: say("No such file or directory"),
    errno.EACCES: say("Permission denied"),
    errno.EPERM: say("Operation not permitted"),
    errno.EROFS: say("Read-only file system"),
    errno.ENOSPC: say("No space left on device"),
    errno.EFBIG: say("File too large"),
    errno.EISDIR: say("Is a directory"),
    errno.ENOTDIR: say("Not a directory"),
    errno.EEXIST: say("File exists"),
    errno.ENOTEMPTY: say("Directory not empty"),
    errno.ENAMETOOLONG: say("File name too long"),
    errno.ELOOP: say("Too many levels of symbolic links"),
    errno.EMFILE: say("Too many open files"),
    errno.EIO: say("Input/output error"),
    errno.EBUSY: say("Device or resource busy"),
    errno.EXDEV: say("Invalid cross-device link"),
    errno.EPIPE: say("Broken pipe"),
    errno.EINVAL: say("Invalid argument"),
    errno.EADDRINUSE: say("Address already in use"),
    errno.ECONNREFUSED: say("Connection refused"),
}
"""Number of the system -> sentence; what is not here is told in the words of the system."""
if hasattr(errno, "EDQUOT"):
    REASONS[errno.EDQUOT] = say("Disk quota exceeded")


def reason(error: BaseException) -> str:
    """Say why.

    Parameters
    ----------
    error : BaseException
        Of the system, or of a program that reads a file.

    Examples
    --------
    >>> reason(OSError(errno.ENOSPC, "No space left on device"))
    'No space left on device'
    """
    known = REASONS.get(getattr(error, "errno", None) or 0)
    return known or getattr(error, "strerror", None) or str(error) or type(error).__name__
