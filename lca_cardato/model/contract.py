"""Electricity of the company: the grid mix of a year, a contract, own photovoltaics."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Optional

from lca_cardato.model.context import Context
from lca_cardato.model.parameters import Parameter
from lca_cardato.scenario.models import PATHS, Electricity
from lca_cardato.sentence import say

GRID = "electricity-it-mv"
PHOTOVOLTAIC = "electricity-photovoltaic-own"


def electricity_supply(
    context: Context, contract: Electricity, path: tuple, owner: str = ""
) -> tuple[str, list[tuple[str, str]]]:
    """Resolve an electricity contract.

    Parameters
    ----------
    context : Context
        Problems and parameters are noted there.
    contract : Electricity
    path : tuple
        Where it stands in the scenario.
    owner : str
        Yarn that was spun with it, where it is not the contract of the company.

    Returns
    -------
    grid : str
        Dataset of the location-based mix.
    parts : list of (str, str)
        Dataset and parameter of its share, for the contract that the scenario names.
    """
    grid = grid_of_year(context, contract, path)
    dataset = contract.dataset
    if contract.contract == "grid":
        if dataset is not None:
            context.problem(
                "E316",
                say("with contract `grid` no dataset is given"),
                path + ("dataset",),
                dataset,
            )
        dataset = grid
    elif dataset is None:
        context.problem("E213", say("this contract needs `electricity.dataset`"), path)
        dataset = grid
    elif not context.of_kind(dataset, "electricity", path + ("dataset",)):
        dataset = grid
    if contract.contract == "guarantees_of_origin" and not contract.document:
        context.warnings.append(("guarantee_without_document", {}))
    share = Fraction(contract.photovoltaic)
    parts = []
    line = context.document.position(path)[0]
    if share and dataset == PHOTOVOLTAIC:
        context.problem(
            "E316", say("photovoltaics twice: own ones stand in `photovoltaic`, not in the contract"),
            path + ("dataset",), dataset,
        )  # fmt: skip
    for name, part in ((dataset, 1 - share), (PHOTOVOLTAIC, share)):
        if part:
            key = f"{owner}/electricity.{name}" if owner else f"electricity.{name}"
            context.parameters[key] = Parameter(
                key, part, "kWh/kWh", contract.class_, "scenario",
                document=contract.document or "", file=context.document.name, line=line,
            )  # fmt: skip
            parts.append((name, key))
    return grid, parts


def grid_of_year(context: Context, contract: Electricity, path: tuple) -> str:
    """Give the dataset of the grid mix of the year that a contract asks for.

    A year of statistics has one mix, a year to come one for each published path.
    """
    year, datasets = contract.year, context.inventory.datasets
    if year is None:
        if contract.path is not None:
            context.problem(
                "E316", say("a path goes with a year to come"), (*path, "path"), contract.path,
                say("state `year`, such as {year}", year=next(iter(_ahead(context)), "2030")),
            )  # fmt: skip
        return GRID
    wanted = f"{GRID}-{year}"
    if wanted in datasets:
        if contract.path is not None:
            context.problem(
                "E316", say("a year of statistics has no path"), (*path, "path"), contract.path,
                say("leave `path` out"),
            )  # fmt: skip
        return wanted
    taken = contract.path or PATHS[0]
    ahead = f"{wanted}-{taken.replace('_', '-')}"
    if ahead in datasets:
        context.warnings.append(("electricity_ahead", {"mix": datasets[ahead].name}))
        return ahead
    years = sorted({year for year, _ in grid_years(datasets)})
    context.problem(
        "E307", say("the inventories have no grid mix of this year"), (*path, "year"),
        str(year), say("years: {years}", years=years) if years else say("leave `year` out"),
    )  # fmt: skip
    return GRID


def grid_years(datasets: Iterable[str]) -> list[tuple[str, Optional[str]]]:
    """List the years of which there is a grid mix, with the path of a year to come.

    Parameters
    ----------
    datasets : iterable of str
        Ids of all datasets.

    Returns
    -------
    list of (str, str or None)
        In the order of years and names of paths.

    Examples
    --------
    >>> grid_years(["electricity-it-mv", "electricity-it-mv-2030-global-ambition", "electricity-it-mv-2023"])
    [('2023', None), ('2030', 'global_ambition')]
    """
    tails = sorted(d.removeprefix(f"{GRID}-") for d in datasets if d.startswith(f"{GRID}-2"))
    return [(tail[:4], tail[5:].replace("-", "_") or None) for tail in tails]


def _ahead(context: Context) -> list[str]:
    """Years for which there are paths."""
    return sorted({year for year, path in grid_years(context.inventory.datasets) if path})
