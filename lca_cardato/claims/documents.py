"""What stands against a document, or a figure, as proof: by the table of kinds."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Optional

from lca_cardato.claims.kinds import kinds_table
from lca_cardato.claims.outcome import Message
from lca_cardato.lots.standing import KNOWN
from lca_cardato.model.structure import ProductModel
from lca_cardato.scenario.evidence import Evidence
from lca_cardato.scenario.figure import Figure
from lca_cardato.scenario.models import BlendLine, Electricity
from lca_cardato.text.companies import same_company
from lca_cardato.text.period import parse_period
from lca_cardato.words.language import Digits
from lca_cardato.words.said import Said


def papers_of(model: ProductModel) -> Papers:
    """Give the documents of a product; they are looked at once.

    Parameters
    ----------
    model : ProductModel
    """
    kept = model.memory.get("papers")
    if kept is None or kept.model is not model:
        kept = model.memory["papers"] = Papers(model)
    return kept


@dataclass
class Papers:
    """The documents of a product, held against what they are to prove.

    Attributes
    ----------
    model : ProductModel
    """

    model: ProductModel

    @property
    def year(self) -> Optional[int]:
        """Year of production, where it is stated."""
        return self.model.scenario.production_year

    @cached_property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each document that was read or whose digest is stated."""
        items = self.model.scenario.documents.items()
        found = {key: self.model.files[key].sha256 for key, _ in items if key in self.model.files}
        return {key: found.get(key) or item.sha256 or "" for key, item in items}

    @cached_property
    def twins(self) -> dict[str, list[str]]:
        """Document -> others that are the same file, though not for another lot."""
        documents, same = self.model.scenario.documents, defaultdict(list)
        for key, digest in self.digests.items():
            if digest:
                same[digest].append(key)
        return {
            key: others
            for keys in same.values()
            for key in keys
            if (others := [o for o in keys if o != key and not _lots(documents, key, o)])
        }

    def gaps(self, key: str, thing: str) -> list[Message]:
        """Tell why a document does not prove a thing; nothing when it does.

        Parameters
        ----------
        key : str
            Name of the document; one that is declared.
        thing : str
            One of `lca_cardato.claims.kinds.THINGS`.
        """
        item, table = self.model.scenario.documents[key], kinds_table()
        wanted, named = table.things[thing], {"document": key}
        found: list[Message] = []
        if item.kind not in wanted.kinds:
            kinds = [table.kinds[kind] for kind in wanted.kinds]
            found.append(("gap_kind", {**named, "kind": table.kinds[item.kind],
                                       "thing": wanted.name, "kinds": kinds}))  # fmt: skip
        if not self.digests[key]:
            found.append(("gap_file", named))
        if not item.issuer:
            found.append(("gap_issuer", named))
        elif wanted.issuer == "other":
            names = [one.name or "" for one in self.model.scenario.companies()]
            if not all(names):
                found.append(("gap_company", named))
            elif any(same_company(item.issuer, name) for name in names):
                found.append(("gap_own", {**named, "issuer": Said(item.issuer)}))
        if item.kind == "lot_sheet":
            found += self._sheet(key, item)
        if key in self.twins:
            found.append(("gap_same", {**named, "others": self.twins[key]}))
        return found + self._dates(key, item)

    def _sheet(self, key: str, item: Evidence) -> list[Message]:
        """Tell what stands against a lot sheet: that it was not read as one, or who signed it."""
        found = self.model.lots.get(item.file or "")
        if found is None:
            return [("gap_lot_unread", {"document": key})]
        if found.standing != KNOWN:
            return [
                (f"gap_lot_{found.standing}", {"document": key, "firm": Said(item.issuer or "")})
            ]
        return []

    def _behind(self, line: BlendLine, item: Evidence, thing: str) -> list[Message]:
        """Tell whether the firm behind a sheet has papers for this fibre, and of enough mass."""
        sheet, wanted = self.model.lots[item.file or ""].sheet, kinds_table().things[thing]
        papers = {one.sha256: one for one in sheet.certificates}
        rows = [
            one for one in sheet.composition if (one.fibre, one.origin) == (line.fibre, line.origin)
        ]
        good = rows and all(
            row.covered
            and any(
                papers[key].kind in wanted.kinds
                and papers[key].issuer
                and not same_company(str(papers[key].issuer), sheet.firm.name)
                for key in row.certificates
            )
            for row in rows
        )
        named = {"lot": Said(sheet.lot), "firm": Said(sheet.firm.name), "fibre": line.fibre}
        return [] if good else [("gap_lot_fibre", named)]

    def _dates(self, key: str, item: Evidence) -> list[Message]:
        """Hold date and validity against the year of production."""
        if self.year is None:
            return [("year_missing", {})]
        spans, named = kinds_table().spans, {"document": key, "year": str(self.year)}
        if item.valid_until and int(item.valid_until[:4]) < self.year:
            return [("document_expired", {**named, "until": item.valid_until})]
        if not item.date:
            return [("gap_date", {"document": key})]
        dated = int(item.date[:4])
        early = not item.valid_until and dated < self.year - spans.before
        if early or dated > self.year + spans.after:
            return [("gap_year", {**named, "date": item.date})]
        return []

    def figure_gaps(self, figure: Figure, thing: str) -> list[Message]:
        """Tell why a figure is not proven by its period and its document.

        Parameters
        ----------
        figure : Figure
            Of class measured, or stated by a supplier.
        thing : str
        """
        found: list[Message] = []
        key = figure.document or ""
        item = self.model.scenario.documents.get(key)
        period = parse_period(figure.period) if figure.period else None
        if period is None:
            found.append(("figure_period", {}))
        else:
            shortest, typed = kinds_table().spans.shortest, {"period": str(figure.period)}
            if self.year is not None and {period.first.year, period.last.year} != {self.year}:
                found.append(("period_outside", {**typed, "year": str(self.year)}))
            if period.days < shortest:
                found.append(("period_short", {**typed, "days": str(shortest)}))
        if item is None:
            return [*found, ("figure_document", {})]
        found += self.gaps(key, thing)
        if period and item.date and datetime.date.fromisoformat(item.date) < period.last:
            named = {"document": key, "date": item.date, "period": str(figure.period)}
            found.append(("gap_before", named))
        if item.mass and figure.for_ and item.mass.amount < figure.for_.amount:
            masses = {"has": _kg(item.mass.amount), "needed": _kg(figure.for_.amount)}
            found.append(("gap_mass_for", {"document": key, **masses}))
        return found

    def origin_gaps(self, line: BlendLine, thing: str) -> list[Message]:
        """Tell why the document of a fibre does not prove its origin; its mass is told apart.

        Parameters
        ----------
        line : BlendLine
            With a document.
        thing : str
            ``recycled_origin`` or ``virgin_origin``.
        """
        key = line.document or ""
        item, batch = self.model.scenario.documents[key], self.model.scenario.product.batch
        found = self.gaps(key, thing)
        if item.kind == "lot_sheet" and item.file in self.model.lots:
            found += self._behind(line, item, thing)
        lots = {"document": key, "lot": Said(line.lot or ""), "other": Said(item.lot or "")}
        if line.lot and item.lot:
            found += [("document_lot", lots)] if line.lot.strip() != item.lot.strip() else []
        elif line.lot:
            found.append(("gap_no_lot", lots))
        elif item.lot:
            found.append(("line_no_lot", lots))
        if item.mass is None:
            found.append(("gap_no_mass", {"document": key}))
        if batch is None or not batch.amount:
            found.append(("batch_missing", {}))
        return found


def electricity_thing(contract: Electricity) -> str:
    """What the document of the electricity is to prove: the contract, else the own photovoltaics."""
    return "photovoltaic" if contract.contract == "grid" else "electricity"


def _lots(documents: dict[str, Evidence], first: str, second: str) -> bool:
    """Whether two documents are one paper on two lots."""
    one, other = documents[first], documents[second]
    same = (one.kind, one.issuer, one.date) == (other.kind, other.issuer, other.date)
    return bool(same and one.lot and other.lot and one.lot != other.lot)


def _kg(amount: Any) -> Digits:
    kilograms = float(Fraction(amount))
    return Digits(f"{kilograms:.0f}" if kilograms >= 1e6 else f"{kilograms:.6g}")
