"""The page of documents: which kind can prove what, written from the table of kinds.

``python docs/pages/evidence.py > docs/evidence.md``
"""

from __future__ import annotations

from lca_cardato.claims.kinds import kinds_table

HEAD = """# Documents: which kind can prove what

A document counts when it is declared below `documents`, lies in the folder of the scenario (or its SHA-256 is
stated), is of a kind that can prove the thing, says who issued it and when, is valid in the year of production
(`traceability: {{year: ...}}`), and lot and mass fit. What is missing is told, and the claim is *not proven*.
This page is generated from `lca_cardato/claims/evidence.yaml` by `python docs/pages/evidence.py`.

- A paper without `valid_until` is dated at most {before} calendar year before the year of production and at most
  {after} after it; one with `valid_until` has not expired before that year. A date in the future is an error (`E225`).
- `period` of a figure is a year, a month, a day or an interval by ISO 8601 (`E224`). It lies in the year of production,
  has at least {shortest} days, and ended before the document was issued.
- Where the issuer is *another company*, one whose name is that of `company.name` does not count, whatever case, spaces,
  accents and legal form; names of companies that belong together can't be known.
- The document of a fibre names its lot, where the fibre has one, and a mass that covers what `product.batch` takes in;
  a document with a mass behind a figure with `for` covers that mass.
- The same file under two names counts for neither, unless it is one paper (same kind, issuer and date) on two lots.

| to prove | kinds that count | issuer | why | for the verifier to look at |
|---|---|---|---|---|
"""


def page() -> str:
    """Write the page (Markdown)."""
    table = kinds_table()
    spans = table.spans
    parts = [HEAD.format(before=spans.before, after=spans.after, shortest=spans.shortest)]
    for thing in table.things.values():
        kinds = ", ".join(f"`{kind}`" for kind in thing.kinds)
        issuer = "another company" if thing.issuer == "other" else "anybody"
        why = thing.why.en + (
            f" {thing.source}." if thing.source else " (Assumption of this program.)"
        )
        parts.append(f"| {thing.name.en} | {kinds} | {issuer} | {why} | {thing.look.en} |\n")
    return "".join(parts)


if __name__ == "__main__":
    print(page(), end="")
