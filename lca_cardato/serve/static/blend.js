"use strict";
(() => {
  const form = document.getElementById("blend");
  const ranges = [...form.querySelectorAll("[data-range]")];
  const boxes = [...form.querySelectorAll("[name=share]")];
  const sum = document.getElementById("sum");
  const problems = document.getElementById("problems");
  const signs = { meets: "✓", not_met: "✗", not_proven: "?", not_applicable: "–" };
  let turn = 0;
  const value = (box) => Math.round(Number(box.value.replace(",", ".")) * 1e6);
  const whole = () => boxes.reduce((total, box) => total + value(box), 0);
  const text = (millionths) => String(millionths / 1e6);
  const tell = (lines) => {
    problems.replaceChildren(...lines.map((line) => {
      const p = document.createElement("p");
      p.className = "warning";
      p.textContent = line;
      return p;
    }));
  };
  const ask = async () => {
    sum.textContent = text(whole());
    if (whole() !== 100e6) return;
    const mine = ++turn;
    const answer = await fetch(form.dataset.api, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(new FormData(form)),
    });
    const found = await answer.json();
    if (mine !== turn) return;
    tell(found.problems);
    if (!found.scores) return;
    for (const cell of document.querySelectorAll("[data-score]")) cell.textContent = found.shown[cell.dataset.score];
    for (const cell of document.querySelectorAll("[data-gap]")) cell.textContent = found.differences[cell.dataset.gap];
    for (const cell of document.querySelectorAll("[data-verdict]")) {
      const verdict = found.verdicts[cell.dataset.verdict];
      cell.replaceChildren();
      if (!verdict) continue;
      const badge = document.createElement("span");
      badge.className = "badge " + verdict;
      badge.textContent = `${signs[verdict]} ${found.words[cell.dataset.verdict]}`;
      cell.append(badge);
    }
  };
  ranges.forEach((range, i) => range.addEventListener("input", () => {
    const wanted = Math.round(Number(range.value)) * 1e6;
    const others = boxes.map((_, j) => j).filter((j) => j !== i);
    const before = others.reduce((total, j) => total + value(boxes[j]), 0);
    let left = 100e6 - wanted;
    others.forEach((j, place) => {
      const last = place === others.length - 1;
      const part = before > 0 ? (value(boxes[j]) / before) * (100e6 - wanted) : (100e6 - wanted) / others.length;
      const share = last ? left : Math.min(left, Math.round(part / 1e4) * 1e4);
      boxes[j].value = text(share);
      ranges[j].value = share / 1e6;
      left -= share;
    });
    boxes[i].value = text(others.length ? wanted : 100e6);
    ask();
  }));
  boxes.forEach((box, i) => box.addEventListener("input", () => {
    ranges[i].value = value(box) / 1e6;
    ask();
  }));
})();
