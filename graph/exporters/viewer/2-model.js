// The graph as the picture needs it: models, and the lines between them from older to newer.
const GRAPH = JSON.parse(byId("graph").textContent);

const METHODS = ["finetune", "instruction-tune", "adapter", "continued-pretraining", "distillation",
  "merge", "quantization", "pruning", "scaling", "unspecified", "variantOf", "succeeds"];
const DASHES = {
  "instruction-tune": "12 2", adapter: "7 2.5", distillation: "9 2.5 1.5 2.5", quantization: "4 3",
  pruning: "10 2.5 1.5 2.5 1.5 2.5", scaling: "2 2", unspecified: "1.5 3.5", variantOf: "3 4",
  succeeds: "10 4",
};
const LINKS = ["derivedFrom", "variantOf", "succeeds"];
const LICENCES = ["permissive", "copyleft", "own", "noncommercial", "unstated"];
const MARKS = { permissive: "✓", copyleft: "©", own: "§", noncommercial: "⊘", unstated: "?" };

const HAN = /\p{Script=Han}/u;

function licenceKind(licence) {
  const text = licence.toLowerCase();
  if (!text) return "unstated";
  if (/\bnc\b|non-?commercial|research|研究|非商/.test(text)) return "noncommercial";
  if (/gpl|cc[- ]by[- ]sa/.test(text)) return "copyleft";
  if (/^(apache|mit\b|bsd|isc\b|cc0|cc[- ]by[- ]\d)/.test(text)) return "permissive";
  return "own";
}

const entities = new Map();
for (const entity of GRAPH.entities) {
  const names = [entity.name, ...entity.aliases].map(clean).filter(Boolean);
  const label = names[0] ?? entity.id;
  // The name in the other script, for readers of the other language.
  const other = names.find((one) => HAN.test(one) !== HAN.test(label)) ?? "";
  entities.set(entity.id, { id: entity.id, type: entity.type, names, label, other, out: [], in: [], said: [] });
}

const statements = GRAPH.statements.filter((one) => entities.has(one.subject));
const links = [];
for (const statement of statements) {
  const subject = entities.get(statement.subject);
  const object = typeof statement.object === "string" ? entities.get(statement.object) : null;
  if (object && LINKS.includes(statement.predicate)) {
    const stated = statement.methods[0] ?? "unspecified";
    const method = statement.predicate === "derivedFrom" ? stated : statement.predicate;
    const known = METHODS.includes(method) ? method : "unspecified";
    links.push({ parent: object, child: subject, method: known, statement });
  } else {
    subject.said.push(statement);
    if (object) object.said.push(statement);
  }
}

const objectLabel = (statement) => typeof statement.object === "string"
  ? entities.get(statement.object)?.label ?? statement.object : clean(statement.object.value);
const ranked = (entity, predicate) => entity.said
  .filter((one) => one.subject === entity.id && one.predicate === predicate)
  .sort((a, b) => b.confidence - a.confidence || b.claims - a.claims);
const linked = new Set(links.flatMap((link) => [link.parent, link.child]));
const models = [...entities.values()].filter((one) => one.type === "Model" || linked.has(one));

for (const model of models) {
  model.licence = ranked(model, "releasedUnder").map(objectLabel).join(" / ");
  model.licenceKind = licenceKind(model.licence);
  model.released = ranked(model, "releaseDate").map(objectLabel)[0] ?? "";
  model.maker = ranked(model, "developedBy").map(objectLabel).join(", ");
  model.key = foldCase([...model.names, model.licence, model.maker].join(" "));
}
for (const link of links) {
  link.parent.out.push(link);
  link.child.in.push(link);
}

function foldCase(text) {
  return clean(text).normalize("NFKC").toLowerCase();
}

// The longest path gives the column. Links that close a cycle are found first, and give none.
function closeCycles() {
  const state = new Map();
  for (const start of models) {
    if (state.has(start)) continue;
    const stack = [[start, 0]];
    state.set(start, "open");
    while (stack.length) {
      const frame = stack[stack.length - 1];
      const link = frame[0].out[frame[1]++];
      if (!link) {
        state.set(frame[0], "done");
        stack.pop();
      } else if (state.get(link.child) === "open") {
        link.closing = true;
      } else if (!state.has(link.child)) {
        state.set(link.child, "open");
        stack.push([link.child, 0]);
      }
    }
  }
}

function placeInColumns() {
  const waiting = new Map(models.map((one) => [one, one.in.filter((link) => !link.closing).length]));
  const ready = models.filter((one) => waiting.get(one) === 0);
  for (const model of models) model.column = 0;
  const order = [];
  while (ready.length) {
    const model = ready.shift();
    order.push(model);
    for (const link of model.out) {
      if (link.closing) continue;
      link.child.column = Math.max(link.child.column, model.column + 1);
      waiting.set(link.child, waiting.get(link.child) - 1);
      if (waiting.get(link.child) === 0) ready.push(link.child);
    }
  }
  return order;
}

// One parent places a model: by derivation before membership, then the one nearest to it.
function chooseParents(order) {
  const rank = (link) => LINKS.indexOf(link.statement.predicate) * -1e6 + link.parent.column;
  for (const model of models) {
    const usable = model.in.filter((link) => !link.closing);
    model.main = usable.reduce((best, link) => (!best || rank(link) > rank(best) ? link : best), null);
    model.children = [];
    model.size = 0;
  }
  for (const model of order) model.main?.parent.children.push(model);
  for (const model of [...order].reverse()) {
    if (model.main) model.main.parent.size += model.size + 1;
  }
}

closeCycles();
chooseParents(placeInColumns());

const BIG = models.length > 150;
const roots = models.filter((one) => !one.main && linked.has(one)).sort((a, b) => b.size - a.size);
const singles = models.filter((one) => !linked.has(one));
for (const model of models) {
  model.opened = !BIG || model.column < 1 || (model.column < 2 && model.size <= 8);
  model.limit = BIG ? 12 : 60;
}
const hiddenMethods = new Set();
const hiddenLicences = new Set();
const isShown = (model) => !hiddenLicences.has(model.licenceKind);
const linkShown = (link) => !hiddenMethods.has(link.method) && isShown(link.child);
