// Keys that work everywhere but where somebody types: "?" shows them all, "g" and
// a letter goes somewhere, "n" begins a new record, "f" filters, "j" and "k" walk
// through the rows of a list.
(function () {
  "use strict";
  /** @type {Record<string, string>} */
  const places = {
    h: "/", d: "/deals", c: "/contacts", e: "/companies", p: "/leads", t: "/tasks", k: "/calendar", i: "/dashboard", a: "/settings/profile",
  };
  let going = 0;

  /** @param {EventTarget|null} where */
  const typing = (where) => where instanceof HTMLElement &&
    (where.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(where.tagName));

  /** @param {number} step */
  function walk(step) {
    const rows = Array.from(document.querySelectorAll("main .row-link"));
    if (rows.length === 0) return;
    const now = document.activeElement ? rows.indexOf(document.activeElement) : -1;
    const next = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
    if (next instanceof HTMLElement) next.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const went = going;
    going = 0;
    if (went && event.timeStamp - went < 1500 && places[event.key]) {
      event.preventDefault();
      window.location.assign(places[event.key]);
    } else if (event.key === "g") {
      going = event.timeStamp;
    } else if (event.key === "?") {
      window.location.assign("/keys");
    } else if (event.key === "j" || event.key === "k") {
      walk(event.key === "j" ? 1 : -1);
    } else if (event.key === "n") {
      const link = document.querySelector("main [data-shortcut=n]");
      if (link instanceof HTMLAnchorElement) link.click();
    } else if (event.key === "f") {
      const box = document.getElementById("q");
      if (!(box instanceof HTMLInputElement)) return;
      event.preventDefault();
      box.select();
      box.focus();
    }
  });
})();
