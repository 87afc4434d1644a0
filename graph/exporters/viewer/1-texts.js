// Every word that the page itself says, in both languages.
const TEXTS = {
  en: {
    title: "Model lineage", search: "Search models, makers… ( / )", fit: "Fit",
    expand: "Expand all", collapse: "Collapse", table: "Table", other: "中文",
    counts: (models, edges, claims) => `${models} models · ${edges} links · ${claims} sentences`,
    hint: "Select a model or a line to see the sentences behind it.",
    nothing: "There is no model in this graph.",
    from: "Comes from", into: "Gave rise to", facts: "What is said of it", how: "How it came about",
    licences: "Licence", evidence: "Sentences", sentences: (n) => (n === 1 ? "1 sentence" : `${n} sentences`),
    also: "Also called", curated: "curated", extracted: "read from an article",
    candidate: "candidate, too doubtful to count as a fact", confidence: "confidence",
    characters: "characters", untitled: "untitled", more: "more", descendants: "descendants",
    model: "Model", parent: "From", licence: "Licence", released: "Released", maker: "Maker",
    closer: "Zoom in", farther: "Zoom out", single: "no derivation stated",
    keys: [["/", "search"], ["← ↑ ↓ →", "walk"], ["Enter", "sentences"], ["Space", "fold"], ["0", "fit"], ["Esc", "clear"]],
    terms: {
      finetune: "fine-tuned", "instruction-tune": "instruction-tuned", adapter: "adapter (LoRA)",
      "continued-pretraining": "continued pre-training", distillation: "distilled", merge: "merged",
      quantization: "quantised", pruning: "pruned", scaling: "scaled up", unspecified: "derived, no more said",
      variantOf: "variant of", succeeds: "succeeds", permissive: "permissive", copyleft: "copyleft",
      own: "own terms", noncommercial: "non-commercial or research", unstated: "not stated",
      derivedFrom: "derived from", affiliatedWith: "affiliated with", appliesTo: "applies to",
      comparableTo: "comparable to", developedBy: "developed by", evaluatedOn: "evaluated on",
      hostedOn: "hosted on", operates: "operates", poweredBy: "powered by",
      releasedUnder: "released under", trainedOn: "trained on", usesTechnique: "uses technique",
      commercialUse: "commercial use", contextLength: "context length", openStrategy: "open strategy",
      openness: "openness", parameters: "parameters", releaseDate: "release date",
      better: "better", near: "near", "on-par": "on par", worse: "worse",
    },
  },
  zh: {
    title: "模型谱系", search: "搜索模型、机构… ( / )", fit: "适应窗口",
    expand: "全部展开", collapse: "折叠", table: "表格", other: "English",
    counts: (models, edges, claims) => `${models} 个模型 · ${edges} 条关系 · ${claims} 条原文`,
    hint: "点选模型或连线，查看其出处原文。",
    nothing: "此图中没有模型。",
    from: "来源模型", into: "衍生模型", facts: "文中所述", how: "衍生方式",
    licences: "许可证", evidence: "原文", sentences: (n) => `${n} 条原文`,
    also: "又称", curated: "人工整理", extracted: "文章所述",
    candidate: "存疑，不作为事实", confidence: "置信度",
    characters: "字符", untitled: "无标题", more: "更多", descendants: "个后代",
    model: "模型", parent: "来自", licence: "许可证", released: "发布", maker: "机构",
    closer: "放大", farther: "缩小", single: "未述及来源",
    keys: [["/", "搜索"], ["← ↑ ↓ →", "移动"], ["Enter", "原文"], ["空格", "折叠"], ["0", "适应"], ["Esc", "清除"]],
    terms: {
      finetune: "微调", "instruction-tune": "指令微调", adapter: "适配器（LoRA）",
      "continued-pretraining": "继续预训练", distillation: "蒸馏", merge: "合并",
      quantization: "量化", pruning: "剪枝", scaling: "扩大规模", unspecified: "派生（方式未述）",
      variantOf: "变体", succeeds: "后继", permissive: "宽松许可", copyleft: "著佐权",
      own: "自有条款", noncommercial: "非商用或仅供研究", unstated: "未述",
      derivedFrom: "派生自", affiliatedWith: "任职于", appliesTo: "应用于",
      comparableTo: "相比于", developedBy: "开发者", evaluatedOn: "评测于",
      hostedOn: "托管于", operates: "运营", poweredBy: "驱动模型",
      releasedUnder: "许可证", trainedOn: "训练数据", usesTechnique: "采用技术",
      commercialUse: "商用", contextLength: "上下文长度", openStrategy: "开源策略",
      openness: "开放程度", parameters: "参数量", releaseDate: "发布日期",
      better: "更好", near: "接近", "on-par": "相当", worse: "不如",
    },
  },
};
let language = (navigator.language || "").toLowerCase().startsWith("zh") ? "zh" : "en";
const say = (key) => TEXTS[language][key];
// The word for a term of the ontology; what is none stands for itself.
const term = (key) => (Object.hasOwn(TEXTS[language].terms, key) ? TEXTS[language].terms[key] : clean(key));

const byId = (id) => document.getElementById(id);

// Every string of the graph passes here: controls and marks that turn the direction of
// writing could break the layout or show one name as another.
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const clean = (value) => String(value ?? "").replace(CONTROLS, "").replace(/\s+/g, " ").trim();

// Elements are made, never parsed: text can only ever be text.
function html(tag, attributes, ...children) {
  const element = document.createElement(tag);
  setAll(element, attributes);
  element.append(...children.filter((child) => child != null));
  return element;
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAll(element, attributes);
  element.append(...children.filter((child) => child != null));
  return element;
}

function setAll(element, attributes) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value != null && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
}

const name = (value) => html("bdi", {}, clean(value));
