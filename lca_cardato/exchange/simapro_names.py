"""Names of processes as SimaPro writes them -> activity, product and place of ecoinvent."""

from __future__ import annotations

import re

ECOINVENT = re.compile(
    r"(?P<product>.+?)\s*\{(?P<place>[^{}]+)\}\s*(?:\|\s*(?P<activity>[^|]*?)\s*(?:\|.*)?)?"
)
"""``Electricity, medium voltage {IT}| market for | Cut-off, U``."""
SLASH = re.compile(r"(?P<product>.+?)/(?P<place>[A-Z]{2,3}(?:-[A-Z]{2})?)(?:\s+[US])?")
"""``Electricity, biomass, at power plant/US``, as in libraries of SimaPro before ecoinvent 3."""
WITH_PRODUCT = ("market for", "market group for", "treatment of", "production of")


def place_of(name: str) -> str:
    """Code of the place in the name of a process; empty where there is none."""
    match = ECOINVENT.fullmatch(name) or SLASH.fullmatch(name)
    return match["place"].strip() if match else ""


def aliases(name: str) -> tuple[tuple[str, str, str], ...]:
    """Activity, product and place that a name may stand for, the surest first.

    Examples
    --------
    >>> aliases("Electricity, medium voltage {IT}| market for | Cut-off, U")[0]
    ('market for electricity, medium voltage', 'electricity, medium voltage', 'IT')
    """
    match = ECOINVENT.fullmatch(name)
    if match is None:
        slash = SLASH.fullmatch(name)
        return ((slash["product"].strip(), "", slash["place"]),) if slash else ()
    place, activity = match["place"].strip(), (match["activity"] or "").strip()
    found = []
    for product in dict.fromkeys((_small(match["product"]), match["product"].strip())):
        names = [activity] if activity else []
        if activity.lower() in WITH_PRODUCT:
            names = [f"{activity} {product}"]
        elif activity.lower() == "production":
            names = [f"{product} production"]
        found += [(name_, product, place) for name_ in names]
    return tuple(found)


def _small(text: str) -> str:
    """Small first letter, as ecoinvent writes products; an abbreviation stays as it is."""
    text = text.strip()
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
