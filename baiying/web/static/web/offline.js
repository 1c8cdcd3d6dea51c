// 百应: when the network goes away while somebody writes. Nothing is kept in the browser (no worker, no storage); the page
// itself stays where it is: a form is not sent into nothing, which would lose the page with the words on it.
(function () {
  "use strict";
  function banner() { return document.querySelector("[data-offline]"); }
  function look() {
    var told = banner();
    if (told) { told.hidden = navigator.onLine; }
  }
  window.addEventListener("offline", look);
  window.addEventListener("online", look);
  document.addEventListener("submit", function (event) {
    if (navigator.onLine || !banner()) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    look();
    banner().focus();
  }, true);
  if (!navigator.onLine) { look(); }
})();
