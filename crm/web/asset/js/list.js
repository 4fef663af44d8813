// Keeps addresses of filtered lists short: what is as usual is left out.
(function () {
  "use strict";
  /** @type {Record<string, string>} */
  const usual = { q: "", owner: "", sort: "recent" };
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, parameters } = /** @type {CustomEvent} */ (event).detail;
    if (!(elt instanceof Element) || !elt.matches("[data-list-form]")) return;
    Object.keys(usual).forEach((name) => {
      if (parameters[name] === usual[name]) delete parameters[name];
    });
  });
})();
