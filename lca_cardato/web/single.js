"use strict";
// In the page that is one file: what the pages in a frame would load from beside it, they get from here.
(() => {
  const files = JSON.parse(document.getElementById("files").textContent);
  const whole = (text) => text
    .replace(/<script src="static\/([\w.]+)"><\/script>/g, (_, name) => `<script>${files[name]}</` + "script>")
    .replace(/<link rel="stylesheet" href="static\/([\w.]+)">/g, (_, name) => `<style>${files[name]}</style>`);
  const kept = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "srcdoc");
  Object.defineProperty(HTMLIFrameElement.prototype, "srcdoc", {
    ...kept,
    set(text) {
      kept.set.call(this, whole(text));
    },
  });
  const notices = (event) => {
    if (event.target.closest("a")?.getAttribute("href") !== "LICENSES.txt") return;
    event.preventDefault();
    const shown = document.createElement("pre");
    shown.textContent = files["LICENSES.txt"];
    document.getElementById("document").srcdoc = `<!DOCTYPE html><title>LICENSES</title>${shown.outerHTML}`;
    document.getElementById("sheet").showModal();
  };
  document.addEventListener("load", (event) => {
    if (event.target.id === "view") event.target.contentDocument?.addEventListener("click", notices, true);
  }, true);
})();
