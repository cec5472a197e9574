"""The Brightway process: reads product systems from standard input and answers with their scores.

It ends when its input does, also where the process that asked was killed.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import BinaryIO


def main(_: list[str]) -> None:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asks decides when to end
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small systems: threads would only wait
    questions, answers = _pipes()
    from lca_cardato.brightway.line import import_bw2calc, scores
    from lca_cardato.brightway.wire import put_answer, take_question

    broken = ""
    gc.disable()  # an import makes what stays
    sys.modules["pyarrow"] = None  # type: ignore[assignment]  # pandas takes it where it finds it
    try:
        import_bw2calc()
    except Exception as error:
        broken = _told(error)
    gc.enable()
    gc.freeze()
    try:
        while True:
            matrices, demand = take_question(questions)
            try:
                found, complaint = ([], broken) if broken else (scores(matrices, demand), "")
            except Exception as error:
                found, complaint = [], _told(error)
            put_answer(answers, found, complaint)
    except (EOFError, OSError):  # nobody is there any more
        os._exit(0)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output; whatever a library prints goes nowhere."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    return questions, answers


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
