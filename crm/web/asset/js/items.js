// Lines of a deal: one more, one less, and a product's price when one is
// chosen. Sums come from the server.
(function () {
  "use strict";

  /** @param {Element} rows */
  const lines = (rows) => Array.from(rows.querySelectorAll("[data-item]"));

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const form = target && target.closest("[data-items]");
    const rows = form && form.querySelector("[data-items-rows]");
    if (!target || !rows) {
      if (target && target.closest("[data-print]")) window.print();
      return;
    }
    if (target.closest("[data-items-add]")) {
      event.preventDefault();
      add(rows);
    } else if (target.closest("[data-items-remove]") && lines(rows).length > 1) {
      event.preventDefault();
      const line = /** @type {Element} */ (target.closest("[data-item]"));
      line.remove();
      changed(rows);
    }
  });

  /** @param {Element} rows */
  function add(rows) {
    const all = lines(rows);
    const last = all[all.length - 1];
    const old = /** @type {HTMLInputElement} */ (last.querySelector("[role=combobox]")).name;
    const next = Number(old.replace(/\D+/g, "")) + 1;
    const fresh = /** @type {HTMLElement} */ (last.cloneNode(true));
    fresh.querySelectorAll("*").forEach((element) => {
      Array.from(element.attributes).forEach((a) => {
        if (/-\d+(-error)?$/.test(a.value)) a.value = a.value.replace(/-\d+(?=(-error)?$)/, `-${next}`);
      });
      element.classList.remove("is-invalid");
      element.removeAttribute("aria-invalid");
      element.removeAttribute("aria-describedby");
    });
    fresh.querySelectorAll(".invalid-feedback").forEach((fault) => fault.remove());
    fresh.querySelectorAll("input").forEach((input) => {
      input.value = input.dataset.itemField === "quantity" ? "1" : input.type === "hidden" ? "0" : "";
    });
    const box = /** @type {HTMLInputElement} */ (fresh.querySelector("[role=combobox]"));
    box.setAttribute("hx-vals", JSON.stringify({ row: String(next) }));
    const list = fresh.querySelector("[role=listbox]");
    if (list instanceof HTMLElement) {
      list.replaceChildren();
      list.hidden = true;
    }
    const remove = fresh.querySelector("[data-items-remove]");
    if (remove instanceof HTMLButtonElement) remove.value = String(next);
    last.after(fresh);
    /** @type {any} */ (window).htmx.process(fresh);
    box.focus();
  }

  /** @param {Element} rows */
  function changed(rows) {
    rows.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // The picker has filled in the name; price and rate come with it.
  document.addEventListener("combobox:choose", (event) => {
    const option = /** @type {CustomEvent} */ (event).detail;
    const line = event.target instanceof Element ? event.target.closest("[data-item]") : null;
    if (!line || !(option instanceof HTMLElement) || !option.dataset.price) return;
    const form = line.closest("form");
    const currency = form && form.querySelector("[name=currency]");
    const price = line.querySelector("[data-item-field=price]");
    const tax = line.querySelector("[data-item-tax]");
    if (price instanceof HTMLInputElement) {
      const same = currency instanceof HTMLSelectElement && currency.value === option.dataset.currency;
      price.value = same ? option.dataset.price : `${option.dataset.currency} ${option.dataset.price}`;
    }
    if (tax instanceof HTMLSelectElement && option.dataset.tax) tax.value = option.dataset.tax;
    const rows = line.closest("[data-items-rows]");
    if (rows) changed(rows);
  });
})();
