"""Figures that are read from a file of meters or lots: divided among parts and products, exactly.

Of a total ``E`` a part takes ``E * w / sum(w)``, and a kilogram of the product ``1 / kg`` of that, or, by
length, ``Nm / sum(kg * Nm)``: what a machine spins is metres, and 1 kg of Nm 16 has twice those of Nm 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Mapping, Optional

from lca_cardato.errors import nearest
from lca_cardato.model.gas import lower_heating_value
from lca_cardato.scenario.figure import Figure
from lca_cardato.scenario.readings import Taken
from lca_cardato.sentence import say
from lca_cardato.text.number import QuantityError
from lca_cardato.text.quantity import Quantity
from lca_cardato.text.yarncount import parse_yarn_count

if TYPE_CHECKING:
    from lca_cardato.meters.spans import Lot

FITS = {
    "electricity": ("electricity",),
    "heat": ("gas", "heat"),
    "water_in": ("water",),
    "water_out": ("water",),
    "loss": ("mass",),
    "reclaimed": ("mass",),
    "chemicals": ("mass",),
    "packaging": ("mass",),
}
"""Kind of a figure -> what a file must measure for it."""
E375 = "E375"
LITRES = 1000  # of a cubic metre


@dataclass(frozen=True)
class Derivation:
    """How a figure follows from a reading.

    Attributes
    ----------
    reading : str
    part : str
        Part of the division; empty where the meter is not divided.
    share : Fraction
        Share of the part.
    amount : Fraction
        Total of the part over the period, kWh, MJ (lower heating value), L or kg.
    mass : Fraction or None
        kg that it is for; None for a share of masses.
    mass_from : str
        ``for``, ``file`` (a column of the reading) or the name of the lot sheet.
    count, mean_count : Fraction or None
        Nm of the product, and the mean by kg of all that was made, where the total is divided by length.
    value : Fraction
        The figure.
    """

    reading: str
    part: str
    share: Fraction
    amount: Fraction
    mass: Optional[Fraction]
    mass_from: str
    count: Optional[Fraction]
    mean_count: Optional[Fraction]
    value: Fraction


def dressed(figure: Figure, taken: Taken, mass: Optional[Fraction]) -> Figure:
    """Give a figure the document, period and class of its reading, and the mass it is for."""
    update = {
        "document": figure.document or taken.reading.document,
        "period": figure.period or taken.period or None,
        "class_": figure.evidence_class,
    }
    if mass is not None and figure.for_ is None:
        update["for_"] = Quantity(mass, "kg", f"{float(mass):.10g} kg")  # type: ignore[assignment]
    return figure.model_copy(update=update)


def derivation(
    kind: str, figure: Figure, step: str, nm: Fraction, taken: Mapping[str, Taken], lower_to_higher: Fraction
) -> Derivation:  # fmt: skip
    """Work out a figure from its reading.

    Parameters
    ----------
    kind : str
        One of `FITS`.
    figure : Figure
        With a `reading`.
    step : str
        Id of its step: the part that it takes where the figure names none.
    nm : Fraction
        Count of the yarn, Nm of the single yarn.
    taken : mapping
        Readings of the scenario.
    lower_to_higher : Fraction
        Ratio of the heating values of natural gas.

    Raises
    ------
    QuantityError
        ``E375``: the reading does not fit the figure, or something is missing to divide it.
    """
    name = str(figure.reading)
    if name not in taken:
        raise QuantityError(
            E375, say("there is no reading of this name"), nearest(name, list(taken))
        )
    one = taken[name]
    if one.meter.measures not in FITS[kind]:
        raise QuantityError(
            E375, say("the reading is of {measures}, the figure of {kind}", measures=one.meter.measures, kind=kind),
            say("name a reading of {fits}", fits=list(FITS[kind])),
        )  # fmt: skip
    part, share = _part(figure, one, step)
    if kind in ("loss", "reclaimed"):
        return _lost(kind, figure, one, part, share)
    if one.total is None:
        raise QuantityError(
            E375, say("a lot sheet gives what is lost and made, not {kind}", kind=kind),
            say("name the reading of a meter, and the lot sheet in `lots`"),
        )  # fmt: skip
    total = _total(kind, figure, one, lower_to_higher)
    mass, origin = _mass(figure, one, taken)
    mean = _mean_count(figure, taken)
    value = total * share / mass
    if mean is not None:
        value *= nm / mean
    count = nm if mean is not None else None
    return Derivation(name, part, share, total * share, mass, origin, count, mean, value)


def length_factor(figure: Figure, nm: Fraction) -> Fraction:
    """Factor of a typed total that is divided by length; 1 where it is divided by mass."""
    return nm / figure.mean_count.nm if figure.by == "length" and figure.mean_count else Fraction(1)


def _part(figure: Figure, one: Taken, step: str) -> tuple[str, Fraction]:
    if not one.reading.among:
        if figure.part:
            raise QuantityError(
                E375, say("the reading is not divided, so it has no parts"),
                say("leave `part` out, or divide the reading by `by` and `among`"),
            )  # fmt: skip
        return "", Fraction(1)
    name, shares = figure.part or step, one.shares()
    if name not in shares:
        raise QuantityError(
            E375, say("the meter is divided among other parts: {parts}", parts=list(shares)),
            say("add this one to `among`, or name its part: `part: ...`"),
        )  # fmt: skip
    return name, shares[name]


def _total(kind: str, figure: Figure, one: Taken, lower_to_higher: Fraction) -> Fraction:
    """Total of a meter in the unit of the figure: kWh, MJ of lower heating value, L, kg."""
    total = one.total
    assert total is not None
    if kind in ("water_in", "water_out"):
        return total.amount * LITRES
    if kind == "heat" and one.meter.measures == "gas":
        if figure.heating_value is not None:
            basis = figure.heating_value_basis or "higher"
            return total.amount * lower_heating_value(
                figure.heating_value.amount, basis, lower_to_higher
            )
        if total.energy is None:
            raise QuantityError(
                "E107", say("neither the file nor the figure tells the heating value of the gas"),
                say("a column PCS in the file, `heating_value` in its mapping, or beside the reading"),
            )  # fmt: skip
        return total.energy * lower_to_higher
    if kind == "heat" and one.meter.unit == "kWh":
        return total.amount * Fraction(18, 5)
    return total.amount


def _mass(figure: Figure, one: Taken, taken: Mapping[str, Taken]) -> tuple[Fraction, str]:
    """Mass that a total is for."""
    if figure.for_ is not None:
        mass, origin = Fraction(figure.for_.amount), "for"
    elif figure.lots:
        mass = sum((_made(lot) for lot in _lots(figure, taken)), Fraction(0))
        origin = figure.lots
    elif one.total is not None and one.total.of_mass:
        mass, origin = one.total.of_mass, "file"
    else:
        raise QuantityError(
            E375, say("the mass is missing that the reading is for"),
            say("write `for: ... kg`, what the step made in the period, or `lots: ...`, a lot sheet"),
        )  # fmt: skip
    if mass <= 0:
        raise QuantityError("E103", say("`for` must be above 0 kg"))
    return mass, origin


def _lots(figure: Figure, taken: Mapping[str, Taken]) -> tuple[Lot, ...]:
    name = str(figure.lots)
    if name not in taken or not taken[name].lots:
        sheets = [key for key, one in taken.items() if one.lots]
        raise QuantityError(
            E375, say("no lot sheet is read under this name"), nearest(name, sheets)
        )
    return taken[name].lots


def _made(lot: Lot) -> Fraction:
    mass = lot.mass_out if lot.mass_out is not None else lot.mass_in
    return Fraction(mass or 0)


def _mean_count(figure: Figure, taken: Mapping[str, Taken]) -> Optional[Fraction]:
    """Mean count of all that was made, by kg; None where the total is divided by mass."""
    if figure.by != "length":
        return None
    if figure.mean_count is not None:
        return figure.mean_count.nm
    length = mass = Fraction(0)
    for lot in _lots(figure, taken):
        length += _made(lot) * _nm(lot)
        mass += _made(lot)
    if not length:
        raise QuantityError(E375, say("the lots of the period weigh nothing"))
    return length / mass


def _nm(lot: Lot) -> Fraction:
    typed = lot.count.replace(",", ".")
    try:
        return parse_yarn_count(typed if typed[:1].isalpha() else f"Nm {typed}").nm
    except QuantityError as error:
        raise QuantityError(
            E375, say("row {row} of the lot sheet has no count that can be read", row=lot.row),
            say("write for instance Nm 8 in the column of counts"),
        ) from error  # fmt: skip


def _lost(kind: str, figure: Figure, one: Taken, part: str, share: Fraction) -> Derivation:
    """Loss of what enters, from kg in and kg out, or from a register of what was weighed."""
    name = str(figure.reading)
    if one.lots:
        if kind != "loss":
            raise QuantityError(
                E375, say("a lot sheet does not tell how much of the loss goes back")
            )
        entered, lost = Fraction(0), Fraction(0)
        for lot in one.lots:
            if lot.mass_in is None or lot.mass_out is None:
                raise QuantityError(
                    E375, say("row {row} of the lot sheet lacks kg in or kg out", row=lot.row),
                    say("fill it in, or take the lot out"),
                )  # fmt: skip
            entered += Fraction(lot.mass_in)
            lost += Fraction(lot.mass_in) - Fraction(lot.mass_out)
        if not entered:
            raise QuantityError(E375, say("the lots of the period weigh nothing"))
        return Derivation(name, part, share, lost, entered, "file", None, None, lost / entered)
    total = one.total
    assert total is not None
    entered_ = Fraction(figure.for_.amount) if figure.for_ is not None else total.of_mass
    if not entered_:
        raise QuantityError(
            E375, say("the mass is missing that the reading is for"),
            say("write `for: ... kg`, what entered the step in the period"),
        )  # fmt: skip
    origin = "for" if figure.for_ is not None else "file"
    value = total.amount * share / entered_
    if value > 1:
        raise QuantityError("E303", say("more is lost than enters"))
    return Derivation(name, part, share, total.amount * share, entered_, origin, None, None, value)
