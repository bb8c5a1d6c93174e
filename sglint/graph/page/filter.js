// Which nodes and edges are shown. A group is shown if it fits every filter; what it is connected to, around it.

/** The text that a group is searched by: its own, its rules', and what carries it. */
const haystacks = new Map(
  graph.groups.map((group) => {
    const carriers = carriedWith(group.id).flatMap((node) => [node.title, node.address, node.kind, node.service]);
    const cluster = clusters.get(group.cluster);
    const own = [group.title, group.address, group.construct ?? "", textOf(group.name), textOf(group.description)];
    const said = group.rules.flatMap((rule) => [rule.peer, rule.traffic, textOf(rule.description)]);
    return [group.id, [...own, cluster.vpc ?? "", ...said, ...carriers].join("\n").toLowerCase()];
  }),
);

/** `22` or `8000-8100` as [first, last], null for no text, undefined for what is neither. */
function parsePort(text) {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const match = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(trimmed);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first <= last && last <= 65535 ? [first, last] : undefined;
}

/** Whether a rule fits; one whose ports are known at deploy time may have any. Egress counts where it is shown. */
function fitsRule(rule, wanted) {
  if (rule.direction === "egress" && !wanted.egress) return false;
  if (wanted.level !== null && (rule.level === null || rule.level > wanted.level)) return false;
  if (wanted.port === null || rule.ports === null) return true;
  return rule.ports.some(([first, last]) => first <= wanted.port[1] && wanted.port[0] <= last);
}

function fitsGroup(group, wanted) {
  if (wanted.words.some((word) => !haystacks.get(group.id).includes(word))) return false;
  if (wanted.severity !== null && severities.indexOf(group.severity) < wanted.severity) return false;
  if (wanted.tier === "none" ? group.tiers.length > 0 : wanted.tier !== "" && !group.tiers.includes(wanted.tier)) {
    return false;
  }
  if (wanted.cluster !== "" && group.cluster !== wanted.cluster) return false;
  if (wanted.exposed && group.reached === "no") return false;
  return !wanted.asksForRules || group.rules.some((rule) => fitsRule(rule, wanted));
}

/** What is shown: `main` groups fit, `around` holds the groups that are there for the others' sake. */
function chosen(wanted) {
  const main = new Set(graph.groups.filter((group) => fitsGroup(group, wanted)).map((group) => group.id));
  const shown = new Set(main);
  const shownEdges = new Set();
  const isAll = main.size === graph.groups.length && !wanted.asksForRules;
  for (const edge of graph.edges) {
    if (edge.kind === "egress" && !wanted.egress) continue;
    if (edge.kind === "forwards" || !(isAll || main.has(edge.source) || main.has(edge.target))) continue;
    if (edge.kind === "carries") {
      if (wanted.tier !== "" && nodes.get(edge.target).tier !== wanted.tier) continue;
    } else if (wanted.asksForRules && !edge.rules.some((id) => fitsRule(rules.get(id), wanted))) {
      continue;
    }
    shownEdges.add(edge.id);
    shown.add(edge.source);
    shown.add(edge.target);
  }
  for (const resource of graph.resources) {
    if (isAll) shown.add(resource.id);
  }
  for (const edge of graph.edges) {
    if (edge.kind === "forwards" && shown.has(edge.source) && shown.has(edge.target)) shownEdges.add(edge.id);
  }
  const around = new Set([...shown].filter((id) => id.startsWith("g") && !main.has(id)));
  return { isAll, main, around, nodes: shown, edges: shownEdges };
}
