// The picture on the screen: what is shown is moved together, zoomed and scrolled.
const canvas = document.getElementById("canvas");
const picture = canvas.querySelector("svg");
const lanes = picture.querySelector(".lanes");

/** Every card with its place in the whole picture. */
const cards = new Map(
  [...picture.querySelectorAll(".card")].map((element) => {
    const [x, y] = /translate\(([-\d.]+) ([-\d.]+)\)/.exec(element.getAttribute("transform")).slice(1).map(Number);
    const box = element.querySelector(".box");
    const [width, height] = ["width", "height"].map((name) => Number(box.getAttribute(name)));
    return [element.dataset.id, { element, x, y, width, height, now: { x, y }, isShown: true }];
  }),
);
/** Every line as its steps: [command, x, y] with the places across of a curve's handles before them. */
const wires = new Map(
  [...picture.querySelectorAll(".wire")].map((element) => {
    const { source, target } = edges.get(element.dataset.id);
    const steps = [...element.getAttribute("d").matchAll(/([MLC])([^MLC]*)/g)].map(([, command, numbers]) => {
      const values = numbers.trim().split(/\s+/).map(Number);
      const handles = command === "C" ? [values[0], values[2]] : [];
      return { command, handles, x: values.at(-2), y: values.at(-1) };
    });
    return [element.dataset.id, { element, source, target, steps }];
  }),
);
const bands = [...picture.querySelectorAll(".band")].map((element) => {
  const ground = element.querySelector("rect");
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(ground.getAttribute(name)));
  return { id: element.dataset.id, element, ground, label: element.querySelector("text"), x, y, width, height };
});
const laneLines = [...picture.querySelectorAll(".lane")].map((element) => {
  const line = element.querySelector("path");
  const [from, to] = /M([\d.]+) 29H([\d.]+)/.exec(line.getAttribute("d")).slice(1).map(Number);
  return { element, line, label: element.querySelector("text"), from, to };
});
const whole = { width: Number(picture.getAttribute("width")), height: Number(picture.getAttribute("height")) };
const headHeight = Number(lanes.querySelector("rect").getAttribute("height"));

let size = { ...whole };
let scale = 1;

/** Shows what was chosen, moved together. */
function show(choice) {
  const across = [[0, 24]];
  for (const [id, card] of cards) {
    card.isShown = choice.nodes.has(id);
    setShown(card.element, card.isShown);
    card.element.classList.toggle("around", choice.around.has(id));
    if (card.isShown) across.push([card.x, card.x + card.width]);
  }
  for (const [id, wire] of wires) setShown(wire.element, choice.edges.has(id));
  const toX = closing(across, 88);
  const heights = choice.isAll ? heightsClosed() : heightsPacked(choice);
  const right = Math.max(Number(picture.dataset.narrowest), ...across.map(([, to]) => toX(to) + 48));
  for (const [id, card] of cards) {
    if (!card.isShown) continue;
    card.now = { x: toX(card.x), y: heights.ofCard(id) };
    card.element.setAttribute("transform", `translate(${card.now.x} ${card.now.y})`);
  }
  for (const id of choice.edges) {
    const wire = wires.get(id);
    if (wire !== undefined) wire.element.setAttribute("d", redrawn(wire, toX, heights));
  }
  let bottom = headHeight;
  for (const band of bands) {
    const span = heights.ofBand(band);
    setShown(band.element, span !== null);
    if (span === null) continue;
    bottom = span[1];
    band.ground.setAttribute("y", span[0]);
    band.ground.setAttribute("height", span[1] - span[0]);
    band.ground.setAttribute("width", right - 2 * band.x);
    band.label.setAttribute("y", span[0] + 23);
  }
  for (const lane of laneLines) {
    const inside = across.filter(([from, to]) => from >= lane.from && to <= lane.to);
    setShown(lane.element, inside.length > 0);
    if (inside.length === 0) continue;
    const from = toX(Math.min(...inside.map((each) => each[0])));
    const to = toX(Math.max(...inside.map((each) => each[1])));
    lane.line.setAttribute("d", `M${from} 29H${to}`);
    lane.label.setAttribute("x", from);
  }
  size = { width: right, height: bottom + 24 };
  lanes.querySelector("rect").setAttribute("width", right);
  document.getElementById("nothing").hidden = choice.nodes.size > 0;
  resize();
}

