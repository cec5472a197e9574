"""What openLCA has of its own: units, flow properties and places, by its own ids.

A package holds those that it needs, so that a database without reference data takes it, too. They bear the oldest version
and date, so that an update by date or version never replaces what is there.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import Any, Callable, Iterator, TypeVar

import olca_schema as lca
from olca_schema import units

from lca_cardato.exchange.foreign_units import factor_to, unit_of
from lca_cardato.exchange.system import identifier

SYMBOLS = {
    "tkm": "t*km", "unit": "Item(s)", "m2*year": "m2*a", "m3*year": "m3*a", "Sm3": "m3",
}  # fmt: skip
"""Our units -> openLCA's, where they differ."""
REFERENCE_UNITS = ("kg", "MJ", "m3", "m2", "t*km", "Item(s)", "m2*a", "m3*a", "kBq")
"""Reference units of openLCA's unit groups (its reference data, github.com/GreenDelta/data at 014426d)."""
OLDEST = {"version": "00.00.000", "last_change": "1970-01-01T00:00:00Z"}
Entity = TypeVar("Entity")


def oldest(entity: Entity) -> Entity:
    """Give something that openLCA has itself the oldest version and date."""
    for name, value in OLDEST.items():
        setattr(entity, name, value)
    return entity


def place_id(code: str) -> str:
    """Id of a place in openLCA: the name-based UUID of its code in small letters.

    Examples
    --------
    >>> place_id("IT"), place_id("GLO")
    ('0d149b90-e739-3297-b01c-90191ae775f0', '56bca136-90bb-3a77-9abb-7ce558af711e')
    """
    digest = hashlib.md5(code.lower().encode("utf-8"), usedforsecurity=False).digest()
    return str(uuid.UUID(bytes=digest, version=3))


class Quantities:
    """Units that were asked for, and what a package has to hold of them.

    Parameters
    ----------
    write : callable
        Writes an entity into the package.
    """

    def __init__(self, write: Callable[[Any], lca.Ref]) -> None:
        self.write = write
        self.own: dict[str, tuple[lca.Ref, lca.Ref]] = {}
        self.used: dict[str, set[str]] = {}

    def unit(self, name: str) -> tuple[lca.Ref, lca.Ref]:
        """Unit and flow property of openLCA, or of our own where it has none."""
        symbol = SYMBOLS.get(unit_of(name), unit_of(name))
        found, quantity = units.unit_ref(symbol), units.property_ref(symbol)
        if found is not None and quantity is not None:
            base = _base(symbol)
            if base:
                self.used.setdefault(base, set()).add(symbol)
                return found, quantity
        if name not in self.own:
            unit = lca.Unit(
                id=identifier("unit", name), name=name, conversion_factor=1.0, is_ref_unit=True
            )
            group = lca.UnitGroup(
                id=identifier("units", name), name=f"Units of {name}", units=[unit]
            )
            made = lca.FlowProperty(
                id=identifier("property", name), name=name, unit_group=group.to_ref(),
                flow_property_type=lca.FlowPropertyType.PHYSICAL_QUANTITY,
            )  # fmt: skip
            group.default_flow_property = made.to_ref()
            self.write(group)
            self.own[name] = unit.to_ref(), self.write(made)
        return self.own[name]

    def write_used(self) -> None:
        """Write the unit groups and flow properties of openLCA that were asked for."""
        for base, symbols in sorted(self.used.items()):
            group, quantity = units.group_ref(base), units.property_ref(base)
            assert group is not None and quantity is not None
            self.write(
                oldest(
                    lca.UnitGroup(
                        id=group.id, name=group.name, default_flow_property=quantity,
                        units=list(_units(base, symbols)),
                    )
                )
            )  # fmt: skip
            self.write(
                oldest(
                    lca.FlowProperty(
                        id=quantity.id, name=quantity.name, unit_group=group,
                        flow_property_type=lca.FlowPropertyType.PHYSICAL_QUANTITY,
                    )
                )
            )  # fmt: skip


def _base(symbol: str) -> str:
    """Reference unit of the group of a unit; empty where it is not among those known here."""
    group = units.group_ref(symbol)
    for base in REFERENCE_UNITS:
        found = units.group_ref(base)
        if found is not None and group is not None and found.id == group.id:
            return base
    return ""


def _units(base: str, symbols: set[str]) -> Iterator[lca.Unit]:
    for symbol in sorted({base, *symbols}):
        found = units.unit_ref(symbol)
        assert found is not None
        factor = 1.0 if symbol == base else float(factor_to(symbol, unit_of(base)))
        yield lca.Unit(
            id=found.id, name=symbol, conversion_factor=factor, is_ref_unit=symbol == base
        )
