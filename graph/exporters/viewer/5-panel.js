// The panel beside the picture: sentences, facts, the legend; and the table.
const isWeb = (address) => /^https?:\/\/[^\s"'<>]+$/i.test(address ?? "");
const documents = new Map(GRAPH.documents.map((one) => [one.id, one]));
const swatch = (method) => svg("svg", { width: 26, height: 10, "aria-hidden": "true" },
  svg("path", { d: "M0 5H26", "stroke-width": 3, ...stroke(method) }));

function sentence(claim) {
  const source = documents.get(claim.document);
  const title = clean(source?.title) || say("untitled");
  const link = isWeb(source?.url)
    ? html("a", { href: source.url, target: "_blank", rel: "noopener noreferrer nofollow", referrerpolicy: "no-referrer" }, name(title))
    : name(title);
  const curated = claim.kind === "curated";
  const doubtful = claim.kind === "candidate";
  const about = [doubtful ? say("candidate") : null, source?.published, `${say("characters")} ${claim.start}–${claim.end}`,
    curated ? say("curated") : `${say("confidence")} ${claim.confidence.toFixed(2)}`,
    ...Object.entries(claim.qualifiers).map(([key, value]) => `${clean(key)}: ${term(value)}`),
    curated ? null : claim.extractor];
  return html("div", { class: `claim${curated ? " curated" : doubtful ? " candidate" : ""}` },
    html("q", { lang: source?.lang, dir: "auto" }, clean(claim.quote)),
    html("div", { class: "meta" }, link, ` · ${about.filter(Boolean).map(clean).join(" · ")}`));
}

function goTo(entity) {
  const button = html("button", { class: "link", type: "button", on: { click: () => select(entity, true) } }, name(entity.label));
  return nodeKnown(entity) ? button : name(entity.label);
}

const nodeKnown = (entity) => models.includes(entity);

function linkDetail(link, other) {
  const methods = link.statement.predicate === "derivedFrom" && link.statement.methods.length
    ? link.statement.methods : [link.method];
  return html("div", {},
    html("div", { class: "fact" }, swatch(link.method), goTo(other), ` · ${methods.map(term).join(", ")} `, tag(link.statement)),
    ...link.statement.evidence.map(sentence));
}

const tag = (statement) => {
  if (statement.candidates && statement.candidates === statement.claims) {
    return html("span", { class: "tag candidate" }, say("candidate"));
  }
  if (!statement.curated) return null;
  return html("span", { class: "tag" }, statement.curated === statement.claims ? say("curated") : `+ ${say("curated")}`);
};

function fact(statement, entity) {
  const about = statement.subject === entity.id;
  const end = typeof statement.object === "string" ? entities.get(about ? statement.object : statement.subject) : null;
  const methods = statement.methods.map(term).join(", ");
  return html("div", {},
    html("div", { class: "fact" }, about ? "" : "← ", `${term(statement.predicate)} `,
      end ? goTo(end) : name(objectLabel(statement)), methods ? ` · ${methods} ` : " ", tag(statement)),
    html("details", { class: "claims" }, html("summary", {}, say("sentences")(statement.evidence.length)),
      ...statement.evidence.map(sentence)));
}

function panel() {
  const place = byId("detail");
  if (selectedLink) {
    const { parent, child } = selectedLink;
    place.replaceChildren(html("h3", {}, name(parent.label), " → ", name(child.label)),
      html("h2", {}, `${say("how")} · ${say("evidence")}`), linkDetail(selectedLink, parent));
  } else if (selected) {
    const parts = [html("h3", {}, name(selected.label))];
    const others = selected.names.slice(1);
    if (others.length) {
      parts.push(html("div", { class: "muted" }, `${say("also")}: `, ...others.flatMap((one, place) => [place ? " · " : "", name(one)])));
    }
    if (selected.in.length) {
      parts.push(html("h2", {}, say("from")), ...selected.in.map((link) => linkDetail(link, link.parent)));
    }
    if (selected.said.length) {
      parts.push(html("h2", {}, say("facts")), ...selected.said.map((one) => fact(one, selected)));
    }
    if (selected.out.length) {
      parts.push(html("h2", {}, `${say("into")} (${selected.out.length})`),
        ...selected.out.slice(0, 100).map((link) => html("details", { class: "claims" },
          html("summary", {}, swatch(link.method), name(link.child.label), ` · ${term(link.method)}`), linkDetail(link, link.child))));
    }
    place.replaceChildren(...parts);
  } else {
    place.replaceChildren(html("p", { class: "muted" }, say("hint")));
  }
}

function legend() {
  const methods = count(links.map((link) => link.method));
  const kinds = count(models.map((model) => model.licenceKind));
  const row = (hidden, key, picture, number) => {
    const box = html("input", { type: "checkbox" });
    box.checked = !hidden.has(key);
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(key); else hidden.add(key);
      render();
      applyView();
    });
    return html("li", {}, html("label", {}, box, picture, term(key), html("span", { class: "count" }, String(number))));
  };
  const mark = (kind) => svg("svg", { width: 28, height: 17, "aria-hidden": "true" }, badge(kind, MARKS[kind], 26, 1, 1));
  byId("legend").replaceChildren(
    html("h2", {}, say("how")),
    html("ul", { class: "legend" }, ...METHODS.filter((one) => methods[one]).map((one) => row(hiddenMethods, one, swatch(one), methods[one]))),
    html("h2", {}, say("licences")),
    html("ul", { class: "legend" }, ...LICENCES.filter((one) => kinds[one]).map((one) => row(hiddenLicences, one, mark(one), kinds[one]))));
  byId("keys").replaceChildren(...say("keys").flatMap(([key, does]) => [html("kbd", {}, key), ` ${does} `]));
}

function count(values) {
  const counts = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function table() {
  const heads = ["model", "how", "parent", "maker", "released", "licence", "evidence"].map(say);
  const rows = links.map(({ parent, child, method, statement }) => html("tr", {},
    html("td", {}, goTo(child), child.other ? html("div", { class: "muted" }, name(child.other)) : null),
    html("td", {}, term(method)), html("td", {}, goTo(parent)), html("td", {}, name(child.maker)),
    html("td", {}, child.released), html("td", {}, name(child.licence)),
    html("td", {}, ...statement.evidence.map(sentence))));
  byId("rows").replaceChildren(html("table", {},
    html("thead", {}, html("tr", {}, ...heads.map((one) => html("th", { scope: "col" }, one)))), html("tbody", {}, ...rows)));
}
