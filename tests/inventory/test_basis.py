"""Each source says where it has its figures from, and `inventory check` holds them against it."""

import dataclasses

import pytest

from lca_cardato.inventory.basis import basis_problems

OWN = """schema: lca-cardato/inventory/1
sources:
  meters: {{title: T, authors: A, year: 2025, licence: own data, kind: dataset, read: full{basis}}}
datasets:
  own-viscose:
    name: {{en: own viscose, it: viscosa propria}}
    kind: published_result
    product: {{name: viscose, unit: kg}}
    geography: AT
    year: 2025
    inventoried_for: [climate_change]
    results:
      climate_change:
        {{amount: 2, unit: kg, year: 2025, geography: AT, class: measured, source: meters,
         uncertainty: {{distribution: lognormal, gsd: 1.2}}}}
"""


@pytest.mark.parametrize(
    ("basis", "refused"),
    [
        ("", False),
        (", basis: measured", False),
        (", basis: compiled", True),
        (", basis: told", True),
    ],
)
def test_a_measured_figure_needs_a_source_that_measured(command, tmp_path, basis, refused):
    (tmp_path / "own.yaml").write_text(OWN.format(basis=basis), encoding="utf-8")
    done = command("inventory", "check", "--inventories", tmp_path)
    assert done.returncode == (3 if refused else 0), done.stderr
    if "compiled" in basis:
        assert "E315 datasets.own-viscose: climate_change is `measured`" in done.stderr
    if "told" in basis:
        assert "E215 sources.meters.basis" in done.stderr


def test_a_shipped_source_without_a_basis_is_named(inventory):
    assert basis_problems(inventory) == []
    kept = inventory.sources["gida-prato"]
    silent = type(kept).model_validate({
        name: getattr(kept, name) for name in kept.model_fields_set - {"basis"}
    })  # fmt: skip
    changed = dataclasses.replace(inventory, sources={**inventory.sources, "gida-prato": silent})
    (problem,) = basis_problems(changed)
    assert (problem.code, problem.key) == ("E315", "sources.gida-prato")


def test_the_card_of_a_source_tells_it_in_both_languages(command):
    shown = command("inventory", "show", "majumdar-2022").stdout
    assert "Read: in part. Its figures: measured there." in " ".join(shown.split())
    shown = command("inventory", "show", "majumdar-2022", "--lang", "it").stdout
    assert "I suoi dati: misurati da chi li pubblica." in " ".join(shown.split())
