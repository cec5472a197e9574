"""Names of datasets, steps and figures in the language of the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment


def dataset_name(result: Assessment, key: str, lang: str) -> str:
    """Name of a dataset in a language; elementary flows keep their name."""
    dataset = result.inventory.datasets.get(key)
    return getattr(dataset.name, lang) if dataset else key


def step_name(result: Assessment, row: dict[str, Any], words: Language) -> str:
    """Name of the step of a contribution, or of the fibre supply and transport."""
    if row["step"]:
        return str(getattr(result.inventory.steps[row["step"]].name, words.lang))
    line = row["activity"].rpartition("/")[0]
    for yarn in result.main.model.yarns:
        for item in yarn.lines:
            if item.key == line:
                return f"{getattr(item.fibre.name, words.lang)}, {words(item.entry.origin)}"
    return words(row["stage"])


def figure_name(result: Assessment, key: str, words: Language) -> str:
    """Name of a parameter, such as ``yarn/1/dyeing-stock.heat.natural_gas``."""
    owner, _, figure = key.partition(".")
    kind, _, detail = figure.partition(".")
    if owner == "electricity":
        return f"{words('h_contract')}: {dataset_name(result, figure, words.lang)}"
    yarn, _, last = owner.rpartition("/")
    if last == "electricity":
        return f"{words('h_contract')} ({yarn}): {dataset_name(result, figure, words.lang)}"
    what = words(kind)
    if kind == "heat":
        what = f"{what}, {words(detail)}"
    elif kind in ("chemicals", "emissions"):
        what = dataset_name(result, detail, words.lang)
    step = owner.rpartition("/")[2]
    lines = {
        line.key: f"{getattr(line.fibre.name, words.lang)}, {words(line.entry.origin)}"
        for yarn in result.main.model.yarns
        for line in yarn.lines
    }
    if step in result.inventory.steps:
        name = str(getattr(result.inventory.steps[step].name, words.lang))
        fibre = lines.get(owner.rpartition("/")[0])
        return f"{name} ({fibre}): {what}" if fibre else f"{name}: {what}"
    return f"{lines.get(owner, owner)}: {what}"
