"""Make the lot sheet of a run: what the next firm needs of it, and nothing that a meter read."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, Callable, Iterator, Mapping, Optional

from lca_cardato.audit.manifest import now
from lca_cardato.audit.read import read_file, read_json, shaped
from lca_cardato.audit.stored import Pages
from lca_cardato.audit.verify import require_sound
from lca_cardato.errors import InputError
from lca_cardato.files.atomic import sha256, write_file
from lca_cardato.files.runs import outside_runs
from lca_cardato.files.strict import exact
from lca_cardato.lots.keys import pen as pen_of
from lca_cardato.lots.models import SCHEMA, VERDICTS
from lca_cardato.lots.sheet import kilograms, sealed, sheet_of, text_of
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError, parse_number

DIGITS, OWN_DIGITS = 4, 3
"""Significant digits of a figure, and of one of the firm's own stage."""
DIRECT = (
    "energy", "energy_non_renewable", "energy_renewable", "water_withdrawn", "water_consumed",
    "water_scarcity", "water_scarcity_by_place",
)  # fmt: skip
"""Indicators that repeat what a meter of the own stage read."""
PACKING = "pack/"


def lot_sheet(
    folder: Path,
    kg: str,
    to: str = "",
    lot: str = "",
    key: Optional[Path] = None,
    accept_data: bool = False,
    password: Optional[Callable[[], str]] = None,
    pages: Optional[Pages] = None,
) -> dict[str, Any]:
    """Make the sheet of what is delivered of a run's batch.

    Parameters
    ----------
    folder : Path
        Run folder.
    kg : str
        Kilograms that are delivered, conditioned, as typed.
    to : str
        Customer.
    lot : str
        Lot number; made of the scenario's id and the run's when left out.
    key : Path, optional
        Private key that signs it.
    accept_data : bool
        Whether shipped data and program may be others than those of this installation.
    password : callable, optional
        Asks for the password of the key.
    pages : callable, optional
        As in `lca_cardato.audit.verify.verify_run`.

    Returns
    -------
    dict
        Follows ``docs/lot.schema.json``.

    Raises
    ------
    IntegrityError
        ``E606``, ``E608``: the run is not as it was written, or rests on other data.
    InputError
        ``E385``: more kilograms than were made, or no batch; ``E386``: the run names no firm;
        ``E510``, ``E610``: it can't be signed.
    """
    pen = pen_of(key, password) if key is not None else None
    require_sound(folder, accept_data, pages)
    with shaped(folder):
        data = read_file(folder, "result.json")
        parts = {
            name: read_json(folder, f"{name}.json")
            for name in ("result", "claims", "contributions", "manifest")
        }
        batch = _batch(parts["result"], folder)
        delivered = _delivered(kg, batch)
        _named(parts["result"], folder)
        tree = _Maker(folder, parts, sha256(data), batch).tree(delivered, to, lot)
    made = sealed(tree, pen)
    sheet_of(text_of(made).encode(), str(folder))  # what is handed over can be read again
    return made


def write_sheet(made: Mapping[str, Any], out: Path, force: bool = False) -> None:
    """Write a sheet into a file, outside of run folders."""
    outside_runs(out)
    write_file(out, text_of(made).encode(), force, say("name another with --out, or --force"))


def _batch(result: Mapping[str, Any], folder: Path) -> Fraction:
    batch = result["product"].get("batch_kg")
    if not batch:
        raise InputError.one(
            "E385", say("the run does not say how many kilograms were made"), file=str(folder),
            key="product.batch",
            suggestion=say("write `product.batch: ... kg` in the scenario and assess it again"),
        )  # fmt: skip
    return Fraction(repr(batch))


def _delivered(kg: str, batch: Fraction) -> Fraction:
    try:
        found = Fraction(parse_number(kg))
    except QuantityError as error:
        raise InputError.one(
            error.code, error.message, key="--kg", value=kg, suggestion=error.suggestion
        ) from None
    if found <= 0:
        raise InputError.one("E103", say("must be above 0 {unit}", unit="kg"), key="--kg", value=kg)
    if found > batch:
        raise InputError.one(
            "E385",
            say(
                "{kg} kg are delivered, and {batch} kg were made",
                kg=kilograms(found), batch=kilograms(batch),
            ),
            key="--kg", value=kg,
            suggestion=say("state at most what the batch has, less what others got of it"),
        )  # fmt: skip
    return found


