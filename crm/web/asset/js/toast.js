// What the last form did: said aloud, and gone after a while unless somebody
// is on it. Without a script it stays until the next page.
(function () {
  "use strict";
  const visible = 12000;

  /** @param {HTMLElement} toast */
  function start(toast) {
    const close = toast.querySelector("[data-toast-close]");
    if (close instanceof HTMLElement) {
      close.hidden = false;
      close.addEventListener("click", () => toast.remove());
    }
    let timer = 0;
    const wait = () => { timer = window.setTimeout(() => toast.remove(), visible); };
    const stay = () => window.clearTimeout(timer);
    toast.addEventListener("mouseenter", stay);
    toast.addEventListener("focusin", stay);
    toast.addEventListener("mouseleave", wait);
    toast.addEventListener("focusout", wait);
    wait();
    // A live region is read when it changes, not when the page arrives with it.
    const text = toast.querySelector("p");
    if (text) {
      const words = text.textContent;
      text.textContent = "";
      window.setTimeout(() => { text.textContent = words; }, 100);
    }
  }

  const startAll = () => document.querySelectorAll("[data-toast]").forEach((toast) => {
    if (toast instanceof HTMLElement && !toast.dataset.started) {
      toast.dataset.started = "1";
      start(toast);
    }
  });
  document.addEventListener("DOMContentLoaded", startAll);
  document.addEventListener("htmx:oobAfterSwap", startAll);
})();
