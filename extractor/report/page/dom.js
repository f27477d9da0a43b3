// Elements made of parts. Text goes in as text, never as HTML: what an article says stays words.
const SVG = "http://www.w3.org/2000/svg";
// Signs that turn or hide what stands around them: shown by name instead.
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const HIDDEN_PARTS = new RegExp(`(${HIDDEN.source})`, "g");

function says(words) {
  const whole = String(words);
  if (!HIDDEN.test(whole)) return [document.createTextNode(whole)];
  return whole.split(HIDDEN_PARTS).filter(Boolean).map((part) => {
    if (part.length > 1 || !HIDDEN.test(part)) return document.createTextNode(part);
    const code = part.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    const sign = document.createElement("span");
    sign.className = "hidden-sign";
    sign.textContent = `U+${code}`;
    return sign;
  });
}

function fill(element, attributes, parts) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const part of parts.flat(Infinity)) {
    if (part === null || part === undefined || part === false) continue;
    if (part instanceof Node) element.append(part);
    else element.append(...says(part));
  }
  return element;
}

function h(tag, attributes, ...parts) {
  return fill(document.createElement(tag), attributes, parts);
}

function svg(tag, attributes, ...parts) {
  return fill(document.createElementNS(SVG, tag), attributes, parts);
}

// Words that somebody else wrote, kept from turning the line around them.
function words(text, attributes = {}) {
  return h("bdi", attributes, text);
}

function link(view, id, ...parts) {
  return h("a", { href: `#/${view}${id === null ? "" : `/${encodeURIComponent(id)}`}` }, parts);
}

function joined(parts, sign = ", ") {
  return parts.flatMap((part, at) => (at ? [sign, part] : [part]));
}

function facts(...rows) {
  const told = rows.filter(([, value]) => value !== null && value !== undefined && value !== "" && value.length !== 0);
  return h("dl", { class: "facts" }, told.map(([name, value]) => [h("dt", null, name), h("dd", null, value)]));
}

function table(heads, rows, attributes = {}) {
  const names = heads.map((head) => (head instanceof Node ? head.textContent : head));
  return h("div", { class: "scroll" }, h("table", attributes,
    h("thead", null, h("tr", null, heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", null, rows.map((cells) => h("tr", null,
      cells.map((cell, at) => h("td", { "data-head": names[at] }, cell)))))));
}
