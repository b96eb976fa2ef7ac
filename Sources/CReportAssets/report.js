"use strict";

// Adds to a page that is whole without it: sorting, filtering, copying, and unfolding for print.
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector, root = document) => root.querySelector(selector);

  // Maps: a row and a card each, in the order in which they came.
  const rows = all("#index tbody tr");
  const maps = all("#cards > .map").map((card, index) => ({ card, row: rows[index], text: "" }));
  // Without accents, so that `Nørgaard` is the only name that must be typed as it is.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // MARK: Filtering

  const search = one("#filter-text");
  const facets = all("[data-facet]");
  const shown = one("#shown");
  const clear = one("#clear");

  const answers = (map, words, chosen) =>
    chosen.every(([facet, value]) => (map.card.dataset[facet] ?? "").split("\n").includes(value)) &&
    words.every((word) => map.text.includes(word));

  const filter = () => {
    const words = plain(search.value).split(/\s+/u).filter(Boolean);
    // The first choice of each is that of any.
    const chosen = facets.filter((facet) => facet.selectedIndex > 0).map((facet) => [facet.dataset.facet, facet.value]);
    let count = 0;
    for (const map of maps) {
      if (words.length > 0 && map.text === "") map.text = plain(`${map.card.textContent} ${map.row.textContent}`);
      const isShown = answers(map, words, chosen);
      map.card.hidden = !isShown;
      map.row.hidden = !isShown;
      if (isShown) count += 1;
    }
    const isWhole = words.length === 0 && chosen.length === 0;
    const noun = maps.length === 1 ? "map" : "maps";
    shown.textContent = isWhole ? `${maps.length} ${noun}` : `${count} of ${maps.length} ${noun}`;
    clear.hidden = isWhole;
  };

  if (search && maps.length > 0) {
    one("#filters").hidden = false;
    search.addEventListener("input", filter);
    for (const facet of facets) facet.addEventListener("change", filter);
    clear.addEventListener("click", () => {
      search.value = "";
      for (const facet of facets) facet.selectedIndex = 0;
      filter();
      search.focus();
    });
    // A browser may have kept what was typed before the page was loaded anew.
    filter();
    // A link to a map leads there even if the map had been filtered out.
    window.addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target?.hidden) {
        clear.click();
        target.scrollIntoView();
      }
    });
  }

  // MARK: Sorting

  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const key = (map, column) => {
    const cell = map.row.cells[column];
    return cell.dataset.key ?? cell.textContent.trim();
  };

  // What is not known comes last, whichever way.
  const sort = (column, isDescending) => {
    const order = maps.map((map, place) => ({ map, place, key: key(map, column) }));
    order.sort((a, b) => {
      if ((a.key === "") !== (b.key === "")) return a.key === "" ? 1 : -1;
      const difference = collator.compare(a.key, b.key);
      return (isDescending ? -difference : difference) || a.place - b.place;
    });
    one("#index tbody").append(...order.map((item) => item.map.row));
    one("#cards").append(...order.map((item) => item.map.card));
  };

  const heads = all("#index thead th");
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    // For print, where a button is not repeated with the head of the table.
    head.dataset.label = head.textContent;
    head.replaceChildren(button);
    head.ariaSort = column === 0 ? "ascending" : "none";
    button.addEventListener("click", () => {
      const isDescending = head.ariaSort === "ascending";
      for (const other of heads) other.ariaSort = "none";
      head.ariaSort = isDescending ? "descending" : "ascending";
      sort(column, isDescending);
    });
  });

  // MARK: Copying

  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  const copy = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch {
      // Where a file's page may not reach the clipboard, the older way may; if not, the selection stays.
      select(element);
      return document.execCommand("copy");
    }
  };

  for (const button of all("[data-copies]")) {
    const words = button.textContent;
    const label = button.ariaLabel;
    let timer = 0;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const isCopied = await copy(document.getElementById(button.dataset.copies));
      button.textContent = isCopied ? "Copied" : "Selected";
      button.ariaLabel = button.textContent;
      clearTimeout(timer);
      timer = setTimeout(() => {
        button.textContent = words;
        button.ariaLabel = label;
      }, 2000);
    });
  }

  // MARK: Print

  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = all("details:not([open])");
    for (const details of unfolded) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of unfolded) details.open = false;
  });
})();
