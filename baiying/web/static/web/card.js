// 百应: what a counter may conclude from a code of a card, without a network. The twin of baiying/engine/card in Python;
// tests/web/test_card_js.py holds both to the same cases. Reads nothing, keeps nothing, asks nobody.
(function (card) {
  "use strict";
  var BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", VERSION = 1, LETTERS = 165, BODY = 39, WHOLE = 103;
  var HEAD = 19, HANDLE = 8, SIGNATURE = 64, SKEW = 120;
  var BOUND = "baiying card 1\n", BOUND_LIST = "baiying card list 1\n";

  function hex(bytes) {
    return Array.prototype.map.call(bytes, function (one) { return (one + 256).toString(16).slice(1); }).join("");
  }

  function unhex(text) {
    var found = new Uint8Array(text.length / 2);
    for (var at = 0; at < found.length; at += 1) { found[at] = parseInt(text.substr(2 * at, 2), 16); }
    return found;
  }

  function joined(head, bytes) {
    var all = new Uint8Array(head.length + bytes.length);
    for (var at = 0; at < head.length; at += 1) { all[at] = head.charCodeAt(at); }
    all.set(bytes, head.length);
    return all;
  }

  function number(bytes, from, count) {
    var found = 0;
    for (var at = from; at < from + count; at += 1) { found = found * 256 + bytes[at]; }
    return found;
  }

  // However a scanner, a keyboard in Chinese mode or a hand wrote it down.
  function plain(text) {
    var told = String(text).slice(0, 1000);
    if (told.normalize) { told = told.normalize("NFKC"); }
    return told.replace(/[\s-]+/g, "").toUpperCase();
  }

  function fromBase32(text) {
    var found = new Uint8Array(WHOLE), bits = 0, held = 0, at = 0;
    for (var turn = 0; turn < text.length; turn += 1) {
      var value = BASE32.indexOf(text.charAt(turn));
      if (value < 0) { return null; }
      held = (held * 32 + value) % 4096;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        if (at < WHOLE) { found[at] = Math.floor(held / Math.pow(2, bits)) % 256; at += 1; }
      }
    }
    return found;
  }

  // What a code says, not yet believed; null when it is none.
  card.read = function (text) {
    var told = plain(text), raw = told.length === LETTERS ? fromBase32(told) : null;
    if (!raw || raw[0] !== VERSION) { return null; }
    var body = raw.slice(0, BODY);
    return {
      key: hex(raw.slice(1, 5)), counter: number(raw, 5, 4), made: number(raw, 9, 4), lasts: number(raw, 13, 2),
      mark: hex(raw.slice(15, 31)), handle: hex(raw.slice(31, BODY)), serial: hex(body), code: told,
      signed: joined(BOUND, body), signature: raw.slice(BODY)
    };
  };

  function bySelf(open, signature, signed) {
    var nacl = card.nacl || (typeof window === "object" ? window.nacl : null);
    if (!nacl) { return Promise.reject(new Error("no Ed25519 in this browser")); }
    return Promise.resolve(nacl.sign.detached.verify(signed, signature, open));
  }

  // By the browser where it can (https or localhost), else by tweetnacl.
  function holds(open, signature, signed) {
    var subtle = card.subtle === undefined ? (typeof crypto === "object" && crypto.subtle) : card.subtle;
    if (!subtle) { return bySelf(open, signature, signed); }
    return subtle.importKey("raw", open, { name: "Ed25519" }, false, ["verify"]).then(function (key) {
      return subtle.verify({ name: "Ed25519" }, key, signature, signed);
    }).catch(function () { return bySelf(open, signature, signed); });
  }

  function judged(told, desk) {
    if (told.counter !== desk.counter) { return "elsewhere"; }
    if (told.made > desk.now + SKEW) { return "early"; }
    if (told.made + told.lasts * 60 + SKEW < desk.now) { return "expired"; }
    if (desk.lost.indexOf(told.handle) >= 0) { return "lost"; }
    if (desk.shown.indexOf(told.serial) >= 0) { return "shown"; }
    return desk.used.indexOf(told.mark) >= 0 ? "used" : "yes";
  }

  // {word, told}: the verdict, and what the code says as far as its signature holds.
  card.verify = function (text, desk) {
    var told = card.read(text);
    if (!told) { return Promise.resolve({ word: "not_a_code", told: null }); }
    if (!Object.prototype.hasOwnProperty.call(desk.keys, told.key)) {
      return Promise.resolve({ word: "unknown_key", told: null });
    }
    return holds(unhex(desk.keys[told.key]), told.signature, told.signed).then(function (good) {
      return good ? { word: judged(told, desk), told: told } : { word: "forged", told: null };
    });
  };

  // The signed list of lost cards: {counter, made, day, handles}, or null when nobody known signed it.
  card.list = function (text, keys) {
    var raw;
    try {
      raw = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), function (one) { return one.charCodeAt(0); });
    } catch (error) { return Promise.resolve(null); }
    var body = raw.slice(0, raw.length - SIGNATURE), count = body.length < HEAD ? -1 : number(body, 17, 2);
    var key = hex(body.slice(1, 5));
    if (body[0] !== VERSION || body.length !== HEAD + count * HANDLE || !keys[key]) { return Promise.resolve(null); }
    return holds(unhex(keys[key]), raw.slice(raw.length - SIGNATURE), joined(BOUND_LIST, body)).then(function (good) {
      var handles = [];
      for (var at = HEAD; at < body.length; at += HANDLE) { handles.push(hex(body.slice(at, at + HANDLE))); }
      return good ? { counter: number(body, 5, 4), made: number(body, 9, 4), day: number(body, 13, 4), handles: handles }
                  : null;
    });
  };

  card.SKEW = SKEW;
}(typeof module === "object" && module.exports ? module.exports : (window.baiyingCard = {})));
