"""The command in this process, as a shell would see it: streams, exit code, folder, environment.

A process of its own takes a second and more to import what the next one imports again. What is
about the process itself (streams, locale, signals, pipes) is tested in ``tests/faults``; that both
ways give the same, in ``tests/cli/test_inprocess.py``.
"""

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
import warnings

import typer
from conftest import ROOT


class Command:
    """Run ``lca-cardato`` with arguments; the program is put together once for all calls."""

    def __init__(self):
        self.program = None

    def __call__(self, *arguments, cwd=ROOT, **environment):
        words = [str(word) for word in arguments]
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            with _surroundings(cwd, environment), _streams(output, errors), _plain_warnings():
                code = self._main(words)
            texts = [_text(output), _text(errors)]
        return subprocess.CompletedProcess(words, code, *texts)

    def _main(self, words):
        from lca_cardato.cli import main as module

        app = module.app
        self.program = self.program or typer.main.get_command(app)
        sys.argv, module.app = ["lca-cardato", *words], self.program
        try:
            module.main()
        except SystemExit as end:
            return end.code
        finally:
            module.app = app


def _text(file):
    file.seek(0)
    return io.TextIOWrapper(file, encoding="utf-8").read()  # CR LF is one end of line


@contextlib.contextmanager
def _surroundings(cwd, environment):
    folder, before, argv = os.getcwd(), dict(os.environ), sys.argv
    os.environ.pop("COLUMNS", None)  # of the terminal of whoever runs the tests
    os.environ.update({name: str(value) for name, value in environment.items()})
    os.chdir(cwd)
    try:
        yield
    finally:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(before)
        sys.argv = argv
        if hasattr(time, "tzset"):
            time.tzset()


@contextlib.contextmanager
def _streams(output, errors):
    """Give the files to the process as its standard output and error, to its children too."""
    kept = sys.stdin, sys.stdout, sys.stderr
    for stream in kept[1:]:
        stream.flush()
    handles = [os.dup(1), os.dup(2)]
    os.dup2(output.fileno(), 1)
    os.dup2(errors.fileno(), 2)
    try:
        with (
            open(os.devnull, encoding="utf-8") as sys.stdin,
            open(1, "w", encoding="utf-8", closefd=False) as sys.stdout,
            open(2, "w", encoding="utf-8", closefd=False) as sys.stderr,
        ):
            yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
        for number, handle in zip((1, 2), handles):
            os.dup2(handle, number)
            os.close(handle)


@contextlib.contextmanager
def _plain_warnings():
    """Show what a process would show, where pytest would gather it."""

    def show(message, category, filename, lineno, file=None, line=None):
        sys.stderr.write(warnings.formatwarning(message, category, filename, lineno, line))

    with warnings.catch_warnings():
        warnings.resetwarnings()
        for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning,
                         ResourceWarning):  # fmt: skip
            warnings.simplefilter("ignore", category)
        warnings.showwarning = show
        yield
