// The articles: a list, and each with its figures where they stand.
async function showArticles(_, chosen) {
  const { outlets } = await store.choices();
  return listing({
    view: "articles", title: t("articles"), total: content.shown.articles_kept,
    fields: [field("q", t("search"), "search", chosen.q, { placeholder: t("search_articles") }),
      choice("lang", t("text_language"), named("lang"), chosen.lang),
      choice("outlet", t("outlet"), [...outlets.map((name) => [name, name]), ["-", t("unknown_outlet")]], chosen.outlet)],
    rows: (filters, page) => store.findArticles(filters, page),
    heads: () => [t("headline"), t("published"), t("outlet"), t("text_language"), t("figures"), t("events")],
    row: (row) => [link("article", row.id, words(row.title)), row.published || t("undated"),
      row.source ? words(row.source) : t("unknown_outlet"), w("lang", row.lang), number(row.figures), number(row.events)],
  }, chosen);
}

function missing(id) {
  return h("p", null, words(id), `: ${t("not_in_file")}`);
}

async function showArticle(id, chosen) {
  const article = await store.article(id);
  if (!article) return missing(id);
  const canonical = new Map();
  for (const event of article.events) canonical.set(event.id, await store.canonicalOf(id, event.id));
  const view = articleView(article, canonical);
  if (chosen.figure) requestAnimationFrame(() => view.select(chosen.figure));
  return view.element;
}

function articleView(article, canonical) {
  const figures = new Map(article.figures.map((figure) => [figure.id, figure]));
  const leftOut = new Map((article.left_out || []).map((one) => [one.id, one]));
  const panel = h("aside", { class: "panel", "aria-live": "polite", hidden: true });
  const page = article.pieces ? textView(article, figures, leftOut) : h("p", { class: "limits" }, t("no_text"));
  const listed = h("section", null, h("h2", null, t("figures")), h("ol", { class: "figure-list" }, article.figures.map((figure) =>
    h("li", { class: `kind-${figure.kind}` }, h("button", { type: "button", class: "plain", "data-figure": figure.id },
      h("b", null, figure.id), " ", words(figure.text)), h("span", { class: "faint" }, ` = ${amount(figure)}`)))));

  function select(name) {
    for (const mark of element.querySelectorAll(".chosen")) mark.classList.remove("chosen");
    const marks = [...element.querySelectorAll("[data-figure], [data-left]")].filter((mark) => (mark.dataset.figure || mark.dataset.left) === name);
    for (const mark of marks) mark.classList.add("chosen");
    const figure = figures.get(name);
    const left = leftOut.get(name);
    if (!figure && !left) return;
    const held = panel.contains(document.activeElement) ? document.activeElement.name : "";
    panel.replaceChildren(closing(panel), figure ? figurePanel(figure, article, canonical, select) : leftPanel(left, article, select));
    panel.hidden = false;
    review();
    // A form that is drawn anew must not take the keyboard away.
    if (held) panel.querySelector(`[name="${held}"]`)?.focus();
    const inText = marks.find((mark) => mark.matches("mark"));
    if (inText) inText.scrollIntoView({ block: innerWidth < 960 ? "start" : "nearest" });
  }

  const reviewed = h("div", null);
  // Only a served page can correct; there each decision is counted.
  function review() {
    if (typeof progress === "function") reviewed.replaceChildren(...[progress(article, review)].filter(Boolean));
  }

  const element = h("article", { class: "article" },
    h("h1", null, words(article.title || article.id)),
    facts([t("published"), article.published || t("undated")], [t("outlet"), article.source ? words(article.source) : t("unknown_outlet")],
      [t("text_language"), w("lang", article.lang)], ["id", words(article.id)]),
    h("div", { class: "reading" },
      h("div", null, article.figures.length ? legend(article, figures) : null, page, reviewed, listed, eventList(article, canonical, select), leftList(article), list(t("notes"), article.notes.map((note) => words(note)))),
      panel));
  element.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-figure], [data-left]");
    if (mark) select(mark.dataset.figure || mark.dataset.left);
  });
  review();
  hovering(element, figures, leftOut);
  stepping(element, article.figures.map((figure) => figure.id), select, panel);
  return { element, select };
}

function closing(panel) {
  return h("button", { type: "button", class: "close", "aria-label": t("close"), onclick: () => { panel.hidden = true; } }, "×");
}

// Pieces of text, those of figures as marks; of two figures over each other the shorter one is shown.
function textView(article, figures, leftOut) {
  const met = new Set();
  return h("div", { class: "text", lang: article.lang, dir: "auto" }, article.pieces.map((piece) => {
    if (!Array.isArray(piece)) return piece;
    const [said, ...ids] = piece;
    const figure = ids.filter((name) => figures.has(name)).sort((one, other) => figures.get(one).text.length - figures.get(other).text.length)[0];
    const left = ids.find((name) => leftOut.has(name));
    const named = ids.some((name) => name.startsWith("n-")) ? "named" : "";
    if (figure) {
      const first = !met.has(figure);
      met.add(figure);
      return h("mark", { class: `figure kind-${figures.get(figure).kind} ${named}`, "data-figure": figure, tabindex: first ? "0" : null,
        role: "button", "aria-label": `${said}: ${amount(figures.get(figure))}` }, said, first ? h("sup", { "aria-hidden": "true" }, figure) : "");
    }
    if (left) return h("mark", { class: `left-out ${named}`, "data-left": left }, said);
    return h("span", { class: named }, said);
  }));
}

