"""Folders of small scenarios whose fibres rest on documents, as many as are asked for."""

import hashlib

LOSSLESS = "".join(
    f"  {step}: {{loss: {{value: 0 %, reason: a made-up machine}}, reclaimed: {{value: 0 %, reason: a made-up machine}}}}\n"
    for step in ("blending", "carding", "spinning-ring", "winding")
)


def text_of(
    id, batch="1000 kg", documents=None, lots=("L1", "V1"), names=("tc", "note"), shares=(70, 30)
):  # fmt: skip
    """A scenario of two fibres, whose batch takes in as much as it weighs."""
    names = [name if name in (documents or {}) else "" for name in names]
    lines = "".join(
        f"  - {{fibre: {fibre}, share: {share} %, origin: {origin}"
        + (f", lot: '{lot}'" if lot else "")
        + (f", document: {name}}}\n" if name else "}\n")
        for (fibre, origin), share, lot, name in zip(
            (("wool", "recycled_post_consumer"), ("polyamide", "virgin")), shares, lots, names
        )
    )
    papers = "".join(f"  {name}: {{{told}}}\n" for name, told in (documents or {}).items())
    return (
        f"schema: lca-cardato/scenario/1\nid: {id}\ncompany: {{municipality: Prato}}\n"
        f"product: {{type: yarn, name: yarn, count: Nm 8{f', batch: {batch}' if batch else ''}}}\n"
        f"blend:\n{lines}route:\n{LOSSLESS}" + (f"documents:\n{papers}" if papers else "")
    )


def paper(file=None, mass="700 kg", kind="transaction_certificate", **more):
    """What a scenario says of a document."""
    said = {
        "kind": kind,
        **({"file": file} if file else {}),
        **({"mass": mass} if mass else {}),
        **more,
    }
    return ", ".join(f"{key}: {value}" for key, value in said.items())


def product(folder, id, content=None, note=None, name="tc", mass="700 kg", **changes):
    """Write a product into a folder of its own: scenario, certificate of the wool, delivery note."""
    place = folder / id
    place.mkdir(parents=True, exist_ok=True)
    said = changes.pop("said", {})
    file = changes.pop("file", "tc.pdf")
    lots = changes.pop("lots", (f"L-{id}", f"V-{id}"))
    (place / file).write_bytes(content or f"certificate of {id}".encode())
    (place / "note.pdf").write_bytes(note or f"delivery note of {id}".encode())
    first, second = ({"lot": f"'{lot}'"} if lot else {} for lot in lots)
    documents = {name: paper(file, mass, **first, **said),
                 "note": paper("note.pdf", "300 kg", "delivery_note", **second)}  # fmt: skip
    path = place / "scenario.yaml"
    path.write_text(
        text_of(id, documents=documents, lots=lots, names=(name, "note"), **changes), "utf-8"
    )
    return path


def many(folder, count, every=100):
    """Write products by the hundred; of each so many, one takes the certificate of the one before.

    Returns
    -------
    list of str
        Digests of the certificates that are claimed twice.
    """
    twice = []
    for number in range(count):
        place = folder / f"{number // 100:04d}"
        again = number % every == every - 1
        content = f"certificate {number - again} ".encode() * 40
        product(place, f"p{number:06d}", content)
        if again:
            twice.append(hashlib.sha256(content).hexdigest())
    return twice
