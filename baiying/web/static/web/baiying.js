// 百应: the little that a page does by itself. Everything works without it.
// Nothing is kept in the browser's storage (design.md section 5); no eval, no inline styles (strict CSP).
(function () {
  "use strict";

  // htmx notes the address of the page in the session's storage, whatever its settings say; we want nothing there.
  document.addEventListener("DOMContentLoaded", function () {
    try { window.sessionStorage.removeItem("htmx-current-path-for-history"); } catch (refused) { return; }
  });

  // What needs JavaScript is shown only with it.
  document.querySelectorAll("[data-with-script]").forEach(function (part) { part.hidden = false; });

  // Quick exit: the page goes blank at once, the server forgets draft and session, and this page leaves the history.
  document.querySelectorAll("[data-quick-exit]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      document.title = "";
      document.documentElement.hidden = true;
      fetch(link.href, { keepalive: true, redirect: "manual", credentials: "same-origin" });
      window.location.replace(link.dataset.quickExit);
    });
  });

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () { window.print(); });
  });

  document.querySelectorAll("[data-copy]").forEach(function (button) {
    button.addEventListener("click", function () {
      if (!navigator.clipboard) { return; }
      navigator.clipboard.writeText(button.dataset.copy).then(function () {
        button.querySelector("[data-done]").hidden = false;
      });
    });
  });

  // Words of danger are looked for here, before anything is sent; the list comes with the page.
  document.querySelectorAll("[data-danger]").forEach(function (panel) {
    var box = document.getElementById(panel.dataset.danger);
    if (!box) { return; }
    fetch(panel.dataset.list, { credentials: "same-origin" }).then(function (answer) { return answer.json(); }).then(function (list) {
      // As engine.text.normalised does: one form of each letter, small, without spaces, signs and invisible characters.
      function look() {
        var said = box.value.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
        list.harmless.forEach(function (phrase) { said = said.split(phrase).join(" "); });
        if (list.words.some(function (word) { return said.indexOf(word) !== -1; })) { panel.hidden = false; }
      }
      box.addEventListener("input", look);
      look();
    }).catch(function () { panel.hidden = true; });
  });
})();
