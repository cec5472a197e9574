"use strict";
(() => {
  const form = document.getElementById("best");
  const box = (range) => document.getElementById(range.dataset.range);
  for (const range of form.querySelectorAll("[data-range]")) {
    range.addEventListener("input", () => { box(range).value = range.value; });
    box(range).addEventListener("input", () => { range.value = Number(box(range).value.replace(",", ".")); });
  }
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => htmx.trigger(form, "asked"));
})();
