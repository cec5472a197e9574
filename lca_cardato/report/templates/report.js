"use strict";
(() => {
  const words = JSON.parse(document.currentScript.dataset.words || "{}");
  const tip = document.getElementById("tip");
  const show = (text, x, y) => {
    tip.textContent = text;
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const left = Math.max(4, Math.min(x + 12, innerWidth - box.width - 4));
    const top = y + 18 + box.height > innerHeight ? y - box.height - 8 : y + 18;
    tip.style.setProperty("left", left + "px");
    tip.style.setProperty("top", top + "px");
  };
  for (const svg of document.querySelectorAll(".card svg")) {
    const said = (target) => {
      const mark = target.closest ? target.closest("[aria-label]") : null;
      return mark && mark !== svg && svg.contains(mark) && mark.tagName !== "g" ? mark : null;
    };
    svg.addEventListener("pointermove", (event) => {
      const mark = said(event.target);
      if (mark) show(mark.getAttribute("aria-label"), event.clientX, event.clientY);
      else tip.hidden = true;
    });
    svg.addEventListener("pointerleave", () => { tip.hidden = true; });
  }
  for (const choice of document.querySelectorAll(".choice")) {
    const options = [...choice.querySelectorAll(".option")];
    if (options.length < 2) continue;
    const label = document.createElement("label");
    const select = document.createElement("select");
    label.append(choice.dataset.show + " ", select);
    for (const option of options) select.add(new Option(option.dataset.label));
    const turn = () => options.forEach((option, i) => { option.hidden = i !== select.selectedIndex; });
    select.addEventListener("change", turn);
    choice.prepend(label);
    turn();
    addEventListener("beforeprint", () => options.forEach((option) => { option.hidden = false; }));
    addEventListener("afterprint", turn);
  }
  const number = (cell) => (cell && cell.dataset.v !== undefined ? Number(cell.dataset.v) : NaN);
  for (const table of document.querySelectorAll("table.tool")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    const limits = new Map();
    const tools = document.createElement("div");
    tools.className = "tools";
    const search = document.createElement("input");
    search.type = "search";
    const label = document.createElement("label");
    label.append(words.filter + " ", search);
    const count = document.createElement("span");
    count.setAttribute("role", "status");
    tools.append(label, count);
    const sieve = () => {
      const wanted = search.value.toLowerCase();
      let left = 0;
      for (const row of rows) {
        let keep = row.textContent.toLowerCase().includes(wanted);
        for (const [i, limit] of limits) {
          const value = number(row.cells[i]);
          if (!(value <= limit)) keep = false;
        }
        row.hidden = !keep;
        left += keep;
      }
      count.textContent = `${left} ${words.shown_of} ${rows.length} ${words.rows}`;
    };
    search.addEventListener("input", sieve);
    const box = document.createElement("div");
    box.className = "limits";
    heads.forEach((head, i) => {
      const title = head.textContent;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.setAttribute("aria-label", `${words.sort} ${title}`);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const sign = up ? 1 : -1;
        const key = (row) => row.cells[i];
        const ordered = [...rows].sort((a, b) => {
          const x = number(key(a)), y = number(key(b));
          if (!Number.isNaN(x) && !Number.isNaN(y)) return sign * (x - y);
          if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
          return sign * key(a).textContent.localeCompare(key(b).textContent);
        });
        body.append(...ordered);
      });
      const values = rows.map((row) => number(row.cells[i])).filter((v) => !Number.isNaN(v));
      if (!head.classList.contains("n") || values.length < 2) return;
      const low = Math.min(...values), high = Math.max(...values);
      if (!(high > low)) return;
      const range = document.createElement("input");
      range.type = "range";
      range.min = 0;
      range.max = 1000;
      range.value = 1000;
      const text = document.createElement("span");
      const line = document.createElement("label");
      line.append(text, range);
      const say = () => {
        const all = Number(range.value) >= 1000;
        const limit = low + ((high - low) * Number(range.value)) / 1000;
        if (all) limits.delete(i);
        else limits.set(i, limit);
        text.textContent = `${title} ${words.at_most} ${(all ? high : limit).toLocaleString(document.documentElement.lang, { maximumSignificantDigits: 3 })}`;
      };
      range.addEventListener("input", () => { say(); sieve(); });
      say();
      box.append(line);
    });
    if (box.childElementCount) {
      const more = document.createElement("details");
      const summary = document.createElement("summary");
      summary.textContent = words.limits;
      more.append(summary, box);
      tools.append(more);
    }
    table.closest(".scroll").before(tools);
    sieve();
  }
  const folded = [...document.querySelectorAll("details")];
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = folded.filter((item) => !item.open);
    closed.forEach((item) => { item.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((item) => { item.open = false; }));
})();
