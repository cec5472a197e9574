"""Questions about what was typed: figures that nobody should believe without a look."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Optional

from lca_cardato.text.yamltree import dotted

if TYPE_CHECKING:
    from lca_cardato.words.language import Language


@dataclass(frozen=True)
class Question:
    """A figure of a scenario that is implausible, and why.

    Attributes
    ----------
    key : str
        Key of the parameter, or path inside the scenario where it is no parameter.
    path : tuple
        Path inside the scenario.
    file, line : str, int
        Where it was typed, when it came from a file.
    typed : str
        The value as typed.
    code : str
        Key of the text that says why, in `lca_cardato.words`.
    arguments : dict
        Arguments of that text; numbers as numbers, in the unit that is named.
    factor : float, optional
        How many times the figure lies above (or, below 1, under) the nearer limit.
    source : str
        Id of the limit in the inventory, and key of its source where it has one.
    slip : str
        The likely slip, as the mill would have to type it; empty when none is likely.
    reason : str
        What the mill wrote for it (``reason:``); a question with a reason is answered.
    reason_at : str
        Place of the figure that the reason was written for, where it is another one.
    place : str
        Its place in the file, ``route.carding.electricity.value``, as errors name it too; that of
        `path` where nothing else is given.
    cell : str
        Its cell, where it was typed into a workbook.
    """

    key: str
    path: tuple
    typed: str
    code: str
    arguments: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    line: int = 0
    factor: Optional[float] = None
    source: str = ""
    slip: str = ""
    reason: str = ""
    reason_at: str = ""
    place: str = ""
    cell: str = ""

    def __post_init__(self) -> None:
        if not self.place:
            object.__setattr__(self, "place", dotted(self.path))

    @property
    def open(self) -> bool:
        """Whether no reason was written."""
        return not self.reason.strip()

    def text(self, words: Language) -> str:
        """Give the sentence in a language, with the likely slip."""
        told = self.why(words)
        return f"{told}; {words('question_slip', slip=self.slip)}" if self.slip else told

    def why(self, words: Language) -> str:
        """Give the sentence without the likely slip; a number without a unit leaves no gap."""
        return words(self.code, **self.arguments).replace("  ", " ")
