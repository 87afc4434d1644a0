// What mouse, keyboard and search do.
function select(model, centre) {
  selectedLink = null;
  selected = model;
  focused = model;
  if (centre) {
    if (!byId("rows").hidden) byId("table").click();
    reveal(model);
    render();
    bringIntoView(model);
  }
  markSelected();
}

// What can be read already stays where it is.
function bringIntoView(model) {
  const frame = picture.getBoundingClientRect();
  const left = model.x * view.scale + view.x, y = model.y * view.scale + view.y;
  const inside = left > 10 && left + model.width * view.scale < frame.width - 10 && y > 20 && y < frame.height - 20;
  if (!inside || view.scale < 0.7) {
    view.scale = Math.max(view.scale, 0.85);
    view.x = frame.width / 2 - (model.x + model.width / 2) * view.scale;
    view.y = frame.height / 2 - model.y * view.scale;
  }
  applyView();
}

function selectLink(link) {
  selected = null;
  selectedLink = link;
  markSelected();
}

function clear() {
  selected = selectedLink = hovered = null;
  markSelected();
}

function markSelected() {
  for (const [model, element] of nodeElements) {
    element.classList.toggle("selected", model === selected);
    element.setAttribute("aria-selected", String(model === selected));
    element.setAttribute("tabindex", model === focused ? "0" : "-1");
  }
  light();
  panel();
}

// Opens what is folded above a model and shows what a filter or a block hides of it.
function reveal(model) {
  hiddenLicences.delete(model.licenceKind);
  for (let one = model; one.main; one = one.main.parent) {
    hiddenMethods.delete(one.main.method);
    hiddenLicences.delete(one.main.parent.licenceKind);
    one.main.parent.opened = true;
    one.main.parent.limit = Infinity;
  }
  legend();
}

// A model that is folded or opened stays where it is on the screen.
function toggle(model) {
  model.opened = !model.opened;
  const before = view.scale * model.y + view.y;
  render();
  view.y = before - view.scale * model.y;
  applyView();
}

let waiting = 0;
function hover(model, event) {
  clearTimeout(waiting);
  const tip = byId("tip");
  tip.hidden = !model;
  waiting = setTimeout(() => { hovered = model; light(); }, model ? 90 : 60);
  if (!model) return;
  const facts = [model.maker, model.released, model.licence].filter(Boolean).join(" · ");
  const claims = model.in.reduce((sum, link) => sum + link.statement.evidence.length, 0);
  tip.replaceChildren(html("b", {}, name(model.label)), " ", name(model.other), html("br"), name(facts), html("br"),
    `${say("sentences")(claims)} · ${model.size} ${say("descendants")}`);
  const frame = byId("main").getBoundingClientRect();
  tip.style.left = `${Math.max(0, Math.min(event.clientX - frame.left + 14, frame.width - 330))}px`;
  tip.style.top = `${Math.min(event.clientY - frame.top + 16, frame.height - 80)}px`;
}

function fit(whole) {
  const frame = picture.getBoundingClientRect();
  const scale = Math.min((frame.width - 30) / size.width, (frame.height - 40) / size.height, 1.15);
  // A big graph opens where it can be read, not where it can be seen whole.
  view.scale = whole ? scale : Math.max(scale, 0.74);
  view.x = 14;
  const high = size.height * view.scale;
  view.y = high < frame.height ? (frame.height - high) / 2 + 14
    : whole ? 20 : Math.min(24, frame.height / 2 - (roots[0]?.y ?? 0) * view.scale);
  applyView();
}

function zoom(factor, x, y) {
  const frame = picture.getBoundingClientRect();
  const cx = x ?? frame.width / 2, cy = y ?? frame.height / 2;
  const scale = Math.max(0.05, Math.min(4, view.scale * factor));
  view.x = cx - (cx - view.x) * scale / view.scale;
  view.y = cy - (cy - view.y) * scale / view.scale;
  view.scale = scale;
  applyView();
}

picture.addEventListener("wheel", (event) => {
  event.preventDefault();
  const frame = picture.getBoundingClientRect();
  const wheel = Math.abs(event.deltaY) >= 100 && !event.shiftKey && event.deltaX === 0;
  if (event.ctrlKey || event.metaKey || wheel) {
    zoom(Math.exp(-event.deltaY * 0.0022), event.clientX - frame.left, event.clientY - frame.top);
  } else {
    view.x -= event.deltaX;
    view.y -= event.deltaY;
    applyView();
  }
}, { passive: false });

let drag = null;
picture.addEventListener("pointerdown", (event) => {
  drag = { x: event.clientX, y: event.clientY, viewX: view.x, viewY: view.y, moved: false };
});
window.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
  if (!drag.moved && Math.hypot(dx, dy) < 4) return;
  drag.moved = true;
  picture.classList.add("panning");
  view.x = drag.viewX + dx;
  view.y = drag.viewY + dy;
  applyView();
});
window.addEventListener("pointerup", () => {
  picture.classList.remove("panning");
  if (drag?.moved) picture.addEventListener("click", (event) => event.stopPropagation(), { capture: true, once: true });
  drag = null;
});
picture.addEventListener("click", clear);

