"""From the model of units and what was found on them to the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sglint.analysis.analysis import Analysis
from sglint.analysis.exposure import Hop, Way
from sglint.graph.document import (
    Cluster,
    Edge,
    EdgeKind,
    Graph,
    GraphFinding,
    GroupNode,
    Path,
    Reached,
    ResourceNode,
    RuleEntry,
    Stage,
    Unit,
)
from sglint.graph.findings import Found, Judgement
from sglint.graph.peers import PeerKey, Peers, key_of
from sglint.graph.tiers import TIERS
from sglint.model.attachments import Attachment
from sglint.model.record import field, mutable, replace
from sglint.model.rules import Direction, GroupRef, Rule, SecurityGroup
from sglint.model.traffic import Traffic
from sglint.model.values import Unknown


def build(judgements: Iterable[Judgement], problems: int = 0) -> Graph:
    """The graph of all units. `problems` says how much of the input is missing."""
    drawn = _Drawn()
    for judgement in judgements:
        first = len(drawn.findings)
        about: dict[int, set[str]] = {}
        for analysis in judgement.analyses:
            found = Found.of(analysis, judgement, first)
            nodes = _UnitBuilder(drawn, analysis, found, judgement.line).add()
            for position, node in found.about(nodes):
                about.setdefault(position, set()).add(node)
        for position, finding in enumerate(judgement.findings, first):
            line = judgement.line(finding.location.path, finding.location.line)
            drawn.findings.append(GraphFinding(finding, line, tuple(sorted(about.get(position, ()), key=_number))))
    return drawn.graph(problems)


@mutable
class _Drawn:
    """What is known of the graph while units are added to it."""

    units: list[Unit] = field(default_factory=list)
    clusters: dict[tuple[int, str], Cluster] = field(default_factory=dict)
    peers: Peers = field(default_factory=Peers)
    groups: list[GroupNode] = field(default_factory=list)
    resources: list[ResourceNode] = field(default_factory=list)
    findings: list[GraphFinding] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    edges: dict[tuple[EdgeKind, PeerKey | str, PeerKey | str], tuple[list[RuleEntry], list[Traffic]]] = field(
        default_factory=dict
    )
    reached: dict[str, Reached] = field(default_factory=dict)
    """By the id of a group, a resource or a rule."""
    passed: dict[tuple[EdgeKind, str, str], Reached] = field(default_factory=dict)
    """By an edge that no rule makes."""

    def mark(self, id_: str, reached: Reached) -> None:
        self.reached[id_] = max(reached, self.reached.get(id_, Reached.NO))

    def graph(self, problems: int) -> Graph:
        peers, keys = self.peers.merged()
        joined: dict[tuple[EdgeKind, str, str], tuple[list[RuleEntry], list[Traffic]]] = {}
        for (kind, source, target), (entries, traffics) in self.edges.items():
            ends = kind, _node(source, keys), _node(target, keys)
            of_edge = joined.setdefault(ends, ([], []))
            of_edge[0].extend(entries)
            of_edge[1].extend(traffics)
        edges = []
        for number, (ends, (entries, traffics)) in enumerate(joined.items(), 1):
            marks = (self.reached.get(entry.id, Reached.NO) for entry in entries)
            reached = max((*marks, self.passed.get(ends, Reached.NO)))
            edges.append(Edge(f"e{number}", *ends, tuple(entries), tuple(dict.fromkeys(traffics)), reached))
        by_rule = {entry.id: edge.id for edge in edges for entry in edge.rules}
        by_ends = {(edge.kind, edge.source, edge.target): edge.id for edge in edges}
        return Graph(
            tuple(self.units),
            tuple(self.clusters.values()),
            peers,
            tuple(replace(group, reached=self.reached.get(group.id, Reached.NO)) for group in self.groups),
            tuple(replace(each, reached=self.reached.get(each.id, Reached.NO)) for each in self.resources),
            tuple(edges),
            tuple(_with_edges(path, by_rule, by_ends) for path in self.paths),
            tuple(self.findings),
            problems,
        )


@mutable
class _UnitBuilder:
    """Adds one unit."""

    drawn: _Drawn
    analysis: Analysis
    found: Found
    line: Callable[[str, int], str | None]
    unit: int = 0
    groups: dict[str, GroupNode] = field(default_factory=dict)
    """By address, as the next two."""
    resources: dict[str, str] = field(default_factory=dict)
    rules: dict[int, RuleEntry] = field(default_factory=dict)
    """By identity."""

    def add(self) -> Mapping[object, str]:
        """The nodes of the unit by the address of a group or a resource, and by the identity of a rule."""
        self.unit = len(self.drawn.units)
        self.drawn.units.append(Unit(self.analysis.path, self.analysis.environment))
        for group in self.analysis.groups:
            self._add_group(group)
        for group in self.analysis.groups:
            for rule in group.rules:
                self._add_traffic(rule, self.groups[group.address])
        self._add_resources()
        for way in self.analysis.ways:
            self.drawn.paths.append(self._marked(way))
        self._mark_openings()
        nodes: dict[object, str] = {address: node.id for address, node in self.groups.items()}
        nodes.update(self.resources)
        nodes |= {rule: entry.id.partition(".")[0] for rule, entry in self.rules.items()}
        return nodes

    def _add_group(self, group: SecurityGroup) -> None:
        id_ = f"g{len(self.drawn.groups) + 1}"
        for number, rule in enumerate(group.rules, 1):
            findings = self.found.on_rule(rule)
            line = self.line(rule.location.path, rule.location.line)
            self.rules[id(rule)] = RuleEntry(f"{id_}.{number}", rule, self.analysis.level(rule), findings, line)
        entries = tuple(self.rules[id(rule)] for rule in group.rules)
        carriers = self.analysis.attachments.of(group.address)
        own = self.found.on_address(group.address)
        node = self.groups[group.address] = GroupNode(
            id_,
            self._cluster(self._vpc(group)),
            group,
            self.analysis.attachments.use(group),
            tuple(sorted({each.tier for each in carriers}, key=TIERS.index)),
            entries,
            tuple(sorted({*own, *(position for entry in entries for position in entry.findings)})),
            source=self.line(group.location.path, group.location.line),
        )
        self.drawn.groups.append(node)

    def _vpc(self, group: SecurityGroup) -> str | Unknown | None:
        """The VPC of a group; where it is known by reference only, that of the unit if all its groups are in one."""
        if group.is_defined:
            return group.vpc
        defined = {each.vpc for each in self.analysis.groups if each.is_defined}
        return defined.pop() if len(defined) == 1 else None

    def _cluster(self, vpc: str | Unknown | None) -> str:
        name = vpc.expression if isinstance(vpc, Unknown) else vpc or ""
        clusters = self.drawn.clusters
        return clusters.setdefault((self.unit, name), Cluster(f"c{len(clusters) + 1}", self.unit, name)).id

    def _add_traffic(self, rule: Rule, group: GroupNode) -> None:
        entry = self.rules[id(rule)]
        peer = self.groups.get(rule.peer.group) if isinstance(rule.peer, GroupRef) else None
        end = peer.id if peer is not None else key_of(rule, group.cluster)
        if end is None:
            return
        if isinstance(end, PeerKey):
            self.drawn.peers.add(end, group.id, entry)
        is_ingress = rule.direction is Direction.INGRESS
        ends = (EdgeKind.INGRESS, end, group.id) if is_ingress else (EdgeKind.EGRESS, group.id, end)
        entries, traffics = self.drawn.edges.setdefault(ends, ([], []))
        entries.append(entry)
        traffics.append(rule.traffic)

    def _add_resources(self) -> None:
        by_address: dict[str, list[Attachment]] = {}
        for attachment in self.analysis.estate.attachments:
            by_address.setdefault(attachment.address, []).append(attachment)
        listeners = [each for each in self.analysis.estate.listeners if each.balancer in by_address]
        forwarding = {
            address
            for listener in listeners
            for target in listener.targets
            if target.address in by_address
            for address in (listener.balancer, target.address)
        }
        ways = (*self.analysis.ways, *self.analysis.exposure.openings())
        forwarding.update(hop.attachment.address for way in ways for hop in way.hops)
        for address, attachments in by_address.items():
            names = dict.fromkeys(name for each in attachments for name in each.groups if name in self.groups)
            if names or address in forwarding:
                self._add_resource(tuple(attachments), [self.groups[name] for name in names])
        for listener in listeners:
            for target in listener.targets:
                if target.address in by_address:
                    ends = self.resources[listener.balancer], self.resources[target.address]
                    _, traffics = self.drawn.edges.setdefault((EdgeKind.FORWARDS, *ends), ([], []))
                    traffics.append(target.traffic)

    def _add_resource(self, attachments: tuple[Attachment, ...], groups: Sequence[GroupNode]) -> None:
        first = attachments[0]
        id_ = self.resources[first.address] = f"r{len(self.drawn.resources) + 1}"
        cluster = groups[0].cluster if groups else self._cluster(None)
        line = self.line(first.location.path, first.location.line)
        findings = self.found.on_address(first.address)
        self.drawn.resources.append(ResourceNode(id_, cluster, attachments, findings, source=line))
        for group in groups:
            self.drawn.edges[EdgeKind.CARRIES, group.id, id_] = [], []

    def _marked(self, way: Way) -> Path:
        """A way with its nodes; these, its rules and the edges that no rule makes are marked as reached."""
        reached = Reached.CERTAINLY if way.is_certain else Reached.POSSIBLY
        stages: list[Stage] = []
        for hop in way.hops:
            stage = self._stage(hop)
            for id_ in (stage.resource, stage.group, *stage.rules):
                if id_ is not None:
                    self.drawn.mark(id_, reached)
            if stage.group is not None:
                self._pass(EdgeKind.CARRIES, stage.group, stage.resource, reached)
            if stages and hop.target is not None:
                self._pass(EdgeKind.FORWARDS, stages[-1].resource, stage.resource, reached)
            stages.append(stage)
        return Path(tuple(stages), way.when, reached, ())

    def _stage(self, hop: Hop) -> Stage:
        resource = self.resources[hop.attachment.address]
        if hop.admission is None:
            return Stage(resource, None, (), hop.traffics)
        rules = tuple(self.rules[id(rule)].id for rule in hop.admission.rules)
        return Stage(resource, self.groups[hop.admission.rule.group].id, rules, hop.traffics)

    def _pass(self, kind: EdgeKind, source: str, target: str, reached: Reached) -> None:
        passed = self.drawn.passed
        passed[kind, source, target] = max(reached, passed.get((kind, source, target), Reached.NO))

    def _mark_openings(self) -> None:
        """Marks what is open to the world beside the ways, which are only the shortest to each resource.

        A group that nothing is known to carry is open, too: whatever comes to carry it may face the internet.
        """
        for way in self.analysis.exposure.openings():
            self._marked(way)
        for group, admission in self.analysis.world(Direction.INGRESS):
            if not self.analysis.attachments.of(group.address):
                self.drawn.mark(self.groups[group.address].id, Reached.POSSIBLY)
                for rule in admission.rules:
                    self.drawn.mark(self.rules[id(rule)].id, Reached.POSSIBLY)


def _with_edges(path: Path, by_rule: Mapping[str, str], by_ends: Mapping[tuple[EdgeKind, str, str], str]) -> Path:
    edges: dict[str, None] = {}
    before: str | None = None
    for stage in path.stages:
        edges |= dict.fromkeys(by_rule[rule] for rule in stage.rules)
        ends = [(EdgeKind.CARRIES, stage.group, stage.resource), (EdgeKind.FORWARDS, before, stage.resource)]
        for kind, source, target in ends:
            edge = by_ends.get((kind, source, target)) if source is not None else None
            if edge is not None:
                edges[edge] = None
        before = stage.resource
    return replace(path, edges=tuple(edges))


def _node(end: PeerKey | str, keys: Mapping[PeerKey, str]) -> str:
    return keys[end] if isinstance(end, PeerKey) else end


def _number(id_: str) -> tuple[str, int]:
    return id_[0], int(id_[1:])
