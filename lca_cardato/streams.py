"""Many random generators at once, in the states that NumPy gives them one by one."""

from __future__ import annotations

import hashlib
from typing import Any, Sequence

import numpy as np
from numpy.random.bit_generator import ISeedSequence
from numpy.typing import NDArray

Words = NDArray[np.uint32]
POOL = 4
INIT_A, MULT_A = 0x43B0D7E5, 0x931E8875
INIT_B, MULT_B = 0x8B51F9DD, 0x58F38DED
MIX_LEFT, MIX_RIGHT = np.uint32(0xCA01F9DD), np.uint32(0x4973F715)
SHIFT = np.uint32(16)


class _State(ISeedSequence):
    """What a seed sequence would give, already made."""

    def __init__(self, words: NDArray[np.uint64]) -> None:
        self.words = words

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> Any:
        """Give the words: three of 64 bits, as SFC64 asks for."""
        return self.words[:n_words]


def start_streams(keys: Sequence[Words], seed: int) -> list[np.random.Generator]:
    """Random generators of some spawn keys.

    Parameters
    ----------
    keys : sequence of ndarray of uint32, shape (4,)
    seed : int
        0 or larger.

    Returns
    -------
    list of numpy.random.Generator
        In the states of ``SFC64(SeedSequence(seed, spawn_key=key))``.
    """
    size = max(128, seed.bit_length())
    words = [(seed >> shift) & 0xFFFFFFFF for shift in range(0, size, 32)]
    entropy = np.empty((len(words) + 4, len(keys)), dtype=np.uint32)
    entropy[: len(words)] = np.array(words, dtype=np.uint32)[:, None]
    if keys:
        entropy[len(words) :] = np.transpose(keys)
    states = _states(entropy, 6).view(np.uint64)
    bits: Any = np.random.SFC64  # takes any ISeedSequence, which its stub does not say
    return [np.random.Generator(bits(_State(row))) for row in states]


def _states(entropy: Words, size: int) -> Words:
    """States of the seed sequences of some columns of words, shape (columns, size).

    Notes
    -----
    The hash of ``numpy.random.SeedSequence`` (M. E. O'Neill, Developing a seed_seq alternative,
    2015), which NumPy promises to keep, on arrays of all sequences.
    """
    factor = INIT_A

    def hashed(words: Words) -> Words:
        nonlocal factor
        words = words ^ np.uint32(factor)
        factor = factor * MULT_A & 0xFFFFFFFF
        words = words * np.uint32(factor)
        return words ^ (words >> SHIFT)

    def mixed(left: Words, right: Words) -> Words:
        words = MIX_LEFT * left - MIX_RIGHT * right
        return words ^ (words >> SHIFT)

    pool = [hashed(words) for words in entropy[:POOL]]
    for source in range(POOL):
        for place in range(POOL):
            if source != place:
                pool[place] = mixed(pool[place], hashed(pool[source]))
    for words in entropy[POOL:]:
        for place in range(POOL):
            pool[place] = mixed(pool[place], hashed(words))
    state = np.empty((entropy.shape[1], size), dtype=np.uint32)
    factor_b = INIT_B
    for place in range(size):
        words = pool[place % POOL] ^ np.uint32(factor_b)
        factor_b = factor_b * MULT_B & 0xFFFFFFFF
        words = words * np.uint32(factor_b)
        state[:, place] = words ^ (words >> SHIFT)
    return state


def stream(key: str, seed: int) -> np.random.Generator:
    """Random generator of a parameter.

    Parameters
    ----------
    key : str
        Key of the parameter; its SHA-256 names the stream.
    seed : int
        0 or larger.

    Returns
    -------
    numpy.random.Generator

    Notes
    -----
    ``SeedSequence(seed, spawn_key)`` with a spawn key from the name: the draws of a parameter
    depend on its name and on the seed alone.
    """
    return start_streams([stream_key(key)], seed)[0]


def stream_key(key: str) -> NDArray[np.uint32]:
    """Spawn key of a stream: the first 128 bits of the SHA-256 of its name."""
    return np.frombuffer(hashlib.sha256(key.encode()).digest()[:16], dtype=">u4").astype(np.uint32)
