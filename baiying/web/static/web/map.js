// 百应: the drawn map with the keyboard. Without this file every mark is a link and the Tab key goes through them.
// With it the map is one stop of the Tab key, the arrow keys go to the nearest mark that way, Enter opens as a link does.
(function () {
  "use strict";
  var TURNS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  function at(mark) { return [Number(mark.dataset.x), Number(mark.dataset.y)]; }

  // The nearest mark in that direction; one aside counts as farther away, one behind not at all.
  function next(marks, from, turn) {
    var here = at(from), best = null, least = Infinity;
    marks.forEach(function (mark) {
      var across = at(mark)[0] - here[0], down = at(mark)[1] - here[1];
      var ahead = across * turn[0] + down * turn[1], aside = Math.abs(across * turn[1]) + Math.abs(down * turn[0]);
      var far = ahead + 2 * aside;
      if (mark !== from && ahead > 0.5 && far < least) { best = mark; least = far; }
    });
    return best;
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-map]"), function (map) {
    var marks = Array.prototype.slice.call(map.querySelectorAll("a"));
    var said = map.parentNode.querySelector("[data-map-said]");
    if (!marks.length) { return; }

    function only(mark) { marks.forEach(function (one) { one.setAttribute("tabindex", one === mark ? "0" : "-1"); }); }
    function say(event) {
      var mark = event.target.closest("a");
      if (mark && said) { said.textContent = mark.dataset.name; }
    }

    only(map.querySelector("[aria-current]") || marks[0]);
    // On the figure, not on the drawing: Chromium makes a drawing that listens for the focus a stop of the Tab key itself.
    map.parentNode.addEventListener("focusin", function (event) {
      if (marks.indexOf(event.target) !== -1) { only(event.target); say(event); }
    });
    map.parentNode.addEventListener("mouseover", say);
    map.parentNode.addEventListener("keydown", function (event) {
      var mark = event.target.closest("a");
      if (marks.indexOf(mark) === -1) { return; }
      var to = TURNS[event.key] ? next(marks, mark, TURNS[event.key])
        : event.key === "Home" ? marks[0] : event.key === "End" ? marks[marks.length - 1] : null;
      if (!TURNS[event.key] && !to) { return; }
      event.preventDefault();
      if (to) { to.focus(); }
    });
  });
})();
