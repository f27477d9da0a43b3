// Charts drawn by Vega in the colours of the page; its expressions are interpreted, not compiled.
function colour(name) {
  const probe = h("span", { style: `color: var(--${name})` });
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function chartConfig() {
  const ink = colour("ink");
  const faint = colour("line");
  const axis = { labelFontSize: 12, labelColor: ink, titleColor: ink, gridColor: faint, domainColor: faint, tickColor: faint };
  const palette = ["recipients", "goods", "money", "volunteers"].map((name) => colour(`${name}-line`));
  return {
    background: null, font: getComputedStyle(document.body).fontFamily, axis,
    legend: { labelFontSize: 13, labelColor: ink, titleColor: ink }, view: { stroke: null },
    range: { category: palette }, line: { color: ink }, rule: { color: ink },
  };
}

// Browsers without Kazakh would write «M04»: the names of the months are ours.
function timeWords() {
  const months = Array.from({ length: 12 }, (_, at) => w("month", String(at + 1)));
  const days = Array.from({ length: 7 }, (_, at) => w("day", String(at)));
  return { dateTime: "%Y-%m-%d %H:%M", date: "%Y-%m-%d", time: "%H:%M", periods: ["", ""],
    days, shortDays: days, months, shortMonths: months.map((name) => name.slice(0, 3)) };
}

function numberWords() {
  const parts = new Intl.NumberFormat(numberLang()).formatToParts(1234567.8);
  const sign = (type) => (parts.find((part) => part.type === type) || { value: "" }).value;
  return { decimal: sign("decimal") || ".", thousands: sign("group"), grouping: [3], currency: ["", ""] };
}

// Vega stands packed in the page, for it is most of it; its digest is in the page's policy.
const readyVega = once(async () => {
  const script = document.createElement("script");
  script.textContent = await unpack(JSON.parse(document.getElementById("vega").textContent));
  document.head.append(script);
});

async function draw(place, spec, rows, label) {
  const whole = { ...structuredClone(spec), datasets: { rows }, description: label };
  await readyVega("vega");
  await vegaEmbed(place, whole, {
    ast: true, actions: false, renderer: "svg", config: chartConfig(),
    formatLocale: numberWords(), timeFormatLocale: timeWords(),
  });
}

// A chart is drawn when it stands in the page, for only then is its width known.
function chart(spec, rows, label) {
  const place = h("div", { class: "chart" });
  requestAnimationFrame(() => {
    if (place.isConnected) draw(place, spec, rows, label).catch((error) => fail(error));
  });
  return place;
}
