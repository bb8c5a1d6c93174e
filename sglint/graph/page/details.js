// The panel beside the picture: everything about one node, or the whole. Text of the input is only ever text.
const details = document.getElementById("details");

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") element.className = value;
    else if (name === "click") element.addEventListener("click", value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function describe(id) {
  const node = id === null ? null : nodes.get(id);
  const parts = node === null ? overview() : { peer: peerParts, group: groupParts, resource: resourceParts }[node.kindOfNode](node);
  details.replaceChildren(...parts.filter((part) => part !== null));
  details.scrollTop = 0;
}

function heading(node, kind) {
  return make(
    "div",
    { class: "heading" },
    make("h2", {}, node.title),
    make("p", { class: "muted" }, kind),
    make("button", { type: "button", class: "close", "aria-label": "Close details", click: () => select(null) }, "×"),
  );
}

function section(title, ...children) {
  const kept = children.filter((child) => child !== null);
  return kept.length === 0 ? null : make("section", { class: title.toLowerCase() }, make("h3", {}, title), ...kept);
}

function facts(entries) {
  const known = entries.filter(([, value]) => value !== null && value !== "");
  const rows = known.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]);
  return rows.length === 0 ? null : make("dl", {}, ...rows);
}

function pill(name, text) {
  return make("span", { class: `mark ${name}` }, text);
}

function link(id) {
  return make("button", { type: "button", class: "link", click: () => select(id, true) }, nodes.get(id).title);
}

function textFact(value) {
  if (value === null || typeof value === "string") return value;
  return `known at deploy time: ${value.unknown} (${value.blocked_by})`;
}

/** Where something is written, with the line of code, and the chain that led there. */
function source(thing) {
  const because = thing.because.map((step) => make("li", {}, step.text, " ", make("code", {}, placeText(step.location))));
  return make(
    "div",
    { class: "source" },
    make("code", { class: "place" }, placeText(thing.location)),
    thing.source === null ? null : make("pre", {}, thing.source.trim()),
    because.length === 0 ? null : make("div", { class: "because" }, "because", make("ul", {}, ...because)),
  );
}

function ruleItem(rule) {
  const side = rule.direction === "ingress" ? "from" : "to";
  return make(
    "li",
    { class: "rule" },
    make(
      "p",
      {},
      rule.level === null ? null : pill(`level-${rule.level}`, `L${rule.level}`),
      make("code", {}, rule.traffic),
      ` ${side} `,
      make("code", {}, rule.peer),
    ),
    rule.description === null ? null : make("p", { class: "muted" }, textFact(rule.description)),
    rule.when === null ? null : make("p", { class: "muted" }, `when ${rule.when}`),
    rule.origin === "inline" ? null : make("p", { class: "muted" }, `${rule.origin}: ${rule.address}`),
    source(rule),
    ...rule.findings.map((position) => {
      const finding = graph.findings[position];
      return make("p", {}, pill(finding.severity, finding.severity), `${finding.policy} ${policies.get(finding.policy).name}`);
    }),
  );
}

function findingItem(position) {
  const finding = graph.findings[position];
  const policy = policies.get(finding.policy);
  const state = finding.open ? " · could not be judged" : finding.accepted === null ? "" : ` · accepted: ${finding.accepted}`;
  return make(
    "li",
    { class: "finding" },
    make("p", {}, pill(finding.severity, finding.severity), make("strong", {}, `${policy.id} ${policy.name}`), state),
    make("p", {}, finding.message),
    source(finding),
    make("p", {}, make("strong", {}, "Fix: "), policy.fix),
    make("details", {}, make("summary", {}, "Why"), make("p", {}, policy.why)),
  );
}

function pathItem(path) {
  const stages = path.stages.flatMap((stage) => [
    ` → ${stage.traffic} → `,
    link(stage.resource),
    ...(stage.group === null ? [] : [" by ", link(stage.group)]),
  ]);
  const certainty = path.reached === "certainly" ? "exposed" : "may be exposed";
  return make(
    "li",
    {},
    pill(path.reached, certainty),
    "World",
    ...stages,
    path.when === null ? null : make("span", { class: "muted" }, ` when ${path.when}`),
  );
}

function list(name, items) {
  return items.length === 0 ? null : make("ul", { class: name }, ...items);
}

function linked(ids) {
  return list("links", [...new Set(ids)].map((id) => make("li", {}, link(id))));
}

function groupParts(group) {
  const of = (direction) => group.rules.filter((rule) => rule.direction === direction);
  const paths = pathsThrough.get(group.id);
  const reach = { certainly: "from the world", possibly: "possibly from the world", no: null }[group.reached];
  const references = edgesOf.get(group.id).filter((edge) => edge.kind === "ingress" && edge.source === group.id && edge.target !== group.id);
  return [
    heading(group, group.default ? "default security group" : group.defined ? "security group" : "group known by reference"),
    facts([
      ["Address", group.address],
      ["Construct", group.construct],
      ["Name", textFact(group.name)],
      ["Description", textFact(group.description)],
      ["In", clusterText(clusters.get(group.cluster))],
      ["When", group.when],
      ["Reached", reach],
      ["Use", group.use],
    ]),
    source(group),
    section(`Findings (${group.findings.length})`, list("findings", group.findings.map(findingItem))),
    section("How the world comes here", list("paths", paths.map(pathItem))),
    section(`Admits (${of("ingress").length})`, list("rules", of("ingress").map(ruleItem))),
    section(`Lets out to (${of("egress").length})`, list("rules", of("egress").map(ruleItem))),
    section("Carried by", linked(carriedWith(group.id).map((node) => node.id))),
    section("Admitted by", linked(references.map((edge) => edge.target))),
  ];
}

