"""Amounts as people type them: per kilogram, as a total, as the power of a machine; in every unit."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Optional

Typed = dict[str, Any]
"""Keys of a figure: ``value``, and what belongs to it."""


class Chance(random.Random):
    """What is drawn with; the same seed draws the same."""

    def now_and_then(self, times: int) -> bool:
        """Tell once in so many times."""
        return self.randrange(times) == 0

    def some(self, options: Sequence[Any], most: int) -> list[Any]:
        """Draw up to `most` different options."""
        return self.sample(options, min(len(options), self.randint(0, most)))

    def around(self, middle: float) -> float:
        """Draw a figure beside another: most are plausible, some are questioned."""
        low, high = (0.4, 2.5) if self.now_and_then(6) else (0.75, 1.3)
        return middle * self.uniform(low, high)


def text(value: float, digits: int = 4) -> str:
    """Write a number in so many digits, without an exponent."""
    written = format(Decimal(f"{value:.{digits}g}"), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _of(chance: Chance, value: float, ways: Sequence[tuple[str, float]]) -> str:
    unit, times = chance.choice(ways)
    return f"{text(value * times)} {unit}"


def made(chance: Chance) -> tuple[float, str]:
    """Draw what a step made over a period: kilograms, and how they are typed."""
    kilograms = float(chance.randint(20, 800) * 500)
    return kilograms, chance.choice([
        f"{text(kilograms, 9)} kg", f"{text(kilograms / 1000, 9)} t", f"{text(kilograms * 1000, 12)} g"
    ])  # fmt: skip


def electricity(chance: Chance, value: float, step: str = "") -> Typed:
    """Type electricity of so many kWh/kg."""
    way = chance.randrange(5)
    if way == 0:
        whole, typed = made(chance)
        found = {
            "value": _of(
                chance, value * whole, [("kWh", 1), ("MWh", 1e-3), ("GJ", 0.0036), ("MJ", 3.6)]
            ),
            "for": typed,
        }
        if step.startswith("spinning") and chance.now_and_then(2):
            found |= {"by": "length", "mean_count": count(chance)}
        elif chance.now_and_then(4):
            found["by"] = "mass"
        return found
    if way == 1:
        output = chance.randint(30, 300)
        load = chance.choice([None, 60, 75, 80])
        kilowatts = value * output / ((load or 100) / 100)
        power: Typed = {"value": _of(chance, kilowatts, [("kW", 1), ("W", 1000)])}
        power["output"] = chance.choice([f"{output} kg/h", f"{text(output / 1000)} t/h"])
        return power | ({"load": f"{load} %"} if load else {})
    ways = [("kWh/kg", 1), ("Wh/kg", 1000), ("MWh/t", 1), ("MJ/kg", 3.6), ("GJ/t", 3.6), ("kJ/kg", 3600), ("kWh/t", 1000)]  # fmt: skip
    return {"value": _of(chance, value, ways)}


def heat(chance: Chance, value: float, carrier: str) -> Typed:
    """Type heat of so many MJ/kg of lower heating value; gas also by its volume."""
    whole, typed = made(chance)
    if carrier == "natural_gas" and chance.now_and_then(2):
        of = chance.choice([35.3, 35.88, 36.1])
        basis = chance.choice(["lower", "higher"])
        volume = value / of
        stated = of if basis == "lower" else of / 0.9
        found: Typed = {
            "heating_value": chance.choice([f"{text(stated)} MJ/Sm3", f"{text(stated / 1000, 5)} GJ/Smc", f"{text(stated / 3.6)} kWh/Sm3"]),
            "heating_value_basis": basis,
        }  # fmt: skip
        if chance.now_and_then(2):
            return found | {"value": _of(chance, volume, [("Sm3/kg", 1), ("Smc/kg", 1), ("Sm3/t", 1000)])}  # fmt: skip
        if chance.now_and_then(3):
            return found | {"value": f"{text(volume * whole / 1.02)} m3", "for": typed, "coefficient": "1.02"}  # fmt: skip
        return found | {"value": _of(chance, volume * whole, [("Sm3", 1), ("Smc", 1)]), "for": typed}  # fmt: skip
    if chance.now_and_then(3):
        ways = [("MJ", 1), ("kWh", 1 / 3.6), ("GJ", 1e-3), ("MWh", 1 / 3600)]
        return {"value": _of(chance, value * whole, ways), "for": typed}
    return {"value": _of(chance, value, [("MJ/kg", 1), ("kWh/kg", 1 / 3.6), ("GJ/t", 1), ("MWh/t", 1 / 3.6)])}  # fmt: skip


def water(chance: Chance, value: float) -> Typed:
    """Type water of so many L/kg."""
    if chance.now_and_then(3):
        whole, typed = made(chance)
        ways = [("m3", 1e-3), ("mc", 1e-3), ("L", 1)]
        return {"value": _of(chance, value * whole, ways), "for": typed}
    return {"value": _of(chance, value, [("L/kg", 1), ("l/kg", 1), ("mL/kg", 1000), ("m3/t", 1), ("m3/kg", 1e-3)])}  # fmt: skip


def mass(chance: Chance, value: float) -> Typed:
    """Type a chemical or a packaging of so many kg/kg."""
    if chance.now_and_then(4):
        whole, typed = made(chance)
        return {"value": _of(chance, value * whole, [("kg", 1), ("t", 1e-3), ("g", 1000)]), "for": typed}  # fmt: skip
    ways = [("g/kg", 1000), ("kg/t", 1000), ("mg/kg", 1e6), ("kg/kg", 1)]
    return {"value": _of(chance, value, ways)}


def percent(chance: Chance, value: float) -> str:
    """Type a share of so many percent."""
    return chance.choice([f"{text(value)} %", f"{text(value)}%", f"{text(value, 3)} %"])


def kilometres(chance: Chance, most: int) -> str:
    """Draw a distance."""
    return f"{chance.randint(1, most)} {chance.choice(['km', 'km', '000 m'])}".replace(" 000", "000")  # fmt: skip


def count(chance: Chance) -> str:
    """Draw a yarn count, of one ply or more, in the systems that are read."""
    nm = chance.choice([4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 22])
    ways = [f"Nm {nm}", f"Nm {nm}", f"{nm} Nm", f"{text(1000 / nm, 6)} tex", f"{text(10000 / nm, 6)} dtex", f"{text(9000 / nm, 6)} den"]  # fmt: skip
    if nm >= 10:
        ways += [f"Nm 2/{nm}", f"Nm {nm}/2", f"{text(1000 / nm, 6)} tex x 2", f"Ne {nm}"]
    return chance.choice(ways)


def shares(chance: Chance, count_: int, taken: Optional[int] = None) -> list[str]:
    """Draw shares that come to 100 % exactly; as fractions where they have no end in digits.

    Parameters
    ----------
    chance : Chance
    count_ : int
    taken : int, optional
        Whole percents that are given away already.
    """
    whole = 100 - (taken or 0)
    if not taken and count_ in (3, 6, 7) and chance.now_and_then(3):
        return [f"1/{count_}"] * count_
    parts = chance.choice([1, 2, 10, 100])
    cuts = sorted(chance.sample(range(1, whole * parts), count_ - 1))
    found = []
    for low, high in zip([0, *cuts], [*cuts, whole * parts]):
        share = Decimal(high - low) / parts
        found.append(chance.choice([f"{share} %", f"{share}%", f"{share / 100}"]))
    return found
