/* Passkeys: asks the browser for what the form names, and sends it by the form. Without this file the form stays hidden. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential || !navigator.credentials) { return; }

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = "";
    new Uint8Array(buffer).forEach(function (one) { plain += String.fromCharCode(one); });
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function opened(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) { options.user.id = bytes(options.user.id); }
    ["excludeCredentials", "allowCredentials"].forEach(function (name) {
      (options[name] || []).forEach(function (one) { one.id = bytes(one.id); });
    });
    return options;
  }

  function told(made) {
    var answer = {}, from = made.response;
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (from[name]) { answer[name] = text(from[name]); }
    });
    return JSON.stringify({
      id: made.id, rawId: text(made.rawId), type: made.type, response: answer,
      authenticatorAttachment: made.authenticatorAttachment || null, clientExtensionResults: {}
    });
  }

  var failed = form.querySelector("[role=alert]");
  form.hidden = false;
  form.addEventListener("submit", function (event) {
    if (form.elements.credential.value) { return; }
    event.preventDefault();
    failed.hidden = true;
    var options = opened(JSON.parse(form.dataset.passkey).publicKey);
    var asked = options.user ? navigator.credentials.create({ publicKey: options })
                             : navigator.credentials.get({ publicKey: options });
    asked.then(function (made) {
      form.elements.credential.value = told(made);
      form.submit();
    }).catch(function () { failed.hidden = false; });
  });
}());
