// What people do: filter, select, move with the mouse or the keyboard, change the theme.
const form = document.getElementById("filters");
const field = (name) => document.getElementById(name);
let selected = null;
let current = null;

for (const cluster of graph.clusters) {
  field("vpc").append(make("option", { value: cluster.id }, clusterText(cluster)));
}
for (const [id, card] of cards) {
  const node = nodes.get(id);
  const marks = [node.severity ?? null, node.reached === "certainly" ? "exposed" : null].filter((mark) => mark !== null);
  card.element.setAttribute("role", "button");
  card.element.setAttribute("tabindex", "-1");
  card.element.setAttribute("aria-label", [node.title, node.kindOfNode, ...marks].join(", "));
}

/** What the form asks for. */
function wanted() {
  const port = parsePort(field("port").value);
  field("port").setAttribute("aria-invalid", String(port === undefined));
  field("port-error").textContent = port === undefined ? "a port or a range, as 22 or 80-90" : "";
  const level = field("level").value;
  const severity = field("severity").value;
  const found = {
    words: field("search").value.toLowerCase().split(/\s+/).filter((word) => word !== ""),
    severity: severity === "" ? null : severities.indexOf(severity),
    level: level === "" ? null : Number(level),
    port: port ?? null,
    tier: field("tier").value,
    cluster: field("vpc").value,
    exposed: field("exposed").checked,
    egress: field("egress").checked,
  };
  found.asksForRules = found.level !== null || found.port !== null;
  return found;
}

function apply() {
  const choice = chosen(wanted());
  show(choice);
  const total = graph.groups.length;
  field("status").textContent = choice.main.size === total ? `${total} groups` : `${choice.main.size} of ${total} groups`;
  if (selected !== null && !cards.get(selected)?.isShown) select(null);
  if (current === null || !cards.get(current).isShown) setCurrent(firstShown());
}

function firstShown() {
  const shown = [...cards].filter(([, card]) => card.isShown);
  shown.sort(([, one], [, other]) => one.now.y - other.now.y || one.now.x - other.now.x);
  return shown.length === 0 ? null : shown[0][0];
}

/** The card that the tab key comes to. */
function setCurrent(id) {
  if (current !== null) cards.get(current).element.setAttribute("tabindex", "-1");
  current = id;
  if (id !== null) cards.get(id).element.setAttribute("tabindex", "0");
}

function focusCard(id) {
  setCurrent(id);
  cards.get(id).element.focus({ preventScroll: true });
  reveal(id);
}

/** Shows a node's details, or with null those of the whole. `isFollowed` also brings it into view. */
function select(id, isFollowed = false) {
  const before = selected;
  if (before !== null) cards.get(before).element.setAttribute("aria-pressed", "false");
  selected = id;
  describe(id);
  emphasise(id);
  if (id === null) {
    if (before !== null && details.contains(document.activeElement)) focusCard(before);
    return;
  }
  if (!cards.get(id).isShown) {
    if (nodes.get(id).direction === "egress") field("egress").checked = true;
    else form.reset();
    apply();
  }
  cards.get(id).element.setAttribute("aria-pressed", "true");
  if (isFollowed) focusCard(id);
  else setCurrent(id);
}

form.addEventListener("input", apply);
form.addEventListener("change", apply); // Not every browser fires both for a list.
field("egress").addEventListener("change", () => zoom(fittingScale()));
form.addEventListener("submit", (event) => event.preventDefault());
field("clear").addEventListener("click", () => {
  form.reset();
  apply();
});

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

picture.addEventListener("keydown", (event) => {
  const card = event.target.closest(".card");
  if (card === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const id = card.dataset.id;
  if (event.key === "Enter" || event.key === " ") {
    select(id);
  } else if (event.key in DIRECTIONS) {
    const next = neighbour(id, ...DIRECTIONS[event.key]);
    if (next !== null) focusCard(next);
  } else if (event.key === "Home") {
    focusCard(firstShown());
  } else {
    return;
  }
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    if (document.activeElement === field("search") && field("search").value !== "") {
      field("search").value = "";
      apply();
    } else {
      select(null);
    }
    return;
  }
  if (event.target.closest("input, select, textarea") !== null || event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = { "/": () => field("search").focus(), "+": () => step(1.2), "=": () => step(1.2), "-": () => step(1 / 1.2), 0: () => zoom(fittingScale()) };
  if (event.key in keys) {
    event.preventDefault();
    keys[event.key]();
  }
});

function step(factor) {
  zoom(scale * factor, canvas.clientWidth / 2, canvas.clientHeight / 2);
}

field("zoom-in").addEventListener("click", () => step(1.2));
field("zoom-out").addEventListener("click", () => step(1 / 1.2));
field("fit").addEventListener("click", () => zoom(fittingScale()));
field("theme").addEventListener("click", () => {
  const isDark = getComputedStyle(document.documentElement).colorScheme === "dark" ||
    (document.documentElement.dataset.theme === undefined && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = isDark ? "light" : "dark";
});

canvas.addEventListener("scroll", keepLanes);
canvas.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    zoom(scale * Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
  },
  { passive: false },
);

// A press that moves drags the picture; one that does not selects.
let drag = null;
canvas.addEventListener("pointerdown", (event) => {
  if (event.button === 0 && event.pointerType === "mouse") {
    drag = { x: event.clientX, y: event.clientY, left: canvas.scrollLeft, top: canvas.scrollTop, hasMoved: false };
  }
});
window.addEventListener("pointermove", (event) => {
  if (drag === null) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.hasMoved && Math.hypot(dx, dy) < 5) return;
  drag.hasMoved = true;
  canvas.classList.add("dragged");
  canvas.scrollLeft = drag.left - dx;
  canvas.scrollTop = drag.top - dy;
});
window.addEventListener("pointerup", () => {
  canvas.classList.remove("dragged");
  setTimeout(() => (drag = null));
});
picture.addEventListener("click", (event) => {
  if (drag?.hasMoved) return;
  const card = event.target.closest(".card");
  select(card === null ? null : card.dataset.id);
});
picture.addEventListener("pointerover", (event) => {
  if (selected === null) emphasise(event.target.closest(".card")?.dataset.id ?? null);
});
picture.addEventListener("pointerleave", () => emphasise(selected));

// The paper takes the whole picture, whatever part of it was on the screen.
window.addEventListener("beforeprint", () => lanes.removeAttribute("transform"));
window.addEventListener("afterprint", keepLanes);

apply();
zoom(fittingScale());
describe(null);
