// The picture itself.
const picture = byId("picture");
const world = svg("g", {});
picture.append(world);
const view = { x: 0, y: 0, scale: 1 };
let size = { width: 1, height: 1 };
let selected = null, selectedLink = null, hovered = null, focused = null;
const nodeElements = new Map(), edgeElements = new Map(), trunks = new Map();

function applyView() {
  world.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.scale})`);
  drawMap();
}

// A line that goes across, turns, goes down, turns and goes across.
function elbow(x1, y1, turn, x2, y2) {
  if (Math.abs(y2 - y1) < 1) return `M${x1} ${y1}H${x2}`;
  const r = Math.min(7, Math.abs(y2 - y1) / 2, Math.abs(x2 - turn));
  const way = y2 > y1 ? 1 : -1;
  return `M${x1} ${y1}H${turn - r}Q${turn} ${y1} ${turn} ${y1 + way * r}V${y2 - way * r}` +
    `Q${turn} ${y2} ${turn + r} ${y2}H${x2}`;
}

function curve(link) {
  const { parent, child } = link;
  const x1 = parent.x + parent.width + (parent.folds ? 24 : 0);
  if (child.x <= parent.x) {
    // Back to the left: below the row, so that a cycle can be told from a straight line.
    const low = Math.max(parent.y, child.y) + ROW;
    return `M${x1} ${parent.y}C${x1 + 50} ${low} ${child.x - 50} ${low} ${child.x - 1} ${child.y}`;
  }
  const pull = Math.max(40, Math.abs(child.x - x1) * 0.5);
  return `M${x1} ${parent.y}C${x1 + pull} ${parent.y} ${child.x - pull} ${child.y} ${child.x - 1} ${child.y}`;
}

function stroke(method) {
  return { stroke: `var(--${method === "single" ? "line" : method})`, "stroke-dasharray": DASHES[method] };
}

function render() {
  size = layout();
  world.replaceChildren();
  for (const map of [nodeElements, edgeElements, trunks]) map.clear();
  const layers = { edges: svg("g", {}), grips: svg("g", {}), nodes: svg("g", { role: "tree", "aria-label": say("title") }) };
  world.append(layers.edges, layers.grips, layers.nodes);
  for (const block of blocks) drawBlock(block, layers);
  for (const model of visible) drawTrunks(model, layers);
  const shown = new Set(visible);
  for (const link of links) {
    const drawn = edgeElements.has(link) || (link.child.main === link && link.child.block);
    if (drawn || !shown.has(link.parent) || !shown.has(link.child)) continue;
    if (!hiddenMethods.has(link.method)) drawEdge(link, curve(link), layers);
  }
  for (const model of visible) drawNode(model, layers);
  if (!nodeElements.has(focused)) focused = visible[0] ?? null;
  nodeElements.get(focused)?.setAttribute("tabindex", "0");
  byId("nothing").hidden = models.length > 0;
  light();
}

function drawEdge(link, path, layers) {
  const line = svg("path", { class: "edge", d: path, ...stroke(link.method) });
  const grip = svg("path", { class: "grip", d: path, on: { click: (event) => { event.stopPropagation(); selectLink(link); } } },
    svg("title", {}, `${link.parent.label} → ${link.child.label}: ${term(link.method)}`));
  layers.edges.append(line);
  layers.grips.append(grip);
  edgeElements.set(link, line);
}

// One trunk for each method; the one that reaches furthest stands leftmost, so that none cross.
function drawTrunks(model, layers) {
  const ends = [
    ...model.rows.map((child) => ({ method: child.main.method, x: child.x, y: child.y, link: child.main })),
    ...model.blocks.map((block) => ({ method: block.method, x: block.x, y: block.middle, block })),
  ];
  const reach = {};
  for (const end of ends) reach[end.method] = Math.max(reach[end.method] ?? 0, Math.abs(end.y - model.y));
  const order = Object.keys(reach).sort((a, b) => reach[b] - reach[a]);
  const apart = Math.min(9, 40 / order.length);
  const left = model.x + model.width + (model.folds ? 24 : 0);
  for (const end of ends) {
    const path = elbow(left + 2, model.y, left + 14 + order.indexOf(end.method) * apart, end.x - 1, end.y);
    if (end.link) {
      drawEdge(end.link, path, layers);
    } else {
      const line = svg("path", { class: "edge", d: path, ...stroke(end.method) });
      layers.edges.append(line);
      trunks.set(end.block, line);
    }
  }
}

function drawBlock(block, layers) {
  const colour = `var(--${block.method === "single" ? "muted" : block.method})`;
  block.element = svg("g", { class: "block" },
    svg("rect", { x: block.x, y: block.top, width: block.width, height: block.height, rx: 7, stroke: colour, fill: colour }),
    svg("text", { x: block.x + BLOCK_PAD, y: block.top + 15.5 }, `${block.owner ? term(block.method) : say("single")} · ${block.total}`));
  layers.edges.append(block.element);
  if (!block.rest) return;
  const label = `+${block.rest} ${say("more")}`;
  const grow = () => {
    if (block.owner) block.owner.limit += 60; else singleLimit += 60;
    render();
    applyView();
  };
  layers.nodes.append(foldButton(label, block.x + BLOCK_PAD, block.top + block.height - 24, grow));
}

function foldButton(label, x, y, act) {
  const width = Math.max(17, widthOf(label, 10.5, 600) + 9);
  return svg("g", { class: "fold", transform: `translate(${x} ${y})`, on: { click: (event) => { event.stopPropagation(); act(); } } },
    svg("rect", { width, height: 16, rx: 8 }),
    svg("text", { x: width / 2, y: 11.8, "text-anchor": "middle" }, label));
}

function drawNode(model, layers) {
  const group = svg("g", {
    class: `node${model.in.length ? "" : " root"}${model === selected ? " selected" : ""}`,
    transform: `translate(${model.x} ${model.y - HEIGHT / 2})`, tabindex: -1, role: "treeitem",
    "aria-level": model.column + 1, "aria-selected": String(model === selected),
    "aria-expanded": model.folds ? String(model.opened) : null,
    "aria-label": [model.label, model.other, model.maker, model.released, model.licence,
      model.main ? term(model.main.method) : ""].filter(Boolean).join(", "),
    on: {
      click: (event) => { event.stopPropagation(); select(model); },
      pointerenter: (event) => hover(model, event), pointerleave: () => hover(null),
      focus: () => { focused = model; },
    },
  });
  group.append(svg("rect", { class: "box", width: model.width, height: HEIGHT, rx: 5 }),
    svg("text", { class: "name", x: PAD, y: 15.8, "font-weight": model.weight }, model.face));
  if (model.second) group.append(svg("text", { class: "other", x: PAD + model.faceWidth + 7, y: 15.6 }, model.second));
  const badgeLeft = model.width - model.badgeWidth - 5;
  if (model.released) group.append(svg("text", { class: "date", x: badgeLeft - 5, y: 15.6, "text-anchor": "end" }, model.released));
  group.append(badge(model.licenceKind, model.badge, model.badgeWidth, badgeLeft, 4));
  if (model.folds) {
    const label = model.opened ? "−" : `+${model.size}`;
    group.append(foldButton(label, model.width + 3, 3.5, () => toggle(model)));
  }
  layers.nodes.append(group);
  nodeElements.set(model, group);
}

function badge(kind, label, width, x, y) {
  return svg("g", { class: `badge ${kind}`, transform: `translate(${x} ${y})` },
    svg("rect", { width, height: 15, rx: kind === "noncommercial" ? 2 : 7.5 }),
    svg("text", { x: width / 2, y: 11.4, "text-anchor": "middle" }, label));
}

// Everything that the model comes from and everything that came from it.
function chain(model) {
  const nodes = new Set([model]), edges = new Set();
  for (const [ahead, next] of [["in", "parent"], ["out", "child"]]) {
    const waiting = [model], met = new Set(waiting);
    while (waiting.length) {
      for (const link of waiting.pop()[ahead]) {
        edges.add(link);
        nodes.add(link[next]);
        if (!met.has(link[next])) {
          met.add(link[next]);
          waiting.push(link[next]);
        }
      }
    }
  }
  return { nodes, edges };
}

function light() {
  const model = hovered ?? selected;
  const lit = model ? chain(model)
    : selectedLink ? { nodes: new Set([selectedLink.parent, selectedLink.child]), edges: new Set([selectedLink]) } : null;
  const few = lit && lit.nodes.size < 30;
  const set = (element, on) => {
    element.classList.toggle("dim", lit !== null && !on);
    element.classList.toggle("lit", Boolean(few && on));
  };
  for (const [link, element] of edgeElements) set(element, lit?.edges.has(link));
  for (const [one, element] of nodeElements) set(element, lit?.nodes.has(one));
  for (const block of blocks) {
    const on = block.shown.some((one) => lit?.nodes.has(one));
    set(block.element, on);
    if (trunks.has(block)) set(trunks.get(block), on);
  }
}

function drawMap() {
  const map = byId("map"), frame = picture.getBoundingClientRect();
  map.hidden = size.height * view.scale <= frame.height * 1.05 && size.width * view.scale <= frame.width * 1.05;
  if (map.hidden) return;
  const pen = map.getContext("2d"), colours = getComputedStyle(document.documentElement);
  const scale = Math.min(map.width / size.width, map.height / size.height);
  pen.clearRect(0, 0, map.width, map.height);
  pen.fillStyle = colours.getPropertyValue("--muted");
  for (const model of visible) pen.fillRect(model.x * scale, model.y * scale, Math.max(2, model.width * scale), 1.5);
  pen.strokeStyle = colours.getPropertyValue("--accent");
  pen.lineWidth = 2;
  const k = scale / view.scale;
  pen.strokeRect(-view.x * k, -view.y * k, frame.width * k, frame.height * k);
}
