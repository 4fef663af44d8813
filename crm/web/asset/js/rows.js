// One more box for an e-mail or a phone, without a trip to the server.
(function () {
  "use strict";
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-rows-add]") : null;
    const rows = button && button.closest("[data-rows]");
    if (!button || !rows) return;
    event.preventDefault();
    const boxes = rows.querySelectorAll("input");
    const last = boxes[boxes.length - 1];
    if (boxes.length >= 10) {
      last.focus();
      return;
    }
    const fresh = /** @type {HTMLInputElement} */ (last.cloneNode());
    fresh.value = "";
    fresh.classList.remove("is-invalid");
    fresh.removeAttribute("aria-invalid");
    fresh.removeAttribute("aria-describedby");
    fresh.setAttribute("aria-label", (last.getAttribute("aria-label") || "").replace(/\d+$/, String(boxes.length + 1)));
    last.after(fresh);
    fresh.focus();
  });
})();
