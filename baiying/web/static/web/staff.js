// 百应: the little that the desks of staff do by themselves. Everything works without it.
(function () {
  "use strict";

  // Set a text into the box of an answer, behind what stands there already, and let the reader go on writing.
  function setIn(box, text) {
    box.value = box.value.trim() ? box.value.replace(/\s+$/, "") + "\n" + text : text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    var step = box.closest("details");
    if (step) { step.open = true; }
    box.focus();
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-insert-into]");
    if (!button) { return; }
    var chosen = document.getElementById(button.dataset.insertFrom).selectedOptions[0];
    event.preventDefault();
    if (chosen && chosen.dataset.text) { setIn(document.getElementById(button.dataset.insertInto), chosen.dataset.text); }
  });

  // An earlier answer, where the box stands on the same page.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    var box = document.querySelector(".step[open] textarea[data-answer]") || document.querySelector("textarea[data-answer]");
    if (!form.dataset.insert || !box) { return; }
    event.preventDefault();
    setIn(box, form.dataset.insert);
  });
})();
