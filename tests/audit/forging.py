"""Change a run folder as somebody does who hides it: every digest is written again."""

import json

from lca_cardato.audit.files import sums_text
from lca_cardato.audit.manifest import digests_of, run_id
from lca_cardato.files.atomic import sha256
from lca_cardato.files.runs import SUMS


def read(run, name):
    return json.loads((run / name).read_text(encoding="utf-8"))


def write(run, name, document):
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    (run / name).write_text(text, encoding="utf-8")


def edit(run, name, change):
    """Change a JSON file of a run; the digests stay."""
    document = read(run, name)
    change(document)
    write(run, name, document)


def content(run):
    """Files of a folder by name, but the sums."""
    found = {
        path.relative_to(run).as_posix(): path.read_bytes()
        for path in run.rglob("*")
        if path.is_file() and not path.is_symlink() and path.name != SUMS
    }
    return dict(sorted(found.items()))


def resign(run, *kept):
    """Write every digest, size and id again, but those in the files that are kept as they are."""
    steps = [
        ("result.json", _result),
        ("claims.json", _claims),
        ("tables/datapackage.json", _package),
        ("manifest.json", _manifest),
        (
            "run.json",
            lambda run, document: document.update(id=read(run, "manifest.json").get("id")),
        ),
        ("attestation.json", _attestation),
        ("ro-crate-metadata.json", _crate),
    ]
    for name, step in steps:
        if name not in kept and (run / name).is_file():
            document = read(run, name)
            before = json.dumps(document)
            step(run, document)
            if json.dumps(document) != before:
                write(run, name, document)
    (run / SUMS).write_bytes(sums_text(content(run)))


def _inputs(run):
    return {name: data for name, data in content(run).items() if name.startswith("inputs/")}


def _result(run, document):
    digests = digests_of(_inputs(run))
    document["scenario"]["sha256"] = digests["scenario"]
    document["scenario"]["inventory_sha256"] = digests["inventories"]


def _claims(run, document):
    digests = digests_of(_inputs(run))
    for row in document["rows"]:
        row["rule_pack_sha256"] = digests["rules"].get(row["rule_pack"], row["rule_pack_sha256"])


def _package(run, document):
    for item in document["resources"]:
        path = run / "tables" / item["path"]
        if path.is_file():
            data = path.read_bytes()
            item.update(bytes=len(data), hash=f"sha256:{sha256(data)}")
    there = [item for item in document["resources"] if (run / "tables" / item["path"]).is_file()]
    document["resources"] = there


def _manifest(run, document):
    inputs = _inputs(run)
    outputs = [name for name in content(run) if name in document["outputs"]]
    document["inputs"] = {name: sha256(data) for name, data in inputs.items()}
    document["outputs"] = {name: sha256((run / name).read_bytes()) for name in outputs}
    found = digests_of(inputs)
    rules = {**document["digests"]["rules"], **found["rules"]}  # in the order that they had
    found["rules"] = {name: rules[name] for name in rules if name in found["rules"]}
    document["digests"].update(found)
    document["id"] = run_id(
        document["inputs"], document["tool"]["version"], document["options"]["lang"]
    )


def _attestation(run, document):
    manifest = read(run, "manifest.json")
    digests = {**manifest.get("inputs", {}), **manifest.get("outputs", {})}
    build = document["predicate"]["buildDefinition"]
    for items in (document["subject"], build["resolvedDependencies"]):
        items[:] = [one for one in items if "uri" in one or one["name"] in digests]
        for one in items:
            if "name" in one:
                one["digest"]["sha256"] = digests[one["name"]]
    document["predicate"]["runDetails"]["metadata"]["invocationId"] = manifest.get("id")


def lists(run):
    """Let manifest, attestation and crate list what lies there, as the program itself would."""
    from lca_cardato.audit.attestation import attestation, crate
    from lca_cardato.audit.layout import ATTESTATION, CALCULATED, CRATE, PAGES

    resign(run)
    found = content(run)
    kept = (*CALCULATED, *PAGES)
    outputs = [name for name in found if name in kept or name.startswith("tables/")]
    edit(
        run,
        "manifest.json",
        lambda d: d.update(outputs={name: sha256(found[name]) for name in outputs}),
    )
    document = read(run, "manifest.json")
    write(run, ATTESTATION, attestation(document))
    sizes = {name: len(data) for name, data in content(run).items() if name != CRATE}
    write(run, CRATE, crate(document, sizes, read(run, "run.json")["written"]))
    (run / SUMS).write_bytes(sums_text(content(run)))


def _crate(run, document):
    files = content(run)
    graph = document["@graph"]
    graph[1]["name"] = " ".join(
        [*graph[1]["name"].split()[:-1], str(read(run, "manifest.json").get("id"))]
    )
    graph[:] = [one for one in graph if one["@type"] != "File" or one["@id"] in files]
    for one in graph:
        if one["@type"] == "File":
            one["contentSize"] = str(len(files[one["@id"]]))
        for key in ("hasPart", "object", "result"):
            if key in one:
                one[key] = [part for part in one[key] if part["@id"] in files]
