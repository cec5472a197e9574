"""The accounts of documents over any number of products, on the disk and read in order."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any, Iterable, Iterator

from lca_cardato.claims.entries import Entry, LeftOut
from lca_cardato.claims.papers import Paper, marks_of, squeezed
from lca_cardato.errors import CardatoError, DiskError
from lca_cardato.model.questions import Question
from lca_cardato.sentence import say

KEPT = 40
"""So many of a kind are told one by one; the rest is counted."""
_TABLES = """
pragma journal_mode = off;
pragma synchronous = off;
create table products (id text, digest text, place text);
create index by_id on products (id);
create table papers (key text, name text, alike text, file text, issuer text, date text,
    lot text, same_lot text, mass text, place text);
create table claims (key text, product text, kilograms text, place text);
create table marks (mark text, kind text, key text);
create index by_mark on marks (kind, mark);
create index by_key on marks (key);
create index of_key on papers (key);
create index claims_of on claims (key);
"""
FIELDS = {
    "name": "alike, mass", "file": "file, mass", "lot": "same_lot, mass",
    "said": "issuer, date, mass", "spelling": "same_lot",
}  # fmt: skip
"""Kind of likeness -> what two documents have the same."""
CONTENTS = (
    "select mark, key, '', '' from marks where kind != 'part' and mark in "
    "(select mark from marks where kind = 'whole') order by mark, key"
)
PARTS = (
    "select distinct mark, marks.key, same_lot, lot from marks join papers on papers.key = "
    "marks.key where kind = 'part' order by mark, marks.key, same_lot, lot"
)


@dataclass
class DocumentBalance:
    """Kilograms of a document.

    Attributes
    ----------
    key : str
        Identity of the document: its SHA-256, else what it says of itself.
    names : list of str
        Short names in the scenarios.
    masses : list of Fraction
        Masses that the scenarios give it, kg; one, if they agree.
    claimed : dict
        Product -> kg of fibre taken in for its batch.
    places : list of str
        Where it is declared.
    """

    key: str
    names: list[str]
    masses: list[Fraction]
    claimed: dict[str, Fraction] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)

    @property
    def documented(self) -> Fraction:
        """Mass on the document, kg; the smallest where it is given several."""
        return self.masses[0]

    @property
    def left(self) -> Fraction:
        """Kilograms that no product claims; negative when too much is claimed."""
        return self.documented - sum(self.claimed.values(), Fraction(0))


class Books:
    """Accounts in a database of their own, which is gone with them; memory stays flat.

    Attributes
    ----------
    products, copies : int
        Products that were entered, and further files of the same content.
    left : list of LeftOut
        What was left out, the first `KEPT`.
    left_by : Counter
        How many were left out for which reason.
    twice : list of (str, list of str)
        Ids that stand in files of different content, and where; the first `KEPT`.
    asked : list of (str, Question)
        File and what is questioned in it; the first `KEPT`.
    asked_count : int
        How many questions there are in all.
    """

    def __init__(self) -> None:
        self._base = sqlite3.connect("")
        self.products = self.copies = 0
        self.left: list[LeftOut] = []
        self.left_by: Counter[str] = Counter()
        self.twice: list[tuple[str, list[str]]] = []
        self.asked: list[tuple[str, Question]] = []
        self.asked_count = 0
        with _told():
            self._base.executescript(_TABLES)

    def leave_out(self, *items: LeftOut) -> None:
        """Note what can't be held against a document."""
        for item in items:
            self.left_by[item.code] += 1
            if len(self.left) < KEPT:
                self.left.append(item)

    def enter(self, entry: Entry) -> None:
        """Enter a product; a second file of the same content brings its documents alone."""
        with _told():
            known = list(self._rows("select digest, place from products where id = ?", entry.id))
            again = entry.digest in {digest for digest, _ in known}
            if known and not again and len(self.twice) < KEPT:
                self.twice.append((entry.id, [place for _, place in known] + [entry.place]))
            self._put("products", [(entry.id, entry.digest, entry.place)])
            self._put("papers", [_row(paper) for paper in entry.papers])
            for paper in entry.papers:
                self._mark(paper)
            if again:
                self.copies += 1
                return
            self.products += 1
            product = entry.id if not known else f"{entry.id} ({entry.place})"
            claims = [(c.key, product, str(c.kilograms), c.place) for c in entry.claimed]
            self._put("claims", claims)
        self.leave_out(*entry.left)
        self.asked_count += len(entry.asked)
        room = KEPT - len(self.asked)
        self.asked += [(entry.place, item) for item in entry.asked[: max(0, room)]]

    def documents(self) -> Iterator[DocumentBalance]:
        """Give the documents that are claimed, by name."""
        order = self._rows(
            "select distinct papers.key, first from papers join (select key, min(name) as first "
            "from papers group by key) as named on named.key = papers.key "
            "where papers.key in (select key from claims) order by first, papers.key"
        )
        for key, _ in order:
            yield self.document(key)

    def document(self, key: str) -> DocumentBalance:
        """Give the account of a document."""
        rows = list(self._rows("select name, mass, place from papers where key = ?", key))
        names = sorted({name for name, _, _ in rows})
        masses = sorted({Fraction(mass) for _, mass, _ in rows})
        claimed: dict[str, Fraction] = {}
        for product, kilograms in self._rows(
            "select product, kilograms from claims where key = ? order by rowid", key
        ):
            claimed[product] = claimed.get(product, Fraction(0)) + Fraction(kilograms)
        return DocumentBalance(key, names, masses, claimed, [place for _, _, place in rows])

    def renamed(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Give the documents of one content that have several names: key, names with a place."""
        rows = self._rows(
            "select distinct key, name, file, min(place) from papers where key in (select key from "
            "papers group by key having count(distinct name) > 1 or count(distinct file) > 1) "
            "group by key, name, file order by key, name, file"
        )
        for key, group in groupby(rows, lambda row: row[0]):
            yield (
                key,
                [(f"{name} ({file})" if file else name, place) for _, name, file, place in group],
            )

    def groups(self, what: str) -> Iterator[list[tuple[Any, ...]]]:
        """Give documents that agree in something: rows of (value..., key, lot, typed lot)."""
        fields = FIELDS.get(what)
        if fields is None:
            query = PARTS if what == "parts" else CONTENTS
            width = 1
        else:
            width = fields.count(",") + 1
            filled = " and ".join(f"{name.strip()} != ''" for name in fields.split(","))
            query = (
                f"select distinct {fields}, key, same_lot, lot from papers where {filled} "
                f"order by {fields}, key, same_lot, lot"
            )
        for _, group in groupby(self._rows(query), lambda row: row[:width]):
            rows = list(group)
            if len({row[width] for row in rows}) > 1:
                yield [row[width:] for row in rows]

    def _mark(self, paper: Paper) -> None:
        if paper.path is None or next(
            self._rows("select 1 from marks where key = ? limit 1", paper.key), None
        ):
            return
        self._put("marks", [(mark, kind, paper.key) for kind, mark in sorted(marks_of(paper.path))])

    def _put(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            signs = ", ".join("?" * len(rows[0]))
            self._base.executemany(f"insert into {table} values ({signs})", rows)

    def _rows(self, query: str, *values: str) -> Iterator[tuple[Any, ...]]:
        with _told():
            yield from self._base.execute(query, values)


def _row(paper: Paper) -> tuple[str, ...]:
    file = squeezed(Path(paper.file).name)
    return (paper.key, paper.name, squeezed(paper.name), file, squeezed(paper.issuer),
            squeezed(paper.date), paper.lot, squeezed(paper.lot), str(paper.mass), paper.place)  # fmt: skip


@contextmanager
def _told() -> Iterator[None]:
    """Turn an error of the database, which lies in the temporary folder, into one for people."""
    try:
        yield
    except CardatoError:
        raise
    except sqlite3.Error as error:
        raise DiskError.one(
            "E502", say("the temporary folder can't hold the accounts: {error}", error=error),
            suggestion=say("set TMPDIR to a folder with room"),
        ) from None  # fmt: skip


def total(rows: Iterable[DocumentBalance]) -> Fraction:
    """Kilograms that are claimed on some documents together."""
    return sum((sum(row.claimed.values(), Fraction(0)) for row in rows), Fraction(0))
