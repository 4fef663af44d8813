// Cards of the board are dragged from lane to lane: by mouse anywhere on the
// card, by touch on its handle or after a long press (so that scrolling stays
// scrolling). The card's menu does the same by keyboard. The server says what
// the lanes come to; within a lane cards stand in the order of their data-order.
(function () {
  "use strict";
  const slop = 6; // pixels the hand may shake before it is a drag
  const longPress = 400; // milliseconds
  const edge = 56; // pixels at the board's ends that scroll it

  /**
   * @typedef {{card: HTMLElement, pointer: number, x: number, y: number, dx: number, dy: number,
   *   timer: number, ghost: HTMLElement|null, over: HTMLElement|null, scroll: number, frame: number}} Drag
   */
  /** @type {Drag|null} */
  let drag = null;
  let dropped = 0; // when the last drag ended: the click after it is not one

  /** @param {Element|null} element @param {string} selector @returns {HTMLElement|null} */
  const up = (element, selector) => /** @type {HTMLElement|null} */ (element && element.closest(selector));
  const board = () => document.getElementById("board");

  document.addEventListener("pointerdown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const card = up(target, "#board .deal");
    if (!card || !card.querySelector("[data-move]") || event.button !== 0 || drag) return;
    const grip = up(target, ".grip");
    if (!grip && up(target, ".deal-move")) return;
    const box = card.getBoundingClientRect();
    drag = {
      card, pointer: event.pointerId, x: event.clientX, y: event.clientY,
      dx: event.clientX - box.left, dy: event.clientY - box.top, timer: 0, ghost: null, over: null, scroll: 0, frame: 0,
    };
    if (event.pointerType !== "mouse" && !grip) drag.timer = window.setTimeout(lift, longPress);
    else if (grip && event.pointerType !== "mouse") grip.setPointerCapture(event.pointerId);
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > slop;
    if (!drag.ghost && far) {
      if (drag.timer) return void cancel(); // it scrolls
      lift();
    }
    if (drag.ghost) follow(event.clientX, event.clientY);
  });

  document.addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { ghost, over, card } = drag;
    cancel();
    if (!ghost) return;
    dropped = event.timeStamp;
    if (over) move(card, over);
  });

  document.addEventListener("pointercancel", (event) => {
    if (drag && event.pointerId === drag.pointer) cancel();
  });

  // Once a card is in the hand, the finger moves it and not the page.
  document.addEventListener("touchmove", (event) => {
    if (drag && drag.ghost && event.cancelable) event.preventDefault();
  }, { passive: false });

  document.addEventListener("contextmenu", (event) => {
    if (drag && drag.ghost) event.preventDefault();
  });

  document.addEventListener("dragstart", (event) => {
    if (event.target instanceof Element && up(event.target, "#board .deal")) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drag) cancel();
  });

  // The click that ends a drag opens nothing.
  document.addEventListener("click", (event) => {
    if (event.timeStamp - dropped < 100 && event.target instanceof Element && up(event.target, ".deal")) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);

  // The menu, by keyboard or by a tap.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("#board [data-move]")) return;
    const button = event.submitter;
    const card = up(form, ".deal");
    const lane = button instanceof HTMLButtonElement && document.querySelector(`[data-lane="${button.value}"]`);
    if (!card || !(lane instanceof HTMLElement) || "lost" in lane.dataset) return;
    event.preventDefault();
    event.stopPropagation();
    const menu = form.closest("details");
    if (menu) menu.open = false;
    move(card, lane).then(() => {
      const now = document.getElementById(card.id);
      const handle = now && now.querySelector(".grip");
      if (handle instanceof HTMLElement) handle.focus();
    });
  }, true);

  function lift() {
    if (!drag) return;
    window.clearTimeout(drag.timer);
    drag.timer = 0;
    const box = drag.card.getBoundingClientRect();
    const ghost = /** @type {HTMLElement} */ (drag.card.cloneNode(true));
    ghost.removeAttribute("id");
    ghost.setAttribute("aria-hidden", "true");
    ghost.classList.add("deal-ghost");
    ghost.style.width = `${box.width}px`;
    document.body.append(ghost);
    drag.ghost = ghost;
    drag.card.classList.add("deal-lifted");
    document.body.classList.add("dragging");
    const lost = document.querySelector("[data-lost]");
    if (lost instanceof HTMLElement) lost.hidden = false;
    if (navigator.vibrate && drag.card.matches(":active")) navigator.vibrate(10);
    follow(drag.x, drag.y);
  }

  /** @param {number} x @param {number} y */
  function follow(x, y) {
    if (!drag || !drag.ghost) return;
    drag.ghost.style.transform = `translate(${x - drag.dx}px, ${y - drag.dy}px)`;
    const under = up(document.elementFromPoint(x, y), "[data-lane]");
    const home = up(drag.card, "[data-lane]");
    const over = under === home ? null : under;
    if (over !== drag.over) {
      if (drag.over) drag.over.classList.remove("lane-over");
      if (over) over.classList.add("lane-over");
      drag.over = over;
    }
    const b = board();
    const box = b && b.getBoundingClientRect();
    drag.scroll = !box ? 0 : x > box.right - edge ? 1 : x < box.left + edge ? -1 : 0;
    if (drag.scroll && !drag.frame) drag.frame = window.requestAnimationFrame(glide);
  }

  // At its ends the board moves on below the card.
  function glide() {
    const b = board();
    if (!drag || !b) return;
    drag.frame = 0;
    if (!drag.scroll) return;
    b.scrollLeft += drag.scroll * 9;
    drag.frame = window.requestAnimationFrame(glide);
  }

  function cancel() {
    if (!drag) return;
    window.clearTimeout(drag.timer);
    window.cancelAnimationFrame(drag.frame);
    if (drag.ghost) drag.ghost.remove();
    if (drag.over) drag.over.classList.remove("lane-over");
    drag.card.classList.remove("deal-lifted");
    document.body.classList.remove("dragging");
    const lost = document.querySelector("[data-lost]");
    if (lost instanceof HTMLElement) lost.hidden = true;
    drag = null;
  }

  /** @param {HTMLElement} card @param {HTMLElement} lane */
  async function move(card, lane) {
    const b = board();
    const form = card.querySelector("[data-move]");
    if (!b || !(form instanceof HTMLFormElement)) return;
    const stage = lane.dataset.lane || "";
    const home = card.parentElement;
    const after = card.nextElementSibling;
    if (!("lost" in lane.dataset)) place(card, lane);
    const query = new URLSearchParams(b.dataset.board || "");
    let failed = false;
    const watch = () => { failed = true; };
    card.addEventListener("htmx:responseError", watch);
    card.addEventListener("htmx:sendError", watch);
    await /** @type {any} */ (window).htmx.ajax("POST", form.action, {
      source: card, swap: "none",
      values: { stage, back: "/deals" + (b.dataset.board || ""), owner: query.get("owner") || "", pipeline: query.get("pipeline") || "" },
    });
    if (failed && home) {
      home.insertBefore(card, after);
      say(b.dataset.failed || "");
      return;
    }
    const now = document.getElementById(card.id);
    if (now && !("lost" in lane.dataset)) place(now, lane);
  }

  /** @param {HTMLElement} card @param {HTMLElement} lane */
  function place(card, lane) {
    const cards = lane.querySelector("[data-lane-cards]");
    if (!cards) return;
    const order = Number(card.dataset.order);
    const next = Array.from(cards.children).find((other) => other !== card &&
      other instanceof HTMLElement && (!other.dataset.order || Number(other.dataset.order) > order));
    cards.insertBefore(card, next || null);
  }

  /** @param {string} text */
  function say(text) {
    const toasts = document.getElementById("toasts");
    if (!toasts || !text) return;
    const toast = document.createElement("div");
    toast.className = "toast-card toast-warning";
    const words = document.createElement("p");
    words.textContent = text;
    toast.append(words);
    toasts.replaceChildren(toast);
    window.setTimeout(() => toast.remove(), 8000);
  }
})();
