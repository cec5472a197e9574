"""Brightway in a process of its own: its import, half a command's time, runs beside ours.

One process serves all calls of a Python process, is started by the first (or early, by `start`)
and ends with it. It is asked by a thread, so that a caller goes on until it needs the answer.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import threading
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.brightway import child
from lca_cardato.sentence import say

if TYPE_CHECKING:
    from lca_cardato.brightway.line import Matrices

WORKER = "lca_cardato.brightway.worker"
TRIES = 2
Answer = Future  # of a list of scores, one per indicator


class Process:
    """The other process, and the thread that talks with it."""

    def __init__(self) -> None:
        self.child: Optional[subprocess.Popen[bytes]] = None
        self._questions: SimpleQueue[Any] = SimpleQueue()
        self._lock = threading.Lock()
        self._over = False
        threading.Thread(target=self._talk, name="brightway", daemon=True).start()

    def start(self) -> None:
        """Start the process, unless it runs."""
        with self._lock:
            if (self.child is not None and self.child.poll() is None) or self._over:
                return
            self._clear()
            self.child = subprocess.Popen(
                child.command(WORKER), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, env=child.environment(),
            )  # fmt: skip

    def ask(self, matrices: Matrices, demand: dict[int, float]) -> Answer:
        """Send a question; see `ask`."""
        answer: Answer = Future()
        self._questions.put((answer, matrices, demand))
        return answer

    def end(self, over: bool = True) -> None:
        """End the process; for good when `over`."""
        with self._lock:
            self._over = over
            self._clear()

    def let_go(self) -> None:
        """Close our ends of the pipes; without any of the bytes that may wait for them."""
        if self.child is not None:
            for pipe in (self.child.stdin, self.child.stdout):
                pipe.raw.close()  # type: ignore[union-attr]
        self.child = None

    def _clear(self) -> None:
        if self.child is not None:
            self.child.kill()
            self.child.wait()
            self.let_go()

    def _talk(self) -> None:
        while True:
            answer, matrices, demand = self._questions.get()
            try:
                answer.set_result(self._scores(matrices, demand))
            except Exception as error:
                answer.set_exception(error)

    def _scores(self, matrices: Matrices, demand: dict[int, float]) -> list[float]:
        from lca_cardato.brightway.wire import put_question, take_answer

        complaint = ""
        for _ in range(TRIES):  # one that died is replaced, once
            try:
                self.start()
                process = self.child
                assert process is not None and process.stdin and process.stdout
                put_question(process.stdin, matrices, demand)  # type: ignore[arg-type]
                scores, complaint = take_answer(process.stdout)  # type: ignore[arg-type]
            except (OSError, EOFError) as error:
                complaint = say("its process can't be used: {error}", error=error)
                self.end(self._over)
                continue
            if not complaint:
                return scores
            break
        raise _no_scores(complaint)


def _no_scores(complaint: str) -> Exception:
    from lca_cardato.errors import CalculationError

    return CalculationError.one(
        "E402", say("Brightway gives no scores: {complaint}", complaint=complaint),
        suggestion=say("`lca-cardato doctor` looks at the installation"),
    )  # fmt: skip


_process: Optional[Process] = None
_making = threading.Lock()
_here = False


def stay_here() -> None:
    """Let Brightway calculate in this process: on a single core a second one only costs."""
    global _here
    _here = True


def _apart() -> bool:
    return child.can_start() and not _here


def start() -> None:
    """Start the process beside the caller; what stands in the way is told when it is asked."""
    if _apart():
        with contextlib.suppress(OSError):
            _the_process().start()


def ask(matrices: Matrices, demand: dict[int, float]) -> Answer:
    """Ask Brightway for the scores of a product system.

    Parameters
    ----------
    matrices : Matrices
    demand : dict
        Product id -> amount.

    Returns
    -------
    Future
        ``result()`` waits for the scores, one per indicator, and raises `CalculationError`
        (``E402``) when Brightway can't be started or can't solve the system. Where no process
        can be started, the calculation is done at once in this one.
    """
    if _apart():
        return _the_process().ask(matrices, demand)
    from lca_cardato.brightway import line

    answer: Answer = Future()
    answer.set_result(line.scores(matrices, demand))
    return answer


def scores(matrices: Matrices, demand: dict[int, float]) -> list[float]:
    """Ask Brightway, and wait; see `ask`."""
    return ask(matrices, demand).result()


def end() -> None:
    """End the process; the next question starts another."""
    if _process is not None:
        _process.end(over=False)


def _the_process() -> Process:
    global _process
    with _making:
        if _process is None:
            _process = Process()
            atexit.register(_process.end)
        return _process


def _forget() -> None:
    """A forked copy of this process does not share its pipes."""
    global _process, _making
    if _process is not None:
        atexit.unregister(_process.end)
        _process.let_go()
    _process, _making = None, threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