/** The path of a line whose ends have moved with their cards, and the rest with what it passes. */
function redrawn(wire, toX, heights) {
  const last = wire.steps.length - 1;
  let before = 0;
  return wire.steps
    .map(({ command, handles, x, y }, index) => {
      const moved = (id) => cards.get(id).now.y + y - cards.get(id).y;
      const now = index === 0 ? moved(wire.source) : index === last ? moved(wire.target) : heights.ofStop(wire, x, y);
      const curve = handles.length === 0 ? "" : `${round(toX(handles[0]))} ${round(before)} ${round(toX(handles[1]))} ${round(now)} `;
      before = now;
      return `${command}${curve}${round(toX(x))} ${round(now)}`;
    })
    .join("");
}

function setShown(element, isShown) {
  if (isShown) element.removeAttribute("display");
  else element.setAttribute("display", "none");
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function resize() {
  picture.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  picture.setAttribute("width", size.width * scale);
  picture.setAttribute("height", size.height * scale);
}

/** Draws at a scale; the point of the canvas at (x, y) stays where it is. */
function zoom(wanted, x = 0, y = 0) {
  const left = (canvas.scrollLeft + x) / scale;
  const top = (canvas.scrollTop + y) / scale;
  scale = Math.min(2.5, Math.max(0.08, wanted));
  resize();
  canvas.scrollLeft = left * scale - x;
  canvas.scrollTop = top * scale - y;
  keepLanes();
}

/** The scale at which the picture is as wide as the canvas, within what can be read. */
function fittingScale() {
  return Math.min(1.15, Math.max(0.55, (canvas.clientWidth - 4) / size.width));
}

/** Lane titles stay on top while the picture scrolls under them. */
function keepLanes() {
  lanes.setAttribute("transform", `translate(0 ${canvas.scrollTop / scale})`);
}

/** Scrolls as little as it takes to see a card whole. */
function reveal(id) {
  const card = cards.get(id);
  const [left, top] = [card.now.x * scale, card.now.y * scale];
  const [right, bottom] = [left + card.width * scale, top + card.height * scale];
  const head = headHeight * scale + 16;
  if (left < canvas.scrollLeft) canvas.scrollLeft = left - 24;
  else if (right > canvas.scrollLeft + canvas.clientWidth) canvas.scrollLeft = right - canvas.clientWidth + 24;
  if (top < canvas.scrollTop + head) canvas.scrollTop = top - head;
  else if (bottom > canvas.scrollTop + canvas.clientHeight) canvas.scrollTop = bottom - canvas.clientHeight + 24;
}

/** Puts a node, what it is connected to and the paths through it in front of everything else; null for none. */
function emphasise(id) {
  picture.classList.toggle("focused", id !== null);
  const litEdges = new Set();
  const litNodes = new Set();
  if (id !== null) {
    litNodes.add(id);
    for (const edge of edgesOf.get(id)) litEdges.add(edge.id);
    for (const path of pathsThrough.get(id)) {
      for (const edge of path.edges) litEdges.add(edge);
    }
    for (const edge of litEdges) litNodes.add(edges.get(edge).source).add(edges.get(edge).target);
  }
  for (const [each, card] of cards) card.element.classList.toggle("lit", litNodes.has(each));
  for (const [each, wire] of wires) wire.element.classList.toggle("lit", litEdges.has(each));
}

/** The shown card that is nearest in a direction, where what is straight ahead counts as near. */
function neighbour(id, dx, dy) {
  const from = cards.get(id);
  let best = null;
  let least = Infinity;
  for (const [other, card] of cards) {
    if (other === id || !card.isShown) continue;
    const right = card.now.x - from.now.x;
    const down = card.now.y - from.now.y;
    const ahead = dx === 0 ? down * dy : right * dx;
    if (ahead <= 1) continue;
    const distance = ahead + 3 * Math.abs(dx === 0 ? right : down);
    if (distance < least) [best, least] = [other, distance];
  }
  return best;
}
