"""What a person holds in her hand, for tests: an authenticator app, and a passkey made of a key of its own."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from fido2 import cbor
from fido2.cose import ES256

CREDENTIAL = b"passkey of a test"


def code_of(secret: str, at: datetime) -> str:
    """The six digits that an authenticator with this secret shows at that moment."""
    made = TOTP(base64.b32decode(secret.replace(" ", "")), 6, SHA1(), 30)
    return made.generate(int(at.timestamp())).decode()


def web(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


class Passkey:
    """A device that signs for one person at one host (WebAuthn, ES256)."""

    def __init__(self, host: str = "testserver") -> None:
        self.host, self.count = host, 0
        self.key = ec.derive_private_key(20_261_122, ec.SECP256R1())

    def _data(self, flags: int, attested: bytes = b"") -> bytes:
        self.count += 1
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big") + attested

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": f"webauthn.{kind}", "challenge": challenge, "crossOrigin": False,
                           "origin": f"https://{self.host}"}).encode()

    def create(self, options: dict) -> str:
        """The answer of the browser when it is asked to make a passkey."""
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        attested = bytes(16) + len(CREDENTIAL).to_bytes(2, "big") + CREDENTIAL + public
        made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": self._data(0x41, attested)})
        client = self._client("create", options["publicKey"]["challenge"])
        return self._told({"clientDataJSON": web(client), "attestationObject": web(made)})

    def show(self, options: dict) -> str:
        """The answer of the browser when it is asked to show one."""
        client, data = self._client("get", options["publicKey"]["challenge"]), self._data(0x01)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._told({"clientDataJSON": web(client), "authenticatorData": web(data), "signature": web(signed)})

    def _told(self, response: dict) -> str:
        return json.dumps({"id": web(CREDENTIAL), "rawId": web(CREDENTIAL), "type": "public-key", "response": response,
                           "clientExtensionResults": {}})
