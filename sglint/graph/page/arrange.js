// How high everything stands when only a part is shown. All of it keeps its order from top to bottom.
const ROOM = 12;
const GAP = 30;
const BAND_HEAD = 52;
const BAND_FOOT = 24;
const BAND_GAP = 26;

/** A function that takes out of an axis what lies between intervals, save for a gap. */
function closing(intervals, gap) {
  const merged = [];
  for (const [from, to] of [...intervals].sort((one, other) => one[0] - other[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to, at: 0 });
  }
  let before = null;
  for (const piece of merged) {
    piece.at = before === null ? piece.from : before.at + before.to - before.from + Math.min(gap, piece.from - before.to);
    before = piece;
  }
  return (value) => {
    let low = 0;
    let high = merged.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (merged[middle].from <= value) low = middle;
      else high = middle - 1;
    }
    const piece = merged[low];
    if (piece === undefined || value < piece.from) return value;
    if (value <= piece.to) return piece.at + value - piece.from;
    const end = piece.at + piece.to - piece.from;
    const next = merged[low + 1];
    if (next === undefined) return end + Math.min(gap, value - piece.to);
    const part = (value - piece.to) / (next.from - piece.to);
    return end + part * Math.min(gap, next.from - piece.to);
  };
}

/** The heights in the whole picture, without the strips in which nothing is shown. */
function heightsClosed() {
  const down = [[0, headHeight]];
  const shown = shownClusters();
  for (const card of cards.values()) {
    if (card.isShown) down.push([card.y - ROOM, card.y + card.height + ROOM]);
  }
  for (const band of bands) {
    if (shown.has(band.id)) down.push([band.y, band.y + 40], [band.y + band.height - ROOM, band.y + band.height]);
  }
  const toY = closing(down, GAP);
  return {
    ofCard: (id) => toY(cards.get(id).y),
    ofStop: (wire, x, y) => toY(y),
    ofBand: (band) => (shown.has(band.id) ? [toY(band.y), toY(band.y + band.height)] : null),
  };
}

/** Heights for a part of the picture: each card and line as high as those above it in its column let it. */
function heightsPacked(choice) {
  const lefts = [...new Set([...cards.values()].map((card) => card.x))].sort((one, other) => one - other);
  const columns = lefts.filter((left, index) => index === 0 || left - lefts[index - 1] > 40);
  const columnOf = (x) => columns.findLast((left) => left <= x + 1);
  const stopKey = (wire, x, y) => `${wire.source} ${columnOf(x)} ${y}`;
  const items = new Map(bands.map((band) => [band.id, []]));
  for (const [id, card] of cards) {
    if (card.isShown) {
      items.get(nodes.get(id).cluster).push({ key: id, column: columnOf(card.x), top: card.y, height: card.height });
    }
  }
  const stops = new Map();
  for (const id of choice.edges) {
    const wire = wires.get(id);
    for (const { x, y } of wire?.steps.slice(1, -1) ?? []) {
      stops.set(stopKey(wire, x, y), { cluster: nodes.get(wire.source).cluster, column: columnOf(x), top: y });
    }
  }
  for (const [key, { cluster, column, top }] of stops) items.get(cluster).push({ key, column, top, height: 0 });

  const tops = new Map();
  const spans = new Map();
  let start = headHeight + 8;
  for (const band of bands) {
    const here = items.get(band.id).sort((one, other) => one.top - other.top);
    if (here.length === 0) continue;
    const bottoms = new Map();
    let least = start + BAND_HEAD;
    for (const item of here) {
      const above = bottoms.get(item.column);
      const gap = above === undefined ? 0 : Math.min(18, Math.max(5, item.top - above.was));
      least = Math.max(least, above === undefined ? least : above.now + gap);
      tops.set(item.key, least);
      bottoms.set(item.column, { was: item.top + item.height, now: least + item.height });
    }
    const end = Math.max(...[...bottoms.values()].map((bottom) => bottom.now)) + BAND_FOOT;
    spans.set(band.id, [start, end]);
    start = end + BAND_GAP;
  }
  return {
    ofCard: (id) => tops.get(id),
    ofStop: (wire, x, y) => tops.get(stopKey(wire, x, y)),
    ofBand: (band) => spans.get(band.id) ?? null,
  };
}

function shownClusters() {
  return new Set([...cards].filter(([, card]) => card.isShown).map(([id]) => nodes.get(id).cluster));
}
