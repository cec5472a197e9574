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
  const unpack = async (text) => {
    const bytes = new Uint8Array((text.length * 15) >> 3);
    let held = 0, bits = 0, at = 0;
    for (let i = 0; i < text.length; i += 1) {
      held = (held << 15) | (text.charCodeAt(i) - 0x3400);
      bits += 15;
      while (bits >= 8) {
        bits -= 8;
        bytes[at++] = (held >> bits) & 255;
      }
      held &= (1 << bits) - 1;
    }
    return bytes;
  };
  return {
    t, lang,
    take(name, text, length) {
      packed.set(name, { text, length });
    },
    has: (name) => packed.has(name),
    async part(name) {
      const { text, length } = packed.get(name);
      packed.delete(name);
      const bytes = (await unpack(text)).subarray(0, length);
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    },
    tell(...lines) {
      document.getElementById("wait").hidden = false;
      document.getElementById("told").textContent = lines.join(" ");
    },
  };
})();
