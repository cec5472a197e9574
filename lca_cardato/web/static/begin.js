"use strict";
(() => {
  let view = document.getElementById("view");
  const wait = document.getElementById("wait");
  const sheet = document.getElementById("sheet");
  const marks = { begun: performance.now() };
  let pages = null;
  let python = null;
  let now = "/form?from=yarn";
  let shown = null;
  let failed = false;
  const MOST = 60000000;
  const MOST_TEXT = 500000;

  // piece by piece, and not in the memory of the interpreter, which never gets smaller
  const UNPACK = `
from compression import zstd
with open("/packed", "rb") as packed:
    size = zstd.get_frame_info(packed.read(64)).decompressed_size
    packed.seek(0)
    with zstd.open(packed) as source, open("/plain", "wb") as plain:
        plain.truncate(size)
        while piece := source.read(1 << 20):
            plain.write(piece)
del packed, plain, source, piece, size, zstd
`;

  // -- the interpreter ---------------------------------------------------------------------------
  const put = (data, root) => {
    const size = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
    const listed = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + size)));
    let at = 4 + size;
    const made = new Set();
    for (const [name, length] of listed) {
      const path = `${root}/${name}`;
      const folder = path.slice(0, path.lastIndexOf("/"));
      if (!made.has(folder)) {
        python.FS.mkdirTree(folder);
        made.add(folder);
      }
      python.FS.writeFile(path, data.subarray(at, at + length), { canOwn: true });
      at += length;
    }
  };
  const begin = async () => {
    const needed = { WebAssembly: window.WebAssembly, DecompressionStream: window.DecompressionStream, "<dialog>": window.HTMLDialogElement };
    const missing = Object.keys(needed).filter((name) => !needed[name]);
    if (missing.length) return page.fail("old", missing.join(", "));
    const lacking = ["loader", "interpreter", "library", "program"].filter((name) => !page.has(name)).map((name) => `data/${name}.js`);
    if (!window.loadPyodide) lacking.push("pyodide.js");
    if (lacking.length) return page.fail("whole", lacking.join(", "));
    page.tell(page.t("start"));
    const loader = document.createElement("script");
    loader.textContent = await page.unpacked("loader", "text/javascript").text();
    document.head.append(loader); // the policy knows it by its digest
    if (!globalThis.createPyodideModule) throw new Error("loader");
    marks.loader = performance.now();
    // what Pyodide would fetch is here already: nothing is asked of any network
    const here = { "pyodide.asm.wasm": ["interpreter", "application/wasm"], "python_stdlib.zip": ["library", "application/zip"] };
    window.fetch = async (address) => {
      const name = String(address.url || address).split("/").pop().split("?")[0];
      if (!here[name]) throw new TypeError(`nothing is fetched here: ${name}`);
      return page.unpacked(...here[name]);
    };
    const lock = { info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", version: "314.0.7", python: "3.14.2" }, packages: {} };
    python = await loadPyodide({ indexURL: "./", createPyodideModule: globalThis.createPyodideModule, lockFileContents: JSON.stringify(lock), packageBaseUrl: "./", stdLibURL: "python_stdlib.zip", checkAPIVersion: false, env: { HOME: "/home/mill", LANG: "C.UTF-8" } });
    window.fetch = async () => { throw new TypeError("nothing is fetched here"); };
    marks.interpreter = performance.now();
    // the interpreter has the better way to unpack
    python.FS.writeFile("/packed", page.bytes("program"), { canOwn: true });
    python.runPython(UNPACK);
    put(python.FS.lookupPath("/plain").node.contents, "/app");
    for (const name of ["/packed", "/plain"]) python.FS.unlink(name);
    marks.files = performance.now();
    python.runPython("import sys; sys.path.insert(0, '/app')");
    pages = python.pyimport("lca_cardato.web.browser").begin("/app/home", "/home/mill", page.lang() === "it" ? "it" : "en");
    marks.opened = performance.now();
    let first = null;
    let file = null;
    try {
      first = sessionStorage.getItem("lca-cardato-page");
      file = JSON.parse(sessionStorage.getItem("lca-cardato-file"));
    } catch { /* a browser that keeps nothing */ }
    if (first?.includes("file:") && file) send(`/take?name=${encodeURIComponent(file.name)}`, file.text);
    else go(first?.startsWith("/form") && !first.includes("file:") ? first : "/form?from=yarn");
    history.replaceState({ address: now }, "");
    marks.shown = performance.now();
    window.lcaCardato = { marks, ask, memory: () => python._module.HEAP8.length };
  };

  // -- asking ------------------------------------------------------------------------------------
  const ask = (method, address, body) => {
    const given = typeof body === "string" ? new TextEncoder().encode(body) : body || new Uint8Array();
    try {
      const answer = pages.plain(method, address, given);
      const found = answer.toJs({ dict_converter: Object.fromEntries });
      answer.destroy();
      if (failed) wait.hidden = true;
      failed = false;
      return found;
    } catch (error) {
      failed = true;
      if (/memory/i.test(String(error))) page.fail("memory");
      else page.fail("stopped", String(error.message || error).trim().split("\n").pop());
      return { status: 500, headers: { "content-type": "text/plain" }, text: "", data: null };
    }
  };
  const save = (data, type, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data], { type }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const open = (text) => {
    shown = text;
    for (const id of ["keep", "print"]) document.getElementById(id).textContent = page.t(id);
    document.getElementById("close").setAttribute("aria-label", page.t("close"));
    document.getElementById("document").srcdoc = text;
    sheet.showModal();
  };
  const show = (method, address, found, beside, back) => {
    const kind = found.headers["content-type"];
    const attached = /filename="([^"]+)"/.exec(found.headers["content-disposition"] || "");
    if (attached) return save(found.data, kind, attached[1]);
    if (found.headers.location) return go(found.headers.location, back);
    if (found.headers["content-security-policy"] || found.headers["x-document"] || (beside && kind === "text/html" && found.status === 200)) return open(found.text);
    if (kind !== "text/html") return; // it is told already, and what is shown stays
    if (method === "GET") {
      if (!back && now !== address) history.pushState({ address }, "");
      now = address;
    }
    // a frame of its own for each page: the way back is the page's alone
    const fresh = view.cloneNode(false);
    fresh.srcdoc = found.text;
    fresh.hidden = false;
    view.replaceWith(fresh);
    view = fresh;
    wait.hidden = true;
    page.speak(/<html lang="(\w+)"/.exec(found.text)?.[1] || "en");
    document.documentElement.lang = page.lang();
    try {
      sessionStorage.setItem("lca-cardato-page", now);
      localStorage.setItem("lca-cardato-lang", page.lang());
    } catch { /* a browser that keeps nothing */ }
  };
  const go = (address, back) => show("GET", address, ask("GET", address), false, back);
  const send = (address, body, beside) => show("POST", address, ask("POST", address, body), beside);
  const drop = async (file) => {
    const address = `/take?name=${encodeURIComponent(file.name)}&size=${file.size}`;
    let data = new Uint8Array();
    try {
      if (file.size <= MOST) data = new Uint8Array(await file.arrayBuffer());
    } catch {
      return page.tell(page.t("unread", file.name));
    }
    if (/\.ya?ml$/i.test(file.name) && file.size <= MOST_TEXT) {
      try { // opened again after the page was loaded anew
        sessionStorage.setItem("lca-cardato-file", JSON.stringify({ name: file.name, text: new TextDecoder().decode(data) }));
      } catch { /* a browser that keeps nothing */ }
    }
    send(address, data);
  };
  const papers = async (files) => {
    const told = [];
    for (const file of files) {
      let data = new Uint8Array();
      try {
        if (file.size <= MOST) data = new Uint8Array(await file.arrayBuffer());
      } catch {
        told.push({ status: 0, text: page.t("unread", file.name) });
        continue;
      }
      told.push(ask("POST", `/paper?name=${encodeURIComponent(file.name)}&size=${file.size}`, data));
    }
    return told;
  };
  Object.assign(page, {
    ask, go, send, drop, papers,
    where: () => {
      const [pathname, rest] = now.split("?");
      return { pathname, search: rest ? `?${rest}` : "" };
    },
  });
  document.getElementById("keep").onclick = () => save(new TextEncoder().encode(shown), "text/html", "lca-cardato.html");
  document.getElementById("print").onclick = () => document.getElementById("document").contentWindow.print();
  sheet.addEventListener("close", () => {
    document.getElementById("document").srcdoc = "";
  });
  window.addEventListener("popstate", (event) => {
    if (pages && event.state?.address) go(event.state.address, true);
  });
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file) drop(file);
  });
  // where it is served, the next visit needs no server; from a folder there is none, and no need of one
  if (location.protocol.startsWith("http") && window.isSecureContext && "serviceWorker" in navigator) {
    window.addEventListener("load", () => navigator.serviceWorker.register("kept.js").catch(() => {}));
  }
  begin().catch((error) => {
    const what = String(error.message || error).trim().split("\n").pop();
    if (/memory/i.test(what)) page.fail("memory");
    else page.fail("broken", what);
  });
})();
