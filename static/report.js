// Comforts on top of a page that works without: the other end of a link is outlined too, wide tables scroll to the
// cell that an address names, a citation names that cell and is copied with one click, and so does a report of an error.
"use strict";

const citation = document.querySelector(".citation");
const cited = textsIn(document.querySelectorAll(".citation dd"));
const errorLink = document.getElementById("report-error");
const errorAddress = errorLink?.href;

function textsIn(elements) {
  const found = [];
  for (const element of elements) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) found.push([walker.currentNode, walker.currentNode.data]);
  }
  return found;
}

function placeNamed() {
  const fragment = decodeURIComponent(location.hash.slice(1));
  return fragment && document.getElementById(fragment);
}

function otherEnd(fragment) {
  return document.getElementById(fragment.startsWith("t-") ? fragment.slice(2) : `t-${fragment}`);
}

function showPlace() {
  document.querySelectorAll(".paired").forEach((element) => element.classList.remove("paired"));
  const place = placeNamed();
  if (!place) return;
  otherEnd(place.id)?.classList.add("paired");
  place.closest("details")?.setAttribute("open", "");
  const box = place.closest(".form-box");
  if (box && place.matches("td")) {
    box.scrollLeft = place.offsetLeft - (box.clientWidth - place.offsetWidth) / 2;
  }
}

// The address of a figure: only places that have words, for headings of the page are nothing to cite.
function citePlace() {
  const place = placeNamed();
  const other = place && otherEnd(place.id);
  if (!citation || (place && !other && !place.matches("td"))) return;
  const own = citation.dataset.address;
  const figure = place && (place.id.startsWith("t-") ? other : place);
  const address = figure ? `${own}#${figure.id}` : own;
  for (const [text, words] of cited) text.data = words.replace(own, address);
  for (const link of citation.querySelectorAll("a")) link.href = address;
  if (errorLink) errorLink.href = figure ? filledIn(errorAddress, own, address, figure) : errorAddress;
}

function filledIn(link, own, address, figure) {
  const words = document.getElementById(`t-${figure.id}`);
  const said = [address, figure.textContent.trim(), words?.textContent.trim().slice(0, 300)].filter(Boolean).join("\n");
  return link.replace(encodeURIComponent(own), encodeURIComponent(said));
}

function addCopyButtons() {
  if (!navigator.clipboard) return;
  document.querySelectorAll(".citation dd").forEach((where) => {
    const texts = textsIn([where]).map(([text]) => text);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = citation.dataset.copy;
    button.addEventListener("click", () => navigator.clipboard.writeText(texts.map((text) => text.data).join("")));
    where.append(button);
  });
}

window.addEventListener("hashchange", showPlace);
window.addEventListener("hashchange", citePlace);
showPlace();
citePlace();
addCopyButtons();
