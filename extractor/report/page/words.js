// The words of the page in the language that was chosen, and what is remembered of the choice.
const fixed = JSON.parse(document.getElementById("fixed").textContent);
const content = JSON.parse(document.getElementById("content").textContent);
const LANGS = ["kk", "ru", "en"];

// A page opened from disk may be refused any memory: then the choice holds until it is closed.
function remember(key, value) {
  try { localStorage.setItem(`extractor.${key}`, value); } catch { /* nothing to do */ }
}

function remembered(key) {
  try { return localStorage.getItem(`extractor.${key}`); } catch { return null; }
}

function firstLang() {
  const asked = [remembered("lang"), ...(navigator.languages || [])].map((tag) => (tag || "").slice(0, 2));
  return asked.find((tag) => LANGS.includes(tag)) || "en";
}

let lang = firstLang();

// «{found} of {total}» with its values; a word that is missing is a mistake of ours and shows as its key.
function t(key, values = {}) {
  const words = (fixed.words.ui[key] || {})[lang] || key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

// The words for a value of the records («family», «KZ-15»), or the value itself.
function w(group, id) {
  if (id === null || id === undefined) return "";
  return ((fixed.words[group] || {})[id] || {})[lang] || String(id);
}

function placeName(code) {
  return w("place", code);
}
