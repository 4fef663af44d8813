// A box that answers while typing: the search ("go": an answer is a link) and
// the company picker ("pick": an answer fills the box). htmx fetches the
// answers into the list; this gives them the keyboard and the screen reader.
(function () {
  "use strict";

  /** @param {Element} box @returns {HTMLInputElement} */
  const inputOf = (box) => /** @type {HTMLInputElement} */ (box.querySelector("[role=combobox]"));
  /** @param {Element} box @returns {HTMLElement} */
  const listOf = (box) => /** @type {HTMLElement} */ (box.querySelector("[role=listbox]"));
  /** @param {Element} box @returns {HTMLElement[]} */
  const optionsOf = (box) => Array.from(listOf(box).querySelectorAll("[role=option]:not([aria-disabled])"));

  /** @param {Element} box @param {boolean} open */
  function show(box, open) {
    listOf(box).hidden = !open;
    inputOf(box).setAttribute("aria-expanded", String(open));
    if (!open) activate(box, null);
  }

  /** @param {Element} box @param {HTMLElement|null} option */
  function activate(box, option) {
    optionsOf(box).forEach((other) => other.setAttribute("aria-selected", String(other === option)));
    if (option) {
      inputOf(box).setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      inputOf(box).removeAttribute("aria-activedescendant");
    }
  }

  /** @param {Element} box @param {HTMLElement} option */
  function choose(box, option) {
    if (option instanceof HTMLAnchorElement) {
      window.location.assign(option.href);
      return;
    }
    set(box, "[data-combobox-value]", option.dataset.value || "0");
    set(box, "[data-combobox-new]", "new" in option.dataset ? "1" : "");
    inputOf(box).value = option.dataset.text || "";
    show(box, false);
    inputOf(box).focus();
    box.dispatchEvent(new CustomEvent("combobox:choose", { bubbles: true, detail: option }));
  }

  /** @param {Element} box @param {string} selector @param {string} value */
  function set(box, selector, value) {
    const field = box.querySelector(selector);
    if (field instanceof HTMLInputElement) field.value = value;
  }

  /** @param {Element} box @param {number} step */
  function move(box, step) {
    const options = optionsOf(box);
    if (options.length === 0) return;
    const now = options.findIndex((o) => o.getAttribute("aria-selected") === "true");
    const next = now < 0 ? (step > 0 ? 0 : options.length - 1) : (now + step + options.length) % options.length;
    activate(box, options[next]);
  }

  /** @param {EventTarget|null} target */
  const boxAt = (target) => (target instanceof Element ? target.closest("[data-combobox]") : null);

  document.addEventListener("htmx:afterSwap", (event) => {
    const list = event.target;
    const box = boxAt(list);
    if (!box || list !== listOf(box)) return;
    show(box, listOf(box).children.length > 0 && document.activeElement === inputOf(box));
  });

  // Typing means that what was chosen before no longer holds.
  document.addEventListener("input", (event) => {
    const box = boxAt(event.target);
    if (!box || event.target !== inputOf(box)) return;
    set(box, "[data-combobox-value]", "0");
    set(box, "[data-combobox-new]", "");
    if (inputOf(box).value.trim() === "") show(box, false);
  });

  document.addEventListener("keydown", (event) => {
    const box = boxAt(event.target);
    if (!box || event.target !== inputOf(box) || event.isComposing) return;
    const open = !listOf(box).hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open && listOf(box).children.length > 0) show(box, true);
      move(box, event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (event.key === "Escape" && open) {
      show(box, false);
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && open) {
      const option = optionsOf(box).find((o) => o.getAttribute("aria-selected") === "true");
      if (option) {
        choose(box, option);
        event.preventDefault();
      }
    }
  });

  // Pressing the mouse on an answer must not take the focus from the box.
  document.addEventListener("mousedown", (event) => {
    if (event.target instanceof Element && event.target.closest("[role=option]")) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    const box = boxAt(option);
    if (!box || !(option instanceof HTMLElement) || option instanceof HTMLAnchorElement) return;
    if (option.getAttribute("aria-disabled") !== "true") choose(box, option);
  });

  document.addEventListener("focusout", (event) => {
    const box = boxAt(event.target);
    if (box && !(event.relatedTarget instanceof Node && box.contains(event.relatedTarget))) show(box, false);
  });
})();
