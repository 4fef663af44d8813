// Asks before leaving a form with changes, and keeps a second click on its
// button from sending it again (the server would notice; this is calmer).
(function () {
  "use strict";
  let changed = false;

  document.addEventListener("input", (event) => {
    if (event.target instanceof Element && event.target.closest("form[data-guard]")) changed = true;
  });

  document.addEventListener("click", (event) => {
    // "Cancel" says by itself that the changes may go.
    if (event.target instanceof Element && event.target.closest("[data-guard-leave]")) changed = false;
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || "download" in form.dataset) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    changed = false;
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
  });

  // Coming back with the browser's button shows the page as it was left.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      form.removeAttribute("data-sent");
      form.removeAttribute("aria-busy");
    });
  });

  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
})();
