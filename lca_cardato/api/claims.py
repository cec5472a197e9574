"""The verbs on claims as functions: verdicts of a scenario, papers to collect."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Mapping, Union

from lca_cardato.api.frames import plain_frame
from lca_cardato.api.notebook import Brief, Shown, table_of
from lca_cardato.claims.packs_model import checklist as papers
from lca_cardato.claims.packs_model import pack_named
from lca_cardato.results.assessment import Assessment
from lca_cardato.results.document import result_document
from lca_cardato.results.notices import in_a_line
from lca_cardato.studies.assess import assess
from lca_cardato.words.language import Language

if TYPE_CHECKING:
    from lca_cardato.results.assessment import Assessment


@dataclass(repr=False)
class ClaimsCheck(Shown):
    """Verdicts on claims.

    Attributes
    ----------
    scenario : str
    claims : list of dict
        As in the result document, with criteria, reasons and changes.
    notices : list of dict
        What was questioned and what is the user's own, as in the result document.
    verifier : list of dict
        What the verifier looks at, by document, as in the result document.
    """

    scenario: str
    claims: list[dict[str, Any]]
    notices: list[dict[str, Any]] = field(default_factory=list)
    verifier: list[dict[str, Any]] = field(default_factory=list)

    @property
    def met(self) -> bool:
        """Whether every claim that was asked for is met."""
        return all(claim["verdict"] == "meets" for claim in self.claims)

    def table(self) -> Any:
        """Give the criteria as a pandas table, a row each."""
        return plain_frame({"claims": self.claims}, "claims")

    def brief(self) -> Brief:
        """Tell what there is to see at a glance."""
        rows = [[claim["name"], item["title"], item["verdict"].replace("_", " "), item["reason"]]
                for claim in self.claims for item in claim["criteria"]]  # fmt: skip
        told = [f"{claim['name']} {claim['verdict'].replace('_', ' ')}" for claim in self.claims]
        columns = ["claim", "criterion", "verdict", "why"]
        first = in_a_line(self.notices, Language("en"))
        return Brief(self.scenario, told, columns, rows, "; ".join(told), first)


def claims_check(
    source: Union[str, Path, Mapping[str, Any], Assessment], *packs: str, lang: str = "en"
) -> ClaimsCheck:
    """Give the verdicts of a scenario, criterion by criterion.

    Parameters
    ----------
    source : path, mapping or Assessment
    packs : str
        Claims or rule packs by name, such as ``cardato``; all when left out.
    lang : str
        ``"en"`` or ``"it"``.

    Returns
    -------
    ClaimsCheck

    Raises
    ------
    InputError
        There is no such rule pack, or as `lca_cardato.api.assess`.
    """
    wanted = {pack_named(name).id for name in packs}
    result = source if isinstance(source, Assessment) else assess(source)
    document = result_document(result, lang)
    claims = [c for c in document["claims"] if not wanted or c["rule_pack"] in wanted]
    return ClaimsCheck(
        document["scenario"]["id"], claims, document["notices"], document["verifier"]
    )


def checklist(name: str, lang: str = "en") -> Any:
    """List the papers that a claim needs, before any calculation.

    Parameters
    ----------
    name : str
        Claim or rule pack, such as ``cardato-recycled``.
    lang : str
        ``"en"`` or ``"it"``.

    Returns
    -------
    pandas.DataFrame
        A row per criterion and paper: what to collect, where it goes in a scenario, which kinds of
        documents count, what the verifier looks at.
    """
    rows = [
        (row["criterion"], *told)
        for row in papers(pack_named(name), Language(lang))
        for told in zip(row["papers"], row["keys"], row["kinds"], row["look"])
    ]
    return table_of(rows, ["criterion", "paper", "where", "counts", "verifier"])
