// Corrections: each figure is accepted, edited or rejected, or moved to another event; when all are
// decided, the article can be saved as gold.
const FIELDS = { bound: "bound", kind: "kind", unit: "unit", item: "item", scope: "scope", status: "status" };
const drafts = new Map();

// What was decided so far of an article, kept while the page is open.
function draftOf(article) {
  if (!drafts.has(article.id)) {
    const gold = structuredClone(article.gold);
    drafts.set(article.id, { gold, decided: new Set(article.saved ? gold.figures.map((one) => one.id) : []), saved: article.saved });
  }
  return drafts.get(article.id);
}

function corrections(figure, article, again) {
  if (!article.pieces) return h("p", { class: "note" }, t("gold_needs_text"));
  const draft = draftOf(article);
  const entry = draft.gold.figures.find((one) => one.id === figure.id);
  const decide = (change) => () => {
    change();
    draft.decided.add(figure.id);
    again();
  };
  const reject = decide(() => {
    draft.gold.figures = draft.gold.figures.filter((one) => one.id !== figure.id);
    moveTo(draft, figure.id, "");
  });
  const back = decide(() => { draft.gold.figures.push({ ...asGold(article, figure.id) }); });
  if (!entry) {
    return h("fieldset", { class: "correct" }, h("legend", null, t("correct")), h("p", { class: "warn" }, t("rejected")),
      h("button", { type: "button", onclick: back }, t("take_back")));
  }
  return h("fieldset", { class: "correct" }, h("legend", null, t("correct"), draft.decided.has(figure.id) ? " ✓" : ""),
    entryForm(entry, decide), eventChoice(draft, figure.id, decide),
    h("p", { class: "buttons" }, h("button", { type: "button", class: "accept", onclick: decide(() => {}) }, t("accept")),
      h("button", { type: "button", class: "reject", onclick: reject }, t("reject"))));
}

// A number that was left out and is a figure after all: it starts as what is most common.
function adoption(left, article, again) {
  const draft = draftOf(article);
  const entry = draft.gold.figures.find((one) => one.id === left.id || (one.start === left.start && one.end === left.end));
  if (entry) return corrections({ id: entry.id }, article, again);
  const adopt = () => {
    draft.gold.figures.push({ id: left.id, start: left.start, end: left.end, quote: left.text, value: parseFloat(left.value) || 0, max: null,
      bound: "exact", kind: "recipients", unit: "person", item: null, category: [], scope: "total", of: null, same_as: null, status: null });
    draft.decided.add(left.id);
    again();
  };
  return h("p", { class: "buttons" }, h("button", { type: "button", onclick: adopt }, t("adopt")));
}

function asGold(article, id) {
  return structuredClone((article.gold.figures.find((one) => one.id === id)));
}

function entryForm(entry, decide) {
  const change = (name, read) => (event) => decide(() => { entry[name] = read(event.target.value); })();
  const amountField = (name, label) => h("label", null, label, h("input", { type: "number", step: "any", name, value: entry[name] ?? "",
    onchange: change(name, (value) => (value === "" ? null : Number(value))) }));
  const none = { item: true, status: true };
  const select = (name) => h("label", null, t(FIELDS[name]), h("select", { name, onchange: change(name, (value) => value || null) },
    none[name] ? h("option", { value: "", selected: entry[name] === null }, "–") : null,
    optionsOf(name, entry[name]).map((id) => h("option", { value: id, selected: entry[name] === id }, w(name, id)))));
  return h("div", { class: "fields" }, amountField("value", t("value")), amountField("max", t("upper")), Object.keys(FIELDS).map(select));
}

function optionsOf(name, chosen) {
  const known = Object.keys(fixed.words[name]).filter((id) => id !== "unsaid");
  return chosen && !known.includes(chosen) ? [...known, chosen] : known;
}

function moveTo(draft, id, target) {
  for (const event of draft.gold.events) event.figures = event.figures.filter((one) => one !== id);
  if (target === "new") {
    const free = 1 + Math.max(0, ...draft.gold.events.map((event) => Number(event.id.slice(1))));
    draft.gold.events.push({ id: `e${free}`, figures: [id], aid: [], campaign: null, providers: [], locations: [], places: [], period: null });
  } else if (target) {
    draft.gold.events.find((event) => event.id === target).figures.push(id);
  }
}

function eventChoice(draft, id, decide) {
  const own = draft.gold.events.find((event) => event.figures.includes(id));
  const name = (event) => `${event.id}: ${[event.campaign, ...event.providers, ...event.aid.map((one) => w("aid", one))].filter(Boolean).slice(0, 3).join(", ")}`;
  return h("label", null, t("event"), h("select", { name: "event", onchange: (event) => decide(() => moveTo(draft, id, event.target.value))() },
    h("option", { value: "" }, t("no_event")),
    draft.gold.events.map((event) => h("option", { value: event.id, selected: event === own }, name(event))),
    h("option", { value: "new" }, t("new_event"))));
}

// How far the article is decided, and the button that makes it gold.
function progress(article, again) {
  if (!article.pieces) return null;
  const draft = draftOf(article);
  const open = article.figures.filter((figure) => !draft.decided.has(figure.id));
  const place = h("p", { class: "note", role: "status" }, draft.told || (draft.saved ? t("gold_there") : ""));
  const save = async () => {
    try {
      const saved = await saveGold(article.id, draft.gold);
      draft.told = `${t("gold_saved")}: ${saved.gold}`;
    } catch (error) {
      draft.told = `${t("gold_refused")}: ${error.message}`;
    }
    place.textContent = draft.told;
  };
  const rest = () => { for (const figure of open) draft.decided.add(figure.id); again(); };
  return h("section", { class: "box" }, h("h2", null, t("gold")),
    h("p", null, t("decided", { decided: number(article.figures.length - open.length), total: number(article.figures.length) }), ". ",
      t("gold_folder"), " ", words(content.gold)),
    h("p", { class: "buttons" }, h("button", { type: "button", disabled: !open.length, onclick: rest }, t("accept_rest")),
      h("button", { type: "button", class: "save", disabled: open.length > 0, onclick: save }, t("save_gold"))),
    place);
}
