"""Descriptions that no person wrote are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.model.values import GeneratedText
from tests.cdk.assemblies import evaluated, groups

FIXTURES = Path(__file__).parents[2] / "fixtures" / "cdk"


def _descriptions(name: str) -> dict[str, bool]:
    found = groups(evaluated(FIXTURES / name / "cdk.out")).values()
    texts = [group.description for group in found] + [rule.description for group in found for rule in group.rules]
    return {text: isinstance(text, GeneratedText) for text in texts if isinstance(text, str)}


def test_groups_and_rules_of_plain_groups() -> None:
    assert _descriptions("plain-groups") == {
        "Public web servers": False,
        "Web/DefaultSG": True,
        "Nothing out": False,
        "Both families": False,
        "HTTPS for everyone": False,
        "from 0.0.0.0/0:22": True,
        "Admin interface": False,
        "Internal services": False,
        "Everything to the data centre": False,
        "Allow all outbound traffic by default": True,
        "Disallow all traffic": True,
        "Ping": False,
        "Path MTU": False,
        "IPsec": False,
        "Allow all outbound ipv6 traffic by default": True,
        "Media relays": False,
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("connections", "to AppBackSGA89F051B:8443"),
        ("connections", "from AppFrontSG35421541:8443"),
        ("connections", "from 10.1.0.0/16:6379"),
        ("older-library", "from WebWebSG5B7A968D:8080"),
        ("fargate-load-balancer", "Service/Api/Service/SecurityGroup"),
    ],
)
def test_what_the_library_writes(name: str, text: str) -> None:
    assert _descriptions(name)[text]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("fargate-load-balancer", "Load balancer to target"),
        ("fargate-load-balancer", "Allow from anyone on port 80"),
        ("database", "Security group for Orders database"),
        ("cross-stack", "From inside"),
    ],
)
def test_what_someone_meant(name: str, text: str) -> None:
    assert not _descriptions(name)[text]
