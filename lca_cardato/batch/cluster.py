"""Calculate the chunks of a space on a dask.distributed cluster."""

from __future__ import annotations

import asyncio
import sys
import uuid
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Callable, Iterator, Optional, Sequence

from lca_cardato import __version__
from lca_cardato.batch.evaluate import RowProblem
from lca_cardato.batch.run import Chunks
from lca_cardato.errors import BusyError, CardatoError, InputError
from lca_cardato.files.extra import load
from lca_cardato.sentence import joined, say

if TYPE_CHECKING:
    import pyarrow as pa

AHEAD = 4
TRIES = 5
POLL = 1.0
FETCH = 120.0
CONNECT = 10.0
"""Seconds for which a scheduler that does not answer is waited for, at first and later."""
PATIENCE = 30.0
"""Seconds for which a cluster without a worker is waited for, at first and later."""
Piece = tuple[int, int]
Result = tuple["pa.RecordBatch", list[RowProblem]]
Source = Callable[[Sequence[Piece]], Iterator[Result]]


def cluster_source(
    chunks: Chunks, address: str, job: str, timeout: float = CONNECT, patience: float = PATIENCE
) -> Source:
    """Connect to a cluster and give what `lca_cardato.batch.run.run` takes as its `source`.

    Parameters
    ----------
    chunks : Chunks
    address : str
        Address of the scheduler, for instance ``tcp://127.0.0.1:8786``.
    job : str
        Digest of everything that decides the result; part of the names of the tasks.
    timeout : float
        Seconds to wait for the scheduler, at first and when it goes.
    patience : float
        Seconds that the cluster may be without any worker.

    Returns
    -------
    callable
        Pieces -> iterator of their columns and problems, in order; to be called once, the
        connection is closed after the last piece.

    Raises
    ------
    InputError
        ``E325`` when the address can't be used, ``E326`` when workers run another version.
    MissingError
        ``E510``: the extra ``cluster`` is missing.
    BusyError
        ``E702`` when the scheduler can't be reached, ``E703`` when there are no workers.
    """
    dask: Any = load("cluster", "distributed", say("a batch on a cluster"))
    _probe(dask, address, timeout)
    client = dask.Client(address, timeout=timeout, set_as_default=False)
    tasks = _Tasks(dask, client, chunks, job or uuid.uuid4().hex, patience, timeout)
    try:
        tasks.share()
    except BaseException:
        client.close()
        raise
    return tasks


def _probe(dask: Any, address: str, timeout: float) -> None:
    """Ask who is at an address; a client by itself may wait for ever for a silent one."""

    async def ask() -> Any:
        safety = dask.Security().get_connection_args("client")
        async with dask.rpc(address, connection_args=safety) as peer:
            return await peer.identity()

    async def asked() -> Any:
        return await asyncio.wait_for(ask(), timeout)

    try:
        with ThreadPoolExecutor(1) as thread:
            found = thread.submit(asyncio.run, asked()).result()
    except (OSError, asyncio.TimeoutError):
        found = None
    except (ValueError, TypeError, RuntimeError) as error:
        raise InputError.one(
            "E325", say("can't connect: {error}", error=error), key="scheduler", value=address,
            suggestion=say("e.g. tcp://127.0.0.1:8786"),
        ) from None  # fmt: skip
    except Exception:
        found = {}
    if found is None:
        raise BusyError.one(
            "E702",
            say("no scheduler answers within {timeout:g} s", timeout=timeout),
            key="scheduler",
            value=address,
        )
    if not isinstance(found, dict) or found.get("type") != "Scheduler":
        raise BusyError.one(
            "E702", say("what answers there is no dask scheduler"), key="scheduler", value=address
        )


def release() -> str:
    """Version of this package and of Python, as workers must have it too."""
    return f"lca-cardato {__version__}, Python {sys.version_info[0]}.{sys.version_info[1]}"


def calculate(chunks: Chunks, start: int, stop: int, wanted: str) -> Result:
    """Calculate a chunk on a worker."""
    if release() != wanted:
        raise _other_release({"a worker": release()}, wanted)
    return chunks(start, stop)


