"""The plan of a season as a table in a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any, Optional

from lca_cardato.errors import InputError
from lca_cardato.files.atomic import write_file
from lca_cardato.sentence import say
from lca_cardato.words.language import Language


def check_plan(path: Optional[Path], force: bool) -> None:
    """Refuse a file that can't be, before anything is calculated."""
    if path is None:
        return
    if path.suffix.lower() != ".csv":
        raise InputError.one(
            "E316", say("the plan is a .csv file"), key="--out", value=str(path),
            suggestion=say("name a file that ends in .csv"),
        )  # fmt: skip
    if path.exists() and not force:
        from lca_cardato.files.atomic import check_free

        check_free(path, True, say("name another file, or --force"))


def write_plan(document: dict[str, Any], path: Path, words: Language) -> None:
    """Write order, lot, kilograms and cost, a row for each lot of each order.

    Semicolons and decimal commas in Italian, as a spreadsheet there reads them.
    """
    italian = words.lang == "it"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if italian else ",", lineterminator="\n")
    writer.writerow(
        [words(key) for key in ("season_order", "season_lot", "season_kg", "season_cost")]
    )
    for item in document["orders"]:
        for row in item["lots"]:
            numbers = [f"{row['kg']:.12g}", f"{row['cost']:.12g}"]
            writer.writerow([item["order"], row["lot"], *(words.decimal(one) for one in numbers)])
    write_file(path, text.getvalue().encode("utf-8"), True)
