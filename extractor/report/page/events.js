// The canonical events: a list with filters, and each by itself.
function eventName(event) {
  if (event.campaign) return words(event.campaign.text);
  const aid = (event.aid || []).map((one) => w("aid", one)).join(", ");
  if ((event.providers || []).length) return [words(event.providers[0].text), aid ? `: ${aid}` : ""];
  return aid || event.id;
}

function eventWhen(event) {
  if (event.period) return period(event.period);
  const days = event.mentions.map((mention) => mention.published).filter(Boolean).sort();
  if (!days.length) return "";
  const [first, last] = [days[0], days[days.length - 1]];
  return h("span", { class: "faint" }, first === last ? first : `${first} – ${last}`);
}

// «2024-05-13/..» as people write it
function period(edtf) {
  return edtf.split("/").map((edge) => (edge === ".." ? "…" : edge)).join(" – ");
}

// A city with a code of its own is named once.
function placeList(codes, places) {
  const coded = codes.map(placeName);
  return joined([...coded, ...places.filter((place) => !coded.includes(place)).map((place) => words(place))]);
}

function eventWhere(event) {
  return placeList(event.locations || [], (event.places || []).slice(0, 3));
}

function seriesAmount(series) {
  if (series.latest !== undefined) return number(series.latest);
  if (series.planned !== undefined) return number(series.planned);
  return series.statements.length ? plainAmount(series.statements[series.statements.length - 1]) : "";
}

function eventNumbers(event) {
  const told = (event.series || []).slice(0, 4).map((series) =>
    h("li", { class: `kind-${series.kind}` }, amountOf(seriesAmount(series), series),
      series.scope === "each" ? ` (${w("scope", "each")})` : "", (series.conflicts || []).length ? h("strong", { class: "warn" }, " !") : ""));
  return told.length ? h("ul", { class: "numbers" }, told) : "";
}

function eventRow(event) {
  const langs = [...new Set(event.mentions.map((mention) => mention.lang))].sort().join(", ");
  return [link("event", event.id, eventName(event)), h("span", { class: "chips" }, (event.aid || []).map((one) => chip(w("aid", one)))),
    eventWhere(event), eventWhen(event), eventNumbers(event),
    `${number(event.mentions.length)} (${langs})`, statusChip(event.status), sure(event.confidence)];
}

function choice(name, label, options, chosen) {
  return h("label", null, label, h("select", { name }, h("option", { value: "" }, t("any")),
    options.map(([value, text]) => h("option", { value, selected: value === chosen }, text))));
}

function field(name, label, type, chosen, more = {}) {
  return h("label", null, label, h("input", { name, type, value: chosen || "", ...more }));
}

function named(group) {
  return Object.keys(fixed.words[group]).map((id) => [id, w(group, id)]);
}

async function eventFilters(chosen) {
  const choices = await store.choices();
  const places = choices.places.map((code) => [code, placeName(code)]).sort((one, other) => one[1].localeCompare(other[1]));
  return [
    field("q", t("search"), "search", chosen.q, { placeholder: t("search_events") }),
    choice("campaign", t("campaign"), choices.campaigns, chosen.campaign),
    choice("place", t("region"), [...places, ["-", t("no_place")]], chosen.place),
    choice("aid", t("aid"), named("aid"), chosen.aid),
    choice("status", t("status"), named("status"), chosen.status),
    choice("lang", t("text_language"), named("lang"), chosen.lang),
    field("from", t("date_from"), "date", chosen.from),
    field("to", t("date_to"), "date", chosen.to),
    choice("sure", t("least_confidence"), [0.5, 0.7, 0.8, 0.9, 0.95].map((share) => [String(share), percent(share)]), chosen.sure),
  ];
}

