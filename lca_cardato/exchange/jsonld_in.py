"""Processes of openLCA JSON-LD, read by olca-schema."""

from __future__ import annotations

import io
import json
import re
import zipfile
from math import log
from typing import Any, NoReturn, Optional

from olca_schema import FlowType, Process, ProcessDocumentation, UncertaintyType

from lca_cardato.errors import InputError
from lca_cardato.exchange.imported import Foreign, Line, link, number, unit_of
from lca_cardato.exchange.system import Spread
from lca_cardato.sentence import say

TOPS = {
    "emission to air": "air", "emission to water": "water", "emission to soil": "soil",
    "resource": "natural resource",
}  # fmt: skip
BELOW = {
    ("air", "high population density"): "urban air close to ground",
    ("air", "low population density"): "non-urban air or from high stacks",
    ("water", "lake"): "surface water",
    ("water", "river"): "surface water",
}
"""Compartments of openLCA -> Brightway's; the lower ones as `bw2io.compatibility` has them."""


def processes_of(data: bytes, file: str) -> dict[str, Foreign]:
    """Read every process of an archive.

    Parameters
    ----------
    data : bytes
    file : str
        Name for messages.

    Returns
    -------
    dict
        UUID -> process.

    Raises
    ------
    InputError
        ``E322`` for what is not sound or of openLCA 1, ``E104``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            flows = {d["@id"]: d for d in _entities(archive, "flows")}
            places = {
                d["@id"]: d.get("code") or d.get("name") for d in _entities(archive, "locations")
            }
            raw = list(_entities(archive, "processes"))
        if any(
            "quantitativeReference" in e or "input" in e
            for d in raw
            for e in d.get("exchanges") or []
        ):
            raise InputError.one(
                "E322", say("this is the JSON-LD of openLCA 1"), file=file,
                suggestion=say("export it again from openLCA 2"),
            )  # fmt: skip
        found = {d["@id"]: _process(Process.from_dict(d), flows, places, file) for d in raw}
    except (
        zipfile.BadZipFile, ValueError, TypeError, KeyError, AttributeError, RecursionError,
        NotImplementedError, RuntimeError, OSError, EOFError,
    ) as error:  # fmt: skip
        text = str(error)[:200] or type(error).__name__
        raise InputError.one(
            "E322", say("not sound JSON-LD: {text}", text=text), file=file
        ) from None
    link(found, lambda process: {"flow:" + process.flow}, lambda line: line.code)
    for process in found.values():
        for line in process.lines:
            if line.sibling:
                maker = found[line.sibling]
                line.code = maker.code
                line.name, line.product, line.location = maker.name, maker.product, maker.location
    return found


def _entities(archive: zipfile.ZipFile, folder: str) -> Any:
    for name in sorted(archive.namelist()):
        parts = name.split("/")
        if len(parts) > 1 and parts[-2] == folder and name.endswith(".json"):
            yield json.loads(archive.read(name), parse_constant=_refuse)


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _process(process: Any, flows: dict[str, dict], places: dict[str, Any], file: str) -> Foreign:
    name = str(process.name or process.id)
    made: list[Any] = []
    rows: list[tuple[Any, bool]] = []
    outputs = 0
    for exchange in process.exchanges or []:
        stored = flows.get(exchange.flow.id, {}).get("flowType")
        kind = FlowType.get(stored) if stored else exchange.flow.flow_type
        is_product, is_flow = kind == FlowType.PRODUCT_FLOW, kind == FlowType.ELEMENTARY_FLOW
        if exchange.is_quantitative_reference:
            made.append(exchange)
        elif is_flow or exchange.is_avoided_product or bool(exchange.is_input) == is_product:
            rows.append((exchange, is_flow))
        else:
            outputs += 1
    if len(made) != 1:
        raise InputError.one(
            "E322", say("a process without one reference flow"), file=file, value=name[:80]
        )
    about, place = process.process_documentation or ProcessDocumentation(), process.location
    year = str(about.valid_from or "")[:4]
    return Foreign(
        str(process.id), name, str(made[0].flow.name or ""), _unit(made[0]),
        number(made[0].amount, file, name),
        str(places.get(place.id) or place.name or "") if place else "",
        process.description or "",
        "; ".join(str(source.name) for source in about.sources or [] if source.name),
        int(year) if re.fullmatch("[0-9]{4}", year) else None, 1 + outputs,
        str(made[0].flow.id),
        [_line(exchange, is_flow, flows, places, file, name) for exchange, is_flow in rows],
    )  # fmt: skip


def _unit(exchange: Any) -> str:
    return unit_of(str(exchange.unit.name or "")) if exchange.unit else ""


def _line(
    exchange: Any, is_flow: bool, flows: dict[str, dict], places: dict[str, Any], file: str,
    process: str,
) -> Line:  # fmt: skip
    flow, provider = exchange.flow, exchange.default_provider
    name = str(flow.name or "")
    line = Line(
        is_flow, name, _unit(exchange), number(exchange.amount, file, f"{process}: {name}"),
        credit=bool(exchange.is_avoided_product), comment=exchange.description or "",
    )  # fmt: skip
    if is_flow:
        line.code = str(flow.id)
        line.categories = _categories(flows.get(flow.id, {}).get("category") or flow.category or "")
    elif provider is not None:
        line.product, line.name, line.code = name, str(provider.name or ""), str(provider.id)
        line.location = str(places.get(provider.location) or provider.location or "")
    else:
        line.product, line.code = name, "flow:" + str(flow.id)
    line.spread, line.lost = _spread(exchange.uncertainty)
    return line


def _categories(text: str) -> tuple[str, ...]:
    parts = [part.strip() for part in text.split("/")]
    if parts[0].lower() == "elementary flows":
        parts = parts[1:]
    if not parts:
        return ()
    top = TOPS.get(parts[0].lower(), parts[0])
    below = "/".join(parts[1:])
    if below in ("", "unspecified"):
        return (top,)
    return (top, BELOW.get((top, below), below))


def _spread(given: Any) -> tuple[Optional[Spread], str]:
    if given is None or given.distribution_type is None:
        return None, ""
    kind = given.distribution_type
    if kind == UncertaintyType.LOG_NORMAL_DISTRIBUTION and given.geom_mean and given.geom_sd:
        return Spread(2, log(abs(given.geom_mean)), log(given.geom_sd)), ""
    if kind == UncertaintyType.NORMAL_DISTRIBUTION:
        return Spread(3, given.mean, given.sd), ""
    if kind == UncertaintyType.UNIFORM_DISTRIBUTION:
        return Spread(4, None, None, given.minimum, given.maximum), ""
    if kind == UncertaintyType.TRIANGLE_DISTRIBUTION:
        return Spread(5, given.mode, None, given.minimum, given.maximum), ""
    return None, f"distribution {kind.value}"
