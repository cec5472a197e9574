"""Calculate a space of scenarios: the verb ``batch``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence, Union

from lca_cardato import __version__
from lca_cardato.background.open import Data, DataOptions, lotted, open_data
from lca_cardato.batch.check import check_rows
from lca_cardato.batch.columns import OVERRIDE, VARIED, Column
from lca_cardato.batch.evaluate import Evaluator
from lca_cardato.batch.output import check_place
from lca_cardato.batch.run import CHUNK, BatchResult, Chunks, Ticker, job_digest, run
from lca_cardato.batch.select import Selection, parse_condition, parse_goals
from lca_cardato.brightway.condensed import chosen_indicators
from lca_cardato.brightway.store import Progress, Store
from lca_cardato.claims.packs_model import shipped_packs
from lca_cardato.errors import CardatoError
from lca_cardato.files.extra import require
from lca_cardato.model.resolve import resolve
from lca_cardato.results.notices import counts_notice, notices, parted_notice, rows_notice
from lca_cardato.sentence import SOURCE, say
from lca_cardato.space.load import LoadedSpace, load_space
from lca_cardato.studies.comparable import parted, require_one_kind
from lca_cardato.studies.titles import column_titles
from lca_cardato.words.language import LANGUAGES, Language

SCHEMA = "lca-cardato/batch/1"


def batch(
    source: Union[str, Path, Mapping[str, Any], LoadedSpace],
    out: Optional[Union[str, Path]] = None,
    *,
    where: Sequence[str] = (),
    pareto: Optional[str] = None,
    top: int = 0,
    by: Optional[str] = None,
    indicators: Optional[Sequence[str]] = None,
    inventories: Optional[Union[str, Path]] = None,
    workers: Optional[int] = None,
    chunk: int = CHUNK,
    check: int = 0,
    scheduler: Optional[str] = None,
    progress: Optional[Progress] = None,
    tick: Optional[Ticker] = None,
    background: Optional[str] = None,
    mapping: Optional[Union[str, Path]] = None,
    methods: Sequence[str] = (),
    force: bool = False,
    lang: str = "en",
) -> BatchResult:
    """Calculate every scenario of a space.

    Parameters
    ----------
    source : path, mapping or LoadedSpace
        Space file, or the same content; the base scenario of a mapping is looked for in the
        current folder.
    out : path, optional
        Result file: ``.parquet``, ``.csv`` or ``.xlsx``; what it rests on is written beside it as
        ``<name>.json``. Without it the rows are kept in memory.
    where : sequence of str
        Conditions that rows must fulfil, e.g. ``"cardato == meets"``.
    pareto : str, optional
        Columns whose Pareto front is kept, e.g. ``"climate_change,cost"``.
    top, by : int, str
        Keep the best rows by some columns; ``max:`` before a name asks for large values.
    indicators : sequence of str, optional
        Climate change, energy and the two water volumes when left out; ``["all"]`` for all.
    inventories : path, optional
        Own folder of inventory files.
    workers : int, optional
        Threads; as many as there are processors when left out.
    chunk : int
        Rows per chunk. Neither threads nor chunks change a result.
    check : int
        Random rows to calculate again with Brightway.
    scheduler : str, optional
        Address of a dask.distributed scheduler that runs the chunks.
    progress, tick : callable, optional
        Called while the inventories are installed, and with (rows done, rows in all).
    background, mapping, methods : optional
        As in `lca_cardato.studies.assess.assess`.
    force : bool
        Whether a file at `out` that is no result of this batch may be replaced.
    lang : str
        Language of why a row has no result, and of the heads of a workbook; in English they are the
        names of the columns, save in the workbook of an office.

    Returns
    -------
    BatchResult

    Raises
    ------
    MissingError
        ``E510``: an extra is not installed.
    InputError, DiskError, IntegrityError, BusyError
        What is wrong with the space, the output file, a checked row or the cluster; ``E349``: rows
        of different boundary or declared unit would be ranked.

    Examples
    --------
    >>> from lca_cardato.api import batch
    >>> found = batch("scenarios/blends.space.yaml", pareto="climate_change,cost")  # doctest: +SKIP
    >>> found.table().head()                                                        # doctest: +SKIP
    """
    require(needs(scheduler))
    space = source if isinstance(source, LoadedSpace) else load_space(source)
    data = open_data(DataOptions(inventories, background, mapping, methods), progress)
    data = lotted(data, [space.base])
    chunks, store, digests = prepare(space, indicators, data, lang=lang)
    path = Path(out) if out is not None else None
    if path is not None:
        check_place(path, space.inputs, digests["job"], force)
    columns = chunks.table.columns
    goals = parse_goals(by, columns) if by else []
    front = parse_goals(pareto, columns) if pareto else []
    if top and not goals and not front:
        goals = parse_goals(chunks.evaluator.indicators[0], columns)
    selection = Selection([parse_condition(text, columns) for text in where], front, top, goals)
    apart = parted(space, selection.conditions)
    if goals or front or top:
        require_one_kind(apart)
    threads = workers or os.cpu_count() or 1
    checked = check_rows(chunks, store, check) if check else None
    produce = None
    if scheduler:
        from lca_cardato.batch.cluster import cluster_source

        produce = cluster_source(chunks, scheduler, digests["job"])
    told = _notices(space, data)
    for speech, found in told.items():
        found[:0] = [parted_notice(*item, Language(speech)) for item in apart.items()]
        if turned := [pair for axis in space.axes for pair in getattr(axis, "turned", ())]:
            found.append(counts_notice(turned, Language(speech)))
    record = {
        "schema": SCHEMA,
        "tool": {"name": "lca-cardato", "version": __version__},
        "space": space.space.id,
        "note": space.space.note or "",
        "notices": told["en"],
        "sha256": digests,
        "seed": int(space.space.sample.seed) if space.space.sample else None,
        "rows": space.size,
        "where": list(where),
        "pareto": pareto,
        "top": top,
        "by": by,
        "checked": checked,
    }
    titles = column_titles(space, data.inventory, columns, chunks.evaluator.packs)
    heads = [head_of(column, titles[lang]) for column in columns]
    if not space.workbook and lang == SOURCE:
        heads = [column.name for column in columns]
    result = run(
        chunks, selection, path, digests["job"], threads, chunk, produce, tick, record, heads
    )
    result.checked, result.notices = checked, told
    result.titles = titles
    for speech, found in told.items():
        if count := result.summary.questioned:
            found.insert(0, rows_notice(count, result.summary.rows, Language(speech)))
    return result


def needs(scheduler: Optional[str] = None) -> dict[str, str]:
    """Give the extra that a batch needs, and what needs it.

    Parameters
    ----------
    scheduler : str, optional
        Address of a cluster that is to calculate it.
    """
    return {"cluster": say("a batch on a cluster")} if scheduler else {"batch": say("a batch")}


def _notices(space: LoadedSpace, data: Data) -> dict[str, list[dict[str, Any]]]:
    """Tell what was questioned in the base scenario, and what is the user's own; by language.

    What varies is asked about row by row.
    """
    varied = [axis.path for axis in space.axes]
    try:
        questions = [
            item for item in resolve(space.base, data.inventory).questions
            if not any(path[: len(item.path)] == item.path for path in varied)
        ]  # fmt: skip
    except CardatoError:  # a base may be whole only with what varies
        questions = []
    return {
        lang: notices(questions, data.inventory, Language(lang), data.methods) for lang in LANGUAGES
    }


def head_of(column: Column, titles: Mapping[str, str]) -> str:
    """Head of a column in the workbook of an office: as it stands there, else its title and unit."""
    if column.kind == "parameter" and column.meaning not in (VARIED, OVERRIDE):
        return column.meaning
    title = titles[column.name]
    return f"{title} ({column.unit})" if column.unit else title


def prepare(
    space: LoadedSpace,
    indicators: Optional[Sequence[str]] = None,
    options: Union[DataOptions, Data, None] = None,
    progress: Optional[Progress] = None,
    lang: str = SOURCE,
) -> tuple[Chunks, Store, dict[str, str]]:
    """Load what a space is calculated with.

    Returns
    -------
    chunks : Chunks
    store : Store
    digests : dict
        SHA-256 of the space, the inventories, the rule packs, the characterisation factors, and
        of all of them with version and indicators (``job``).
    """
    data = options if isinstance(options, Data) else open_data(options or DataOptions(), progress)
    data = lotted(data, [space.base])
    inventory, store = data.inventory, data.store
    names = chosen_indicators(indicators, store.background)
    packs = shipped_packs()
    evaluator = Evaluator(space, inventory, store.background, [p for p, _ in packs], names)
    digests = {
        "space": space.digest,
        "inventory": inventory.digest,
        "rule_packs": job_digest(*(digest for _, digest in packs)),
        "method": store.method_digest(),
    }
    digests["job"] = job_digest(*digests.values(), *names)
    return Chunks(evaluator, lang), store, digests