def _named(result: Mapping[str, Any], folder: Path) -> None:
    if not result["company"]["name"]:
        raise InputError.one(
            "E386", say("the run does not say which firm made the lot"), file=str(folder),
            key="company.name",
            suggestion=say("write `company.name` in the scenario and assess it again"),
        )  # fmt: skip


class _Maker:
    def __init__(
        self, folder: Path, parts: Mapping[str, Any], digest: str, batch: Fraction
    ) -> None:
        self.result, self.ledger = parts["result"], parts["claims"]
        self.arithmetic, self.manifest = parts["contributions"], parts["manifest"]
        self.digest, self.batch = digest, batch
        self.kg_per_unit = float(self.result["declared_unit"]["mass_kg"])
        self.outside = self.result["product"]["boundary"] == "gate_to_gate"

    def tree(self, delivered: Fraction, to: str, lot: str) -> dict[str, Any]:
        result, manifest = self.result, self.manifest
        rows = list(self.fibres())
        used = {digest for row in rows for digest in row["certificates"]}
        named = lot or f"{manifest['scenario']}-{manifest['id'][:8]}"
        trace = result["traceability"] or {}
        return {
            "schema": SCHEMA,
            "lot": named,
            "issued": now()[:10],
            "year": trace.get("year"),
            "firm": _filled(result["company"], "name", "municipality"),
            "product": self.product(),
            "batch_kg": str(self.batch),
            "delivered": {"kg": str(delivered), **({"to": to} if to else {})},
            "composition": rows,
            "recycled": dict(self.recycled(rows)),
            "certificates": [
                {**_filled(row, "sha256", "kind", "issuer", "date", "valid_until", "lot"),
                 **({"kg": row["mass_kg"]} if row["mass_kg"] else {})}
                for row in self.ledger["documents"]
                if row["sha256"] in used
            ],
            "steps": list(self.steps()),
            "upstream": self.upstream(),
            "footprint": self.footprint(),
            "method": {
                "indicators": result["characterisation"]["method"],
                "characterisation_sha256": manifest["digests"]["methods"],
                "recycling": "cut_off",
                "boundary": result["product"]["boundary"],
                "background": str(result["background"].get("name") or result["background"]["kind"]),
                "inventory_sha256": manifest["digests"]["inventories"],
            },
            "program": {key: manifest["tool"][key] for key in ("name", "version", "sha256")},
            "run": {"id": manifest["id"], "result_sha256": self.digest},
            "standing": self.standing(),
        }  # fmt: skip

    def product(self) -> dict[str, Any]:
        item = self.result["product"]
        yarn = item["yarns"][0]
        kind = "processing" if self.outside else item["type"]
        found = {"kind": kind, "name": item["name"]}
        if item["type"] == "yarn":
            return found | {"count": yarn["count"], "system": yarn["system"]}
        return found | {"surface_mass_g_m2": str(Fraction(repr(item["surface_mass_g_m2"])))}

    def fibres(self) -> Iterator[dict[str, Any]]:
        """Rows of the composition; shares are exact fractions."""
        rows = self.ledger["fibres"]
        papers = {row["id"]: row for row in self.ledger["documents"]}
        whole = {
            basis: sum((exact(row["mass"][f"product/{basis}"]) for row in rows), Fraction(0))
            for basis in ("conditioned", "dry")
        }
        taken: dict[str, Fraction] = {}
        for row in rows:
            mass = exact(row["mass"]["blend_input/conditioned"])
            taken[row["document"]] = taken.get(row["document"], Fraction(0)) + mass
        for row in rows:
            paper = papers.get(row["document"]) or {}
            has = exact(paper["mass_kg"]) if paper.get("mass_kg") else Fraction(0)
            yield {
                "fibre": row["fibre"],
                "origin": row["origin"],
                **{
                    basis: str(exact(row["mass"][f"product/{basis}"]) / whole[basis])
                    for basis in whole
                },
                **_filled(row, "lot"),
                "certificates": [paper["sha256"]] if paper.get("sha256") else [],
                "covered": bool(paper) and has >= taken[row["document"]] * self.batch,
            }

    def recycled(self, rows: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, str]]]:
        """Recycled share by origin class, on both bases."""
        for origin in dict.fromkeys(r["origin"] for r in rows if r["origin"].startswith("rec")):
            yield (
                origin,
                {
                    basis: str(sum(Fraction(r[basis]) for r in rows if r["origin"] == origin))
                    for basis in ("conditioned", "dry")
                },
            )

    def steps(self) -> Iterator[dict[str, Any]]:
        """Where each step was done, and whether by the firm itself."""
        numbers = self.numbers()
        for row in self.places():
            owner, _, step = row["about"].rpartition("/")
            of = numbers.get(owner)
            yield {
                "step": step,
                **({"of": of} if of is not None else {}),
                "operator": row["operator"],
                **_filled(row, "municipality"),
            }

    def places(self) -> list[dict[str, str]]:
        """Rows of the ledger on where steps are done."""
        rows = (row for row in self.ledger["rows"] if row["kind"] == "district")
        found: list[dict[str, str]] = next(rows, {"evidence": []})["evidence"]
        return found

    def numbers(self) -> dict[str, int]:
        """Key of a fibre in the model -> its row in the composition."""
        keys: list[str] = []
        for yarn in self.result["product"]["yarns"]:
            keys += [f"{yarn['name']}/{index}" for index in range(len(yarn["blend"]))]
        return {key: number for number, key in enumerate(keys)}

    def upstream(self) -> list[dict[str, str]]:
        """Lots of others in this batch, with the kilograms of them that the batch holds."""
        return [
            {"lot": row["lot"], "sha256": row["sheet"], "kg": str(exact(row["share"]) * self.batch)}
            for row in self.result["scenario"].get("lots", [])
        ]

    def footprint(self) -> dict[str, Any]:
        """Figures per kilogram, with fewer digits than would tell a reading."""
        rows = self.result["indicators"]
        own = {} if self.outside else self.own_stage()
        return {
            "own_stage": {
                name: {"value": _rounded(own[name], OWN_DIGITS), "unit": rows[name]["unit"]}
                for name in own
                if name not in DIRECT
            },
            "withheld": [name for name in own if name in DIRECT],
            "whole": {name: self.whole(item) for name, item in rows.items()},
        }

    def whole(self, item: Mapping[str, Any]) -> dict[str, Any]:
        spread = item.get("interval") or {}
        ends = {
            end: _rounded(spread[end] / self.kg_per_unit, DIGITS)
            for end in ("low", "high")
            if spread.get(end) is not None
        }
        return {
            "value": _rounded(item["per_kg"], DIGITS),
            "unit": item["unit"],
            **(ends if len(ends) == 2 else {}),
            "coverage": item["coverage"],
            "coverage_by_climate": item["coverage_by_climate"],
            "classes": {name: round(v, DIGITS) for name, v in item["by_data_class"].items()},
        }

    def own_stage(self) -> dict[str, float]:
        """Impact of the steps that the firm runs itself, per kilogram, by indicator."""
        mine = {row["about"] for row in self.places() if row["operator"] == "own"}
        found = dict.fromkeys(self.result["indicators"], 0.0)
        for row in self.arithmetic["rows"]:
            activity = str(row["key"]).partition(" <- ")[0]
            if activity in mine or activity.startswith(PACKING):
                scores = self.arithmetic["unit_scores"][row["input"]]
                for name in found:
                    found[name] += row["amount"] * scores[name] / self.kg_per_unit
        return found

    def standing(self) -> dict[str, Any]:
        notices = self.result["notices"]
        return {
            "measured": self.worst("measured"),
            "traceability": self.worst("traceability"),
            "questions": sum(one["level"] == "questioned" for one in notices),
            "own_data": any(one["level"] == "own" for one in notices),
        }

    def worst(self, kind: str) -> str:
        """Worst verdict of the run's criteria of a kind."""
        order = ("not_met", "not_proven", "meets", "not_applicable")
        found = {row["verdict"] for row in self.ledger["rows"] if row["kind"] == kind}
        return next((one for one in order if one in found and one in VERDICTS), "not_proven")


def _filled(row: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """What of a row is filled in."""
    return {key: row[key] for key in keys if row.get(key)}


def _rounded(value: float, digits: int) -> float:
    return float(f"{float(value):.{digits}g}")
