"use strict";
// What the page is put together from arrives as scripts: from a folder (file://) a browser loads no
// modules, and fetches nothing; from a server it is the same.
window.page = (() => {
  const packed = new Map();
  const texts = {
    en: { start: "Starting…", old: "This browser can't run the calculator: WebAssembly is missing or switched off. Use a current Firefox, Chrome, Edge or Safari; lca-cardato on the command line needs no browser.", broken: "The calculator could not start: ", cure: "Load the page again. If it stays so, copy the folder again, whole; what was typed is kept in this browser.", memory: "The memory of this page is full. Save what you need as a file and load the page again; what was typed is kept in this browser.", keep: "Save as a file", print: "Print", close: "Close" },
    it: { start: "Avvio…", old: "Questo browser non può far funzionare il calcolatore: WebAssembly manca o è disattivato. Usate un Firefox, Chrome, Edge o Safari aggiornato; lca-cardato da riga di comando non richiede browser.", broken: "Il calcolatore non si è avviato: ", cure: "Ricaricate la pagina. Se non basta, copiate di nuovo tutta la cartella; quanto digitato resta in questo browser.", memory: "La memoria di questa pagina è piena. Salvate in un file ciò che serve e ricaricate la pagina; quanto digitato resta in questo browser.", keep: "Salva come file", print: "Stampa", close: "Chiudi" },
  };
  const lang = () => {
    try {
      return localStorage.getItem("lca-cardato-lang") || (navigator.language || "en").slice(0, 2);
    } catch {
      return "en";
    }
  };
  const t = (key) => (texts[lang()] || texts.en)[key];
  // two bytes to a character; what UTF-16 keeps for pairs was moved by 0xA400, and marks tell which
  const bytes = ({ length, text, marks }) => {
    const units = new Uint16Array(text.length);
    let seen = 0;
    for (let i = 0; i < text.length; i += 1) {
      let unit = text.charCodeAt(i);
      if (unit >= 0x3400 && unit < 0x3c00) {
        const at = Math.trunc(seen / 15);
        if (((marks.charCodeAt(at) - 0x3400) >> (seen - at * 15)) & 1) unit += 0xa400;
        seen += 1;
      }
      units[i] = unit;
    }
    return new Uint8Array(units.buffer, 0, length);
  };
  return {
    t, lang,
    take(name, length, text, marks) {
      packed.set(name, { length, text, marks });
    },
    has: (name) => packed.has(name),
    bytes(name) {
      const found = bytes(packed.get(name));
      packed.delete(name);
      return found;
    },
    // unpacked while it is read: what is compiled is compiled as it comes
    unpacked: (name, type) =>
      new Response(new Blob([page.bytes(name)]).stream().pipeThrough(new DecompressionStream("gzip")), { headers: { "Content-Type": type } }),
    tell(...lines) {
      document.getElementById("wait").hidden = false;
      document.getElementById("told").textContent = lines.join(" ");
    },
  };
})();
