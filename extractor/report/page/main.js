// The frame: views by address, the choice of language and colours, keys.
const store = typeof serverStore === "function" ? serverStore() : fileStore();
const main = document.getElementById("main");
const VIEWS = { overview: showOverview, events: showEvents, event: showEvent, articles: showArticles, article: showArticle };

function fail(error) {
  main.replaceChildren(h("p", { class: "warn", role: "alert" }, `${t("failed")}: ${error.message}`));
}

// «#/event/ev-1?figure=f2» → event, ev-1, {figure: "f2"}
function address() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [view, id = null] = path.split("/");
  return { view: view in VIEWS ? view : "overview", id: id === null ? null : decodeURIComponent(id),
    chosen: Object.fromEntries(new URLSearchParams(query)) };
}

let turn = 0;

async function show() {
  const asked = ++turn;
  const { view, id, chosen } = address();
  document.getElementById("card").hidden = true;
  try {
    const shown = await VIEWS[view](id, chosen);
    if (asked !== turn) return;
    main.replaceChildren(shown);
    frame(view);
    const title = main.querySelector("h1");
    document.title = title ? `${title.textContent} – ${t("title")}` : t("title");
  } catch (error) {
    fail(error);
  }
}

function frame(view) {
  const groups = { overview: "overview", events: "events", event: "events", articles: "articles", article: "articles" };
  document.documentElement.lang = lang;
  document.getElementById("skip").textContent = t("skip");
  document.getElementById("views").replaceChildren(...["overview", "events", "articles"].map((name) =>
    h("a", { href: `#/${name}`, "aria-current": groups[view] === name ? "page" : null }, t(name))));
  document.getElementById("choices").replaceChildren(
    selector("lang", t("language"), LANGS.map((code) => [code, { kk: "Қазақша", ru: "Русский", en: "English" }[code]]), lang, (code) => { lang = code; }),
    selector("theme", t("theme"), ["auto", "light", "dark"].map((name) => [name, t(`theme_${name}`)]), remembered("theme") || "auto", setTheme));
  const { made } = content.overview;
  document.getElementById("foot").replaceChildren(h("p", null, t("keys")),
    h("p", null, `${t("made_by")}: `, joined(made.map(([version, digest]) => `extractor ${version}, ${t("word_data")} ${digest}`), "; ")));
}

function selector(name, label, options, chosen, choose) {
  return h("label", null, h("span", { class: "away" }, label), h("select", { "aria-label": label, onchange: (event) => {
    remember(name, event.target.value);
    choose(event.target.value);
    show();
  } }, options.map(([value, text]) => h("option", { value, selected: value === chosen }, text))));
}

function setTheme(name) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
}

const KEYS = { j: ["step", 1], k: ["step", -1], Escape: ["leave", 0] };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing) {
    const search = main.querySelector("input[type=search]");
    if (search) { event.preventDefault(); search.focus(); }
  } else if (event.key in KEYS && !typing) {
    const [name, detail] = KEYS[event.key];
    const article = main.querySelector(".article");
    if (article) article.dispatchEvent(new CustomEvent(name, { detail }));
  }
});

document.getElementById("skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
addEventListener("hashchange", () => { show().then(() => { scrollTo(0, 0); }); });
setTheme(remembered("theme") || "auto");
show();
