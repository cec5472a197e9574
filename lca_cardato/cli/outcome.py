"""How a command ends: lines for people, an exit code, and never a traceback."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from typing import Any, Callable, Mapping, Sequence

from lca_cardato.errors import (
    EXIT_DISK,
    EXIT_INTERRUPTED,
    EXIT_OK,
    EXIT_UNEXPECTED,
    MAX_PROBLEMS,
    CardatoError,
    DiskError,
)
from lca_cardato.files.reasons import reason
from lca_cardato.sentence import SOURCE, say
from lca_cardato.words.language import LANGUAGES
from lca_cardato.words.told import problem_text, tell

LANGUAGE = "LCA_CARDATO_LANG"
"""Variable of the environment that names the language where no option does."""
_language = SOURCE


def speak(lang: str) -> None:
    """Tell from now on in this language what goes wrong."""
    global _language
    _language = lang


def language() -> str:
    """Language in which what goes wrong is told."""
    return _language


def asked(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Language that a command line asks for, before anything of it is read.

    Parameters
    ----------
    words : sequence of str
        What was typed after the name of the program.
    environment : mapping
    """
    found = [environment.get(LANGUAGE, "")]
    for word, after in zip(words, [*words[1:], ""]):
        if word == "--":
            break
        if word == "--lang" or word.startswith("--lang="):
            found.append(after if word == "--lang" else word.partition("=")[2])
    return next((one for one in reversed(found) if one in LANGUAGES), SOURCE)


def run(app: Callable[[], Any]) -> int:
    """Run a command line application.

    Parameters
    ----------
    app : callable

    Returns
    -------
    int
        Exit code.
    """
    speak(asked(sys.argv[1:], os.environ))
    whole_streams()
    if sys.stdout is None:
        _complain(DiskError.one(
            "E505", say("standard output is closed, so nothing can be told"), file="output",
            suggestion=say("give it a place, if only > /dev/null"),
        ))  # fmt: skip
        return EXIT_DISK
    _prepare_streams()
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    if not re.fullmatch("[0-9]{1,11}", epoch):  # numpy would stop at it
        del os.environ["SOURCE_DATE_EPOCH"]
    try:
        try:
            app()
            code = EXIT_OK
        except SystemExit as end:
            if isinstance(end.__context__, BrokenPipeError):
                raise end.__context__ from None
            if end.code == EXIT_INTERRUPTED:  # typer's answer to an interruption, without a word
                raise KeyboardInterrupt from None
            code = end.code if isinstance(end.code, int) else EXIT_OK if end.code is None else 1
        sys.stdout.flush()
        return code
    except CardatoError as error:
        _complain(error)
        _settle()
        return error.exit_code
    except KeyboardInterrupt:
        _say(tell(say("interrupted"), _language))
        _settle()
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # whoever read the output has enough
        _drop_output()
        return EXIT_OK
    except Exception as error:
        return _unexpected(error)


def whole_streams() -> None:
    """Give standard output and error that write everything or fail.

    Without a buffer (``PYTHONUNBUFFERED``) Python takes what a disk has still room for as written
    and forgets the rest. A number that is closed would be given to the next file that is opened,
    which whoever prints, a child too, would write into. A pipe whose reader has gone, as behind
    ``| head -1``, lets the command go on to its exit code.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    for name, kind in (("stdout", _Answer), ("stderr", _Messages)):
        stream = getattr(sys, name)
        buffer = getattr(stream, "buffer", None)
        raw = getattr(buffer, "raw", buffer)
        if isinstance(raw, io.FileIO) and not isinstance(raw, kind):
            stream.flush()
            whole = io.TextIOWrapper(
                io.BufferedWriter(kind(raw.fileno(), "w", closefd=False)),
                encoding=stream.encoding,
                errors=stream.errors,
                line_buffering=stream.line_buffering or isinstance(buffer, io.FileIO),
            )
            setattr(sys, name, whole)


class _Answer(io.FileIO):
    """Standard output: where its reader has gone, the command goes on to its exit code."""

    let_go: type[OSError] = BrokenPipeError

    def write(self, data: Any) -> int:
        """Write, or let it go."""
        try:
            return super().write(data) or 0
        except self.let_go:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            return memoryview(data).nbytes


class _Messages(_Answer):
    """Standard error: whatever befalls it, the answer and the exit code are whole."""

    let_go = OSError


def _prepare_streams() -> None:
    """Write the same bytes into files and pipes whatever the locale and the system.

    What a terminal can't show is replaced.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            if stream.isatty():
                stream.reconfigure(errors="replace")  # type: ignore[union-attr]
            else:
                stream.reconfigure(  # type: ignore[union-attr]
                    encoding="utf-8", errors="replace", newline="\n"
                )


def _say(line: str) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        print(line, file=sys.stderr, flush=True)


def _complain(error: CardatoError) -> None:
    head = tell(say("error"), _language)
    for problem in error.problems[:MAX_PROBLEMS]:
        _say(f"{head}: {problem_text(problem, _language)}")
    rest = len(error.problems) - MAX_PROBLEMS
    if rest > 0:
        more = say("and {count} more problem", "and {count} more problems", count=rest)
        _say(f"{head}: {tell(more, _language)}")


def _unexpected(error: Exception) -> int:
    if isinstance(error, OSError) and error.errno is not None:  # the machine's fault, not ours
        _drop_output()
        why = say("can't be used: {reason}", reason=reason(error))
        _complain(DiskError.one("E502", why, file=str(error.filename or "output")))
        return EXIT_DISK
    told = say("error: E900 unexpected: {report}", report=_crash_report(error))
    _say(tell(told, _language))
    _drop_output()
    return EXIT_UNEXPECTED


def _settle() -> None:
    """Write what is still to be written, of a command that has failed already."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        _drop_output()


def _drop_output() -> None:
    """Let nothing fail again when the interpreter flushes at its end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _crash_report(error: Exception) -> str:
    """Keep the traceback in a temporary file; say the kind of error and where the file lies."""
    import tempfile
    import traceback

    text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    kind = type(error).__name__
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="lca-cardato-report-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(text)
            return say("{kind}; the report is in {file}", kind=kind, file=file.name)
    except OSError:
        return f"{kind}: {str(error)[:200]}"
