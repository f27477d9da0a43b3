// Where the page finds its articles and events: in its own packed blocks.
async function unpack(letters) {
  if (typeof DecompressionStream === "undefined") throw new Error(t("old_browser"));
  const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

const PAGE = 50;

function once(make) {
  const made = new Map();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key);
  };
}

function folded(text) {
  return String(text || "").toLocaleLowerCase();
}

// What a search looks into.
function eventWords(event) {
  const names = [event.campaign, ...(event.providers || [])].filter(Boolean).map((name) => name.text);
  return folded([event.id, ...names, ...(event.places || []), ...(event.locations || []).map(placeName)].join("\n"));
}

function campaignKey(event) {
  return event.campaign ? event.campaign.id || folded(event.campaign.text) : "";
}

const EVENT_TESTS = {
  q: (event, asked) => eventWords(event).includes(folded(asked)),
  campaign: (event, asked) => campaignKey(event) === asked,
  place: (event, asked) => (asked === "-" ? !(event.locations || []).length : (event.locations || []).includes(asked)),
  aid: (event, asked) => (event.aid || []).includes(asked),
  lang: (event, asked) => event.mentions.some((mention) => mention.lang === asked),
  status: (event, asked) => (event.status || "unsaid") === asked,
  sure: (event, asked) => (event.confidence ?? 0) >= Number(asked),
  from: (event, asked) => event.to !== null && event.to >= asked,
  to: (event, asked) => event.from !== null && event.from <= asked,
};

function passes(tests, one, filters) {
  return Object.entries(filters).every(([name, asked]) => !asked || !tests[name] || tests[name](one, asked));
}

const EVENT_ORDERS = {
  reports: (one, other) => other.mentions.length - one.mentions.length,
  when: (one, other) => (other.to || "").localeCompare(one.to || ""),
  confidence: (one, other) => (other.confidence ?? -1) - (one.confidence ?? -1),
};

function cut(found, page) {
  return { found: found.length, rows: found.slice(page * PAGE, (page + 1) * PAGE) };
}

function fileStore() {
  const packed = JSON.parse(document.getElementById("packed").textContent);
  const chunk = once((at) => unpack(packed.chunks[at]));
  const part = once((name) => unpack(packed[name]));

  async function article(id) {
    const row = (await part("rows")).find((one) => one.id === id);
    return row ? (await chunk(row.chunk)).find((one) => one.id === id) : null;
  }

  async function texts() {
    const chunks = await Promise.all(packed.chunks.map((_, at) => chunk(at)));
    return new Map(chunks.flat().map((one) => [one.id, folded(plainText(one))]));
  }

  async function findArticles(filters, page) {
    const rows = await part("rows");
    const inText = filters.q ? await texts() : null;
    const tests = {
      q: (row, asked) => folded(`${row.id}\n${row.title}`).includes(folded(asked)) || inText.get(row.id).includes(folded(asked)),
      lang: (row, asked) => row.lang === asked,
      outlet: (row, asked) => (row.source || "-") === asked,
    };
    return cut(rows.filter((row) => passes(tests, row, filters)), page);
  }

  async function findEvents(filters, order, page) {
    const events = (await part("events")).filter((event) => passes(EVENT_TESTS, event, filters));
    // Array.sort is stable: equals stay in the order of the file.
    return cut(events.sort(EVENT_ORDERS[order]), page);
  }

  return {
    article,
    findArticles,
    findEvents,
    event: async (id) => (await part("events")).find((one) => one.id === id) || null,
    partsOf: async (id) => (await part("events")).filter((one) => one.part_of === id),
    canonicalOf: async (id, event) => (await part("events")).filter((one) =>
      one.mentions.some((mention) => mention.article === id && mention.event === event)),
    present: async (event) => {
      const ids = new Set((await part("rows")).map((row) => row.id));
      return event.mentions.map((mention) => mention.article).filter((id) => ids.has(id));
    },
    choices: async () => ({ campaigns: campaignsOf(await part("events")), places: placesOf(await part("events")),
      outlets: outletsOf(await part("rows")) }),
  };
}

function plainText(article) {
  if (!article.pieces) return article.figures.map((figure) => figure.text).join("\n");
  return article.pieces.map((piece) => (Array.isArray(piece) ? piece[0] : piece)).join("");
}

function campaignsOf(events) {
  const named = events.filter((event) => event.campaign).map((event) => [campaignKey(event), event.campaign.text]);
  return [...new Map(named)].sort((one, other) => one[1].localeCompare(other[1]));
}

function placesOf(events) {
  return [...new Set(events.flatMap((event) => event.locations || []))];
}

function outletsOf(rows) {
  return [...new Set(rows.map((row) => row.source).filter(Boolean))].sort();
}