function legend(article, figures) {
  const kinds = [...new Set([...figures.values()].map((figure) => figure.kind))];
  const box = (name, label, kind, checked) => h("label", { class: kind ? `kind-${kind}` : "" },
    h("input", { type: "checkbox", checked, onchange: (event) => event.target.closest(".article").classList.toggle(name, kind ? !event.target.checked : event.target.checked) }), label);
  return h("fieldset", { class: "legend" }, h("legend", null, t("kinds_shown")),
    kinds.map((kind) => box(`without-${kind}`, w("kind", kind), kind, true)),
    article.left_out && article.pieces ? box("with-left-out", t("show_rejections"), null, false) : null);
}

function figureFacts(figure) {
  return [[t("value"), amount(figure)], [t("bound"), w("bound", figure.bound)], [t("kind"), w("kind", figure.kind)],
    [t("unit"), w("unit", figure.unit)], [t("item"), w("item", figure.item)],
    [t("tenge"), figure.tenge === undefined ? null : `${number(figure.tenge)} ₸`],
    [t("category"), joined((figure.category || []).map((one) => w("category", one)))],
    [t("scope"), w("scope", figure.scope)], [t("status"), figure.status ? statusChip(figure.status) : w("status", "unsaid")],
    [t("confidence"), sure(figure.confidence)]];
}

function figurePanel(figure, article, canonical, select) {
  const go = (name) => h("button", { type: "button", class: "plain", onclick: () => select(name) }, name);
  const own = article.events.filter((event) => (event.figures || []).includes(figure.id));
  return h("div", null, h("h2", null, `${figure.id}: `, words(figure.text)),
    facts(...figureFacts(figure), [t("of"), figure.of ? go(figure.of) : null], [t("same_as"), figure.same_as ? go(figure.same_as) : null],
      [t("event"), own.length ? own.map((event) => canonicalLinks(event, canonical)) : t("no_event")]),
    h("details", null, h("summary", null, t("evidence")), h("ul", { class: "evidence" }, figure.evidence.map(([field, value, rule, said]) =>
      h("li", null, h("b", null, field), ` ${value} `, h("code", null, rule), said ? [" «", words(said), "»"] : "")))),
    typeof corrections === "function" ? corrections(figure, article, () => select(figure.id)) : null);
}

function canonicalLinks(event, canonical) {
  const found = canonical.get(event.id) || [];
  return h("div", null, event.id, found.map((one) => [" → ", link("event", one.id, eventName(one))]));
}

function eventList(article, canonical, select) {
  if (!article.events.length) return null;
  const go = (name) => h("button", { type: "button", class: "plain", onclick: () => select(name) }, name);
  return h("section", null, h("h2", null, t("events")), article.events.map((event) => h("section", { class: "box" },
    h("h3", null, canonicalLinks(event, canonical)),
    facts([t("figures"), joined((event.figures || []).map(go))], [t("aid"), joined((event.aid || []).map((one) => w("aid", one)))],
      [t("campaign"), event.campaign ? words(event.campaign.text) : null], [t("who"), joined((event.providers || []).map((name) => words(name.text)))],
      [t("where"), placeList(event.locations || [], [...new Set((event.places || []).map((place) => place.text))])],
      [t("period"), event.period ? period(event.period) : null], [t("confidence"), sure(event.confidence)]),
    (event.checks || []).length ? h("ul", { class: "checks" }, event.checks.map((check) => arithmetic(check, go))) : null)));
}

function leftPanel(left, article, select) {
  return h("div", null, h("h2", null, words(left.text)), facts([t("value"), left.value], [t("reason"), w("reason", left.reason)]),
    typeof adoption === "function" ? adoption(left, article, () => select(left.id)) : null);
}

function leftList(article) {
  if (!article.left_out) return h("p", { class: "note" }, t("no_rejections"));
  if (!article.left_out.length) return null;
  return h("details", { class: "left-list" }, h("summary", null, `${t("rejections")}: ${number(article.left_out.length)}`),
    table([t("text"), t("value"), t("reason")], article.left_out.map((left) => [words(left.text), left.value, w("reason", left.reason)])));
}

// A small card beside the pointer or the focus: what the figure was read as.
function hovering(element, figures, leftOut) {
  const card = document.getElementById("card");
  function show(event) {
    const mark = event.target.closest("mark");
    if (!mark) return;
    const figure = figures.get(mark.dataset.figure);
    const left = leftOut.get(mark.dataset.left);
    if (left && !element.classList.contains("with-left-out")) return;
    if (!figure && !left) return;
    card.replaceChildren(figure ? facts(...figureFacts(figure)) : facts([t("value"), left.value], [t("reason"), w("reason", left.reason)]));
    card.hidden = false;
    const box = mark.getBoundingClientRect();
    const below = box.bottom + card.offsetHeight + 8 < innerHeight;
    card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - card.offsetWidth - 8))}px`;
    card.style.top = `${below ? box.bottom + 6 : Math.max(8, box.top - card.offsetHeight - 6)}px`;
  }
  const hide = () => { card.hidden = true; };
  element.addEventListener("mouseover", show);
  element.addEventListener("focusin", show);
  element.addEventListener("mouseout", hide);
  element.addEventListener("focusout", hide);
}

// j and k go from figure to figure, Enter opens one, Esc closes it.
function stepping(element, ids, select, panel) {
  let at = -1;
  element.addEventListener("step", (event) => {
    if (!ids.length) return;
    at = (at + event.detail + ids.length) % ids.length;
    select(ids[at]);
    const mark = [...element.querySelectorAll("mark[tabindex]")].find((one) => one.dataset.figure === ids[at]);
    if (mark) mark.focus();
  });
  element.addEventListener("leave", () => { panel.hidden = true; });
  element.addEventListener("keydown", (event) => {
    const mark = event.target.closest("mark");
    if (mark && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      select(mark.dataset.figure);
    }
  });
}
