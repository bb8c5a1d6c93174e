"""`rsadecrypt`: RSA with the padding of PKCS #1 v1.5 (RFC 8017), keys as PEM in PKCS #1 or PKCS #8."""

from __future__ import annotations

import re
from binascii import Error as NotBase64
from binascii import a2b_base64

from sglint.model.values import Value
from sglint.terraform.functions.calling import Implementation, Invocation, Rejected, Undecidable
from sglint.terraform.functions.encoding import decode_base64
from sglint.terraform.quoting import go_quote

_PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----\s*\n(.*?)-----END \1-----", re.DOTALL)
_INTEGER, _OCTETS, _OBJECT_ID, _SEQUENCE = 0x02, 0x04, 0x06, 0x30
_RSA_ID = bytes.fromhex("2a864886f70d010101")
_MIN_PADDING = 8


class _NotDer(ValueError):
    """Bytes that are not the DER encoding of what is expected."""


def _elements(data: bytes) -> list[tuple[int, bytes]]:
    """The tags and contents of a row of DER elements."""
    found: list[tuple[int, bytes]] = []
    position = 0
    while position < len(data):
        tag, rest = data[position], data[position + 1 :]
        if not rest:
            raise _NotDer
        length, header = rest[0], 1
        if length & 0x80:
            header += length & 0x7F
            length = int.from_bytes(rest[1:header], "big")
        content = rest[header : header + length]
        if len(content) != length:
            raise _NotDer
        found.append((tag, content))
        position += 1 + header + length
    return found


def _sequence(data: bytes) -> list[tuple[int, bytes]]:
    elements = _elements(data)
    if len(elements) != 1 or elements[0][0] != _SEQUENCE:
        raise _NotDer
    return _elements(elements[0][1])


def _rsa_key(data: bytes) -> tuple[int, int]:
    """Modulus and private exponent from PKCS #1."""
    numbers = [int.from_bytes(content, "big") for tag, content in _sequence(data) if tag == _INTEGER]
    if len(numbers) < 9:
        raise _NotDer
    return numbers[1], numbers[3]


def _wrapped_key(data: bytes) -> tuple[int, int]:
    """The same from PKCS #8."""
    match _sequence(data):
        case [_, (_, algorithm), (tag, key), *_] if tag == _OCTETS:
            if (_OBJECT_ID, _RSA_ID) not in _elements(algorithm):
                raise Rejected("invalid private key type", 1)
            return _rsa_key(key)
    raise _NotDer


def _private_key(text: str) -> tuple[int, int]:
    match = _PEM.search(text)
    if match is None:
        raise Rejected("invalid private key: ssh: no key found", 1)
    kind, body = match[1], match[2]
    if "ENCRYPTED" in body or kind == "ENCRYPTED PRIVATE KEY":
        raise Rejected("invalid private key: ssh: this private key is passphrase protected", 1)
    if kind == "OPENSSH PRIVATE KEY":
        raise Undecidable("a private key in OpenSSH's own format, which is not read")
    if kind not in ("RSA PRIVATE KEY", "PRIVATE KEY"):
        raise Rejected(f"invalid private key: ssh: unsupported key type {go_quote(kind)}", 1)
    try:
        data = a2b_base64(body)
        return _rsa_key(data) if kind == "RSA PRIVATE KEY" else _wrapped_key(data)
    except (_NotDer, NotBase64):
        raise Rejected("invalid ASN1 data in the given private key", 1) from None


def _decrypt(invocation: Invocation) -> Value:
    written = invocation.text(0)
    try:
        cipher = decode_base64(written)
    except ValueError:
        raise Rejected(f"failed to decode input {go_quote(written)}: cipher text must be base64-encoded", 0) from None
    modulus, exponent = _private_key(invocation.text(1))
    size = (modulus.bit_length() + 7) // 8
    number = int.from_bytes(cipher, "big")
    if not modulus or number >= modulus:
        raise Rejected("failed to decrypt: crypto/rsa: decryption error")
    padded = pow(number, exponent, modulus).to_bytes(size, "big")
    end = padded.find(0, 2)
    if padded[:2] != b"\0\2" or end < 2 + _MIN_PADDING:
        raise Rejected("failed to decrypt: crypto/rsa: decryption error")
    try:
        return invocation.result(padded[end + 1 :].decode())
    except UnicodeDecodeError:
        raise Undecidable("a decrypted text that is not UTF-8") from None


IMPLEMENTATIONS: dict[str, Implementation] = {"rsadecrypt": _decrypt}
