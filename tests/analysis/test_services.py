"""The table of services: complete where a list is given to us, consistent everywhere."""

from __future__ import annotations

import pytest

from sglint.analysis.services import ALL_SERVICES, SERVICES, Kind, ServiceSet, listed, named, of_kind
from sglint.model.intervals import IntervalSet
from sglint.model.traffic import ALL, ICMP, TCP, UDP, Traffic

EC2_19 = (
    20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088,
    8888, 9200, 9300,
)  # fmt: skip


def tcp(*ports: tuple[int, int]) -> Traffic:
    return Traffic(TCP, IntervalSet.of(*ports))


def test_the_high_risk_list_of_security_hub_is_there_in_full() -> None:
    of_the_list = ServiceSet.of(service for service in SERVICES if service.is_ec2_19)
    mysql_x = 33060
    assert of_the_list.tcp == IntervalSet.of(*((port, port) for port in (*EC2_19, mysql_x)))


@pytest.mark.parametrize("port", EC2_19)
def test_each_port_of_the_list_has_a_service(port: int) -> None:
    assert ALL_SERVICES.included_in(tcp((port, port)))


def test_the_ports_of_the_public_web_are_nobodys() -> None:
    assert not ALL_SERVICES.included_in(tcp((80, 80))) and not ALL_SERVICES.included_in(tcp((443, 443)))


def test_names_are_unique_and_rows_complete() -> None:
    names = [service.name for service in SERVICES]
    assert len(set(names)) == len(names)
    for service in SERVICES:
        assert service.tcp or service.udp
        assert service.why and not service.why.endswith(".")


def test_no_port_has_two_services() -> None:
    for protocol in (TCP, UDP):
        total = sum(service.ports(protocol).size for service in SERVICES)
        assert ALL_SERVICES.ports(protocol).size == total


def test_kinds_hold_what_their_policies_name() -> None:
    assert {"ssh", "rdp", "winrm"} <= {service.name for service in of_kind(Kind.ADMIN).services}
    assert {"mysql", "redis", "kafka", "elasticsearch"} <= {service.name for service in of_kind(Kind.DATA).services}
    cleartext = of_kind(Kind.CLEARTEXT)
    assert cleartext.tcp & IntervalSet.of((0, 1023)) == IntervalSet.of(
        (20, 21), (23, 23), (79, 79), (110, 110), (119, 119), (143, 143), (512, 514)
    )
    assert cleartext.udp == IntervalSet.single(69)


def test_udp_is_not_taken_for_tcp() -> None:
    assert not ALL_SERVICES.included_in(Traffic(UDP, IntervalSet.single(22)))
    assert not ALL_SERVICES.included_in(Traffic(ICMP))
    assert not ALL_SERVICES.included_in(Traffic(50))
    assert [service.name for service, _ in ALL_SERVICES.included_in(Traffic(UDP, IntervalSet.single(514)))] == [
        "syslog"
    ]


def test_messages_name_services_with_the_ports_in_question() -> None:
    traffic = tcp((20, 25))
    assert listed(ALL_SERVICES.included_in(traffic), traffic) == "ftp (20-21), ssh (22), telnet (23) and smtp (25)"
    assert listed(named("ssh").included_in(traffic), traffic) == "ssh (22)"
    assert listed(ALL_SERVICES.included_in(tcp((21, 21))), tcp((21, 21))) == "ftp (21)"


def test_long_lists_are_counted() -> None:
    traffic = tcp((0, 200))
    assert listed(ALL_SERVICES.included_in(traffic), traffic) == "chargen (19), ftp (20-21), ssh (22) and 9 more"


def test_the_protocol_is_named_where_traffic_leaves_it_open() -> None:
    traffic = Traffic(ALL)
    assert listed(named("rdp").included_in(traffic), traffic) == "rdp (tcp 3389) and rdp (udp 3389)"


def test_nothing_found_is_nothing_said() -> None:
    assert listed((), tcp((80, 80))) == ""
