// Shows a theme as soon as it is chosen; saving keeps it.
(function () {
  "use strict";
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.name !== "theme") return;
    document.documentElement.dataset.bsTheme = input.value;
  });
})();
