"""Arrays through a pipe: what the Brightway process is asked, and what it answers."""

from __future__ import annotations

import io
import struct
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy

from lca_cardato.brightway.line import Matrices

LENGTH = struct.Struct("<Q")
QUESTION, ANSWER = 11, 2
"""Arrays of a question, and of an answer."""


def put_question(pipe: BinaryIO, matrices: Matrices, demand: dict[int, float]) -> None:
    """Write a product system and its demand."""
    methods = matrices.characterisation
    put_arrays(
        pipe,
        *matrices.technosphere,
        *matrices.biosphere,
        np.array([len(rows) for rows, _ in methods], dtype=np.int64),
        np.concatenate([np.zeros(0, dtype=np.int64), *(rows for rows, _ in methods)]),
        np.concatenate([np.zeros(0), *(values for _, values in methods)]),
        np.array(list(demand), dtype=np.int64),
        np.array(list(demand.values()), dtype=np.float64),
    )


def take_question(pipe: BinaryIO) -> tuple[Matrices, dict[int, float]]:
    """Read what `put_question` wrote.

    Raises
    ------
    EOFError
        The other end is closed.
    """
    arrays = take_arrays(pipe, QUESTION)
    counts, rows, values, products, amounts = arrays[6:]
    ends = np.cumsum(counts)
    methods = [
        (rows[end - count : end], values[end - count : end]) for count, end in zip(counts, ends)
    ]
    system = Matrices((arrays[0], arrays[1], arrays[2]), (arrays[3], arrays[4], arrays[5]), methods)
    return system, dict(zip(products.tolist(), amounts.tolist()))


def put_answer(pipe: BinaryIO, scores: list[float], complaint: str = "") -> None:
    """Write the scores, or why there are none."""
    text = np.frombuffer(complaint.encode(), dtype=np.uint8)
    put_arrays(pipe, np.array(scores, dtype=np.float64), text)


def take_answer(pipe: BinaryIO) -> tuple[list[float], str]:
    """Read what `put_answer` wrote.

    Raises
    ------
    EOFError
        The other end is closed.
    """
    scores, complaint = take_arrays(pipe, ANSWER)
    return scores.tolist(), complaint.tobytes().decode("utf-8", "replace")


def put_arrays(pipe: BinaryIO, *arrays: Any) -> None:
    """Write arrays as one message: its length, then each as NumPy writes it into a file."""
    message = io.BytesIO()
    for array in arrays:
        npy.write_array(message, np.asarray(array), allow_pickle=False)
    pipe.write(LENGTH.pack(message.tell()) + message.getvalue())
    pipe.flush()


def take_arrays(pipe: BinaryIO, count: int) -> list[Any]:
    """Read a message of so many arrays.

    Raises
    ------
    EOFError
        The other end is closed.
    """
    message = io.BytesIO(_exactly(pipe, LENGTH.unpack(_exactly(pipe, LENGTH.size))[0]))
    return [npy.read_array(message, allow_pickle=False) for _ in range(count)]


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    data = pipe.read(size)
    if len(data) != size:
        raise EOFError("the other end of the pipe is closed")
    return data
