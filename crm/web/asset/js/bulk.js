// Rows that are chosen for a change of many: how many, and all of the page. Shift
// and a click chooses from the last one to this. Without a script the boxes and
// the buttons work by themselves.
(function () {
  "use strict";
  /** @type {HTMLInputElement|null} */
  let last = null;

  /** @param {Element} form @returns {HTMLInputElement[]} */
  const boxes = (form) => Array.from(form.querySelectorAll("input[name=ids]"));

  /** @param {Element} form */
  function show(form) {
    const all = boxes(form);
    const chosen = all.filter((box) => box.checked).length;
    form.setAttribute("data-bulk", chosen > 0 ? "some" : "none");
    const count = form.querySelector("[data-bulk-count]");
    if (count) count.textContent = chosen > 0 ? String(chosen) : "";
    const page = form.querySelector("[data-bulk-all]");
    if (page instanceof HTMLInputElement) {
      page.hidden = false;
      page.checked = chosen > 0 && chosen === all.length;
      page.indeterminate = chosen > 0 && chosen < all.length;
    }
  }

  function start() {
    document.querySelectorAll("form[data-bulk]").forEach(show);
  }

  document.addEventListener("click", (event) => {
    const box = event.target;
    const form = box instanceof HTMLInputElement ? box.closest("form[data-bulk]") : null;
    if (!form || !(box instanceof HTMLInputElement) || box.name !== "ids") return;
    const all = boxes(form);
    const from = last ? all.indexOf(last) : -1;
    if (event.shiftKey && from >= 0) {
      const to = all.indexOf(box);
      all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((other) => { other.checked = box.checked; });
    }
    last = box;
  });

  document.addEventListener("change", (event) => {
    const box = event.target;
    const form = box instanceof HTMLInputElement ? box.closest("form[data-bulk]") : null;
    if (!form || !(box instanceof HTMLInputElement)) return;
    if (box.matches("[data-bulk-all]")) boxes(form).forEach((other) => { other.checked = box.checked; });
    show(form);
  });

  document.addEventListener("DOMContentLoaded", start);
  document.addEventListener("htmx:afterSwap", start);
  window.addEventListener("pageshow", start);
})();