// One model can be reached with Tab; the arrows walk from it.
picture.addEventListener("keydown", (event) => {
  if (!focused) return;
  const column = visible.filter((one) => one.column === focused.column).sort((a, b) => a.y - b.y || a.x - b.x);
  const place = column.indexOf(focused);
  let next = null;
  if (event.key === "ArrowRight") {
    if (focused.folds && !focused.opened) {
      next = focused;
      toggle(focused);
    } else {
      next = focused.rows[0] ?? focused.blocks[0]?.shown[0];
    }
  } else if (event.key === "ArrowLeft") next = focused.main?.parent;
  else if (event.key === "ArrowDown") next = column[place + 1];
  else if (event.key === "ArrowUp") next = column[place - 1];
  else if (event.key === "Home") next = visible[0];
  else if (event.key === "Enter") select(focused);
  else if (event.key === " ") {
    if (focused.folds) {
      next = focused;
      toggle(focused);
    }
  } else return;
  event.preventDefault();
  if (next && nodeElements.has(next)) focus(next);
});

function focus(model) {
  focused = model;
  for (const [one, element] of nodeElements) element.setAttribute("tabindex", one === model ? "0" : "-1");
  nodeElements.get(model).focus({ preventScroll: true });
  const frame = picture.getBoundingClientRect();
  const x = model.x * view.scale + view.x, y = model.y * view.scale + view.y;
  if (x < 20 || x + model.width * view.scale > frame.width - 20) view.x += frame.width * 0.3 - x;
  if (y < 30 || y > frame.height - 30) view.y += frame.height / 2 - y;
  applyView();
  hovered = model;
  light();
}

document.addEventListener("keydown", (event) => {
  if (event.target.tagName === "INPUT" && event.target.type === "search") return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const actions = {
    "/": () => byId("query").focus(), "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8),
    0: () => fit(true), Escape: clear,
  };
  if (!Object.hasOwn(actions, event.key)) return;
  if (event.key === "/") event.preventDefault();
  actions[event.key]();
});

// Every word must stand somewhere in the names, the maker or the licence: no tokeniser is
// needed, so Chinese is found as English is.
const query = byId("query"), hits = byId("hits");
let found = [], current = 0;
function search() {
  const words = foldCase(query.value).split(/\s+/).filter(Boolean);
  const starts = (model) => Number(foldCase(model.label).startsWith(words[0]));
  found = words.length ? models.filter((model) => words.every((word) => model.key.includes(word)))
    .sort((a, b) => starts(b) - starts(a) || b.size - a.size).slice(0, 12) : [];
  current = 0;
  showHits();
}
function showHits() {
  hits.hidden = !found.length;
  query.setAttribute("aria-expanded", String(!hits.hidden));
  query.setAttribute("aria-activedescendant", found.length ? `hit-${current}` : "");
  hits.replaceChildren(...found.map((model, place) => html("li", {
    role: "option", id: `hit-${place}`, "aria-selected": String(place === current),
    on: { mousedown: (event) => { event.preventDefault(); pick(model); } },
  }, name(model.label), " ", html("small", {}, name([model.other, model.maker, model.released].filter(Boolean).join(" · "))))));
  for (const [model, element] of nodeElements) element.classList.toggle("hit", found.includes(model));
}
function pick(model) {
  hits.hidden = true;
  query.setAttribute("aria-expanded", "false");
  select(model, true);
  nodeElements.get(model)?.focus({ preventScroll: true });
}
query.addEventListener("input", search);
query.addEventListener("blur", () => { hits.hidden = true; });
query.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    current = Math.max(0, Math.min(found.length - 1, current + (event.key === "ArrowDown" ? 1 : -1)));
    showHits();
  } else if (event.key === "Enter" && found[current]) pick(found[current]);
  else if (event.key === "Escape") {
    query.value = "";
    search();
    query.blur();
  }
});

const unfold = (opened, limit) => {
  for (const model of models) {
    model.opened = opened(model);
    model.limit = limit;
  }
  render();
  fit(false);
};
byId("fit").addEventListener("click", () => fit(true));
byId("closer").addEventListener("click", () => zoom(1.25));
byId("farther").addEventListener("click", () => zoom(0.8));
byId("expand").addEventListener("click", () => unfold(() => true, Infinity));
byId("collapse").addEventListener("click", () => unfold((model) => model.column < 1, 12));
byId("table").addEventListener("click", () => {
  const rows = byId("rows"), button = byId("table");
  rows.hidden = !rows.hidden;
  button.setAttribute("aria-pressed", String(!rows.hidden));
  if (!rows.hidden) table();
});
byId("language").addEventListener("click", () => {
  language = language === "en" ? "zh" : "en";
  translate();
});

function translate() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = say("title");
  for (const id of ["title", "fit", "expand", "collapse", "table", "nothing"]) byId(id).textContent = say(id);
  byId("language").textContent = say("other");
  byId("aside").setAttribute("aria-label", say("evidence"));
  picture.setAttribute("aria-label", say("title"));
  for (const id of ["closer", "farther"]) byId(id).setAttribute("aria-label", say(id));
  for (const place of ["placeholder", "aria-label"]) query.setAttribute(place, say("search"));
  const claims = links.reduce((sum, link) => sum + link.statement.evidence.length, 0);
  byId("counts").textContent = say("counts")(models.length, links.length, claims);
  legend();
  render();
  applyView();
  panel();
  if (!byId("rows").hidden) table();
}

let resizing = 0;
window.addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => (selected ? select(selected, true) : fit(false)), 80);
});
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawMap);

translate();
fit(false);
document.documentElement.dataset.ready = "true";
