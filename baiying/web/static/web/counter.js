// 百应: the page of a counter. Verifies codes on this device alone (card.js), keeps what was noted down until there is a
// network again, then sends it and says what became of it. It keeps codes and marks, never a name: none reaches it.
(function (card) {
  "use strict";
  var desk = document.querySelector("[data-counter]");
  if (!desk || !card || !window.Promise || !window.fetch || !window.localStorage) { return; }
  var PACK = "baiying-counter-pack", USE = "baiying-counter-use-", TOLD = "baiying-counter-told";
  var DAY = 86400, KEPT = 2 * DAY, JUMP = 120, AGAIN = 300000;
  var form = desk.querySelector("form"), field = form.querySelector("[name=code]");
  var token = form.querySelector("[name=csrfmiddlewaretoken]"), answer = desk.querySelector("[data-answer]");
  var note = desk.querySelector("[data-note]"), told = desk.querySelector("[data-told]");
  var state = { clock: Date.now() - performance.now(), open: null, lost: [], sending: false };

  function says(word) { return desk.querySelector('[data-says="' + word + '"]').textContent; }
  function read(name) { try { return JSON.parse(localStorage.getItem(name)); } catch (error) { return null; } }
  function keep(name, value) { localStorage.setItem(name, JSON.stringify(value)); }
  function pack() { return read(PACK); }
  function now(held) { return Math.floor((Date.now() + held.ahead) / 1000); }

  function uses() {
    var found = [];
    for (var at = 0; at < localStorage.length; at += 1) {
      var name = localStorage.key(at);
      if (name.indexOf(USE) === 0) { found.push(read(name)); }
    }
    return found.filter(Boolean);
  }

  // The clock of the device was set anew while the page was open, or stands before the last time it was online.
  function jumped(held) {
    return Math.abs(Date.now() - performance.now() - state.clock) > JUMP * 1000 || now(held) < held.at - JUMP;
  }

  function marked(held) {
    var times = {};
    uses().forEach(function (one) { times[one.mark] = (times[one.mark] || 0) + 1; });
    return held.most ? Object.keys(times).filter(function (mark) { return times[mark] >= held.most; }) : [];
  }

  function show(word, good) {
    answer.className = "note " + (good ? "answer-yes" : "note-wrong");
    answer.hidden = false;
    answer.querySelector("[data-word]").textContent = good ? says("yes") : says("no");
    answer.querySelector("[data-why]").textContent = good ? "" : says(word);
    note.hidden = !good;
    if (good) { note.focus(); } else { field.focus(); }
  }

  function verify(text) {
    var held = pack();
    state.open = null;
    if (!held) { return show("no_pack", false); }
    if (jumped(held)) { return show("clock", false); }
    return card.verify(text, {
      counter: held.counter, keys: held.keys, now: now(held), lost: state.lost, used: marked(held),
      shown: uses().map(function (one) { return one.serial; })
    }).then(function (found) {
      state.open = found.word === "yes" ? found.told : null;
      show(found.word, found.word === "yes");
      field.value = "";
    }).catch(function () {
      if (navigator.onLine) { form.submit(); } else { show("no_verifier", false); }
    });
  }

  function noteDown() {
    var one = state.open, held = pack();
    if (!one || !held) { return; }
    state.open = null;
    keep(USE + one.serial, { serial: one.serial, mark: one.mark, code: one.code, at: now(held), sent: false });
    note.hidden = true;
    answer.querySelector("[data-why]").textContent = says("noted");
    field.focus();
    look();
    send();
  }

  // What was sent stays for two days as serial and mark, so that the same code and a second use of the day are known.
  function settled(one, word) {
    keep(USE + one.serial, { serial: one.serial, mark: one.mark, at: one.at, sent: true });
    if (word === "counted") { return; }
    var lines = read(TOLD) || [];
    lines.unshift({ at: one.at, word: word });
    keep(TOLD, lines.slice(0, 20));
  }

  function send() {
    var waiting = uses().filter(function (one) { return !one.sent; }).slice(0, 50);
    if (!waiting.length || state.sending) { return; }
    state.sending = true;
    fetch(desk.dataset.settle, {
      method: "POST", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token.value },
      body: JSON.stringify({ uses: waiting.map(function (one) { return { code: one.code, at: one.at }; }) })
    }).then(function (answered) {
      if (!answered.ok) { throw new Error(String(answered.status)); }
      return answered.json();
    }).then(function (found) {
      waiting.forEach(function (one, at) { settled(one, found.results[at]); });
      state.sending = false;
      look();
      send();
    }).catch(function () { state.sending = false; look(); });
  }

  function clean(held) {
    uses().forEach(function (one) {
      if (one.sent && one.at < now(held) - KEPT) { localStorage.removeItem(USE + one.serial); }
    });
  }

  function refresh() {
    fetch(desk.dataset.pack, { credentials: "same-origin", cache: "no-store" }).then(function (answered) {
      if (!answered.ok || answered.headers.get("X-Kept")) { throw new Error("not now"); }
      return answered.json();
    }).then(function (held) {
      held.ahead = held.at * 1000 - Date.now();
      state.clock = Date.now() - performance.now();
      return card.list(held.list, held.keys).then(function (list) {
        if (!list || list.counter !== held.counter) { return; }
        keep(PACK, held);
        clean(held);
        lost();
        send();
      });
    }).catch(lost);
  }

  // A list of another day names nobody of today; it is kept as long as no newer one is there.
  function lost() {
    var held = pack();
    if (!held) { return look(); }
    card.list(held.list, held.keys).then(function (list) { state.lost = list ? list.handles : []; look(); }, look);
  }

  function when(at) {
    return new Date(at * 1000).toLocaleString(document.documentElement.lang,
      { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Shanghai" });
  }

  function look() {
    var held = pack(), waiting = uses().filter(function (one) { return !one.sent; }).length;
    desk.querySelector("[data-waiting]").textContent = waiting;
    desk.querySelector("[data-since]").textContent = held ? when(held.at) : "—";
    desk.querySelector("[data-here]").textContent = held ? when(now(held)) : "—";
    desk.querySelector("[data-stale]").hidden = !held || now(held) - held.at < 3 * DAY;
    told.textContent = "";
    (read(TOLD) || []).forEach(function (one) {
      var line = document.createElement("li");
      line.textContent = when(one.at) + " · " + says(one.word);
      told.appendChild(line);
    });
    desk.querySelector("[data-told-box]").hidden = !told.childNodes.length;
  }

  function watch(button, video) {
    var detector = new window.BarcodeDetector({ formats: ["qr_code"] }), stream = null;
    function stop() {
      if (stream) { stream.getTracks().forEach(function (track) { track.stop(); }); }
      stream = null;
      video.hidden = true;
    }
    function tick() {
      if (!stream) { return; }
      detector.detect(video).then(function (found) {
        if (!found.length) { return setTimeout(tick, 200); }
        stop();
        verify(found[0].rawValue);
      }).catch(function () { setTimeout(tick, 500); });
    }
    button.hidden = false;
    button.addEventListener("click", function () {
      if (stream) { return stop(); }
      navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(function (made) {
        stream = made;
        video.srcObject = made;
        video.hidden = false;
        return video.play().then(tick);
      }).catch(function () { show("no_camera", false); });
    });
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); verify(field.value); });
  note.addEventListener("click", noteDown);
  window.addEventListener("online", refresh);
  window.addEventListener("storage", look);
  setInterval(refresh, AGAIN);
  setInterval(look, 30000);
  if (window.BarcodeDetector && navigator.mediaDevices) {
    watch(desk.querySelector("[data-camera]"), desk.querySelector("video"));
  }
  if (navigator.serviceWorker) {
    navigator.serviceWorker.register(desk.dataset.worker).then(function () { return navigator.serviceWorker.ready; })
      .then(function (made) {
        var parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]");
        made.active.postMessage([location.href].concat(
          Array.prototype.map.call(parts, function (one) { return one.href || one.src; })));
      }).catch(function () { /* no worker: the page must stay open, as it says */ });
  }
  lost();
  refresh();
  field.focus();
}(window.baiyingCard));
