import pytest

from lca_cardato.errors import DiskError, InputError
from lca_cardato.inventory.load import load_inventory
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.shipped import about, shipped_scenarios
from lca_cardato.scenario.template import template_text
from lca_cardato.space.load import load_space
from lca_cardato.space.shipped import copy_shipped


@pytest.mark.parametrize("product", ["yarn", "fabric"])
def test_templates_are_valid_scenarios(tmp_path, product):
    path = tmp_path / "x.yaml"
    path.write_text(template_text(product), encoding="utf-8")
    assert resolve(load_scenario(path), load_inventory())


@pytest.mark.parametrize("product", ["yarn", "fabric"])
def test_templates_stay_valid_with_every_comment_line_switched_on(tmp_path, product):
    lines = []
    for line in template_text(product).splitlines():
        body = line.lstrip()
        is_key = body.startswith("# ") and ":" in body and not body[2:3].isupper()
        is_yaml = is_key and not body.startswith(("# per kg", "# inventory", "# takes"))
        lines.append(line.replace("# ", "", 1) if is_yaml else line)
    path = tmp_path / "x.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert resolve(load_scenario(path), load_inventory())


@pytest.mark.parametrize("name", sorted(shipped_scenarios()))
def test_a_copy_is_the_shipped_file_and_can_be_calculated(tmp_path, name):
    written = copy_shipped(tmp_path / "mine.yaml", name)
    assert written[-1].read_bytes() == shipped_scenarios()[name].read_bytes()
    if name.endswith(".space"):
        assert load_space(written[-1]).size > 100 and written[-2].name == "recycled-wool-70.yaml"
    else:
        assert resolve(load_scenario(written[-1]), load_inventory())


def test_a_space_takes_the_scenario_that_is_there(tmp_path):
    copy_shipped(tmp_path / "recycled-wool-70.yaml", "recycled-wool-70")
    assert copy_shipped(tmp_path / "a.yaml", "blends.space") == [tmp_path / "a.yaml"]
    (tmp_path / "recycled-wool-70.yaml").write_text("own: 1\n", encoding="utf-8")
    with pytest.raises(DiskError) as caught:
        copy_shipped(tmp_path / "b.yaml", "blends.space")
    assert caught.value.problems[0].code == "E503"
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "a.yaml", "documents", "recycled-wool-70.yaml",
    ]  # fmt: skip


def test_documents_come_along_and_another_one_of_the_name_stays(tmp_path):
    written = copy_shipped(tmp_path / "mine.yaml", "virgin-wool")
    assert len(written) == 5 and load_scenario(written[-1]).files
    written[0].write_text("own", encoding="utf-8")
    with pytest.raises(DiskError) as caught:
        copy_shipped(tmp_path / "other.yaml", "virgin-wool")
    assert caught.value.problems[0].code == "E503" and not (tmp_path / "other.yaml").exists()
    assert written[0].read_text(encoding="utf-8") == "own"


def test_a_name_that_is_nearly_right(tmp_path):
    with pytest.raises(InputError) as caught:
        copy_shipped(tmp_path / "a.yaml", "virgin-wol")
    [problem] = caught.value.problems
    assert problem.code == "E215" and "virgin-wool" in problem.suggestion


def test_every_shipped_file_says_what_it_is():
    for path in shipped_scenarios().values():
        assert len(about(path)) > 40


def test_new_on_the_command_line(command, tmp_path):
    listed = command("new", "--list").stdout
    assert all(name in listed for name in shipped_scenarios())
    assert command("new").returncode == 2
    both = command("new", tmp_path / "a.yaml", "--from", "virgin-wool", "--product", "yarn")
    assert both.returncode == 2 and not (tmp_path / "a.yaml").exists()
    assert command("new", tmp_path / "a.yaml", "--product", "sock").returncode == 3
    done = command("new", tmp_path / "b.yaml", "--from", "blends.space")
    assert "recycled-wool-70.yaml: written" in done.stdout and "batch" in done.stdout
