"""Lots for a season's orders, as tables, line and report."""

from __future__ import annotations

from typing import Any

from lca_cardato.api.dressed import Dressed
from lca_cardato.api.notebook import Brief, Shown, table_of
from lca_cardato.errors import InputError
from lca_cardato.season import study
from lca_cardato.sentence import say

SHOWN = 10


class Season(Shown, Dressed, study.Season):
    """Which lot goes into which order, as tables."""

    def table(self, name: str = "plan", lang: str = "en") -> Any:
        """Give a table as pandas, numbers in full.

        Parameters
        ----------
        name : str
            ``plan`` (a row for each lot of each order: kg as they enter the mixture, EUR),
            ``orders`` (those that are filled), ``left`` (those that are not, and why) or ``lots``
            (kg in stock, used and left).
        lang : str
            ``"en"`` or ``"it"``; language of names of fibres.

        Returns
        -------
        pandas.DataFrame

        Raises
        ------
        InputError
            ``E307``: there is no such table.
        """
        document = self.to_dict(lang)
        plan = [
            {"order": item["order"], **row} for item in document["orders"] for row in item["lots"]
        ]
        tables = {
            "plan": (plan, ["order", "lot"]), "orders": (document["orders"], "order"),
            "left": (document["left"], "order"), "lots": (document["lots"], "lot"),
        }  # fmt: skip
        if name not in tables:
            raise InputError.one(
                "E307", say("there is no such table"), value=name,
                suggestion=say("valid: {choices}", choices=list(tables)),
            )  # fmt: skip
        rows, index = tables[name]
        return table_of(rows, index=index)

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        document = self.to_dict()
        rows = [
            [item["order"], f"{item['kg']:g}", f"{item['recycled_lowest'] * 100:.2f} %",
             ", ".join(row["lot"] for row in item["lots"])]
            for item in document["orders"][:SHOWN]
        ]  # fmt: skip
        facts = [f"{document['filled']} of {document['of']} orders", f"{document['cost']:.6g} EUR"]
        if document["timed_out"]:
            facts.append("not proven to be the best")
        columns = ["order", "kg", "recycled and proven", "lots"]
        return Brief("lots for orders", facts, columns, rows)
