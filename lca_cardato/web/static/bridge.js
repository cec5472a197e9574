"use strict";
// Runs in the pages of the program, which stand in a frame: what they would ask of a server, they ask
// of the interpreter beside them.
(() => {
  const outer = window.parent.page;
  const inside = (address) => address.startsWith("/") && !address.startsWith("//");
  const posted = (form, button) => new URLSearchParams(new FormData(form, button)).toString();

  class Asking extends EventTarget {
    constructor() {
      super();
      Object.assign(this, { status: 0, response: "", responseText: "", responseURL: "", readyState: 0, upload: new EventTarget(), timeout: 0, withCredentials: false, onload: null, onerror: null, onabort: null, ontimeout: null, onreadystatechange: null });
    }
    open(method, address) {
      Object.assign(this, { method: method.toUpperCase(), address });
    }
    setRequestHeader() {}
    overrideMimeType() {}
    abort() {
      this.aborted = true;
    }
    getAllResponseHeaders() {
      return Object.entries(this.found?.headers || {}).map(([k, v]) => `${k}: ${v}`).join("\r\n");
    }
    getResponseHeader(name) {
      return this.found?.headers[name.toLowerCase()] ?? null;
    }
    send(body) {
      setTimeout(() => {
        if (this.aborted) return;
        this.found = outer.ask(this.method, this.address, body ? String(body) : "");
        Object.assign(this, { status: this.found.status, response: this.found.text, responseText: this.found.text, readyState: 4 });
        for (const kind of ["readystatechange", "load", "loadend"]) {
          const event = new ProgressEvent(kind);
          this[`on${kind}`]?.(event);
          this.dispatchEvent(event);
        }
      });
    }
  }
  window.XMLHttpRequest = Asking;
  window.fetch = async (address, more = {}) => {
    const found = outer.ask((more.method || "GET").toUpperCase(), String(address), more.body ? String(more.body) : "");
    return new Response(found.text, { status: found.status, headers: { "Content-Type": found.headers["content-type"] } });
  };
  window.place = outer;
  window.origin = "https://page.invalid"; // what htmx takes for its base, where the page has no address

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented) return;
    const address = link.getAttribute("href").split("#")[0];
    if (!inside(address)) return;
    event.preventDefault();
    outer.go(address);
  });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const form = event.target;
    const button = event.submitter;
    const address = button?.getAttribute("formaction") || form.getAttribute("action");
    const beside = (button?.getAttribute("formtarget") || form.target) === "_blank";
    if (form.method === "get") outer.go(`${address}?${posted(form, button)}`);
    else outer.send(address, posted(form, button), beside);
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "file" && event.target.files[0]) outer.drop(event.target.files[0]);
    if (event.target.id === "papers") outer.papers([...event.target.files]).then((told) => kept(event.target, told));
  });
  const kept = (box, told) => {
    const line = document.getElementById("papers-told");
    line.textContent = [line.textContent, ...told.map((one) => one.text)].filter(Boolean).join("; ");
    box.value = "";
    const form = document.getElementById("form");
    if (!form) return;
    const choices = document.getElementById("l:files");
    for (const one of told) if (one.status === 200) choices?.append(new Option(one.text, one.text));
    window.htmx.trigger(form, "calculate");
  };
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files[0]) return;
    event.preventDefault();
    outer.drop(event.dataTransfer.files[0]);
  });
})();
