// 百应: lets the page of a counter open without a network. It stands below /counter/ alone, on the device of a counter;
// no page of a person who asks for help ever has a worker (docs/decisions/0028, 0048).
"use strict";
const KEPT = "baiying-counter-1";
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => Promise.all(event.data.map((one) => kept.add(one).catch(() => null)))));
});

function late() {
  return new Promise((_done, fail) => { setTimeout(() => fail(new Error("late")), PATIENCE); });
}

async function page(request) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await Promise.race([fetch(request), late()]);
    if (answer.ok && !answer.redirected) { await kept.put(request.url, answer.clone()); }
    return answer;
  } catch (error) {
    const held = await kept.match(request.url);
    if (held) { return held; }
    throw error;
  }
}

async function part(request) {
  const kept = await caches.open(KEPT);
  return (await kept.match(request.url)) || fetch(request);
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) { return; }
  if (address.pathname === "/counter/") { event.respondWith(page(event.request)); return; }
  if (address.pathname.startsWith("/static/")) { event.respondWith(part(event.request)); }
});
