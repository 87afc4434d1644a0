// Where everything stands: a tree from left to right. Siblings are grouped by method; five or
// more of them without children are packed into a titled block.
const HEIGHT = 23, ROW = 27, GAP = 72, PAD = 9, WIDEST = 220, BLOCK_HEAD = 22, BLOCK_PAD = 8;

const FONT = getComputedStyle(document.body).fontFamily;
const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();
function widthOf(text, size, weight = 400) {
  const key = `${weight}|${size}|${text}`;
  if (!widths.has(key)) {
    ruler.font = `${weight} ${size}px ${FONT}`;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
// Names differ at their end more than in their middle.
function shorten(text, size, most, weight) {
  if (widthOf(text, size, weight) <= most) return text;
  const letters = [...segmenter.segment(text)].slice(0, 400).map((one) => one.segment);
  let head = Math.ceil(letters.length * 0.6), tail = letters.length - head;
  while (head > 3 || tail > 1) {
    const short = `${letters.slice(0, head).join("")}…${letters.slice(letters.length - tail).join("")}`;
    if (widthOf(short, size, weight) <= most) return short;
    if (head > tail * 1.4) head--; else tail--;
  }
  return `${letters.slice(0, 3).join("")}…`;
}

function measure(model) {
  const chinese = language === "zh" && HAN.test(model.other);
  const label = chinese ? model.other : model.label;
  const other = chinese ? model.label : model.other;
  model.weight = model.in.length ? 400 : 700;
  model.face = shorten(label, 13, WIDEST, model.weight);
  model.faceWidth = widthOf(model.face, 13, model.weight);
  model.second = other && other !== label ? shorten(other, 11, 110) : "";
  model.secondWidth = model.second ? widthOf(model.second, 11) + 7 : 0;
  const licence = shorten(model.licence, 10.5, 92, 600);
  model.badge = `${MARKS[model.licenceKind]}${licence ? ` ${licence}` : ""}`;
  model.badgeWidth = widthOf(model.badge, 10.5, 600) + 10;
  const dateWidth = model.released ? widthOf(model.released, 11) + 8 : 0;
  model.width = PAD + model.faceWidth + model.secondWidth + dateWidth + 8 + model.badgeWidth + 5;
}

let singleLimit = 60;
let visible = [], blocks = [];
let bottom = 0, columnWidths = [];

function layout() {
  visible = [];
  blocks = [];
  bottom = 0;
  columnWidths = [];
  for (const model of models) {
    model.block = null;
    model.rows = [];
    model.blocks = [];
  }
  for (const root of roots.filter(isShown)) {
    placeTree(root);
    bottom += 14;
  }
  const alone = singles.filter(isShown);
  if (alone.length) addBlock(null, "single", alone, singleLimit);
  return placeAcross();
}

function show(model) {
  measure(model);
  visible.push(model);
  const fold = model.children.length ? 34 : 0;
  columnWidths[model.column] = Math.max(columnWidths[model.column] ?? 0, model.width + fold);
}

function placeRow(model) {
  model.y = bottom;
  bottom += ROW;
}

function placeTree(model) {
  show(model);
  const children = model.children.filter((child) => linkShown(child.main));
  model.folds = children.length;
  if (!model.opened || !children.length) {
    placeRow(model);
    return;
  }
  const heights = [];
  const hasMore = (child) => child.out.some(linkShown);
  let first = true;
  for (const method of METHODS) {
    const group = children.filter((child) => child.main.method === method);
    if (!group.length) continue;
    if (!first) bottom += 10;
    first = false;
    const inner = group.filter(hasMore).sort((a, b) => b.size - a.size || byDate(a, b));
    const leaves = group.filter((child) => !hasMore(child)).sort(byDate);
    for (const child of inner) {
      placeTree(child);
      model.rows.push(child);
      heights.push(child.y);
    }
    if (leaves.length >= 5) {
      if (inner.length) bottom += 4;
      heights.push(addBlock(model, method, leaves, model.limit).middle);
    } else {
      for (const child of leaves) {
        show(child);
        child.folds = 0;
        placeRow(child);
        model.rows.push(child);
        heights.push(child.y);
      }
    }
  }
  model.y = (Math.min(...heights) + Math.max(...heights)) / 2;
}

const byDate = (a, b) => a.released.localeCompare(b.released) || a.label.localeCompare(b.label);

function addBlock(owner, method, members, limit) {
  const shown = members.slice(0, limit);
  const columns = shown.length <= 4 ? 1 : shown.length <= 18 ? 2 : 3;
  const rows = Math.ceil(shown.length / columns);
  const block = { owner, method, shown, columns, rows, total: members.length };
  block.rest = members.length - shown.length;
  block.top = bottom - ROW / 2;
  shown.forEach((model, place) => {
    measure(model);
    model.block = block;
    model.folds = 0;
    model.inBlock = Math.floor(place / rows);
    model.y = bottom + BLOCK_HEAD + (place % rows) * (ROW - 2) + 2;
    visible.push(model);
  });
  block.height = BLOCK_HEAD + BLOCK_PAD + rows * (ROW - 2) + (block.rest ? ROW - 6 : 0);
  block.middle = block.top + BLOCK_HEAD / 2 + 2;
  bottom += block.height + 6;
  blocks.push(block);
  owner?.blocks.push(block);
  return block;
}

function placeAcross() {
  const lefts = [];
  let right = 0, most = 0;
  for (let column = 0; column < columnWidths.length; column++) {
    lefts[column] = right;
    right += (columnWidths[column] ?? 0) + GAP;
  }
  for (const model of visible) if (!model.block) model.x = lefts[model.column];
  // Siblings of like width end at one line, so that dates and badges read as a table.
  for (const model of visible) {
    if (model.rows.length < 2) continue;
    const wide = model.rows.map((child) => child.width);
    const widest = Math.max(...wide);
    if (widest - Math.min(...wide) < 150) for (const child of model.rows) child.width = widest;
  }
  for (const block of blocks) {
    block.x = block.owner ? lefts[block.owner.column + 1] ?? right : 0;
    let x = block.x + BLOCK_PAD;
    for (let column = 0; column < block.columns; column++) {
      const members = block.shown.filter((model) => model.inBlock === column);
      const widest = Math.max(...members.map((model) => model.width));
      for (const model of members) {
        model.x = x;
        model.width = widest;
      }
      x += widest + BLOCK_PAD;
    }
    block.width = Math.max(x - block.x, 160);
    most = Math.max(most, block.x + block.width);
  }
  for (const model of visible) most = Math.max(most, model.x + model.width + 30);
  return { width: most, height: bottom };
}
