// What a page gains where scripts run: long tables can be filtered and sorted, and a measure can be found by its name.
// Everything is made here, so that nothing dead is left without it or on paper; words come from the page's template.
const kept = document.getElementById("controls"), words = kept.dataset, many = { filter: 10, sort: 5, found: 8 };
const places = [...kept.content.querySelectorAll("a")];
const folded = text => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
const holds = (text, sought) => sought.every(word => text.includes(word));

function made(name, given = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(given)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

function say(status, count) {
  status.textContent = count === 1 ? words.one : words.other.replace("{count}", count);
}

/* A labelled field that tells `found` the words typed into it, and a line that screen readers speak. */
function field(key, label, found) {
  const input = made("input", { type: "search", id: key, autocomplete: "off" }), status = made("p", { role: "status" });
  input.addEventListener("input", () => found(folded(input.value).split(/\s+/).filter(Boolean), status));
  input.addEventListener("keydown", event => {
    if (event.key === "Escape" && input.value) {
      input.value = "";
      found([], status);
    }
  });
  return made("div", { class: "control" }, made("label", { for: key }, ...label), input, status);
}

function findMeasures() {
  const list = made("ul");
  const box = field("find-measure", [words.find], (sought, status) => {
    const found = sought.length ? places.filter(place => holds(folded(place.textContent), sought)) : [];
    list.replaceChildren(...found.slice(0, many.found).map(place => made("li", {}, place.cloneNode(true))));
    status.textContent = "";
    if (sought.length) say(status, found.length);
  });
  box.setAttribute("role", "search");
  box.append(list);
  list.addEventListener("click", () => list.replaceChildren());
  document.querySelector("header .whose").append(box);
}

const rowsOf = table => [...table.tBodies[0].rows];

function addFilter(table, number) {
  const name = table.caption.textContent.trim(), rows = rowsOf(table);
  const texts = new Map(rows.map(row => [row, folded(row.textContent)]));
  const label = [words.rows, made("span", { class: "unseen" }, `: ${name}`)];
  const box = field(`filter-${number}`, label, (sought, status) => {
    for (const row of rows) row.hidden = !holds(texts.get(row), sought);
    status.textContent = "";
    if (sought.length) say(status, rows.filter(row => !row.hidden).length);
  });
  table.parentElement.before(box);
}

/* A number, a date or a text; what has neither digits nor a date where others do comes last, whichever the order. */
function valueOf(row, column) {
  const cell = row.cells[column].cloneNode(true);
  for (const small of cell.querySelectorAll(".small, svg")) small.remove();
  const text = cell.textContent.trim(), plain = text.replace(/[,£%]/g, "").replace(/[−–](?=\d)/, "-");
  const date = /^\d{1,2} [A-Z][a-z]+ \d{4}$/.test(text) ? Date.parse(`${text} UTC`) : NaN;
  const number = Number.isNaN(date) && /^[-+]?\d/.test(plain) ? parseFloat(plain) : date;
  return { text, number };
}

function sorted(rows, column, way) {
  const values = new Map(rows.map(row => [row, valueOf(row, column)]));
  const numbers = [...values.values()].filter(value => !Number.isNaN(value.number)).length;
  const last = row => numbers > rows.length / 2 && Number.isNaN(values.get(row).number);
  return [...rows].sort((a, b) => {
    if (last(a) !== last(b)) return last(a) ? 1 : -1;
    const [first, second] = [values.get(a), values.get(b)];
    if (numbers > rows.length / 2 && !last(a)) return way * (first.number - second.number);
    return way * first.text.localeCompare(second.text, "en-GB", { numeric: true });
  });
}

function addSorting(table) {
  const rows = rowsOf(table), heads = [...table.tHead.rows[0].cells], status = made("p", { role: "status", class: "unseen" });
  heads.forEach((head, column) => {
    if (!rows.some(row => row.cells[column].textContent.trim())) return; // a column of drawings
    const button = made("button", { type: "button" }, ...head.childNodes);
    button.addEventListener("click", () => {
      const was = head.getAttribute("aria-sort"), now = { ascending: "descending", descending: "" }[was] ?? "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      if (now) head.setAttribute("aria-sort", now);
      table.tBodies[0].append(...(now ? sorted(rows, column, now === "ascending" ? 1 : -1) : rows));
      status.textContent = words[now || "unsorted"].replace("{column}", button.textContent.trim());
    });
    head.append(button);
  });
  table.parentElement.after(status);
}

if (places.length) findMeasures();
[...document.querySelectorAll("main table")].forEach((table, number) => {
  if (!table.tHead || !table.caption) return;
  if (rowsOf(table).length >= many.filter) addFilter(table, number);
  if (rowsOf(table).length >= many.sort) addSorting(table);
});
