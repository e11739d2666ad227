// On a phone a row is a card: the fields that matter first, the others where somebody asks for them.
(() => {
  const narrow = window.matchMedia("(max-width: 576px)");
  const fold = (table) => {
    table.classList.add("folded");
    for (const row of table.tBodies[0].rows) {
      const others = [...row.cells].filter((cell) => !cell.classList.contains("card-field")).length;
      if (!others) continue;
      const cell = row.insertCell();
      cell.className = "fold-cell card-field";
      const button = document.createElement("button");
      button.type = "button";
      button.lang = document.documentElement.lang;
      button.textContent = `${table.dataset.more} (${others})`;
      button.setAttribute("aria-expanded", "false");
      button.addEventListener("click", () => {
        button.setAttribute("aria-expanded", String(row.classList.toggle("unfolded")));
      });
      cell.append(button);
    }
  };
  const foldAll = () => {
    if (!narrow.matches) return;
    if (!location.search.includes("_facet")) document.querySelector("details.facets")?.removeAttribute("open");
    document.querySelectorAll("table.foldable:not(.folded)").forEach(fold);
  };
  narrow.addEventListener("change", foldAll);
  foldAll();
})();
