// Does a text speak of danger? The same reading as baiying/engine/text/{spelling,patterns,danger}.py, with the same
// data (danger.json); a test holds the two against one another. Nothing that is typed leaves the browser for it.
(function () {
  "use strict";

  var LEAST_CLAUSE = 3, LONG_WORD = 4, OTHER = ".", MASKED = "_";

  function length(text) { return Array.from(text).length; }

  // spelling.folded: simplified, half-width, small, without signs; "," and ";" where a clause, a sentence ends.
  function folded(text, same, understood) {
    var plain = Array.from(text.normalize("NFKD"), function (letter) { return same[letter] || letter; }).join("").toLowerCase();
    if (understood) { plain = understood(plain); }
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

  var LATIN = /[a-z0-9]*[a-z][a-z0-9]*/g, FIRST = 0xe000, NOTHING = "〇", LONGEST_WORD = 12;

  // syllables: letters that are neither pinyin nor known words mean nothing; for the leaning a sign for each syllable.
  function latin(told) {
    var all = told.syllables.split(" "), signs = new Map(), known = new Set(), syllable;
    all.forEach(function (one, number) { signs.set(one, String.fromCharCode(FIRST + number)); });
    Object.values(told.words).forEach(function (words) {
      (words.toLowerCase().match(LATIN) || []).forEach(function (word) { known.add(word); });
    });
    syllable = new RegExp(all.slice().sort(function (a, b) { return b.length - a.length; }).join("|"), "g");
    function consists(word, known) {
      var letters = word.replace(/([a-z])[1-5]/g, "$1"), reached = [true], start, end, piece;
      for (start = 0; start < letters.length; start += 1) {
        for (end = start + 1; reached[start] && end <= Math.min(letters.length, start + LONGEST_WORD); end += 1) {
          piece = letters.slice(start, end);
          reached[end] = reached[end] || signs.has(piece) || known.has(piece);
        }
      }
      return Boolean(reached[letters.length]);
    }
    function strange(word) { return !/^\d+$/.test(word) && !consists(word, known); }
    return {
      understood: function (text) {
        return text.replace(/[a-z0-9]+(?:[^\p{L}\p{N}]+[a-z0-9]+)*/gu, function (stretch) {
          var words = stretch.match(/[a-z0-9]+/g);
          if (!words.some(strange) || consists(words.join(""), known)) { return stretch; }
          return stretch.replace(/[a-z0-9]+/g, function (word) { return strange(word) ? NOTHING : word; });
        });
      },
      asSigns: function (text) {
        return text.replace(/[a-z]+/g, function (word) {
          return consists(word, new Set()) ? word.replace(syllable, function (one) { return signs.get(one); }) : word;
        });
      }
    };
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
      weighed: leaning(told.leaning), plain: told.plain, sure: told.sure, latin: latin(told) };
  }

  var PIECE = 60, LEAST = 5, ALONE = 100, LONG = 30, CLAUSE = 120, FEW = 12, IDLE = ",;_" + NOTHING, KINDS = 4096, PLACES = 65536, MODULUS = 1000003;
  var FACTORS = [7919, 31337], PAIRS = "#".charCodeAt(0), ESCAPE = "\\".charCodeAt(0);

  // leaning.packed, read back: the weight of each number of a run.
  function leaning(told) {
    if (!told.bounds) { return null; }
    var weights = new Int16Array(PLACES), many = told.steps.length, n, code;
    for (n = 0; n < told.weights.length; n += 1) {
      code = told.weights.charCodeAt(n);
      code -= PAIRS + (code > ESCAPE ? 1 : 0);
      weights[2 * n] = told.steps[Math.floor(code / many)];
      weights[2 * n + 1] = told.steps[code % many];
    }
    return { bounds: told.bounds, weights: weights, kinds: told.kinds };
  }

  // leaning.pieces: from each clause on as many whole clauses as make a piece; a clause that is longer is cut.
  function pieces(said) {
    var starts = [0], cuts = [], made = [], reached = 0, n, end, cut;
    for (n = 0; n < said.length; n += 1) { if (said[n] === "," || said[n] === ";") { starts.push(n + 1); } }
    starts.forEach(function (start, at) {
      var next = at + 1 < starts.length ? starts[at + 1] : said.length;
      for (cut = start; cut < Math.max(next, start + 1); cut += PIECE / 2) { cuts.push(cut); }
    });
    for (n = 0; n < cuts.length; n += 1) {
      if (said.length - cuts[n] <= PIECE) { return made.concat([[cuts[n], said.length]]); }
      for (end = cuts[n] + PIECE - 1; end > cuts[n] && said[end] !== "," && said[end] !== ";";) { end -= 1; }
      if (end === cuts[n]) { end = cuts[n] + PIECE; }
      if (end > reached) { made.push([cuts[n], end]); reached = end; }
    }
    return made;
  }

  // leaning.Runs: the numbers of the different runs of a piece; none where too little is said.
  function runs(said) {
    var text = said.replace(/[a-z0-9]/g, NOTHING), held = [[], [], []];
    Array.from(text, function (letter, at) {
      var run = 0, size, code;
      for (size = 0; size < 3 && at + size < text.length; size += 1) {
        code = text.charCodeAt(at + size);
        run = size ? (run * FACTORS[1] + code) % MODULUS : code * FACTORS[0] % MODULUS;
        held[size].push(run % PLACES);
      }
    });
    return function (start, end) {
      var letters = new Set(Array.from(text.slice(start, end)).filter(function (one) { return !IDLE.includes(one); }));
      if (letters.size < LEAST) { return new Set(); }
      return new Set([].concat.apply([], held.map(function (numbers, size) {
        return numbers.slice(start, Math.max(start, end - size));
      })));
    };
  }

  // leaning.Leaning: whole numbers are added and divided once by a root, so the figure is the very same.
  function leans(held, numbers) {
    var sum = 0;
    if (!numbers.size) { return held.bounds[0]; }
    numbers.forEach(function (number) { sum += held.weights[number]; });
    return held.bounds[0] + sum / Math.sqrt(numbers.size + FEW);
  }

  function towards(held, numbers) {
    var count = [], best = 0;
    numbers.forEach(function (number) {
      var kind = Number(held.kinds[number % KINDS]);
      count[kind] = (count[kind] || 0) + 1;
    });
    count.forEach(function (times, kind) { if (kind && (!best || times > count[best])) { best = kind; } });
    return Math.max(best, 1) - 1;
  }

  // leaning.sentences: where those begin and end that are no longer than a piece; none where there is but one.
  function sentences(said) {
    var all = Array.from(said.matchAll(/[^;]+/g), function (one) { return [one.index, one.index + one[0].length]; });
    return all.filter(function (one) { return all.length > 1 && one[1] - one[0] <= PIECE; });
  }

  // The piece or sentence that leans furthest: how far, less what is due, and the kind of danger it sounds like.
  function furthest(held, said) {
    var numbers = runs(said), whole = pieces(said), alone = sentences(said), far, best;
    function due(many) { return LONG * (31 - Math.clz32(many.length)); }
    function leaned(one) { return leans(held, numbers(one[0], one[1])); }
    far = whole.map(function (one) { return leaned(one) - due(whole); })
      .concat(alone.map(function (one) { return leaned(one) - due(alone) - ALONE; }));
    best = far.indexOf(Math.max.apply(null, far));
    return [far[best], towards(held, numbers.apply(null, whole.concat(alone)[best]))];
  }

  // leaning.clauses: what stands between the ends of clauses, also where it is nothing.
  function clauses(said) {
    var at = 0;
    return said.split(/[,;]/).map(function (one) {
      at += one.length + 1;
      return [at - 1 - one.length, at - 1];
    });
  }

  // leaning.Leaning.believed: the clauses in which a pattern is believed.
  function believed(held, said) {
    var numbers = runs(said), all = clauses(said), found = new Set();
    function leaned(one) { return leans(held, numbers(one[0], one[1])); }
    all.forEach(function (one, place) { if (leaned(one) >= CLAUSE) { found.add(place); } });
    pieces(said).concat(sentences(said)).forEach(function (one) {
      if (leaned(one) < held.bounds[1]) { return; }
      all.forEach(function (clause, place) {
        var next = all[place + 1];
        if (clause[0] < one[1] && (!next || next[0] > one[0])) { found.add(place); }
      });
    });
    return found;
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
    return [found, made.latin.asSigns(kept)];
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
    var both = read(made, folded(text, made.same, made.latin.understood)), said = both[0], found = calmed(made, said);
    var held = made.weighed, signs = Array.from(found), numbered = [], trust, far;
    function sure(sign) { return made.sure.includes(sign); }
    function trusted(place) {
      if (trust === undefined) {
        trust = held && !signs.some(sure) ? believed(held, both[1]) : null;
        clauses(said).forEach(function (one, number) { numbered = numbered.concat(Array(one[1] + 1 - one[0]).fill(number)); });
      }
      return !trust || trust.has(numbered[place]);
    }
    var kinds = made.alarms.map(function (_, number) { return number; }).filter(function (number) {
      return signs.some(function (sign, place) {
        var pattern = made.alarms[number].get(sign);
        return pattern && matches(pattern, found, place) && trusted(place);
      });
    });
    if (!held || kinds.length) { return kinds; }
    far = furthest(held, both[1]);
    return far[0] > held.bounds[2] ? [far[1]] : [];
  }

  window.baiyingDanger = { reader: reader, kinds: kinds };
})();
