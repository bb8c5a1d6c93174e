"""Digests of text."""

from __future__ import annotations

import hashlib
import re
import uuid
from base64 import b64encode

from sglint.model.values import Value
from sglint.terraform.functions.calling import Implementation, Invocation, Rejected
from sglint.terraform.quoting import go_quote

_DIGITS = re.compile(r"[0-9a-fA-F]{8}(-?)[0-9a-fA-F]{4}\1[0-9a-fA-F]{4}\1[0-9a-fA-F]{4}\1[0-9a-fA-F]{12}")
_NAMESPACES = {
    "dns": uuid.NAMESPACE_DNS,
    "url": uuid.NAMESPACE_URL,
    "oid": uuid.NAMESPACE_OID,
    "x500": uuid.NAMESPACE_X500,
}


def hex_digest(algorithm: str, data: bytes) -> str:
    return hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()


def base64_digest(algorithm: str, data: bytes) -> str:
    return b64encode(hashlib.new(algorithm, data, usedforsecurity=False).digest()).decode()


def _hex(algorithm: str) -> Implementation:
    return lambda invocation: invocation.result(hex_digest(algorithm, invocation.text(0).encode()))


def _base64(algorithm: str) -> Implementation:
    return lambda invocation: invocation.result(base64_digest(algorithm, invocation.text(0).encode()))


def _parsed(text: str) -> uuid.UUID:
    """A UUID in one of the forms that Terraform takes: plain, as a URN, in braces, or without hyphens."""
    reason = "invalid UUID format"
    digits = text
    match len(text.encode()):
        case 45:
            if not text.lower().startswith("urn:uuid:"):
                reason = f"invalid urn prefix: {go_quote(text[:9])}"
            digits = text[9:]
        case 38:
            digits = text[1:-1]
        case 32 | 36:
            pass
        case length:
            reason = f"invalid UUID length: {length}"
    if reason != "invalid UUID format" or not _DIGITS.fullmatch(digits):
        raise Rejected(f"uuidv5() doesn't support namespace {text} ({reason})")
    return uuid.UUID(digits)


def _uuid5(invocation: Invocation) -> Value:
    given = invocation.text(0)
    namespace = _NAMESPACES.get(given)
    if namespace is None:
        namespace = _parsed(given)
    return invocation.result(str(uuid.uuid5(namespace, invocation.text(1))))


IMPLEMENTATIONS: dict[str, Implementation] = {
    "base64sha256": _base64("sha256"),
    "base64sha512": _base64("sha512"),
    "md5": _hex("md5"),
    "sha1": _hex("sha1"),
    "sha256": _hex("sha256"),
    "sha512": _hex("sha512"),
    "uuidv5": _uuid5,
}
