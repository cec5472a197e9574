"""A process of another program turned into a record of an inventory file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Optional

import yaml

from lca_cardato.errors import InputError, Problem, nearest
from lca_cardato.exchange.account import LEFT_OUT, TAKEN, Account
from lca_cardato.exchange.behind import Behind
from lca_cardato.exchange.imported import Foreign, Read
from lca_cardato.exchange.lines import clean
from lca_cardato.exchange.match import Matcher
from lca_cardato.exchange.records import NOTE, Records
from lca_cardato.inventory.records import Inventory
from lca_cardato.inventory.tables import SCHEMA
from lca_cardato.sentence import say


@dataclass
class Taken:
    """What was imported.

    Attributes
    ----------
    key : str
        Id of the dataset that was asked for.
    datasets : list of str
        Ids of all datasets of the file, that one first.
    exchanges : int
    linked : list of str
        Our datasets that inputs were linked to.
    left_out : list of str
        Exchanges that are missing and details that have no place in an inventory.
    renamed : dict
        How elementary flows were found under another name -> how many exchanges.
    account : Account
        What became of every exchange.
    told : list of str
        What of the file was not read, and what was made of a process.
    empty : bool
        Whether nothing of the dataset that was asked for is known here.
    """

    key: str
    datasets: list[str] = field(default_factory=list)
    exchanges: int = 0
    linked: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    renamed: dict[str, int] = field(default_factory=dict)
    account: Account = field(default_factory=Account)
    told: list[str] = field(default_factory=list)
    empty: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "dataset": self.key, "datasets": self.datasets, "exchanges": self.exchanges,
            "linked": self.linked, "left_out": self.left_out, "renamed": self.renamed, "told": self.told,
            "empty": self.empty,
            "account": self.account.to_dict(),
        }  # fmt: skip


@dataclass(frozen=True)
class Choices:
    """What whoever imports decides.

    Attributes
    ----------
    allow : bool
        Whether exchanges that are not found here are left out.
    source : str, optional
    year : int, optional
    class_ : str
    without : tuple of str
        Names of exchanges that are left out whatever they are.
    """

    allow: bool = False
    source: Optional[str] = None
    year: Optional[int] = None
    class_: str = "published"
    without: tuple[str, ...] = ()


class Import:
    """One import under way.

    Parameters
    ----------
    read : Read
    inventory : Inventory
        The shipped one.
    choices : Choices
    behind : Behind, optional
        The user's own background, for inputs that are not ours.
    """

    def __init__(
        self, read: Read, inventory: Inventory, choices: Choices, behind: Optional[Behind] = None
    ) -> None:
        self.read, self.file, self.allow = read, str(read.file), choices.allow
        self.source, self.year, self.class_ = choices.source, choices.year, choices.class_
        self.without, self.used, self.behind = set(choices.without), set[str](), behind
        self.inventory, self.matcher = inventory, Matcher(inventory, self.file)
        self.keys: dict[str, str] = {}
        self.opened: dict[str, Foreign] = {}
        self.waiting: list[str] = []
        self.problems: list[Problem] = [*read.problems]
        self.details: list[str] = []
        self.sources: dict[str, Any] = {}
        self.datasets: dict[str, Any] = {}
        self.records = Records(self)

    def process(self, code: str) -> Foreign:
        """Read a process of the file, once."""
        if code not in self.opened:
            self.opened[code] = self.read.process(code)
        return self.opened[code]

    def take(self, wanted: str, key: Optional[str]) -> Taken:
        """Convert a process and what it needs of the same file.

        Parameters
        ----------
        wanted : str
            Its key in the file.
        key : str, optional
            Id that it gets.

        Raises
        ------
        InputError
            Every problem at once.
        """
        self.wanted = wanted
        self.taken = Taken(self.key(self.process(wanted), key))
        while self.waiting:
            code = self.waiting.pop(0)
            self.datasets[self.keys[code]] = self.records.dataset(self.process(code))
        names = [entry.name for entry in self.taken.account.entries]
        for name in sorted(self.without - self.used):
            self.problems.append(
                Problem("E307", say("no exchange of this name"), self.file, key="--without",
                        value=name[:80], suggestion=nearest(name, names))
            )  # fmt: skip
        self.leave_empty()
        if self.behind is not None and self.behind.links and self.year is None:
            self.problems.append(
                Problem("E213", say("it is not known of which year the data of the background are"),
                        self.file, key="--background", suggestion=say("--year YEAR"))
            )  # fmt: skip
        if self.problems:
            raise InputError(list(dict.fromkeys(self.problems)))
        if self.behind is not None:
            records, sources = self.behind.records()
            self.datasets.update(records)
            self.sources.update(sources)
        self.taken.datasets = list(self.datasets)
        self.taken.empty = not self.datasets[self.taken.key].keys() & {"exchanges", "results"}
        self.taken.told = [*self.read.told, *dict.fromkeys(self.taken.told)]
        self.taken.linked = list(dict.fromkeys(self.taken.linked))
        return self.taken

    def leave_empty(self) -> None:
        """Leave out what came along and has nothing left, with the inputs that lead to it."""
        while True:
            empty = {key for key, record in self.datasets.items()
                     if key != self.taken.key and not record.keys() & {"exchanges", "results"}}  # fmt: skip
            if not empty:
                return
            for key in empty:
                del self.datasets[key]
            for entry in self.taken.account.entries:
                if entry.target in empty and entry.became == TAKEN:
                    entry.became = LEFT_OUT
                    entry.told.append(say("its process has nothing left"))
                    self.taken.left_out.append(f"{entry.process}: {entry.name}")
                    self.taken.exchanges -= 1
            for record in self.datasets.values():
                rows = record.get("exchanges", [])
                gone = [row for row in rows if row.get("input") in empty]
                if not gone:
                    continue
                record["note"] = clean(
                    f"left out: inputs of which nothing is left; {record['note']}", NOTE
                )
                record.setdefault("lacks", []).extend(
                    f"{row['input']} ({row['amount']} {row['unit']}), of which nothing is left"
                    for row in gone
                )
                record["exchanges"] = [row for row in rows if row not in gone]
                if not record["exchanges"]:
                    del record["exchanges"]

    def text(self) -> str:
        """Give the inventory file."""

        class Plain(yaml.SafeDumper):
            def ignore_aliases(self, data: Any) -> bool:
                return True

        name = "".join(letter for letter in self.read.file.name if letter.isprintable())
        head = f"# From {name} (SHA-256 {self.read.digest}); written by lca-cardato import.\n"
        data = {"schema": SCHEMA, "sources": self.sources, "datasets": self.datasets}
        return head + yaml.dump(data, Dumper=Plain, sort_keys=False, allow_unicode=True, width=110)

    def key(self, process: Foreign, given: Optional[str] = None) -> str:
        """Id of a process, which waits for its turn; no shipped one unless it is asked for."""
        if process.code not in self.keys:
            base = given or slug(process.name)
            found, count = base, 1
            taken = set(self.keys.values()) | (set() if given else set(self.inventory.datasets))
            while found in taken:
                count += 1
                found = f"{base[:60]}-{count}"
            self.keys[process.code] = found
            self.waiting.append(process.code)
        return self.keys[process.code]

    def report(self, code: str, text: str, process: Foreign, hint: str = "") -> None:
        """Note a problem of a process."""
        self.problems.append(Problem(code, text, self.file, key=process.name, suggestion=hint))


def slug(text: str) -> str:
    """Identifier made from a name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "process"
