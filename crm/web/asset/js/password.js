// The eye beside a password shows what was typed.
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-password-eye]").forEach((eye) => {
      if (!(eye instanceof HTMLElement)) return;
      const input = document.getElementById(eye.dataset.passwordEye || "");
      if (!(input instanceof HTMLInputElement)) return;
      const words = [eye.getAttribute("aria-label") || "", eye.dataset.passwordHide || ""];
      eye.hidden = false;
      eye.addEventListener("click", () => {
        const show = input.type === "password";
        input.type = show ? "text" : "password";
        eye.setAttribute("aria-label", words[show ? 1 : 0]);
        eye.classList.toggle("on", show);
        input.focus();
      });
    });
  });
})();
