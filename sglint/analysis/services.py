"""The services behind well-known ports: one table of facts, and the questions asked of it.

Port numbers follow the IANA service name and port number registry and each product's own documentation. The rows
marked `is_ec2_19` are the ports that Security Hub's control EC2.19 names; a few of them are development servers and
proxies without a single product behind them.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias

from sglint.model.intervals import NOTHING, IntervalSet
from sglint.model.record import field, frozen
from sglint.model.traffic import TCP, UDP, Traffic, ports_text


class Kind(Enum):
    """What policies other than those about the world want to know of a service."""

    ADMIN = "administration"
    DATA = "data"
    CLEARTEXT = "cleartext"


@frozen
class Service:
    """A service that should not be open to the world, its ports on tcp and on udp, and what is at stake."""

    name: str
    why: str
    tcp: IntervalSet
    udp: IntervalSet
    kinds: tuple[Kind, ...] = ()
    is_ec2_19: bool = False

    def ports(self, protocol: int) -> IntervalSet:
        """Its ports on a protocol; empty for any but tcp and udp."""
        return self.tcp if protocol == TCP else self.udp if protocol == UDP else NOTHING


def _service(name: str, why: str, *kinds: Kind, tcp: str = "", udp: str = "", ec2_19: bool = False) -> Service:
    return Service(name, why, _ports(tcp), _ports(udp), kinds, ec2_19)


def _ports(text: str) -> IntervalSet:
    """Ports written as `20-21,23`."""
    bounds = (part.split("-") for part in text.split(",") if part)
    return IntervalSet.of(*((int(bound[0]), int(bound[-1])) for bound in bounds))


ADMIN, DATA, CLEARTEXT = Kind.ADMIN, Kind.DATA, Kind.CLEARTEXT

SERVICES: tuple[Service, ...] = (
    _service("chargen", "answers any packet with more, which amplifies attacks on others", tcp="19", udp="19"),
    _service("ftp", "carries passwords and files in clear text", CLEARTEXT, tcp="20-21", ec2_19=True),
    _service("ssh", "gives a shell; it is scanned and attacked without pause", ADMIN, tcp="22", ec2_19=True),
    _service("telnet", "gives a shell in clear text", ADMIN, CLEARTEXT, tcp="23", ec2_19=True),
    _service("smtp", "lets others relay mail and find addresses", tcp="25", ec2_19=True),
    _service("tftp", "hands out files without any authentication, in clear text", CLEARTEXT, udp="69"),
    _service("finger", "tells who has an account, in clear text", CLEARTEXT, tcp="79"),
    _service("pop3", "carries passwords and mail in clear text", CLEARTEXT, tcp="110", ec2_19=True),
    _service("rpcbind", "lists RPC services and amplifies attacks on others", tcp="111", udp="111"),
    _service("nntp", "carries passwords in clear text", CLEARTEXT, tcp="119"),
    _service("msrpc", "maps Windows RPC services, the door of many worms", tcp="135", ec2_19=True),
    _service("netbios", "tells names and shares of Windows hosts", tcp="137-139", udp="137-139"),
    _service("imap", "carries passwords and mail in clear text", CLEARTEXT, tcp="143", ec2_19=True),
    _service("snmp", "reads and often changes device configuration with a shared word", udp="161-162"),
    _service("ldap", "gives away the directory and amplifies attacks on others", tcp="389,636,3268-3269", udp="389"),
    _service("smb", "shares files; the door of EternalBlue and its kin", tcp="445", ec2_19=True),
    _service("rexec", "runs commands with a password in clear text", ADMIN, CLEARTEXT, tcp="512"),
    _service("rlogin", "gives a shell in clear text, often by host name alone", ADMIN, CLEARTEXT, tcp="513"),
    _service("rsh", "runs commands in clear text, often by host name alone", ADMIN, CLEARTEXT, tcp="514"),
    _service("syslog", "takes forged log entries from anyone", udp="514"),
    _service("ipmi", "controls the machine below its operating system", ADMIN, udp="623"),
    _service("rsync", "hands out and takes files, often without authentication", tcp="873"),
    _service("socks", "relays any connection into the network", tcp="1080"),
    _service("java-rmi", "runs code sent to it where it deserializes", tcp="1099"),
    _service("mssql", "holds data behind a password", DATA, tcp="1433", ec2_19=True),
    _service("mssql-browser", "lists database instances", DATA, tcp="1434", udp="1434", ec2_19=True),
    _service("oracle", "holds data behind a password", DATA, tcp="1521,2483-2484"),
    _service("mqtt", "passes messages of devices in clear text", tcp="1883"),
    _service("nfs", "shares files by address alone", tcp="2049", udp="2049"),
    _service("zookeeper", "coordinates clusters without authentication by default", DATA, tcp="2181,2888,3888"),
    _service("docker", "gives root on the host to whoever reaches its API", ADMIN, tcp="2375-2377"),
    _service("etcd", "holds the state and secrets of a cluster", DATA, tcp="2379-2380"),
    _service("development-server", "serves unfinished applications and dashboards", tcp="3000", ec2_19=True),
    _service("squid", "relays any connection into the network", tcp="3128"),
    _service("mysql", "holds data behind a password", DATA, tcp="3306,33060", ec2_19=True),
    _service("rdp", "gives a desktop; the first door of ransomware", ADMIN, tcp="3389", udp="3389", ec2_19=True),
    _service("nats", "passes messages without authentication by default", DATA, tcp="4222,6222"),
    _service("ahsp", "is the port of mSQL, a database without passwords", tcp="4333", ec2_19=True),
    _service("epmd", "leads to Erlang nodes, which run code for whoever has the cookie", tcp="4369"),
    _service("salt", "commands every minion", ADMIN, tcp="4505-4506"),
    _service("nomad", "runs jobs for whoever reaches its API", tcp="4646-4648", udp="4648"),
    _service("python-server", "serves unfinished applications and registries", tcp="5000", ec2_19=True),
    _service("java-debug", "runs code for whoever attaches", tcp="5005"),
    _service("postgresql", "holds data behind a password", DATA, tcp="5432", ec2_19=True),
    _service("redshift", "holds data behind a password", DATA, tcp="5439"),
    _service("fcp-addr-srvr1", "is a little-used port that EC2.19 names", tcp="5500", ec2_19=True),
    _service("opensearch-dashboards", "shows and queries all that is indexed", DATA, tcp="5601", ec2_19=True),
    _service("amqp", "passes messages behind a password", DATA, tcp="5671-5672"),
    _service("vnc", "gives a desktop, often with a short password", ADMIN, tcp="5800-5803,5900-5910"),
    _service("couchdb", "holds data behind a password", DATA, tcp="5984"),
    _service("winrm", "runs commands on Windows hosts", ADMIN, tcp="5985-5986"),
    _service("x11", "shows and steers a desktop in clear text", CLEARTEXT, tcp="6000-6063"),
    _service("redis", "holds data, without a password by default", DATA, tcp="6379,16379,26379"),
    _service("kubernetes-api", "commands a cluster", tcp="6443"),
    _service("cassandra", "holds data, without a password by default", DATA, tcp="7000-7001,7199,9042,9142,9160"),
    _service("spark", "runs jobs for whoever reaches it", tcp="4040,7077"),
    _service("neo4j", "holds data behind a password", DATA, tcp="7473-7474,7687"),
    _service("ajp", "speaks for a web server to Tomcat, trusted without question", tcp="8009"),
    _service("hadoop", "runs jobs and holds data without authentication by default", DATA, tcp="8020,8032,9870"),
    _service("http-proxy", "serves proxies, consoles and unfinished applications", tcp="8080", ec2_19=True),
    _service("influxdb", "holds measurements, without a password by default in older versions", DATA, tcp="8086"),
    _service("legacy-http", "serves older web applications and YARN's console", tcp="8088", ec2_19=True),
    _service("splunk", "administers the log store", tcp="8089"),
    _service("dax", "caches DynamoDB tables", DATA, tcp="8111,9111"),
    _service("clickhouse", "holds data, without a password by default", DATA, tcp="8123"),
    _service("activemq", "passes messages; its console and protocol have run others' code", DATA, tcp="8161,61616"),
    _service("neptune", "holds data", DATA, tcp="8182"),
    _service("vault", "holds the secrets of everything else", tcp="8200-8201"),
    _service("consul", "knows every service and runs checks on them", tcp="8300-8302,8500-8502,8600", udp="8301-8302"),
    _service("alternative-http", "serves notebooks, consoles and unfinished applications", tcp="8888", ec2_19=True),
    _service("solr", "holds indexed data, without a password by default", DATA, tcp="8983"),
    _service("prometheus", "tells the inside of a network without authentication", tcp="9090"),
    _service("kafka", "passes messages, without a password by default", DATA, tcp="9092-9098"),
    _service("node-exporter", "tells the inside of a host without authentication", tcp="9100"),
    _service("elasticsearch", "holds indexed data, without a password by default", DATA, tcp="9200,9300", ec2_19=True),
    _service("node-debug", "runs code for whoever attaches", tcp="9229"),
    _service("webmin", "administers the host", tcp="10000"),
    _service("kubelet", "runs commands in every container of a node", tcp="10250,10255"),
    _service("memcached", "holds data without a password and amplifies attacks", DATA, tcp="11211", udp="11211"),
    _service("rabbitmq", "administers and clusters the message broker", DATA, tcp="15671-15672,25672"),
    _service("cockroachdb", "holds data behind a password", DATA, tcp="26257"),
    _service("mongodb", "holds data, without a password by default in older versions", DATA, tcp="27017-27019,28017"),
    _service("db2", "holds data behind a password", DATA, tcp="50000"),
)  # fmt: skip


Included: TypeAlias = tuple[tuple[Service, Traffic], ...]
"""Services, each with the part of some traffic that reaches it."""


@frozen
class ServiceSet:
    """Some of the services, with their ports taken together so that most traffic is passed over at a glance."""

    services: tuple[Service, ...]
    tcp: IntervalSet
    udp: IntervalSet
    _included: dict[Traffic, Included] = field(default_factory=dict, compare=False, repr=False)
    """What is known of traffic: a run asks about the same again and again."""

    @classmethod
    def of(cls, services: Iterable[Service]) -> ServiceSet:
        chosen = tuple(services)
        return cls(chosen, _together(chosen, TCP), _together(chosen, UDP))

    def ports(self, protocol: int) -> IntervalSet:
        """The ports of all of them on a protocol; empty for any but tcp and udp."""
        return self.tcp if protocol == TCP else self.udp if protocol == UDP else NOTHING

    def without(self, *names: str) -> ServiceSet:
        return ServiceSet.of(service for service in self.services if service.name not in names)

    def included_in(self, traffic: Traffic) -> Included:
        """Those that the traffic is certain to reach, each with the part of the traffic that reaches it.

        tcp comes before udp where a service has both and the traffic is of all protocols.
        """
        found = self._included.get(traffic)
        if found is None:
            found = self._included[traffic] = self._included_in(traffic)
        return found

    def _included_in(self, traffic: Traffic) -> Included:
        reached = [
            (protocol, ports) for protocol in (TCP, UDP) if (ports := traffic.ports(protocol) & self.ports(protocol))
        ]
        return tuple(
            (service, Traffic(protocol, shared))
            for service in (self.services if reached else ())
            for protocol, ports in reached
            if (shared := ports & service.ports(protocol))
        )


def _together(services: Iterable[Service], protocol: int) -> IntervalSet:
    return IntervalSet.of(*(interval for service in services for interval in service.ports(protocol).intervals))


ALL_SERVICES = ServiceSet.of(SERVICES)


def of_kind(kind: Kind) -> ServiceSet:
    return ServiceSet.of(service for service in SERVICES if kind in service.kinds)


def named(*names: str) -> ServiceSet:
    """The services of these names, in the table's order."""
    return ServiceSet.of(service for service in SERVICES if service.name in names)


def listed(found: Iterable[tuple[Service, Traffic]], traffic: Traffic, limit: int = 3) -> str:
    """Services with their ports for a message: `ftp (20-21), ssh (22), telnet (23) and 12 more`.

    The protocol is named only where the traffic leaves it open.
    """
    texts = [
        f"{service.name} ({part if part.protocol != traffic.protocol else _port_text(part)})" for service, part in found
    ]
    if len(texts) > limit + 1:
        return f"{', '.join(texts[:limit])} and {len(texts) - limit} more"
    return " and ".join(part for part in (", ".join(texts[:-1]), *texts[-1:]) if part)


def _port_text(part: Traffic) -> str:
    assert isinstance(part.selector, IntervalSet)
    return ports_text(part.selector)
