// Comforts on top of a page that works without: the other end of a link is outlined too, wide tables scroll to the
// cell that an address names, a citation is copied with one click.
"use strict";

function otherEnd(fragment) {
  return document.getElementById(fragment.startsWith("t-") ? fragment.slice(2) : `t-${fragment}`);
}

function showPlace() {
  document.querySelectorAll(".paired").forEach((element) => element.classList.remove("paired"));
  const fragment = decodeURIComponent(location.hash.slice(1));
  const place = fragment && document.getElementById(fragment);
  if (!place) return;
  otherEnd(fragment)?.classList.add("paired");
  place.closest("details")?.setAttribute("open", "");
  const box = place.closest(".form-box");
  if (box && place.matches("td")) {
    box.scrollLeft = place.offsetLeft - (box.clientWidth - place.offsetWidth) / 2;
  }
}

function addCopyButtons() {
  if (!navigator.clipboard) return;
  document.querySelectorAll(".citation dd").forEach((citation) => {
    const words = citation.textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "复制 copy";
    button.addEventListener("click", () => navigator.clipboard.writeText(words));
    citation.append(button);
  });
}

window.addEventListener("hashchange", showPlace);
showPlace();
addCopyButtons();
