"""Documents, readings and the files that they are read from; all amounts are made up."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Optional

from lca_cardato.scenario.evidence import KINDS
from lca_cardato.web.drawn.amounts import Chance, text

YEAR = 2025
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
PROVES = {
    "measured": "meter_readings", "supplier": "declaration", "published": "other", "assumed": "other",
}  # fmt: skip
SUMMER = 30
"""Day of March that has 23 hours in 2025."""


@dataclass
class Papers:
    """What a scenario refers to.

    Attributes
    ----------
    beside : bool
        Whether files lie beside the scenario; else digests stand for them.
    documents, readings : dict
        As the scenario declares them.
    files : dict
        Name beside the scenario -> content.
    """

    chance: Chance
    beside: bool = True
    documents: dict[str, Any] = field(default_factory=dict)
    readings: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def proof(self, kind: str, lot: str = "", data: Optional[bytes] = None) -> str:
        """Declare a document and give its name; some lack what a claim asks of them."""
        chance = self.chance
        name = f"{kind.replace('_', '-')}-{len(self.documents) + 1}"
        paper: dict[str, Any] = {"kind": kind}
        if data is None and self.beside and not chance.now_and_then(3):
            data = f"%PDF-1.4\n% {name}, {chance.random()}\n".encode()
        if data is None:
            paper["sha256"] = hashlib.sha256(name.encode()).hexdigest()
        else:
            file = f"papers/{name}.{'pdf' if data.startswith(b'%PDF') else 'csv'}"
            paper["file"], self.files[file] = file, data
            if chance.now_and_then(6):
                paper["sha256"] = hashlib.sha256(data).hexdigest()
        own = kind in ("meter_readings", "register")
        if not chance.now_and_then(10):
            paper["issuer"] = "Drawn mill" if own else f"Issuer {chance.randint(1, 40)}"
        if not chance.now_and_then(10):
            paper["date"] = f"{YEAR + own}-0{chance.randint(1, 9)}-{chance.randint(10, 28)}"
            if chance.now_and_then(8):
                paper["valid_until"] = f"{YEAR + 2}-02-28"
        if lot:
            paper["lot"] = lot if not chance.now_and_then(12) else f"{lot}-other"
        if lot or kind in ("transaction_certificate", "delivery_note"):
            paper["mass"] = chance.choice(["40000 kg", "25 t", "3000 kg", "900000 g"])
        if chance.now_and_then(12):
            paper["note"] = "as it came"
        self.documents[name] = paper
        return name

    def any_kind(self) -> str:
        """Declare a document of any kind, which proves what it can."""
        return self.proof(self.chance.choice([kind for kind in KINDS if kind != "lot_sheet"]))

    def evidence(self) -> dict[str, Any]:
        """Draw the evidence of a typed figure; often there is none."""
        chance = self.chance
        if chance.now_and_then(3):
            return {}
        kind = chance.choice(("measured", "measured", "supplier", "published", "assumed"))
        found: dict[str, Any] = {"class": kind}
        if kind in ("measured", "supplier") or chance.now_and_then(4):
            found["period"] = chance.choice(
                ["2025", "2025", "2025-01/2025-12", "2025-03", "2025-02-01/2025-11-30"]
            )
        if kind != "assumed" and not chance.now_and_then(5):
            found["document"] = self.proof(PROVES[kind])
        if chance.now_and_then(5):
            found["plus_minus"] = chance.choice(["5 %", "0.1", "12.5 %"])
        if chance.now_and_then(10):
            found["note"] = "read by hand: “è giusto”"
        if chance.now_and_then(8):
            found["reason"] = "The machine is old and runs one shift a day"
        return found

    def reading(self, kind: str, total: float, **more: Any) -> str:
        """Declare a reading of a file whose amounts come to about `total`; give its name."""
        file = _FILES[kind](self.chance, total)
        name = f"{kind}-{len(self.readings) + 1}"
        entry = {"document": self.proof("meter_readings", data=file.encode()), **more}
        if kind == "hours":
            entry["period"] = "2025-03"
        if kind == "plain":
            entry["map"] = f"papers/{name}.map.yaml"
            self.files[entry["map"]] = MAP
        if self.chance.now_and_then(8):
            entry["reason"] = "The mill stood still in August, and nothing was read"
        self.readings[name] = entry
        return name

    def among(self, parts: list[str]) -> dict[str, Any]:
        """Divide a meter among steps, and offices behind it."""
        chance = self.chance
        by = chance.choice(["hours", "power", "power_hours", "share"])
        names = [*parts, "offices"]
        if by == "share":
            cut = 100 // len(names)
            told = [{"share": f"{cut} %"} for _ in names]
            told[-1] = {"share": f"{100 - cut * (len(names) - 1)} %"}
            return {"by": by, "among": dict(zip(names, told))}
        among: dict[str, Any] = {}
        for name in names:
            among[name] = {}
            if by != "power":
                among[name]["hours"] = f"{chance.randint(200, 4000)}"
            if by != "hours":
                power = chance.randint(8, 200)
                among[name]["power"] = chance.choice([f"{power} kW", f"{power * 1000} W"])
                if chance.now_and_then(3):
                    among[name]["load"] = f"{chance.randint(50, 100)} %"
        return {"by": by, "among": among}


def _comma(value: float) -> str:
    """Write a number as Italian offices do."""
    whole, _, rest = f"{value:.2f}".partition(".")
    groups = f"{int(whole):,}".replace(",", ".")
    return f"{groups},{rest}"


def _bands(chance: Chance, total: float) -> str:
    lines = ["Mese;F1 (kWh);F2 (kWh);F3 (kWh)"]
    for month in range(1, 13):
        part = total / 12 * chance.uniform(0.9, 1.1)
        lines.append(f"{month:02d}/{YEAR};{_comma(part / 2)};{_comma(part / 4)};{_comma(part / 4)}")
    return "\n".join(lines) + "\n"


def _gas(chance: Chance, total: float) -> str:
    lines = ["Dal;Al;Lettura precedente (mc);Lettura attuale (mc);Coefficiente C;PCS (GJ/Smc);Tipo lettura"]  # fmt: skip
    at = 1000.0
    for month, days in enumerate(DAYS, 1):
        to = at + total / 12 / 36 * chance.uniform(0.9, 1.1)
        kind = "Stimata" if chance.now_and_then(5) else "Rilevata"
        lines.append(
            f"01/{month:02d}/{YEAR};{days}/{month:02d}/{YEAR};{_comma(at)};{_comma(to)};1,027;0,03952;{kind}"
        )
        at = float(f"{to:.2f}")
    return "\n".join(lines) + "\n"


def _water(chance: Chance, total: float) -> str:
    middle = 1200 + total / 1000 * chance.uniform(0.4, 0.6)
    return (
        f"Matricola;Data lettura;Lettura (mc)\nAB-77;31/12/{YEAR - 1};1200\n"
        f"AB-77;30/06/{YEAR};{text(middle, 8).replace('.', ',')}\n"
        f"AB-77;31/12/{YEAR};{text(1200 + total / 1000, 8).replace('.', ',')}\n"
    )


def _lots(chance: Chance, total: float) -> str:
    lines = ["Partita;Data;Articolo;Titolo;Kg entrata;Kg uscita;Calo kg"]
    for number in range(chance.randint(2, 9)):
        entered = total / 5 * chance.uniform(0.5, 1.5)
        lost = entered * chance.uniform(0.05, 0.09)
        kilograms = [float(f"{one:.1f}") for one in (entered, entered - lost)]
        told = ";".join(_comma(one) for one in (*kilograms, kilograms[0] - kilograms[1]))
        lines.append(
            f"{number + 101};{chance.randint(10, 28)}/{chance.randint(1, 12):02d}/{YEAR};"
            f"ART {number};Nm {chance.choice([8, 10, 12, 16])};{told}"
        )
    return "\n".join(lines) + "\n"


def _hours(chance: Chance, total: float) -> str:
    """A row a day with a value an hour; the day of summer time has 23."""
    lines = ["Giorno;" + ";".join(f"{hour:02d}:00-{(hour + 1) % 24:02d}:00" for hour in range(24))]
    for day in range(1, 32):
        values = [_comma(total / 744 * chance.uniform(0.5, 1.5)) for _ in range(24)]
        if day == SUMMER:
            values[2] = ""
        lines.append(f"{day:02d}/03/{YEAR};" + ";".join(values))
    return "\n".join(lines) + "\n"


def _plain(chance: Chance, total: float) -> str:
    """Heads that say nothing: the mapping says it."""
    rows = [
        f"2025-{month:02d}\t{text(total / 12000 * chance.uniform(0.9, 1.1), 8)}"
        for month in range(1, 13)
    ]
    return "\n".join(["a\tb", *rows]) + "\n"


MAP = (
    b"schema: lca-cardato/meters/1\nseparator: tab\ndecimal: point\nhead: 1\nmeasures: electricity\n"
    b"unit: MWh\ncolumns:\n  month: a\n  amount: b\n"
)
_FILES = {
    "bands": _bands, "gas": _gas, "water": _water, "lots": _lots, "hours": _hours, "plain": _plain,
}  # fmt: skip
