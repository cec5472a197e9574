"""Find the process that a line of a mapping names: by number, or by name and place."""

from __future__ import annotations

from typing import Optional, Protocol

from lca_cardato.background.matrices import Process
from lca_cardato.background.terms import is_retired
from lca_cardato.brightway.exchanges import UNIT_NAMES
from lca_cardato.sentence import say
from lca_cardato.text.number import largest


class Wanted(Protocol):
    """What a line of a mapping says of a process."""

    @property
    def activity(self) -> Optional[str]: ...  # noqa: D102
    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def product(self) -> str: ...  # noqa: D102
    @property
    def location(self) -> str: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102


class Index:
    """Processes by number and by name."""

    def __init__(self, processes: list[Process], retired: str) -> None:
        self.retired = retired
        self.by_code: dict[str, list[Process]] = {}
        self.by_name: dict[tuple[str, str], list[Process]] = {}
        for process in processes:
            self.by_code.setdefault(process.key[1], []).append(process)
            self.by_name.setdefault((process.name, process.location), []).append(process)
        self.words = Words([p for p in processes if not is_retired(p.name, retired)])

    def find(self, target: Wanted) -> tuple[Optional[Process], str, str]:
        """Give the process, or what is wrong and a hint."""
        if is_retired(str(target.activity), self.retired):
            return None, say("is retired by those who keep the database; name another"), ""
        named = [
            process
            for process in self.by_name.get((str(target.activity), target.location), [])
            if not target.product or process.product == target.product
        ]
        if target.code:
            return self._by_number(target, named)
        found = [p for p in named if long_unit(p.unit) == long_unit(target.unit)]
        if len(found) == 1:
            return found[0], "", ""
        if named and not found:
            return None, _other_unit(named[0].unit, target.unit), ""
        if found:
            hint = "" if target.product else say("name its `code` or its `product`, too")
            return None, say("stands {count} times in the database", count=len(found)), hint
        return None, say("is not in the database"), self.words.nearest(target)

    def _by_number(
        self, target: Wanted, named: list[Process]
    ) -> tuple[Optional[Process], str, str]:
        numbered = self.by_code.get(target.code, [])
        if not numbered:
            others = ", ".join(process.key[1] for process in named[:3])
            hint = (
                say("a process of this name has the number {others}", others=others)
                if named
                else ""
            )
            text = say("is not in the database under its number {code}", code=target.code)
            return None, text, hint or self.words.nearest(target)
        found = numbered[0]
        if is_retired(found.name, self.retired):
            text = say(
                "is retired by those who keep the database: '{name}'; name another", name=found.name
            )
            return None, text, self.words.nearest(target)
        if found not in named:
            there = f"'{found.name} | {found.product} | {found.location}'"
            text = say("has another name under its number: {name}; both have to agree", name=there)
            return None, text, ""
        if long_unit(found.unit) != long_unit(target.unit):
            return None, _other_unit(found.unit, target.unit), ""
        return found, "", ""


def _other_unit(unit: str, wanted: str) -> str:
    return say("is in {unit}, the mapping says {wanted}", unit=unit, wanted=wanted)


def long_unit(text: str) -> str:
    """Brightway's name of a unit."""
    return "litre" if text == "l" else UNIT_NAMES.get(text, text)


class Words:
    """Nearest processes by the words of their names."""

    def __init__(self, processes: list[Process]) -> None:
        self.processes = processes
        self.by_word: dict[str, set[int]] = {}
        for place, process in enumerate(processes):
            for word in self._split(f"{process.name} {process.product}"):
                self.by_word.setdefault(word, set()).add(place)

    @staticmethod
    def _split(text: str) -> set[str]:
        return {word.strip(",.()").lower() for word in text.split()} - {""}

    def nearest(self, target: Wanted, count: int = 3) -> str:
        """Name the processes whose names share most with what is looked for."""
        wanted = self._split(f"{target.activity} {target.product}")
        score: dict[int, float] = {}
        for word in wanted:
            places = self.by_word.get(word, set())
            for place in places:  # a rare word tells more than a common one
                score[place] = score.get(place, 0.0) + 1.0 / (1 + len(places)) ** 0.5
        for place in score:
            process = self.processes[place]
            score[place] += 0.5 * (process.name == target.activity)
            score[place] += 0.01 * (process.location == target.location)
        best = sorted(score, key=lambda p: (largest(score[p]), self.processes[p].key))[:count]
        found = [self.processes[place] for place in best]
        names = "; ".join(f"{p.name} | {p.product} | {p.location}" for p in found)
        return say("nearest: {names}", names=names) if names else ""