function resourceParts(resource) {
  const forwards = edgesOf.get(resource.id).filter((edge) => edge.kind === "forwards");
  return [
    heading(resource, `${resource.kind.replaceAll("-", " ")} of ${resource.service}, tier ${resource.tier}`),
    facts([
      ["Address", resource.address],
      ["Construct", resource.construct],
      ["Facing", { public: "the internet", private: "inside only", unknown: "not known" }[resource.facing]],
      ["In", clusterText(clusters.get(resource.cluster))],
      ["When", resource.when],
    ]),
    source(resource),
    section(`Findings (${resource.findings.length})`, list("findings", resource.findings.map(findingItem))),
    section("How the world comes here", list("paths", pathsThrough.get(resource.id).map(pathItem))),
    section("Carries", linked(carriedWith(resource.id).map((node) => node.id))),
    section(
      "Passes on",
      list(
        "links",
        forwards.map((edge) => make("li", {}, link(edge.source), ` → ${edge.traffic} → `, link(edge.target))),
      ),
    ),
  ];
}

function peerParts(peer) {
  const others = edgesOf.get(peer.id);
  return [
    heading(peer, peer.direction === "ingress" ? `${peer.subtitle}, as a source` : `${peer.subtitle}, as a destination`),
    section("Names", list("", peer.names.map((name) => make("li", {}, make("code", {}, name))))),
    section("Comes to", list("", peer.details.map((name) => make("li", {}, make("code", {}, name))))),
    section(
      peer.direction === "ingress" ? "Admitted by" : "Reached from",
      list(
        "links",
        others.map((edge) =>
          make(
            "li",
            {},
            edge.level === null ? null : pill(`level-${edge.level}`, `L${edge.level}`),
            link(edge.source === peer.id ? edge.target : edge.source),
            ` ${edge.traffic}`,
          ),
        ),
      ),
    ),
  ];
}

const LEVELS = [
  "the world, everything",
  "the world, specific ports",
  "a network, everything",
  "a network, specific ports; or a group, every port",
  "a group, specific ports",
];

function overview() {
  const counted = graph.findings.filter((finding) => !finding.open && finding.accepted === null);
  const counts = [...severities].reverse().map((severity) => [severity, counted.filter((each) => each.severity === severity).length]);
  const elsewhere = graph.findings.flatMap((finding, position) => (finding.nodes.length === 0 ? [position] : []));
  const paths = graph.paths.filter((path) => path.reached === "certainly");
  const possible = graph.paths.filter((path) => path.reached === "possibly");
  return [
    make("h2", {}, "Overview"),
    make("p", {}, `${graph.groups.length} groups, ${rules.size} rules, ${graph.resources.length} resources that carry them.`),
    graph.problems === 0 ? null : make("p", {}, pill("high", "incomplete"), `${graph.problems} parts of the input could not be read.`),
    section("Findings", list("counts", counts.filter(([, count]) => count > 0).map(([name, count]) => make("li", {}, pill(name, name), ` ${count}`)))),
    section(`Exposed (${paths.length})`, list("paths", paths.map(pathItem))),
    section(`May be exposed (${possible.length})`, list("paths", possible.map(pathItem))),
    section("Levels of rules", list("counts", LEVELS.map((text, index) => make("li", {}, pill(`level-${index + 1}`, `L${index + 1}`), ` ${text}`)))),
    section(
      "Lines",
      list("legend", [
        make("li", {}, make("span", { class: "sample certainly" }), "the world comes this way"),
        make("li", {}, make("span", { class: "sample possibly" }), "the world may come this way"),
        make("li", {}, make("span", { class: "sample ingress" }), "traffic that is admitted"),
        make("li", {}, make("span", { class: "sample forwards" }), "passed on by a load balancer"),
        make("li", {}, make("span", { class: "sample carries" }), "the resource carries the group"),
        make("li", {}, make("span", { class: "sample egress" }), "traffic that is let out"),
      ]),
    ),
    section(
      "Keys",
      make("p", {}, make("kbd", {}, "/"), " search, ", make("kbd", {}, "Tab"), " to the picture, ", make("kbd", {}, "arrows"), " from card to card, ", make("kbd", {}, "Enter"), " details, ", make("kbd", {}, "Esc"), " back, ", make("kbd", {}, "+"), " ", make("kbd", {}, "-"), " ", make("kbd", {}, "0"), " zoom"),
    ),
    section(`Findings that no card shows (${elsewhere.length})`, list("findings", elsewhere.map(findingItem))),
  ];
}
