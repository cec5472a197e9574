"""What the page of the form shows: groups of boxes, with labels, choices and sentences."""

from __future__ import annotations

import re
from typing import Any, Iterable, Union

from lca_cardato.inventory.records import Inventory
from lca_cardato.scenario.entry.choices import names_in
from lca_cardato.scenario.entry.fields import SECTIONS, Field
from lca_cardato.serve.form.boxes import Box, Group, Repeat
from lca_cardato.serve.form.draft import NAME, TEXT, UNIT, Node, blank, named, units_beside
from lca_cardato.serve.form.shape import Part, shape
from lca_cardato.words.entry import label
from lca_cardato.words.language import Language

SPOKEN_LISTS = ("places", "municipalities", "documents")
"""Lists that only propose: another text may be typed."""
RARE = {
    "Scenario": {"id", "note"},
    "Product": {"twist", "system", "boundary"},
    "BlendLine": {"dataset", "handling", "price"},
    "StepEntry": {"document", "use"},
    "Figure": {"output", "load", "plus_minus", "note", "reason", "heating_value",
               "heating_value_basis", "coefficient", "supply", "reading", "part", "lots", "by", "mean_count"},
    "Reading": {"reason"},
    "Evidence": {"sha256", "valid_until", "note"},
}  # fmt: skip
"""Fields that are shown when one asks for them, or when they are filled in."""
ONLY = {
    "carrier": ("heat",), "heating_value": ("heat",), "heating_value_basis": ("heat",),
    "coefficient": ("heat",), "supply": ("water_in",), "output": ("electricity",), "load": ("electricity",),
    **dict.fromkeys(
        ("for", "lots", "by", "mean_count"),
        ("electricity", "heat", "water_in", "water_out", "chemicals", "packaging"),
    ),
}  # fmt: skip
"""Fields of a reading that belong to some kinds of it."""
OF_FABRIC = {"construction", "surface_mass"}
OF_ONE_YARN = {"count", "twist", "system"}
LISTS = {
    "route": "steps",
    "steps": "steps",
    "chemicals": "chemical_datasets",
    "packaging": "packaging_datasets",
}
"""Part whose entries are named by the inventories -> list of these names."""
FILES = {"file": "files", "yarn": "scenarios", "lot": "files"}
"""Fields that name a file -> list of files to propose."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TOP = ("product", "company", "blend", "yarns", "route", "packaging", "electricity", "traceability",
       "documents", "readings", "reasons")  # fmt: skip


class View:
    """The form of a draft in a language.

    Parameters
    ----------
    draft : dict
    inventory : Inventory
    words : Language
    files : iterable of str
        Files in the folder, to be proposed for documents.
    scenarios : iterable of str
        Scenarios in it, to be proposed for yarns.
    """

    def __init__(
        self, draft: Node, inventory: Inventory, words: Language, files: Iterable[str] = (),
        scenarios: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self.draft, self.inventory, self.words, self.lang = draft, inventory, words, words.lang
        self.files, self.scenarios = list(files), list(scenarios)
        self.fabric = draft.get("product", {}).get("type") == "fabric"
        self.several = not blank(draft.get("yarns", []))
        self._lists: dict[str, dict[str, str]] = {}

    def names(self, lists: str) -> dict[str, str]:
        """Give a list of names of the inventories: id -> name in the language."""
        if lists not in self._lists:
            self._lists[lists] = names_in(self.inventory, lists, self.lang)
        return self._lists[lists]

    def parts(self) -> list[Union[Group, Repeat]]:
        """Give the parts of the form in the order in which they are filled in."""
        known = shape("Scenario")
        found: list[Union[Group, Repeat]] = []
        for key in TOP:
            part = known[key]
            assert isinstance(part, Part)
            if (key == "yarns" and not (self.fabric or self.draft.get(key))) or (
                key == "blend" and self.several and blank(self.draft.get(key, []))
            ):
                continue
            found.append(self.part(part, "Scenario", self.draft, ()))
        own = self.group("Scenario", self.draft, (), "", self.words("form_file"), parts=False)
        return [*found, own]

    def proposals(self) -> dict[str, list[str]]:
        """Give the texts that boxes propose, by the id of their list."""
        found = {
            name: list(dict.fromkeys(self.names(name).values()))
            for name in ("places", "municipalities")
        }
        rows = self.draft.get("documents", [])
        found["documents"] = [row[NAME] for row in rows if row.get(NAME)]
        found["files"], found["scenarios"] = self.files, self.scenarios
        return found

    def part(
        self, part: Part, model: str, owner: Node, path: tuple[Any, ...]
    ) -> Union[Group, Repeat]:
        """Show a part; `model` and `path` are those of what it belongs to."""
        at, title = (*path, part.key), self.title(part, model)
        reading = part.key if part.model == "Figure" else ""
        if not part.many:
            shown = self.group(part.model, owner.get(part.key, {}), at, reading, title)
            shown.removable = not part.always
            return shown
        rows, one = owner.get(part.key, []), self.words(f"form_one_{part.key}")
        lists = LISTS.get(part.key, "")
        chosen = tuple(self.names(lists).items()) if lists else ()
        repeat = Repeat(named(at), title, one, names=self.offered(part, model, owner, chosen))
        for place, row in enumerate(rows):
            heading = f"{one} {place + 1}"
            told = dict(chosen).get(row.get(NAME, ""), row.get(NAME, "")) or self.told(row)
            heading = f"{heading}: {told}" if told else heading
            group = self.group(part.model, row, (*at, place), reading, heading)
            if part.many == "mapping":
                group.boxes.insert(0, self.name_box(part, row, (*at, place, NAME), one, chosen))
            if not part.model:
                value, text = row.get(TEXT, ""), self.words("form_reason")
                group.boxes.append(Box(named((*at, place, TEXT)), text, value, "area"))
            group.removable = True
            repeat.groups.append(group)
        return repeat

    def offered(
        self, part: Part, model: str, owner: Node, chosen: tuple[tuple[str, str], ...]
    ) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Names for a new entry, in groups: steps of the usual route first, those that are there last."""
        if not chosen or part.model != "StepEntry":
            return (("", chosen),) if chosen else ()
        there = {row.get(NAME) for row in owner.get(part.key, [])}
        usual = [one for one in self.usual(model, owner) if one not in there]
        first = tuple(one for one in chosen if one[0] in usual)
        rest = tuple(one for one in chosen if one[0] not in usual)
        heads = "form_before" if model == "BlendLine" else "form_usual", "form_others"
        return tuple((self.words(h), some) for h, some in zip(heads, (first, rest)) if some)

    def usual(self, model: str, owner: Node) -> list[str]:
        """Steps that are usual for a fibre, a yarn or the product."""
        inventory, product = self.inventory, self.draft.get("product", {})
        if model == "BlendLine":
            return [name for name, step in inventory.steps.items() if step.level == "fibre"]
        yarn = owner if model == "Yarn" else product
        spun = inventory.systems.get(yarn.get("system") or "woollen")
        found = list(spun.steps) if spun and (model == "Yarn" or not self.several) else []
        if spun and found and "/" in yarn.get("count", ""):
            found += spun.plied
        if model == "Scenario":
            woven = inventory.systems.get(product.get("construction", "")) if self.fabric else None
            packed = inventory.systems["packed-fabric" if self.fabric else "packed-yarn"]
            found += [*(woven.steps if woven else ()), *packed.steps]
        return found

    def told(self, row: Node) -> str:
        """Name an entry of a list by what is filled in."""
        for key in ("fibre", "name", "mode"):
            if value := row.get(key):
                known = self.names("fibres") if key == "fibre" else {}
                return known.get(value, value if key == "name" else "")
        return ""

    def title(self, part: Part, model: str) -> str:
        """Heading of a part: that of its section, or the name of its key."""
        if not is_section(part, model):
            return label(model, part.key, self.lang)
        return next(s for s in SECTIONS if s.name == part.key).label(self.lang)

    def name_box(
        self,
        part: Part,
        row: Node,
        path: tuple[Any, ...],
        one: str,
        chosen: tuple[tuple[str, str], ...],
    ) -> Box:
        """Box of the name of an entry."""
        value = row.get(NAME, "")
        if chosen:
            return Box(
                named(path), one, value, "select", options=with_value(chosen, value), needed=True
            )
        text = self.words("form_place" if not part.model else "form_document_name")
        hint = self.words("form_place_hint" if not part.model else "form_document_hint")
        return Box(named(path), text, value, hint=hint, needed=True)

    def group(
        self, model: str, node: Node, path: tuple[Any, ...], reading: str, title: str,
        parts: bool = True,
    ) -> Group:  # fmt: skip
        """Show the fields and parts of a model."""
        made = Group(named(path), title)
        for key, known in shape(model).items() if model else ():
            if isinstance(known, Field):
                if self.hidden(known, node, reading):
                    continue
                box = self.box(known, node, path, reading)
                rare = key in RARE.get(model, ())
                (made.rare if rare else made.boxes).append(box)
                made.open = made.open or (rare and bool(box.value))
            elif parts and known.model == "Figure":
                if known.many or key not in node:
                    made.kinds.append((key, label(model, key, self.lang)))
                if key in node and (not known.many or node[key]):
                    made.parts.append(self.part(known, model, node, path))
            elif parts:
                made.parts.append(self.part(known, model, node, path))
        return made

    def hidden(self, known: Field, node: Node, reading: str) -> bool:
        """Whether a field has no place here; one that is filled in has."""
        if node.get(known.key):
            return False
        if known.model == "Figure":
            return reading not in ONLY.get(known.key, (reading,))
        if known.model == "Product" and known.key in OF_FABRIC:
            return not self.fabric
        if known.model == "Scenario" and known.key in ("yarn", "lot"):
            return not self.fabric
        return known.model == "Product" and known.key in OF_ONE_YARN and self.several

    def box(self, known: Field, node: Node, path: tuple[Any, ...], reading: str) -> Box:
        """Show a field."""
        name, value = named((*path, known.key)), str(node.get(known.key, ""))
        units = units_beside(known, reading)
        several = len(units) > 1
        options = self.options(known, value)
        kind = "select" if options else "area" if known.key == "note" or "\n" in value else "text"
        if known.kind == "date" and (not value or DAY.fullmatch(value)):
            kind = "date"
        lists = known.names if known.names in SPOKEN_LISTS else ""
        lists = FILES.get(known.key, lists) if known.kind == "file" else lists
        return Box(
            name, known.label(self.lang) if several else known.head(self.lang), value, kind,
            known.comment(self.lang), options, units if several else (),
            str(node.get(known.key + UNIT, units[0] if several else "")), lists,
            self.needed(known), known.key == "type",
        )  # fmt: skip

    def needed(self, known: Field) -> bool:
        """Whether a field must be filled in, here."""
        if known.model == "Product" and known.key in OF_FABRIC:
            return self.fabric
        here = (known.model, known.key)
        return (known.required and known.key != "id") or here in (
            ("Product", "count"), ("BlendLine", "fibre")
        )  # fmt: skip

    def options(self, known: Field, value: str) -> tuple[tuple[str, str], ...]:
        """Choices of a field; none where it is typed."""
        if known.words:
            told = known.choices(self.lang)
            without = told.get(known.default, "")
            first = self.words("form_default", value=without) if without else ""
            return with_value((("", first), *told.items()), value)
        if known.names and known.names not in SPOKEN_LISTS:
            some = self.names(known.names)
            return with_value((("", ""), *some.items()), value)
        return ()


def is_section(part: Part, model: str) -> bool:
    """Whether a part is a section of its own."""
    return model == "Scenario" and part.key in ("blend", "electricity", "documents", "product")


def with_value(options: tuple[tuple[str, str], ...], value: str) -> tuple[tuple[str, str], ...]:
    """Add what is filled in to the choices, where it is none of them: nothing typed is lost."""
    return options if any(value == one for one, _ in options) else (*options, (value, value))
