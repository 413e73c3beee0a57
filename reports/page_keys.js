
// The keyboard, and where the address leads to.
(() => {
  const help = one("#help");
  const letters = one("[name=letters]", help);
  // single letters can be turned off: they get in the way of speech input
  letters.checked = kept.read("letters") !== false;
  letters.addEventListener("change", () => kept.write("letters", letters.checked));

  const single = {
    j: () => findings.walk(1),
    k: () => findings.walk(-1),
    a: () => notes.decide("confirm"),
    d: () => notes.decide("dismiss"),
    c: () => notes.copy(),
    e: () => one("#filters") && notes.open(),
    "/": () => search.focus(),
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || one("dialog[open]")) return;
    const at = event.target;
    const typing = at.closest && at.closest("input, textarea, select");
    if (event.key === "Escape") {
      if (inspector.open) inspector.close();
      return;
    }
    if (typing) return;
    const number = at.closest && at.closest(".n[role=button]");
    const side = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const along = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (number && side) inspector.next(side, number);
    else if (number && (event.key === "Enter" || event.key === " ")) inspector.enter(number);
    else if (along && at.matches && at.matches("article.finding, #findings")) findings.walk(along);
    else if (letters.checked && Object.hasOwn(single, event.key)) single[event.key]();
    else return;
    event.preventDefault();
  });

  if (one("#open-help")) one("#open-help").addEventListener("click", () => help.showModal());

  const arrive = () => {
    let identifier = "";
    try {
      identifier = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    if (identifier && !findings.arrive(identifier)) inspector.arrive(identifier);
  };
  window.addEventListener("hashchange", arrive);
  arrive();
  document.documentElement.classList.add("ready");
})();
