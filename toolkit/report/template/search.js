const search = document.querySelector(".search"), counter = search.querySelector("[role=status]");
const rows = [...document.querySelectorAll("tbody tr")];
search.hidden = rows.length < 2;
search.querySelector("input").addEventListener("input", event => {
  const words = event.target.value.toLowerCase().split(/\s+/);
  for (const row of rows) row.hidden = !words.every(word => row.textContent.toLowerCase().includes(word));
  const left = rows.filter(row => !row.hidden).length;
  counter.textContent = left === 1 ? counter.dataset.one : counter.dataset.other.replace("{count}", left);
});
