// "@" in a text offers colleagues. The names come with the page; who is meant
// is read by the server when the text is saved.
(function () {
  "use strict";
  const shown = 6;

  /** @param {string} text */
  const fold = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

  /** @param {EventTarget|null} target @returns {HTMLTextAreaElement|null} */
  function textOf(target) {
    return target instanceof HTMLTextAreaElement && target.closest("[data-mentions]") ? target : null;
  }

  /** @param {Element} text @returns {HTMLElement|null} */
  function listOf(text) {
    const box = text.closest("[data-mentions]");
    return box ? box.querySelector("[data-mention-list]") : null;
  }

  /** The word after the last "@" before the cursor; null: none is being typed.
   * @param {HTMLTextAreaElement} text */
  function typed(text) {
    const found = /(?:^|[^\p{L}\p{N}])@([\p{L}\p{N} .]{0,40})$/u.exec(text.value.slice(0, text.selectionStart));
    return found ? found[1] : null;
  }

  /** @param {Element} text */
  function close(text) {
    const list = listOf(text);
    if (list) list.remove();
    text.removeAttribute("aria-activedescendant");
  }

  /** @param {HTMLTextAreaElement} text */
  function offer(text) {
    close(text);
    const word = typed(text);
    const box = text.closest("[data-mentions]");
    if (word === null || !(box instanceof HTMLElement)) return;
    const wanted = fold(word);
    const names = (box.dataset.mentions || "").split("\n").filter((name) => name && fold(name).startsWith(wanted)).slice(0, shown);
    if (names.length === 0 || (names.length === 1 && fold(names[0]) === wanted)) return;
    const list = document.createElement("div");
    list.className = "combo-list mention-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", (box.querySelector("label") || box).textContent || "@");
    list.dataset.mentionList = "";
    names.forEach((name, index) => {
      const option = document.createElement("div");
      option.className = "combo-option";
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", String(index === 0));
      option.id = "mention-option-" + index;
      option.textContent = name;
      list.append(option);
    });
    box.append(list);
    text.setAttribute("aria-activedescendant", "mention-option-0");
  }

  /** @param {HTMLTextAreaElement} text @param {Element} option */
  function choose(text, option) {
    const word = typed(text) || "";
    const end = text.selectionStart;
    text.setRangeText(option.textContent + " ", end - word.length, end, "end");
    close(text);
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("input", (event) => {
    const text = textOf(event.target);
    if (text) offer(text);
  });

  document.addEventListener("keydown", (event) => {
    const text = textOf(event.target);
    const list = text && listOf(text);
    if (!text || !list || event.isComposing) return;
    const options = Array.from(list.children);
    const now = options.findIndex((o) => o.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = (now + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
      options.forEach((o, i) => o.setAttribute("aria-selected", String(i === next)));
      text.setAttribute("aria-activedescendant", options[next].id);
    } else if (event.key === "Enter" || event.key === "Tab") {
      choose(text, options[now]);
    } else if (event.key === "Escape") {
      close(text);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });

  document.addEventListener("mousedown", (event) => {
    const option = event.target instanceof Element ? event.target.closest("[data-mention-list] [role=option]") : null;
    const box = option && option.closest("[data-mentions]");
    const text = box && box.querySelector("textarea");
    if (!option || !(text instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    choose(text, option);
  });

  document.addEventListener("focusout", (event) => {
    const text = textOf(event.target);
    if (text) close(text);
  });
})();
