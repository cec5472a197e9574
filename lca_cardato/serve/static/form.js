"use strict";
(() => {
  const form = document.getElementById("form");
  const parts = document.getElementById("parts");
  const status = document.getElementById("status");
  const told = form.dataset;
  const MOST = 60000;
  const START = "#1.";
  const at = window.place ? window.place.where() : location;  // in the page without a server, `place` is the page
  const from = new URLSearchParams(at.search).get("from") || "";
  const key = `lca-cardato${at.pathname}?${from}`;
  const touched = new Set();
  let asked = false;
  let typed = false;
  let opened = [];
  let jump = false;

  // -- what was typed: in the address behind #, which no server sees, and in this browser --------
  const boxes = () => {
    const found = new URLSearchParams();
    for (const [name, text] of new FormData(form)) if (name !== "token" && !name.includes(":")) found.append(name, text);
    return found.toString();
  };
  const through = async (bytes, stream) =>
    new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
  const pack = async (text) => {
    const bytes = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
    let plain = "";
    for (const byte of bytes) plain += String.fromCharCode(byte);
    return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  const unpack = async (packed) => {
    const plain = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const stream = new Blob([Uint8Array.from(plain, (c) => c.charCodeAt(0))]).stream();
    const reader = stream.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    const pieces = [];
    let length = 0;
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      length += piece.value.length;
      if (length > 1000000) throw new Error("too large");
      pieces.push(piece.value);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(await new Blob(pieces).arrayBuffer());
  };
  const able = "CompressionStream" in window;
  let turn = 0;
  const keep = async () => {
    const mine = ++turn;
    const text = boxes();
    window.place?.held.set(key, text);
    try {
      if (window.place) sessionStorage.setItem(key, text); // another tab may keep the same form
      localStorage.setItem(key, text);
    } catch { // a browser that keeps nothing, or nothing more
      window.place?.unkept();
    }
    if (!able || window.place) return;
    const packed = await pack(text);
    if (mine !== turn) return;
    const address = location.pathname + location.search;
    history.replaceState(null, "", packed.length > MOST ? address : address + START + packed);
  };
  const tell = (text) => {
    status.textContent = text;
  };
  const away = () => {
    if (!window.place) tell(told.away); // without a server, the page itself says what went wrong
  };
  const fill = (text) => {
    const values = Object.fromEntries([...new FormData(form)].filter(([name]) => name === "token" || name.startsWith(":")));
    const body = new URLSearchParams(values);
    body.delete(":action");
    for (const [name, value] of new URLSearchParams(text)) body.append(name, value);
    return fetch("/form/parts", {
      method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: body.toString(),
    }).then(async (answer) => {
      if (!answer.ok) throw new Error("refused");
      parts.innerHTML = await answer.text();
      htmx.process(parts);
      typed = true;
      htmx.trigger(form, "calculate");
    });
  };
  const begin = async () => {
    const first = boxes();
    if (location.hash.startsWith("#f:")) return;
    if (location.hash.length > 1) {
      if (!able) return tell(told.old);
      try {
        if (!location.hash.startsWith(START)) throw new Error("another form");
        const text = await unpack(location.hash.slice(START.length));
        if (text !== first) await fill(text);
        else htmx.trigger(form, "calculate");
      } catch {
        tell(told.broken);
      }
      return;
    }
    let kept = null;
    try {
      kept = (window.place && sessionStorage.getItem(key)) ?? localStorage.getItem(key);
    } catch { /* a browser that keeps nothing */ }
    kept = window.place?.held.get(key) ?? kept;
    if (kept && kept !== first) {
      const line = document.getElementById("kept");
      line.hidden = false;
      document.getElementById("take").onclick = () => {
        line.hidden = true;
        fill(kept).then(keep, () => tell(told.broken));
      };
      document.getElementById("leave").onclick = () => {
        line.hidden = true;
        window.place?.held.delete(key);
        try {
          sessionStorage.removeItem(key);
          localStorage.removeItem(key);
        } catch { /* it keeps nothing anyhow */ }
      };
    }
    if (from.includes(":")) htmx.trigger(form, "calculate");
  };

  // -- problems beside their boxes ----------------------------------------------------------------
  const place = () => {
    const answered = document.getElementById("answered");
    if (!answered) return;
    if (!answered.hasAttribute("data-refused")) tell(answered.dataset.status);
    for (const line of parts.querySelectorAll(".wrong")) line.textContent = "";
    for (const box of parts.querySelectorAll("[aria-invalid]")) box.removeAttribute("aria-invalid");
    for (const item of answered.querySelectorAll("[data-box]")) {
      const name = item.dataset.box;
      const box = document.getElementById("f:" + name);
      const line = document.getElementById("p:" + name);
      if (!box || !line) continue;
      if (item.classList.contains("blank") && !asked && !touched.has(name)) continue;
      line.textContent += (line.textContent ? " " : "") + item.querySelector(".text").textContent;
      box.closest("details")?.setAttribute("open", "");
      if (item.hasAttribute("data-reason")) {  // the box of the reason stands there
        document.getElementById("d:" + name.slice(0, name.lastIndexOf(".")))?.setAttribute("open", "");
      }
      if (item.classList.contains("question")) continue;
      if (box.matches("input, select, textarea")) box.setAttribute("aria-invalid", "true");
    }
  };
  const go = (name) => {
    const box = document.getElementById("f:" + name);
    if (!box) return;
    box.closest("details")?.setAttribute("open", "");
    box.focus();
    box.scrollIntoView({ block: "center" });
  };

  // -- events ----------------------------------------------------------------------------------------
  form.addEventListener("input", (event) => {
    if (!event.target.name || event.target.name.includes(":")) return;
    typed = true;
    keep();
  });
  form.addEventListener("focusout", (event) => {
    const name = event.target.name;
    if (!name || touched.has(name) || !typed) return;
    touched.add(name);
    place();
  });
  form.addEventListener("change", (event) => {
    if (!event.target.hasAttribute("data-redraw")) return;
    const name = event.target.name;
    fill(boxes()).then(() => document.getElementById("f:" + name)?.focus(), away);
  });
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button && button.value !== "calculate") return;
    event.preventDefault();
    asked = jump = true;
    htmx.trigger(form, "calculate");
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) {  // what stands behind # is the form
      event.preventDefault();
      const name = link.getAttribute("href").slice(1);
      if (name.startsWith("f:")) go(name.slice(2));
      else document.getElementById(name)?.focus();
    }
    const other = event.target.closest("#language");
    if (other) other.href = other.getAttribute("href").split("#")[0] + location.hash;
  });
  // what is typed beside the form, such as the name of a file, is no part of it
  form.querySelector("aside").addEventListener("input", (event) => event.stopPropagation());
  document.getElementById("copy")?.addEventListener("click", async () => {
    await keep();
    if (!able) return tell(told.old);
    if (!location.hash.startsWith(START)) return tell(told.long);
    const address = new URL(location.href);  // a file of this folder lies nowhere else
    if (address.searchParams.get("from")?.startsWith("file:")) address.searchParams.delete("from");
    try {
      await navigator.clipboard.writeText(address.href);
      tell(told.copied);
    } catch {
      tell(address.href);
    }
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== parts) return;
    opened = [...parts.querySelectorAll("details[open]")].map((one) => one.id);
    if (event.detail.xhr.status === 422) event.detail.target = document.getElementById("answer");
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target === parts) {
      for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
      const done = event.detail.requestConfig?.triggeringEvent?.target?.value || "";
      typed = true;
      keep();
      tell(done.startsWith("remove") ? told.removed : told.added);
      htmx.trigger(form, "calculate");
      return;
    }
    place();
    if (jump) {
      jump = false;
      const first = document.querySelector("#answered [data-box]");
      if (first) go(first.dataset.box);
    }
  });
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    document.body.addEventListener(name, away);
  }
  document.addEventListener("DOMContentLoaded", begin);
})();
