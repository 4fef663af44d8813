// "/" or Ctrl+K puts the cursor in the search box. Menus close on Escape and on
// a click elsewhere.
(function () {
  "use strict";

  /** @param {EventTarget|null} where */
  function typing(where) {
    return where instanceof HTMLElement &&
      (where.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(where.tagName));
  }

  /** @param {Element} [except] */
  function closeMenus(except) {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (menu !== except) menu.removeAttribute("open");
    });
  }

  document.addEventListener("keydown", (event) => {
    const combined = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
    if (combined || slash) {
      const box = document.getElementById("search");
      if (box instanceof HTMLInputElement) {
        event.preventDefault();
        box.focus();
        box.select();
      }
    }
    if (event.key === "Escape") {
      const open = document.querySelector("details[data-menu][open]");
      closeMenus();
      const summary = open && open.querySelector("summary");
      if (open && summary instanceof HTMLElement && open.contains(document.activeElement)) summary.focus();
    }
  });

  document.addEventListener("click", (event) => {
    const menu = event.target instanceof Element ? event.target.closest("details[data-menu]") : null;
    closeMenus(menu || undefined);
  });
})();