class _Tasks:
    """Chunks as tasks; few are under way at a time, and what a lost worker had is done again."""

    def __init__(
        self, dask: Any, client: Any, chunks: Chunks, job: str, patience: float, timeout: float
    ) -> None:
        self.dask, self.client, self.chunks = dask, client, chunks
        self.job, self.patience, self.timeout = job, patience, timeout
        self.gone: Optional[float] = None
        self.shared: Any = None
        self.round = 0

    def __call__(self, pieces: Sequence[Piece]) -> Iterator[Result]:
        if not pieces:
            self.client.close()
        return self.results(deque(pieces))

    def results(self, left: deque[Piece]) -> Iterator[Result]:
        """Give the results in order."""
        waiting: deque[tuple[Piece, Any]] = deque()
        try:
            while left or waiting:
                most = max(2, AHEAD * self.threads())
                while left and len(waiting) < most:
                    piece = left.popleft()
                    waiting.append((piece, self.submit(piece)))
                result = self.first(waiting)
                if not left and not waiting:
                    self.client.close()
                yield result
        finally:
            self.client.close()

    def submit(self, piece: Piece) -> Any:
        """Send a chunk; the same chunk of the same job has the same name."""
        return self.client.submit(
            calculate, self.shared, *piece, release(), retries=2,
            key=f"lca-cardato-{self.job}-{piece[0]}-{piece[1]}-{self.round}",
        )  # fmt: skip

    def first(self, waiting: deque[tuple[Piece, Any]]) -> Result:
        """Take the result of the first chunk that waits."""
        seen, tries = monotonic(), 0
        while True:
            piece, future = waiting[0]
            try:
                with self.client.as_current():
                    self.dask.wait(future, timeout=POLL)
                result: Result = future.result(timeout=FETCH)
                waiting.popleft()
                return result
            except (OSError, self.dask.TimeoutError):
                if future.status == "error":
                    raise
                seen = self.present(seen)
                sleep(0.1)
            except (self.dask.CancelledError, self.dask.KilledWorker):
                tries += 1
                if tries > TRIES:
                    raise BusyError.one(
                        "E703",
                        say(
                            "workers stop again and again at rows {first} to {last}",
                            first=piece[0],
                            last=piece[1],
                        ),
                        key="scheduler",
                        suggestion=say("give them more memory, or take smaller chunks"),
                    ) from None
                self.again(waiting)
            except CardatoError as error:
                raise type(error)(error.problems) from None
            except Exception:
                self.check()
                raise

    def again(self, waiting: deque[tuple[Piece, Any]]) -> None:
        """Send out anew what was lost together with the workers that held the shared data."""
        self.round += 1
        self.share()
        for place, (piece, future) in enumerate(waiting):
            if future.status != "finished":
                waiting[place] = piece, self.submit(piece)

    def share(self) -> None:
        """Give all workers what every chunk needs."""
        begun = monotonic()
        while True:
            try:
                if self.threads():
                    self.check()
                    self.shared = self.client.scatter(self.chunks, broadcast=True, hash=False)
                    return
            except (OSError, KeyError, ValueError, self.dask.TimeoutError):
                pass  # a worker went away meanwhile
            self.present(begun)
            sleep(0.1)

    def present(self, seen: float) -> float:
        """Give the last moment at which there were workers.

        Raises
        ------
        BusyError
            ``E702`` when the scheduler is gone, ``E703`` when workers are away for too long.
        """
        self.gone = None if self.client.status == "running" else self.gone or monotonic()
        silent = self.gone is not None and monotonic() - self.gone > self.timeout
        if silent or self.client.status == "closed":
            raise BusyError.one(
                "E702",
                say("the scheduler has not answered for {timeout:g} s", timeout=self.timeout),
                key="scheduler",
                suggestion=say(
                    "what is calculated is kept: start it, and the same command goes on"
                ),
            )
        if self.threads():
            return monotonic()
        if monotonic() - seen > self.patience:
            raise BusyError.one(
                "E703",
                say("the cluster has had no worker for {patience:g} s", patience=self.patience),
                key="scheduler",
                suggestion=say("start workers: dask worker ADDRESS"),
            )
        return seen

    def threads(self) -> int:
        """Threads of all workers; 0 while the scheduler is away."""
        if self.client.status != "running":
            return 0
        try:
            return sum(self.client.nthreads().values())
        except (OSError, RuntimeError):
            return 0

    def check(self) -> None:
        """Refuse workers of another version."""
        name = "lca_cardato"
        versions = self.client.get_versions(packages=[name])
        wanted = _described(versions["client"], name)
        others = {
            worker: found
            for worker, told in versions["workers"].items()
            if isinstance(told, dict) and (found := _described(told, name)) != wanted
        }
        if others:
            raise _other_release(others, wanted)


def _described(told: dict[str, Any], name: str) -> str:
    python = ".".join(told["host"]["python"].split(".")[:2])
    own = told["packages"].get(name)
    return f"lca-cardato {own or '-'}, Python {python}"


def _other_release(others: dict[str, str], wanted: str) -> CardatoError:
    listed = joined(
        say("{worker} has {found}", worker=worker, found=found)
        for worker, found in sorted(others.items())[:5]
    )
    return InputError.one(
        "E326", say("workers must have {wanted}: {listed}", wanted=wanted, listed=listed), key="scheduler",
        suggestion=say("install the same versions on every machine"),
    )  # fmt: skip
