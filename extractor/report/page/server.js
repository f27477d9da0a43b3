// Where a served page finds its articles and events: it asks the server that it came from.
async function ask(question, values = {}) {
  const asked = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== "" && value !== undefined));
  return told(await fetch(`/api/${question}?${asked}`));
}

async function told(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || response.statusText);
  return answer;
}

async function saveGold(id, gold) {
  return told(await fetch(`/api/gold?${new URLSearchParams({ id })}`, {
    method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify(gold) }));
}

function serverStore() {
  return {
    article: (id) => ask("article", { id }),
    findArticles: (filters, page) => ask("articles", { ...filters, page }),
    findEvents: (filters, order, page) => ask("events", { ...filters, order, page }),
    event: (id) => ask("event", { id }),
    partsOf: (id) => ask("parts", { id }),
    canonicalOf: (article, event) => ask("canonical", { article, event }),
    present: (event) => ask("present", { id: event.id }),
    choices: () => ask("choices"),
  };
}
