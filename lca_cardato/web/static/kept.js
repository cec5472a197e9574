"use strict";
// Keeps the files of the page where it is served, so that it opens without its server. It takes the place
// of an older one once all pages of that are closed: files of two versions are never mixed.
const FILES = new Map(Object.entries(/* @FILES@ */ {}));
const VERSION = "@VERSION@";
const scope = self.registration.scope;
const mine = `lca-cardato ${scope} `;
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const keep = async () => {
  const cache = await caches.open(mine + VERSION);
  for (const [name, digest] of FILES) {
    const answer = await fetch(new Request(scope + name, { cache: "no-cache" }));
    const data = await answer.arrayBuffer();
    if (!answer.ok || hex(await crypto.subtle.digest("SHA-256", data)) !== digest) throw new Error(`another file: ${name}`);
    await cache.put(scope + name, new Response(data, { headers: { "Content-Type": answer.headers.get("Content-Type") || "" } }));
  }
};
const clear = async () => {
  for (const name of await caches.keys()) if (name.startsWith(mine) && name !== mine + VERSION) await caches.delete(name);
};
const given = async (request, name) => {
  const cache = await caches.open(mine + VERSION);
  return (await cache.match(scope + name)) || fetch(request);
};
self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(clear()));
self.addEventListener("fetch", (event) => {
  const address = event.request.url.split(/[?#]/)[0];
  if (event.request.method !== "GET" || !address.startsWith(scope)) return;
  const name = address.slice(scope.length) || "index.html";
  if (FILES.has(name)) event.respondWith(given(event.request, name));
});
