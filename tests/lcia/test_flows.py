"""The list of elementary flows is read whole."""

from xml.etree import ElementTree

from lca_cardato.lcia.flows import FILE, data_folder, listed_flows, normal_compartment

SPACE = "{http://www.EcoInvent.org/EcoSpold02}"


def test_every_flow_of_the_file_is_read_as_a_tree_of_it_tells():
    expected = []
    for item in ElementTree.parse(data_folder() / "lci" / FILE).getroot():
        parts = "/".join(child.text or "" for child in item.find(f"{SPACE}compartment"))
        flow = (item.findtext(f"{SPACE}name"), normal_compartment(parts))
        expected.append((item.get("id"), flow, item.findtext(f"{SPACE}unitName")))
    assert list(listed_flows()) == expected
    assert len(expected) > 4000
