// The one place where text becomes markup: htmx parses answers of this server,
// whose pages are escaped. Markup with anything that could run is refused here
// a second time, before the content security policy would stop it.
(function () {
  "use strict";
  const types = /** @type {any} */ (window).trustedTypes;
  if (!types || !types.createPolicy) return; // A browser that does not know them.
  const dangerous = /<(script|iframe|object|embed|base|link|style)\b|\son\w+\s*=|javascript:/i;
  types.createPolicy("default", {
    /** @param {string} html */
    createHTML(html) {
      // Text in attributes and nodes is escaped by the server, so "<script"
      // can't be part of what somebody typed.
      if (dangerous.test(html.replace(/="[^"]*"/g, '=""').replace(/>[^<]*</g, "><"))) {
        throw new TypeError("refused markup that could run");
      }
      return html;
    },
    createScript() { throw new TypeError("no script from text"); },
    createScriptURL() { throw new TypeError("no script from elsewhere"); },
  });
})();
