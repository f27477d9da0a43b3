// Values as people read them.
const SIGNS = { exact: "", approx: "≈ ", min: "≥ ", max: "≤ ", vague: "~ ", range: "" };

// Many a browser says that it knows Kazakh and writes English numbers; in Russian they look as due.
function numberLang() {
  return lang === "kk" ? "ru" : lang;
}

function number(value) {
  return new Intl.NumberFormat(numberLang(), { maximumFractionDigits: 6 }).format(value);
}

function percent(share) {
  return new Intl.NumberFormat(numberLang(), { style: "percent", maximumFractionDigits: 0 }).format(share);
}

// «≥ 15 000», «10–20»
function plainAmount(one) {
  const upper = one.max === null || one.max === undefined ? "" : `–${number(one.max)}`;
  return `${SIGNS[one.bound] || ""}${number(one.value)}${upper}`;
}

// What is counted: «food baskets (kits)»
function counted(one) {
  if (!one.item) return w("unit", one.unit);
  return one.unit === "piece" ? w("item", one.item) : `${w("item", one.item)} (${w("unit", one.unit)})`;
}

// «15 000 families», «bedding: 800 kits», «heaters: 500»: no noun has to agree with the number.
function amountOf(told, one) {
  if (!one.item) return `${told} ${w("unit", one.unit)}`;
  return `${w("item", one.item)}: ${told}${one.unit === "piece" ? "" : ` ${w("unit", one.unit)}`}`;
}

function amount(one) {
  return amountOf(plainAmount(one), one);
}

function sure(confidence) {
  return confidence === null || confidence === undefined ? "" : percent(confidence);
}

// «sum(parts)=whole», [f2, f3, f1] → «f2 + f3 = 640; stated 640 (f1): holds»; the operands are links.
function arithmetic(check, operand) {
  const parts = check.operands.slice(0, -1).map(operand);
  const whole = operand(check.operands[check.operands.length - 1]);
  const sign = check.rule.includes("*") ? " × " : " + ";
  const gap = Number(check.gap) ? [`; ${w("verdict", "gap")} ${number(check.gap)}`] : [];
  return h("li", { class: `check ${check.verdict}` },
    joined(parts, sign), ` = ${number(check.expected)}; ${w("verdict", "stated")} ${number(check.stated)} (`, whole, ")",
    gap, ": ", h("strong", null, w("verdict", check.verdict)));
}

function chip(text, kind = "") {
  return h("span", { class: `chip ${kind}` }, text);
}

function statusChip(status) {
  return status ? chip(w("status", status), `status-${status}`) : null;
}
