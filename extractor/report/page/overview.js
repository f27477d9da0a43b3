// The first view: how much there is, of what, where and when.
function showOverview() {
  const seen = content.overview;
  const counts = [["articles", seen.articles], ["with_aid", seen.with_aid], ["figures", seen.figures],
    ["events", seen.events], ["conflicts", seen.conflicts]];
  return h("div", null,
    h("h1", null, t("title")),
    limits(),
    h("dl", { class: "counts" }, counts.map(([name, count]) =>
      h("div", null, h("dt", null, t(name)), h("dd", null, number(count))))),
    h("div", { class: "columns" }, byLanguage(seen), byOutlet(seen)),
    timeline(seen),
    mapView(seen),
    totals(seen));
}

// What the page does not hold is said first.
function limits() {
  const { shown } = content;
  const said = [];
  const counts = { total: number(shown.articles), kept: number(shown.articles_kept),
    events_total: number(shown.events), events_kept: number(shown.events_kept) };
  if (shown.articles_kept < shown.articles) said.push(t("sampled", counts));
  if (shown.texts_missing) said.push(t("texts_missing", { missing: number(shown.texts_missing) }));
  if (!shown.rejections) said.push(t("rejections_left_out"));
  return said.length ? h("ul", { class: "limits" }, said.map((line) => h("li", null, line))) : null;
}

function bars(title, rows) {
  const most = Math.max(1, ...rows.map(([, count]) => count));
  return h("section", null, h("h2", null, title), h("table", { class: "bars" }, h("tbody", null,
    rows.map(([name, count]) => h("tr", null, h("th", { scope: "row" }, name),
      h("td", null, h("span", { class: "bar", style: `width: ${(100 * count) / most}%` })), h("td", { class: "amount" }, number(count)))))));
}

function byLanguage(seen) {
  return bars(t("by_language"), Object.entries(seen.langs).map(([code, count]) => [w("lang", code), count]));
}

function byOutlet(seen) {
  const rows = seen.outlets.map(([name, count]) => [name === null ? t("unknown_outlet") : words(name), count]);
  if (seen.other_outlets) rows.push([t("other_outlets"), seen.other_outlets]);
  return bars(t("by_outlet"), rows);
}

const DAY = 86400000;
const STEPS = { day: (day) => day + DAY, week: (day) => day + 7 * DAY,
  month: (day) => Date.UTC(new Date(day).getUTCFullYear(), new Date(day).getUTCMonth() + 1, 1) };

function timeline(seen) {
  const heights = new Map();
  const rows = seen.bars.map((bar) => {
    const start = Date.parse(bar.start);
    const low = heights.get(start) || 0;
    heights.set(start, low + bar.count);
    return { start, end: STEPS[seen.step](start), day: bar.start, lang: w("lang", bar.lang), count: bar.count, low, high: low + bar.count };
  });
  const spec = structuredClone(fixed.charts.timeline);
  const top = Math.max(0, ...heights.values());
  // Few articles would be counted in halves.
  if (top <= 5) spec.encoding.y.axis.values = Array.from({ length: top + 1 }, (_, at) => at);
  const note = seen.undated ? h("p", { class: "note" }, `${t("undated")}: ${number(seen.undated)}`) : null;
  return h("section", null, h("h2", null, t("timeline")),
    rows.length ? chart(spec, rows, t("timeline")) : null, note);
}

function mapView(seen) {
  const most = Math.max(1, ...Object.values(seen.places));
  const open = (code) => { location.hash = `#/events?place=${code}`; };
  const label = (code) => `${placeName(code)}: ${number(seen.places[code] || 0)}`;
  const level = (code) => (seen.places[code] ? Math.min(5, 1 + Math.floor(4.999 * Math.sqrt(seen.places[code] / most))) : 0);
  const shapes = fixed.map.regions.map((region) =>
    svg("path", { d: region.path, class: `region level-${level(region.code)}`, tabindex: "0", role: "link",
      "aria-label": label(region.code), "data-code": region.code,
      onclick: () => open(region.code), onkeydown: (event) => { if (event.key === "Enter") open(region.code); } },
      svg("title", null, label(region.code))));
  // A city is smaller than a finger.
  const spots = fixed.map.regions.filter((region) => region.small).map((region) =>
    svg("circle", { cx: region.x, cy: region.y, r: 9, class: `region level-${level(region.code)}`, "aria-hidden": "true", onclick: () => open(region.code) },
      svg("title", null, label(region.code))));
  const labels = fixed.map.regions.filter((region) => seen.places[region.code]).map((region) =>
    svg("text", { x: region.x, y: region.y, class: "map-count", "aria-hidden": "true" }, number(seen.places[region.code])));
  const dashes = (fixed.map.approximate || []).map((path) => svg("path", { d: path, class: "approximate" }));
  return h("section", null, h("h2", null, t("map")), h("div", { class: "map" },
    svg("svg", { viewBox: `0 0 ${fixed.map.width} ${fixed.map.height}`, role: "group", "aria-label": t("map") }, shapes, dashes, spots, labels),
    placeTable(seen)),
    h("p", { class: "note" }, t("map_hint"), " ", t("map_note")));
}

function placeTable(seen) {
  const inside = new Set(fixed.map.regions.map((region) => region.code));
  const order = ([one, a], [other, b]) => b - a || one.localeCompare(other);
  const row = ([code, count]) => [h("a", { href: `#/events?place=${code}` }, placeName(code)), number(count)];
  const all = Object.entries(seen.places).sort(order);
  const outside = all.filter(([code]) => !inside.has(code)).map(row);
  if (seen.no_place) outside.push([h("a", { href: "#/events?place=-" }, t("no_place")), number(seen.no_place)]);
  return h("div", { class: "places" },
    table([t("region"), t("events")], all.filter(([code]) => inside.has(code)).map(row), { class: "narrow" }),
    outside.length ? table([t("elsewhere"), t("events")], outside, { class: "narrow" }) : null);
}

function totals(seen) {
  const columns = ["planned", "collected", "delivered", "unsaid"];
  const heads = [...columns.map((column) => w("status", column)), t("derived")];
  const rows = seen.totals.map((row) => [w("kind", row.kind), counted(row), number(row.events),
    ...[...columns, "derived"].map((column) => (column in row.amounts ? number(row.amounts[column]) : ""))]);
  return h("section", null, h("h2", null, t("totals")), h("p", { class: "note" }, t("totals_note"), " ", t("not_added"), ": ", number(seen.not_added)),
    table([t("kind"), t("what"), t("events"), ...heads], rows, { class: "cards figures" }));
}
