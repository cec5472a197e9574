"use strict";
// What the page is put together from arrives as scripts: from a folder (file://) a browser loads no
// modules, and fetches nothing; from a server it is the same.
window.page = (() => {
  const packed = new Map();
  const texts = {
    en: {
      start: "Starting…", keep: "Save as a file", print: "Print", close: "Close",
      old: "This browser can't run the calculator: {what} is missing or switched off. Use a current Firefox, Chrome, Edge or Safari; lca-cardato on the command line needs no browser.",
      whole: "The page is not whole: {what} is missing or was cut off. Copy the whole folder again.",
      broken: "The calculator could not start ({what}). Load the page again; if it stays so, copy the whole folder again.",
      stopped: "The calculator stopped ({what}). Load the page again.",
      memory: "The memory of this page is full. Save what you need as a file, close what is open beside it and load the page again.",
      unread: "{what} can't be read here: it is a folder, or a file that is gone. Pack a run folder as .zip, and drop that.",
      kept: "What was typed is kept in this browser.",
      unkept: "This browser does not keep what is typed: its storage is full or switched off. Download it as YAML before the page is closed or loaded again.",
    },
    it: {
      start: "Avvio…", keep: "Salva come file", print: "Stampa", close: "Chiudi",
      old: "Questo browser non può far funzionare il calcolatore: {what} manca o è disattivato. Usate un Firefox, Chrome, Edge o Safari aggiornato; lca-cardato da riga di comando non richiede browser.",
      whole: "La pagina non è intera: {what} manca o è troncato. Copiate di nuovo tutta la cartella.",
      broken: "Il calcolatore non si è avviato ({what}). Ricaricate la pagina; se non basta, copiate di nuovo tutta la cartella.",
      stopped: "Il calcolatore si è fermato ({what}). Ricaricate la pagina.",
      memory: "La memoria di questa pagina è piena. Salvate in un file ciò che serve, chiudete il resto e ricaricate la pagina.",
      unread: "{what} qui non si può leggere: è una cartella, o un file che non c'è più. Comprimete la cartella del calcolo in .zip e trascinate quello.",
      kept: "Quanto digitato resta in questo browser.",
      unkept: "Questo browser non conserva quanto si digita: la sua memoria è piena o disattivata. Scaricatelo come YAML prima di chiudere o ricaricare la pagina.",
    },
  };
  let spoken = "";
  const lang = () => {
    if (spoken) return spoken;
    try {
      return localStorage.getItem("lca-cardato-lang") || (navigator.language || "en").slice(0, 2);
    } catch {
      return "en";
    }
  };
  const t = (key, what = "") => (texts[lang()] || texts.en)[key].replace("{what}", what);
  const keeps = () => {
    try {
      localStorage.setItem("lca-cardato-try", "x".repeat(1000));
      localStorage.removeItem("lca-cardato-try");
      return true;
    } catch {
      return false;
    }
  };
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
    speak: (name) => {
      spoken = name;
    },
    held: new Map(), // what was typed, where the browser keeps nothing
    take(name, length, text, marks) {
      packed.set(name, { length, text, marks });
      globalThis.document?.currentScript?.remove(); // its text is held once
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
    // what went wrong, with its cure, and what becomes of what was typed
    fail(key, what) {
      page.tell(t(key, what), t(keeps() ? "kept" : "unkept"));
    },
    unkept: () => page.tell(t("unkept")),
  };
})();
