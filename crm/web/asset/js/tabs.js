// On a narrow screen a row of tabs scrolls: the one in use comes into sight.
(function () {
  "use strict";
  for (const here of document.querySelectorAll(".tabs [aria-current]")) {
    const row = here.parentElement;
    if (row instanceof HTMLElement && here instanceof HTMLElement) {
      row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
    }
  }
})();
