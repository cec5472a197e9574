"""Take the readings of a scenario from their files, and see that each one can be had from its file."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path
from typing import Any, Mapping, Optional

from lca_cardato.errors import CardatoError, InputError, Problem, nearest
from lca_cardato.files.read import inside, read_bytes
from lca_cardato.meters.mapping import MAX_BYTES as MAX_MAPPING
from lca_cardato.meters.mapping import PLAIN, mapping_of
from lca_cardato.meters.mapping import Mapping as FileMapping
from lca_cardato.meters.read import read_meters
from lca_cardato.meters.rows import MeterFile
from lca_cardato.meters.spans import Lot, Meter, Summed, summed, whole_period
from lca_cardato.scenario.evidence import MAX_BYTES, EvidenceFile
from lca_cardato.scenario.readings import MAP, NEEDED, RULES, Reading, Taken, weight_of
from lca_cardato.sentence import say
from lca_cardato.text.period import Period, parse_period
from lca_cardato.text.yamltree import Document, decode, parse_document


def take_readings(
    readings: Mapping[str, Reading],
    files: Mapping[str, EvidenceFile],
    document: Document,
    base: Path,
    year: Optional[int],
) -> tuple[dict[str, Taken], dict[str, EvidenceFile], list[Problem]]:
    """Read the files that the readings of a scenario name.

    Parameters
    ----------
    readings : mapping
        Name -> reading.
    files : mapping
        Files of the documents.
    document : Document
        The scenario's text, for positions.
    base : Path
        Folder of the documents and mappings.
    year : int, optional
        Year of production: the period of readings that state none.

    Returns
    -------
    taken : dict
        Name -> what was read.
    maps : dict
        Key -> file of each mapping.
    problems : list of Problem
        As `lca_cardato.meters.read.read_meters`; ``E214``, ``E220``: a mapping that is not there;
        ``E371``: days without a reading; ``E374``: which meter is meant; ``E375``: a division that
        does not work out.
    """
    taker = _Taker(files, document, base, year)
    for name, reading in readings.items():
        taker.take(name, reading)
    return taker.taken, taker.maps, taker.problems


class _Taker:
    def __init__(
        self, files: Mapping[str, EvidenceFile], document: Document, base: Path, year: Optional[int]
    ) -> None:
        self.files, self.document, self.base, self.year = files, document, base, year
        self.taken: dict[str, Taken] = {}
        self.maps: dict[str, EvidenceFile] = {}
        self.problems: list[Problem] = []
        self.read: dict[tuple[str, str], Optional[MeterFile]] = {}

    def report(self, code: str, text: str, name: str, key: str, hint: str = "") -> None:
        path: tuple = ("readings", name, *([key] if key else []))
        value: Any = self.document.data
        for part in path:
            value = value.get(part) if isinstance(value, dict) else None
        typed = value if isinstance(value, str) else ""
        self.problems.append(self.document.problem(code, text, path, typed, hint))

    def take(self, name: str, reading: Reading) -> None:
        """Read one reading, or note what is wrong with it."""
        divided = self.division(name, reading)
        file = self.files.get(reading.document)
        if file is None:
            if ("documents", reading.document) in self.document.positions:
                self.report("E220", say("the document names no file that could be read"), name, "document",
                            say("state `file` in `documents`"))  # fmt: skip
            return
        found = self.file_of(name, reading, file)
        meter = self.meter_of(name, reading, found) if found else None
        if meter is None:
            return
        map_digest = self.maps[f"{MAP}{reading.map}"].sha256 if reading.map else ""
        whole = whole_period(meter)
        text = reading.period or (str(self.year) if self.year else "")
        period = parse_period(text) if text else whole
        lots = tuple(
            lot
            for lot in meter.lots
            if lot.day is None or period is None or period.first <= lot.day <= period.last
        )
        total = summed(meter, period) if meter.spans and period else None
        if not self.covered(name, reading, total, lots, whole):
            return
        if not text and whole:
            text = f"{whole.first}/{whole.last}"
        if divided:
            self.taken[name] = Taken(
                name, reading, meter, text, total, lots, file.name, file.sha256, map_digest
            )

    def file_of(self, name: str, reading: Reading, file: EvidenceFile) -> Optional[MeterFile]:
        """Read a file by its mapping, once."""
        key = reading.document, reading.map or ""
        if key in self.read:
            return self.read[key]
        self.read[key] = None
        mapping = self.mapping_of(name, reading.map) if reading.map else PLAIN
        if mapping is None:
            return None
        try:
            data = read_bytes(file.path, MAX_BYTES, file.name)
            self.read[key] = read_meters(data, file.name, mapping)
        except InputError as error:
            self.problems += error.problems
        return self.read[key]

    def mapping_of(self, name: str, file: str) -> Optional[FileMapping]:
        try:
            path = self.document.places.get(file) or inside(
                self.base, file, self.document.name, "", say("in the folder of the scenario")
            )
            data = read_bytes(path, MAX_MAPPING, file)
            mapping = mapping_of(parse_document(decode(data, file), file))
        except InputError as error:
            first = error.problems[0]
            if first.line:
                self.problems += error.problems
            else:
                self.report(first.code, first.message, name, "map", first.suggestion)
            return None
        except CardatoError:
            self.report("E220", say("the mapping is not there"), name, "map",
                        say("`lca-cardato meters FILE --write MAP` writes one"))  # fmt: skip
            return None
        self.maps[f"{MAP}{file}"] = EvidenceFile(file, path, hashlib.sha256(data).hexdigest())
        return mapping

    def meter_of(self, name: str, reading: Reading, found: MeterFile) -> Optional[Meter]:
        """Choose the meter of a file."""
        names = list(found.meters)
        if reading.meter is None and len(names) == 1:
            return found.meters[names[0]]
        if reading.meter is None:
            self.report("E374", say("the file holds {count} meters, and the reading names none", count=len(names)),
                        name, "", say("meter: one of {names}", names=names[:12]))  # fmt: skip
            return None
        wanted = " ".join(str(reading.meter).split()).casefold()
        for own in names:
            if " ".join(own.split()).casefold() == wanted:
                return found.meters[own]
        self.report("E374", say("the file holds no meter of this name"), name, "meter",
                    nearest(str(reading.meter), names))  # fmt: skip
        return None

    def covered(
        self,
        name: str,
        reading: Reading,
        total: Optional[Summed],
        lots: tuple[Lot, ...],
        whole: Optional[Period],
    ) -> bool:
        """Note days of the period that the file does not have; whether there is something to take."""
        if total is None and lots:
            return True
        key = "period" if reading.period else ""
        if total is None or not total.count:
            told = say("the file says nothing of the period; it has {first} to {last}", first=str(whole.first), last=str(whole.last)) if whole else say(
                "the file has no lot of the period")  # fmt: skip
            self.report(
                "E371",
                told,
                name,
                key,
                say("name the file of the period, or the period of the file"),
            )
            return False
        if total.gaps and not reading.reason:
            days = [
                f"{gap.first}" if gap.first == gap.last else f"{gap.first} - {gap.last}"
                for gap in total.gaps[:5]
            ]
            self.report(
                "E371", say("the file says nothing of these days of the period: {days}", days=days), name, key,
                say("complete the file (a month without consumption is 0), name the period that it covers, or "
                    "write why it is right so: `reason: ...`"))  # fmt: skip
        return True

    def division(self, name: str, reading: Reading) -> bool:
        """Whether the meter can be divided; what does not work out is noted."""
        before = len(self.problems)
        self.parts(name, reading, before)
        return len(self.problems) == before

    def parts(self, name: str, reading: Reading, before: int) -> None:
        """Note parts that lack what they are divided by, or don't make up the whole."""
        by, among = reading.by, reading.among
        if bool(by) != bool(among):
            self.report("E375", say("`by` and `among` go together: by what, and among which parts"), name,
                        "by" if by else "among", say("by: one of {rules}", rules=RULES))  # fmt: skip
            return
        if not by:
            return
        for part_name, part in among.items():
            needed = NEEDED[by]
            lacking = [key for key in needed if getattr(part, key) is None]
            more = [
                key
                for key in ("hours", "power", "share")
                if key not in needed and getattr(part, key) is not None
            ]
            spot = ("readings", name, "among", part_name)
            if lacking:
                self.problems.append(self.document.problem(
                    "E375", say("the meter is divided by {by}, and the part has no {keys}", by=by, keys=lacking), spot))  # fmt: skip
            elif more:
                self.problems.append(self.document.problem(
                    "E375", say("the meter is divided by {by}, so {keys} does not count", by=by, keys=more), spot,
                    suggestion=say("leave it out, or divide by power_hours") if by != "share" else say("leave it out")))  # fmt: skip
        if len(self.problems) > before:
            return
        total = sum((weight_of(part, by) for part in among.values()), Fraction(0))
        if by == "share" and total != 1:
            self.report("E375", say("the shares of the parts sum to {total:.10g} %, not to 100 %", total=total * 100),
                        name, "among", say("add what is left as a part of its own, e.g. `rest: {{share: ...}}`"))  # fmt: skip
        elif not total:
            self.report("E375", say("all parts weigh nothing"), name, "among")