// A list that follows its form: the filters stand in the address, so that they can be kept and sent.
async function listing({ view, title, total, fields, rows, heads, row }, chosen) {
  const place = h("div", { "aria-live": "polite" });
  const form = h("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() }, fields,
    h("button", { type: "button", onclick: () => { location.hash = `#/${view}`; } }, t("reset")));
  let page = 0;
  let turn = 0;

  async function update() {
    const asked = ++turn;
    const filters = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
    const query = new URLSearchParams(filters).toString();
    history.replaceState(null, "", `#/${view}${query ? `?${query}` : ""}`);
    const found = await rows(filters, page);
    // A slower answer to an earlier question must not overwrite a later one.
    if (asked !== turn) return;
    place.replaceChildren(
      h("p", { class: "note" }, t("found_of", { found: number(found.found), total: number(total) })),
      found.rows.length ? table(heads(update), found.rows.map(row), { class: "cards" }) : h("p", null, t("nothing")),
      ...pager(found.found, page, (next) => { page = next; update(); }));
  }

  form.addEventListener("input", () => { page = 0; update(); });
  await update();
  return h("div", null, h("h1", null, title), form, place);
}

function pager(found, page, go) {
  const pages = Math.ceil(found / PAGE);
  if (pages < 2) return [];
  return [h("nav", { class: "pager", "aria-label": t("page_of", { page: page + 1, pages }) },
    h("button", { type: "button", disabled: page === 0, onclick: () => go(page - 1) }, t("previous")),
    h("span", null, t("page_of", { page: number(page + 1), pages: number(pages) })),
    h("button", { type: "button", disabled: page + 1 >= pages, onclick: () => go(page + 1) }, t("next")))];
}

async function showEvents(_, chosen) {
  let order = "reports";
  const sorted = (name, key, update) => h("button", { type: "button", class: "sort", "aria-pressed": String(order === key),
    onclick: () => { order = key; update(); } }, name, order === key ? " ↓" : "");
  return listing({
    view: "events", title: t("events"), total: content.shown.events_kept, fields: await eventFilters(chosen),
    rows: (filters, page) => store.findEvents(filters, order, page),
    heads: (update) => [t("what"), t("aid"), t("where"), sorted(t("when"), "when", update), t("numbers"),
      sorted(t("reports"), "reports", update), t("status"), sorted(t("confidence"), "confidence", update)],
    row: eventRow,
  }, chosen);
}

async function showEvent(id) {
  const event = await store.event(id);
  if (!event) return missing(id);
  const present = new Set(await store.present(event));
  const parts = await store.partsOf(id);
  const whole = event.part_of ? await store.event(event.part_of) : null;
  return h("article", null,
    h("h1", null, eventName(event)),
    facts([t("aid"), joined((event.aid || []).map((one) => w("aid", one)))],
      [t("campaign"), event.campaign ? words(event.campaign.text) : null],
      [t("who"), joined((event.providers || []).map((name) => words(name.text)))],
      [t("where"), eventWhere(event)], [t("when"), eventWhen(event)], [t("wave"), event.wave ? number(event.wave) : null],
      [t("status"), statusChip(event.status)], [t("confidence"), sure(event.confidence)],
      [t("part_of"), event.part_of ? [whole ? link("event", event.part_of, eventName(whole)) : `${event.part_of} (${t("not_in_file")})`, event.relation ? ` (${w("relation", event.relation)})` : ""] : null],
      [t("parts"), joined(parts.map((part) => link("event", part.id, eventName(part))))]),
    h("section", null, h("h2", null, t("series")), (event.series || []).map((series) => seriesView(series, present))),
    list(t("derived"), (event.derived || []).map((one) => [amount({ ...one, bound: "exact" }), " = ",
      joined(one.operands.map((operand) => source(operand.article, operand.figure, present)), " × ")])),
    (event.checks || []).length ? h("section", null, h("h2", null, t("checks")), h("ul", null, event.checks.map((check) =>
      arithmetic(check, (operand) => operandLink(operand, present))))) : null,
    list(t("dissent"), (event.dissent || []).map((one) => [`${one.field}: `, words(one.value), " (", joined(one.mentions.map((name) => words(name))), ")"])),
    list(t("notes"), (event.notes || []).map((note) => words(note))),
    h("section", null, h("h2", null, t("reports")), table([t("published"), t("outlet"), t("text_language"), t("articles")],
      event.mentions.map((mention) => [mention.published || t("undated"), mention.outlet ? words(mention.outlet) : t("unknown_outlet"),
        w("lang", mention.lang), [articleLink(mention.article, present), mention.reprint_of ? [` (${t("reprint_of")} `, words(mention.reprint_of), ")"] : ""]]), { class: "cards" })));
}

