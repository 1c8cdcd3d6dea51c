// 百应: the little that a page does by itself. Everything works without it.
// Nothing is kept in the browser's storage (design.md section 5); no eval, no inline styles (strict CSP).
(function () {
  "use strict";

  // htmx notes the address of the page in the session's storage, whatever its settings say. This script runs before it
  // (base.html) and shuts the storage: nothing is written at any moment, and htmx goes on without.
  Storage.prototype.setItem = function () { throw new Error("nothing is kept in the browser"); };

  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }

  document.addEventListener("click", function (event) {
    var leaving = event.target.closest("[data-quick-exit]"), copying = event.target.closest("[data-copy]");
    // Quick exit: the page goes blank at once, the server forgets draft and session, and this page leaves the history.
    if (leaving) {
      event.preventDefault();
      document.title = "";
      document.documentElement.hidden = true;
      fetch(leaving.href, { keepalive: true, redirect: "manual", credentials: "same-origin" });
      window.location.replace(leaving.dataset.quickExit);
    } else if (event.target.closest("[data-print]")) {
      window.print();
    } else if (copying && navigator.clipboard) {
      navigator.clipboard.writeText(copying.dataset.copy).then(function () {
        copying.querySelector("[data-done]").hidden = false;
      });
    }
  });

  // Words of danger are looked for here (danger.js), before anything is sent; what it needs comes with the page.
  function watch(panel) {
    var box = document.getElementById(panel.dataset.danger);
    if (!box) { return; }
    fetch(panel.dataset.list, { credentials: "same-origin" }).then(function (answer) { return answer.json(); }).then(function (told) {
      var reader = window.baiyingDanger.reader(told), shownFor = "", later;
      // Half a sentence can sound like danger and be none: shown for it, the numbers go again when she has written on.
      // What was written over is no less true: then they stay.
      function look() {
        if (window.baiyingDanger.kinds(reader, box.value).length) {
          panel.hidden = false;
          shownFor = box.value;
        } else if (shownFor && box.value.indexOf(shownFor) === 0) {
          panel.hidden = true;
          shownFor = "";
        }
      }
      // Not at every key, and not at the letters that a Chinese keyboard is still turning into words.
      function soon(event) {
        clearTimeout(later);
        if (!event.isComposing) { later = setTimeout(look, 500); }
      }
      box.addEventListener("input", soon);
      box.addEventListener("compositionend", soon);
      look();
    }).catch(function () { panel.hidden = true; });
  }

  // What was said to a question of the same form: undefined when the form does not ask it, null when nothing was said.
  function said(form, fact) {
    var fields = Array.prototype.filter.call(form.elements, function (field) { return field.name === fact; });
    if (!fields.length) { return undefined; }
    var kind = (fields[0].closest("[data-kind]") || fields[0]).dataset.kind;
    var picked = fields.filter(function (field) { return field.type !== "radio" && field.type !== "checkbox" || field.checked; })
      .filter(function (field) { return !field.disabled && field.value.trim(); })
      .map(function (field) { return field.value.trim(); });
    if (!picked.length) { return null; }
    if (kind === "yesno") { return picked[0] === "yes"; }
    if (kind === "choices") { return picked; }
    if (kind !== "number" && kind !== "money") { return picked[0]; }
    var count = Number(picked[0].normalize("NFKC").replace(/[\s,¥元]/g, ""));
    return isNaN(count) ? null : kind === "money" ? Math.round(count * 100) : count;
  }

  // Whether a condition holds, as engine.flow.conditions decides it; null is not known.
  function holds(form, one) {
    if (one.of) {
      var inner = one.of.map(function (part) { return holds(form, part); });
      var stops = one.how !== "all", open = inner.indexOf(null) !== -1 ? null : !stops;
      var value = inner.indexOf(stops) !== -1 ? stops : open;
      return one.how === "none" && value !== null ? !value : value;
    }
    var fact = said(form, one.fact);
    if (fact === undefined || fact === null) { return fact === null ? false : null; }  // not said on this form: not yet
    if (one.how === "is") { return fact === one.value; }
    if (one.how === "at_least" || one.how === "at_most") {
      return typeof fact !== "number" ? null : one.how === "at_least" ? fact >= one.value : fact <= one.value;
    }
    var held = [].concat(fact), wanted = [].concat(one.value);
    function isHeld(part) { return held.indexOf(part) !== -1; }
    return one.how === "has" ? wanted.every(isHeld) : wanted.some(isHeld);
  }

  // A question with a condition is shown where it applies or nobody can know; hidden, it sends nothing.
  function ask(form) {
    form.querySelectorAll("[data-when]").forEach(function (question) {
      var shown = JSON.parse(question.dataset.when).every(function (one) { return holds(form, one) !== false; });
      question.hidden = !shown;
      question.querySelectorAll("input, textarea").forEach(function (field) { field.disabled = !shown; });
    });
  }

  document.addEventListener("input", function (event) {
    if (event.target.form && event.target.form.querySelector("[data-when]")) { ask(event.target.form); }
  });

  // Language and large text: what is typed in any form of the page goes along. It is held here, in the memory of the
  // page, while the page in the other language takes the place of this one; pages of one form send that form instead.
  var SILENT = ["hidden", "submit", "button", "file"];

  // Every field that somebody fills in, under a name that is the same in both languages: form, field, turn.
  function fields() {
    var turns = {}, found = [];
    all("main form").forEach(function (form) {
      Array.prototype.forEach.call(form.elements, function (field) {
        var name = form.getAttribute("action") + " " + field.name;
        turns[name] = (turns[name] || 0) + 1;
        if (field.name && SILENT.indexOf(field.type) === -1) { found.push({ field: field, name: name + " " + turns[name] }); }
      });
    });
    return found;
  }

  function held(field) { return field.type === "radio" || field.type === "checkbox" ? "checked" : "value"; }

  function fill(kept) {
    fields().forEach(function (one) {
      var around = one.field, now = kept[one.name];
      if (now === undefined || one.field[held(one.field)] === now) { return; }
      one.field[held(one.field)] = now;
      while ((around = around.closest("details:not([open])"))) { around.open = true; }
    });
  }

  function becomes(text, kept, pressed) {
    var next = new DOMParser().parseFromString(text, "text/html");
    document.documentElement.lang = next.documentElement.lang;
    document.documentElement.className = next.documentElement.className;
    document.title = next.title;
    document.body.replaceWith(document.adoptNode(next.body));
    fill(kept);
    begin();
    if (window.htmx) { window.htmx.process(document.body); }
    document.querySelector("#switch [name=" + pressed + "]").focus();
  }

  document.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter, kept = {}, wish = document.createElement("input");
    if (form.id !== "switch" || !button || !fields().length || document.querySelector("[data-passkey]")) { return; }
    event.preventDefault();
    fields().forEach(function (one) { kept[one.name] = one.field[held(one.field)]; });
    wish.type = "hidden";
    wish.name = button.name;
    wish.value = button.value;
    form.appendChild(wish);
    fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin" })
      .then(function (answer) {
        var same = answer.ok && new URL(answer.url).pathname === form.elements.next.value;
        return same ? answer.text() : Promise.reject(new Error("another page"));
      })
      .then(function (text) { becomes(text, kept, button.name); })
      .catch(function () { form.submit(); });
  });

  // A protected case that nobody looks at goes from the screen too, when the server has closed it.
  var closing;
  function closeLater() {
    var mark = document.querySelector("[data-closes]");
    clearTimeout(closing);
    if (!mark) { return; }
    closing = setTimeout(function () {
      document.documentElement.hidden = true;
      window.location.replace(mark.dataset.to);
    }, mark.dataset.closes * 1000);
  }
  ["input", "keydown", "pointerdown"].forEach(function (sign) { document.addEventListener(sign, closeLater); });

  function begin() {
    closeLater();
    // What needs JavaScript is shown only with it.
    all("[data-with-script]").forEach(function (part) { part.hidden = false; });
    all("[data-danger]").forEach(watch);
    all("form").filter(function (form) { return form.querySelector("[data-when]"); }).forEach(ask);
  }

  begin();
})();
