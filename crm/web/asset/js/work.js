// Forms that a script sends: after the answer they may be sent again, and what
// the server refuses is shown as the page that explains it. Reminders are asked
// for every minute while somebody looks.
(function () {
  "use strict";
  const everyMinute = 60000;

  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt } = /** @type {CustomEvent} */ (event).detail;
    if (!(elt instanceof HTMLFormElement)) return;
    elt.removeAttribute("data-sent");
    elt.removeAttribute("aria-busy");
  });

  // Nothing was done: sent as a plain form, the answer is a whole page.
  document.addEventListener("htmx:responseError", (event) => {
    const { elt } = /** @type {CustomEvent} */ (event).detail;
    if (elt instanceof HTMLFormElement) elt.submit();
  });

  // What was exchanged keeps the keyboard where it was: in the composer's text.
  document.addEventListener("htmx:afterSettle", (event) => {
    const { elt } = /** @type {CustomEvent} */ (event).detail;
    if (!(elt instanceof Element) || elt.id !== "composer") return;
    const field = elt.querySelector("textarea, input[type=text]");
    if (field instanceof HTMLElement) field.focus();
  });

  window.setInterval(() => {
    const place = document.querySelector("[data-poll]");
    const htmx = /** @type {any} */ (window).htmx;
    if (place && htmx && document.visibilityState === "visible") htmx.trigger(place, "poll");
  }, everyMinute);
})();
