// The graph by id, with what belongs to what. The data is what `sglint graph --format json` writes.
const graph = JSON.parse(document.getElementById("graph").textContent);

const severities = ["note", "low", "medium", "high", "critical"];
const nodes = new Map();
const rules = new Map();
const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
const edgesOf = new Map();
const pathsThrough = new Map();
const policies = new Map(graph.policies.map((policy) => [policy.id, policy]));
const clusters = new Map(graph.clusters.map((cluster) => [cluster.id, cluster]));

for (const [kind, listed] of [["peer", graph.peers], ["group", graph.groups], ["resource", graph.resources]]) {
  for (const node of listed) {
    nodes.set(node.id, { ...node, kindOfNode: kind });
    edgesOf.set(node.id, []);
    pathsThrough.set(node.id, []);
  }
}
for (const group of graph.groups) {
  for (const rule of group.rules) rules.set(rule.id, rule);
}
for (const edge of graph.edges) {
  for (const end of new Set([edge.source, edge.target])) edgesOf.get(end).push(edge);
}
for (const path of graph.paths) {
  const touched = new Set(path.stages.flatMap((stage) => [stage.resource, stage.group]));
  for (const id of touched) {
    if (id !== null) pathsThrough.get(id).push(path);
  }
}

/** The resources that carry a group, or the groups that a resource carries. */
function carriedWith(id) {
  return edgesOf
    .get(id)
    .filter((edge) => edge.kind === "carries")
    .map((edge) => nodes.get(edge.source === id ? edge.target : edge.source));
}

function textOf(value) {
  if (value === null) return "";
  return typeof value === "string" ? value : value.unknown;
}

function clusterText(cluster) {
  const unit = graph.units[cluster.unit];
  const environment = unit.environment === null ? "" : ` (${unit.environment})`;
  return `${unit.path}${environment} · ${cluster.vpc === null ? "no VPC named" : `VPC ${cluster.vpc}`}`;
}

function placeText(location) {
  return `${location.path}:${location.line}:${location.column}`;
}
