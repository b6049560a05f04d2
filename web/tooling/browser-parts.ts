// What jsdom has not got and our parts use: modal dialogs, popovers, media queries. Only as far as tests look.

export function installBrowserParts(): void {
  installDialog();
  installPopover();
  window.scrollTo = () => undefined;
  // Nothing is laid out, so no letter has a place.
  Range.prototype.getClientRects = () => Object.assign([], { item: () => null });
  window.matchMedia = (media: string) =>
    Object.assign(new EventTarget(), {
      matches: false,
      media,
      onchange: null,
      addListener: () => undefined,
      removeListener: () => undefined,
    });
}

function installDialog(): void {
  const cameFrom = new WeakMap<HTMLDialogElement, Element | null>();
  HTMLDialogElement.prototype.showModal = function () {
    cameFrom.set(this, document.activeElement);
    this.open = true;
    this.querySelector<HTMLElement>("button, input")?.focus();
  };
  HTMLDialogElement.prototype.close = function () {
    if (!this.open) return;
    this.open = false;
    const before = cameFrom.get(this);
    if (before instanceof HTMLElement) before.focus();
    queueMicrotask(() => this.dispatchEvent(new Event("close"))); // as in a browser, not at once
  };
  document.addEventListener("keydown", (event) => {
    const open = [...document.querySelectorAll<HTMLDialogElement>("dialog[open]")].at(-1);
    if (event.key === "Escape") open?.close();
  });
}

function installPopover(): void {
  const shown = new WeakSet<HTMLElement>();
  const toggle = (element: HTMLElement, open: boolean) => {
    if (shown.has(element) === open) return;
    if (open) shown.add(element);
    else shown.delete(element);
    // jsdom's style sheet hides every popover, and knows no :popover-open.
    element.style.display = open ? "block" : "";
    const event = Object.assign(new Event("toggle"), { newState: open ? "open" : "closed" });
    element.dispatchEvent(event);
  };
  // Pressing outside closes, but not on the button that the menu belongs to: that one toggles.
  const ownerOf = (target: EventTarget | null) => (target as Element | null)?.closest("[popovertarget]");
  const ownedBy = (button: Element) => document.getElementById(button.getAttribute("popovertarget") ?? "");
  document.addEventListener("pointerup", ({ target }) => {
    for (const element of document.querySelectorAll<HTMLElement>("[popover=auto]")) {
      const owner = ownerOf(target);
      if (!element.contains(target as Node) && !(owner && ownedBy(owner) === element)) toggle(element, false);
    }
  });
  document.addEventListener("click", ({ target }) => {
    const owner = ownerOf(target);
    if (owner) ownedBy(owner)?.togglePopover();
  });
  HTMLElement.prototype.showPopover = function () {
    toggle(this, true);
  };
  HTMLElement.prototype.hidePopover = function () {
    toggle(this, false);
  };
  HTMLElement.prototype.togglePopover = function () {
    toggle(this, !shown.has(this));
    return shown.has(this);
  };
}
