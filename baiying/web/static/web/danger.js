// Does a text speak of danger? The same reading as baiying/engine/text/{spelling,patterns,danger}.py, with the same
// data (danger.json); a test holds the two against one another. Nothing that is typed leaves the browser for it.
(function () {
  "use strict";

  var LEAST_CLAUSE = 3, LONG_WORD = 4, OTHER = ".", MASKED = "_";

  function length(text) { return Array.from(text).length; }

  // spelling.folded: simplified, half-width, small, without signs; "," and ";" where a clause, a sentence ends.
  function folded(text, same) {
    var plain = Array.from(text.normalize("NFKD"), function (letter) { return same[letter] || letter; }).join("").toLowerCase();
    var pieces = plain.split(/([^\p{L}\p{N}]+)/u), said = pieces[0], n, sign, latin;
    for (n = 2; n < pieces.length; n += 2) {
      sign = pieces[n - 1];
      latin = /[\0-\x7f]$/.test(pieces[n - 2]) && /^[\0-\x7f]/.test(pieces[n]);
      if (!latin && length(pieces[n - 2]) >= LEAST_CLAUSE && length(pieces[n]) >= LEAST_CLAUSE) {
        said += /[.。!?;\n]/.test(sign) ? ";" : /[,、:“”"「」]/.test(sign) ? "," : "";
      }
      said += pieces[n];
    }
    return said.replace(/[\u{10000}-\u{10ffff}]/gu, "〇").replace(/([a-z])[1-5]/g, "$1");
  }

  // All choices of so many of these.
  function combinations(places, count) {
    if (!count) { return [[]]; }
    return places.flatMap(function (place, n) {
      return combinations(places.slice(n + 1), count - 1).map(function (rest) { return [place].concat(rest); });
    });
  }

  function changed(letters, chosen, other) {
    var made = letters.slice();
    chosen.forEach(function (place, n) { made[place] = other[n]; });
    return made.join("");
  }

  // spelling.spellings: itself; with one or two characters mistyped; any of them in pinyin.
  function spellings(word, sounds) {
    if (word[0] !== "~") { return [word]; }
    var letters = Array.from(word.slice(1)), made = [letters.join("")], count;
    var places = letters.map(function (_, n) { return n; }).filter(function (n) { return sounds[letters[n]]; });
    function mistyped(chosen) {
      var ways = chosen.reduce(function (sofar, place) {
        return sofar.flatMap(function (one) {
          return Array.from(sounds[letters[place]][1], function (typed) { return one.concat(typed); });
        });
      }, [[]]);
      ways.forEach(function (way) { made.push(changed(letters, chosen, way)); });
    }
    for (count = 1; count < (letters.length >= LONG_WORD ? 3 : 2); count += 1) {
      combinations(places, count).forEach(mistyped);
    }
    function inPinyin(chosen) {
      made.push(changed(letters, chosen, chosen.map(function (place) { return sounds[letters[place]][0]; })));
    }
    for (count = 1; count <= places.length; count += 1) { combinations(places, count).forEach(inPinyin); }
    return made;
  }

  // danger.by_first: all expressions that can begin with a sign as one, by that sign.
  function expressions(pairs) {
    var found = new Map();
    pairs.forEach(function (pair) {
      Array.from(pair[0], function (sign) { return found.set(sign, (found.get(sign) || []).concat(pair[1])); });
    });
    found.forEach(function (held, sign) { found.set(sign, new RegExp(held.join("|"), "uy")); });
    return found;
  }

  // danger.Reader: made once from danger.json.
  function reader(told) {
    var signs = new Map(), lengths = new Map(), alone;
    function hold(form, sign) {
      var word = folded(form, told.same), held;
      if (signs.has(word)) { return; }
      signs.set(word, sign);
      held = lengths.get(word[0]) || new Set();
      lengths.set(word[0], held.add(word.length));
    }
    for (alone of [true, false]) {
      Object.entries(told.words).forEach(function (one) {
        one[1].split("|").forEach(function (word) {
          (alone ? [word.replace(/^~/, "")] : spellings(word, told.sounds)).forEach(function (form) { hold(form, one[0]); });
        });
      });
    }
    lengths.forEach(function (held, first) { lengths.set(first, Array.from(held).sort(function (a, b) { return b - a; })); });
    return { same: told.same, signs: signs, lengths: lengths, calm: expressions(told.calm), alarms: told.alarms.map(expressions),
      weighed: weighed(told.leaning), plain: told.plain, sure: told.sure };
  }

  var LONGEST = 3, PIECE = 60, LEAST = 5, FEW = 12;

  // leaning.pieces: from each clause on as many whole clauses as make a piece; a clause that is longer is cut.
  function pieces(said) {
    var starts = [0], cuts = [], made = [], reached = 0, n, end, cut;
    for (n = 0; n < said.length; n += 1) { if (said[n] === "," || said[n] === ";") { starts.push(n + 1); } }
    starts.forEach(function (start, at) {
      var next = at + 1 < starts.length ? starts[at + 1] : said.length;
      for (cut = start; cut < Math.max(next, start + 1); cut += PIECE / 2) { cuts.push(cut); }
    });
    for (n = 0; n < cuts.length; n += 1) {
      if (said.length - cuts[n] <= PIECE) { return made.concat(said.slice(cuts[n])); }
      for (end = cuts[n] + PIECE - 1; end > cuts[n] && said[end] !== "," && said[end] !== ";";) { end -= 1; }
      if (end === cuts[n]) { end = cuts[n] + PIECE; }
      if (end > reached) { made.push(said.slice(cuts[n], end)); reached = end; }
    }
    return made;
  }

  // leaning.Leaning: whole numbers are added and divided once by a root, so the figure is the very same.
  function weighed(told) {
    if (!told.bounds) { return null; }
    var runs = new Map(), last = "", place = 0, n, shape, size, towards;
    function number(held, at) { return held.charCodeAt(at) - 48; }
    for (n = 0; n < told.shapes.length; n += 1) {  // leaning.packed, read back
      shape = number(told.shapes, n);
      size = shape % LONGEST + 1;
      last = last.slice(0, Math.floor(shape / LONGEST)) + told.letters.substr(place, size);
      place += size;
      towards = told.towards[number(told.kinds, n)];
      runs.set(last, [told.levels[number(told.weights, n)], towards[0], towards[1]]);
    }
    return { base: told.bounds[0], calmBelow: told.bounds[1], alarmAbove: told.bounds[2], runs: runs };
  }

  function leans(held, piece) {
    var seen = new Set(), sum = 0, known = 0, towards = [], size, n, best = 0;
    for (size = 1; size <= LONGEST; size += 1) {
      for (n = 0; n + size <= piece.length; n += 1) { seen.add(piece.slice(n, n + size)); }
    }
    seen.forEach(function (run) {
      var one = held.runs.get(run);
      if (!one) { return; }
      sum += one[0];
      known += 1;
      towards[one[1]] = (towards[one[1]] || 0) + one[2];
    });
    if (known < LEAST) { return [held.base, 0]; }
    best = Object.keys(towards).map(Number).reduce(function (a, b) { return towards[b] > towards[a] ? b : a; });
    return [held.base + sum / Math.sqrt(known + FEW), best];
  }

  function furthest(held, said) {
    return pieces(said).map(function (piece) { return leans(held, piece); }).reduce(function (a, b) {
      return b[0] > a[0] ? b : a;
    });
  }

  // leaning.Leaning.is_calm: no piece leans towards danger, and no clause by itself.
  function isCalm(held, said) {
    return furthest(held, said)[0] < held.calmBelow && said.split(/[,;]/).filter(Boolean).every(function (one) {
      return leans(held, one)[0] <= 0;
    });
  }

  function matches(pattern, read, place) {
    pattern.lastIndex = place;
    return pattern.test(read) ? pattern.lastIndex : 0;
  }

  // danger.Reader.read: of two words that begin in one place the longer one.
  function read(made, said) {
    var found = "", kept = "", place = 0;
    function sized(size) { return made.signs.has(said.substr(place, size)) && place + size <= said.length; }
    while (place < said.length) {
      var size = (made.lengths.get(said[place]) || []).find(sized);
      var sign = size ? made.signs.get(said.substr(place, size)) : "";
      found += sign || (said[place] === "," || said[place] === ";" ? said[place] : OTHER);
      kept += sign && made.plain.includes(sign) ? MASKED : said.substr(place, size || 1);
      place += size || 1;
    }
    return [found, kept];
  }

  function calmed(made, found) {
    for (var place = 0; place < found.length; place += 1) {
      var pattern = made.calm.get(found[place]), end = pattern ? matches(pattern, found, place) : 0;
      if (end) { found = found.slice(0, place) + OTHER.repeat(end - place) + found.slice(end); }
    }
    return found;
  }

  // The numbers of the kinds of danger that a text speaks of, in the order of the catalogue.
  function kinds(made, text) {
    var both = read(made, folded(text, made.same)), found = calmed(made, both[0]), held = made.weighed, far;
    var kinds = made.alarms.map(function (_, number) { return number; }).filter(function (number) {
      return Array.from(found).some(function (sign, place) {
        var pattern = made.alarms[number].get(sign);
        return pattern && matches(pattern, found, place);
      });
    });
    if (!held) { return kinds; }
    function sure(sign) { return made.sure.includes(sign); }
    if (kinds.length) { return !Array.from(found).some(sure) && isCalm(held, both[1]) ? [] : kinds; }
    far = furthest(held, both[1]);
    return far[0] > held.alarmAbove ? [far[1]] : [];
  }

  window.baiyingDanger = { reader: reader, kinds: kinds };
})();