function list(title, lines) {
  return lines.length ? h("section", null, h("h2", null, title), h("ul", null, lines.map((line) => h("li", null, line)))) : null;
}

function articleLink(id, present) {
  return present.has(id) ? link("article", id, words(id)) : [words(id), ` (${t("not_in_file")})`];
}

function source(article, figure, present) {
  if (!present.has(article)) return words(`${article}/${figure}`);
  return h("a", { href: `#/article/${encodeURIComponent(article)}?figure=${figure}` }, words(`${article}/${figure}`));
}

function operandLink(operand, present) {
  const at = operand.lastIndexOf("/");
  return source(operand.slice(0, at), operand.slice(at + 1), present);
}

const LABEL_COLOURS = { cumulative: "recipients-line", increment: "money-line", restatement: "share-line", plan: "goods-line" };
const LABEL_SHAPES = { cumulative: "circle", increment: "triangle-up", restatement: "cross", plan: "diamond" };

function seriesView(series, present) {
  const dated = series.statements.filter((one) => one.as_of && !Number.isNaN(Date.parse(one.as_of)));
  const rows = dated.map((one) => ({ day: Date.parse(one.as_of), date: one.as_of, value: one.value, max: one.max ?? one.value,
    key: one.label, label: w("label", one.label), said: amountOf(plainAmount(one), series) }));
  const spec = structuredClone(fixed.charts.series);
  const days = [...new Set(rows.map((row) => row.day))].map((day) => {
    const at = new Date(day);
    return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate(), utc: true };
  });
  const labels = Object.keys(fixed.words.label).filter((label) => rows.some((row) => row.key === label));
  for (const layer of spec.layer) {
    layer.encoding.x.axis.values = days;
    if (!layer.encoding.color) continue;
    const domain = labels.map((label) => w("label", label));
    layer.encoding.color.scale = { domain, range: labels.map((label) => colour(LABEL_COLOURS[label])) };
    layer.encoding.shape.scale = { domain, range: labels.map((label) => LABEL_SHAPES[label]) };
  }
  const clashing = new Set((series.conflicts || []).flatMap((conflict) => conflict.statements));
  const summary = [series.latest === undefined ? null : `${t("latest")}: ${number(series.latest)}`,
    series.planned === undefined ? null : `${t("plan")}: ${number(series.planned)}`,
    series.done_share === undefined ? null : `${t("done_share")}: ${percent(series.done_share)}`].filter(Boolean).join("; ");
  return h("section", { class: `series kind-${series.kind}` },
    h("h3", null, `${w("kind", series.kind)}: ${counted(series)}`, series.scope === "each" ? ` (${w("scope", "each")})` : ""),
    summary ? h("p", null, summary) : null,
    series.falls ? h("p", { class: "warn" }, t("falls")) : null,
    rows.length > 1 ? chart(spec, rows, `${w("kind", series.kind)}: ${counted(series)}`) : null,
    (series.conflicts || []).map((conflict) => h("p", { class: "warn" },
      `${t("conflict")} (${conflict.as_of || t("undated")}): ${conflict.values.map(number).join(" ≠ ")}`)),
    table([t("as_of"), t("value"), t("statement"), t("status"), t("sources")], series.statements.map((one, at) => [
      one.as_of || t("undated"), [plainAmount(one), clashing.has(at) ? h("strong", { class: "warn" }, " !") : ""],
      w("label", one.label), statusChip(one.status), joined(one.sources.map((found) => source(found.article, found.figure, present)))]), { class: "cards" }));
}
