"""Run a space in chunks: workers, parts on disk, selection, output."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Iterator, Optional, Sequence

import numpy as np

from lca_cardato import __version__
from lca_cardato.batch.columns import Column, Table
from lca_cardato.batch.evaluate import Evaluator, RowProblem
from lca_cardato.batch.output import RECORD, check_format, open_writer
from lca_cardato.batch.parts import Parts
from lca_cardato.batch.select import Selection, filtered
from lca_cardato.batch.summary import Summary
from lca_cardato.calculation.draws import keep_memory
from lca_cardato.errors import DiskError
from lca_cardato.files.atomic import (
    clear_leftovers,
    partial_path,
    put_in_place,
    write_file,
)
from lca_cardato.files.reasons import reason
from lca_cardato.sentence import SOURCE, say

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK = 65_536
BLOCK = 16_384
MAX_BLOCK = 131_072
SOON = 5.0
"""Seconds within which a run keeps nothing: to calculate that again takes less than to keep it."""
Compute = Callable[[int, int], tuple["pa.RecordBatch", list[RowProblem]]]
Ticker = Callable[[int, int], None]


class Chunks:
    """Calculates chunks of a space and turns them into columns; pickles for a cluster."""

    def __init__(self, evaluator: Evaluator, lang: str = SOURCE) -> None:
        self.evaluator, self.lang = evaluator, lang
        self.table = Table(evaluator.space, evaluator.about, evaluator.packs, lang)
        keep_memory()
        self.block = min(MAX_BLOCK, BLOCK * min(evaluator.structures, MAX_BLOCK))

    def __call__(self, start: int, stop: int) -> tuple[pa.RecordBatch, list[RowProblem]]:
        """Columns and problems of the rows from `start` up to, not including, `stop`."""
        rows = self.evaluator.rows(start, stop, self.block)
        return self.table.batch(rows), rows.problems

    def __reduce__(self) -> Any:
        return Chunks, (self.evaluator, self.lang)


@dataclass(repr=False)
class BatchResult:
    """What a batch gives back.

    Attributes
    ----------
    rows : int
        Rows that were calculated.
    columns : list of Column
    schema : pyarrow.Schema
        Types of the columns.
    summary : Summary
        Ranges, verdicts and problems over all rows that pass the conditions.
    selected : pyarrow.Table or None
        Rows that ``top`` or ``pareto`` keep; all rows when there is no output file and none of
        the two; None when the rows are in the file only.
    out : Path or None
    checked : dict or None
        What a check with Brightway found.
    titles : dict
        Language -> column -> its name for people; see `lca_cardato.studies.titles.column_titles`.
    lines : dict
        Row without a result, or at an end of a range -> its row in the spreadsheet; empty where
        there is no table.
    notices : dict
        Language -> what was questioned in the base scenario and what is the user's own; see
        `lca_cardato.results.notices.notices`.
    """

    rows: int
    columns: list[Column]
    schema: pa.Schema
    summary: Summary
    selected: Optional[pa.Table]
    out: Optional[Path] = None
    checked: Optional[dict[str, Any]] = None
    titles: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    notices: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def bounds(size: int, chunk: int) -> list[tuple[int, int]]:
    """Cut rows into chunks."""
    return [(start, min(size, start + chunk)) for start in range(0, size, chunk)]


def in_order(
    compute: Compute, pieces: Sequence[tuple[int, int]], workers: int
) -> Iterator[tuple[pa.RecordBatch, list[RowProblem]]]:
    """Calculate chunks by several threads and give them in order; few are held at a time."""
    if workers <= 1 or len(pieces) <= 1:
        for start, stop in pieces:
            yield compute(start, stop)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Any] = deque()
        try:
            for start, stop in pieces:
                waiting.append(pool.submit(compute, start, stop))
                if len(waiting) > workers + 1:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def run(
    chunks: Chunks,
    selection: Selection,
    out: Optional[Path] = None,
    job: str = "",
    workers: int = 2,
    chunk: int = CHUNK,
    source: Optional[Callable[[Sequence[tuple[int, int]]], Iterator[Any]]] = None,
    tick: Optional[Ticker] = None,
    record: Optional[dict[str, Any]] = None,
    heads: Sequence[str] = (),
) -> BatchResult:
    """Calculate all rows of a space.

    Parameters
    ----------
    chunks : Chunks
    selection : Selection
    out : Path, optional
        File to write; its ending tells the format.
    job : str
        Digest of everything that decides the result; parts of an interrupted run with the same
        digest are taken up again.
    workers, chunk : int
        Threads, and rows per chunk. Neither changes a result.
    source : callable, optional
        Gives chunks in order in place of the threads (a cluster).
    tick : callable, optional
        Called with (rows done, rows in all).
    record : dict, optional
        Written beside the output file as JSON, with columns and problems.
    heads : sequence of str, optional
        Heads of the columns in a workbook, in the language of its reader.

    Returns
    -------
    BatchResult
    """
    import pyarrow as pa

    size = chunks.evaluator.space.size
    kind = ""
    if out is not None:
        kind = check_format(out, 0 if selection.narrows or selection.conditions else size)
    pieces = bounds(size, chunk)
    store = (
        Parts(out, f"{job}/{chunk}/{chunks.lang}") if out is not None and len(pieces) > 1 else None
    )
    keep_from = time.monotonic() + (SOON if source is None else 0.0)
    missing = pieces if store is None else [p for p in pieces if not store.has(p[0])]
    produce = source or (lambda todo: in_order(chunks, todo, workers))
    fresh = produce(missing)
    columns = chunks.table.columns
    summary = Summary(columns)
    kept: Optional[pa.Table] = None
    collected: list[pa.RecordBatch] = []
    writer = None
    partial = partial_path(out) if out is not None else None
    try:
        if out is not None and partial is not None:
            clear_leftovers(out.parent)
            writer = open_writer(
                partial, kind, chunks.table.schema, columns, chunks.evaluator.space.workbook,
                heads, chunks.lang,
            )  # fmt: skip
        todo = {start for start, _ in missing}
        for start, stop in pieces:
            if start in todo:
                batch, problems = next(fresh)
                if store is not None and time.monotonic() >= keep_from:
                    store.put(start, batch, problems)
            else:
                assert store is not None
                batch, problems = store.get(start)
            chosen = filtered(batch, selection.conditions)
            summary.add(chosen, problems)
            if selection.narrows:
                kept = selection.reduce(kept, chosen)
            elif writer is not None:
                writer.write(chosen)
            else:
                collected.append(chosen)
            if tick:
                tick(stop, size)
        if selection.narrows and kept is not None:
            kept = selection.best(kept)
            if writer is not None:
                for batch in kept.combine_chunks().to_batches():
                    writer.write(batch)
        if writer is not None:
            writer.close()
            writer = None
            assert out is not None and partial is not None
            if record is not None:
                write_record(out, {**record, **summary.to_dict()}, columns)
            put_in_place(partial, out)
            if store is not None:
                store.remove()
    except OSError as error:
        raise DiskError.one(
            "E502", say("can't be written: {reason}", reason=reason(error)), file=str(out)
        ) from None
    finally:
        close = getattr(fresh, "close", None)
        if close is not None:
            close()
        _abandon(writer, partial)
    selected = kept
    if not selection.narrows and out is None:
        selected = pa.Table.from_batches(collected, chunks.table.schema)
    space = chunks.evaluator.space
    told = [problem.row for problem in summary.problems]
    told += [row for low, at, high, there in summary.ranges.values() for row in (at, there)]
    numbers = np.array(told, dtype=np.int64)
    lines = space.lines(numbers) if told else None
    return BatchResult(
        size, columns, chunks.table.schema, summary, selected, out,
        lines={} if lines is None else dict(zip(numbers.tolist(), lines.tolist())),
    )  # fmt: skip


def _abandon(writer: Any, partial: Optional[Path]) -> None:
    """Close and remove a file that is not in place; the parts stay."""
    if writer is not None:
        with contextlib.suppress(Exception):
            writer.close()
    if partial is not None:
        partial.unlink(missing_ok=True)


def write_record(out: Path, record: dict[str, Any], columns: list[Column]) -> None:
    """Write what a result rests on beside it: ``<name>.json``."""
    path = out.with_name(out.name + RECORD)
    described = [
        {"name": c.name, "unit": c.unit, "kind": c.kind, "meaning": c.meaning} for c in columns
    ]
    text = json.dumps({**record, "columns": described}, ensure_ascii=False, indent=2)
    write_file(path, (text + "\n").encode(), replace=True)


def job_digest(*parts: str) -> str:
    """Digest of what decides a result."""
    return hashlib.sha256("\0".join([__version__, *parts]).encode()).hexdigest()
