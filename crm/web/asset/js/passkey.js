// Passkeys: asks the server what to ask, the browser for an answer, and sends
// it as a plain form. Forms for them are hidden where a browser knows none.
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  /** @param {string} text */
  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (c) => c.charCodeAt(0));
  }

  /** @param {ArrayBuffer | null | undefined} buffer */
  function text(buffer) {
    if (!buffer) return undefined;
    let plain = "";
    new Uint8Array(buffer).forEach((b) => { plain += String.fromCharCode(b); });
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  /**
   * The server's options, with bytes where the browser wants bytes.
   * @param {any} options
   */
  function decoded(options) {
    const list = (/** @type {any[] | undefined} */ all) => all && all.map((c) => ({ ...c, id: bytes(c.id) }));
    return {
      ...options,
      challenge: bytes(options.challenge),
      ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
      ...(options.excludeCredentials && { excludeCredentials: list(options.excludeCredentials) }),
      ...(options.allowCredentials && { allowCredentials: list(options.allowCredentials) }),
    };
  }

  /**
   * The browser's answer, as JSON.
   * @param {any} credential
   */
  function encoded(credential) {
    const r = credential.response;
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment || undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: {
        clientDataJSON: text(r.clientDataJSON),
        attestationObject: text(r.attestationObject),
        transports: r.getTransports ? r.getTransports() : undefined,
        authenticatorData: r.attestationObject ? undefined : text(r.authenticatorData),
        signature: text(r.signature),
        userHandle: text(r.userHandle),
      },
    });
  }

  /** @param {HTMLFormElement} form */
  async function run(form) {
    const answer = await fetch(form.dataset.passkeyBegin || "", {
      method: "POST", body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
    });
    if (answer.redirected) {
      location.assign(answer.url); // The session is over.
      return;
    }
    const question = await answer.json();
    if (!question.options) {
      say(form, question.alert);
      return;
    }
    const publicKey = decoded(question.options);
    const credential = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey })
      : await navigator.credentials.get({ publicKey });
    /** @type {HTMLInputElement} */ (form.elements.namedItem("credential")).value = encoded(credential);
    const secret = form.elements.namedItem("current");
    if (secret instanceof HTMLInputElement) secret.value = ""; // It was checked, and need not go again.
    form.submit();
  }

  /**
   * @param {HTMLFormElement} form
   * @param {string} [words]
   */
  function say(form, words) {
    const alert = form.querySelector("[data-passkey-alert]");
    if (alert) alert.textContent = words || form.dataset.passkeyFailed || "";
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-passkey-missing]").forEach((words) => words.remove());
    document.querySelectorAll("form[data-passkey]").forEach((form) => {
      if (!(form instanceof HTMLFormElement)) return;
      let busy = false;
      form.hidden = false;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        event.stopPropagation();
        if (busy) return;
        busy = true;
        form.querySelectorAll("[data-passkey-alert]").forEach((alert) => { alert.textContent = ""; });
        form.setAttribute("aria-busy", "true");
        run(form).catch((fault) => {
          // Somebody closed the browser's window: nothing to say.
          if (!(fault instanceof DOMException && fault.name === "NotAllowedError" && form.dataset.passkey === "get")) say(form);
        }).finally(() => {
          busy = false;
          form.removeAttribute("aria-busy");
        });
      });
    });
  });
})();
