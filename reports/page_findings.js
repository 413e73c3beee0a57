
// The findings: filters, and walking from one to the next.
const findings = (() => {
  const cards = all("article.finding");
  const form = one("#filters");
  const texts = new Map(cards.map((card) => [card, (audit.findings[card.id] || [""])[0].toLowerCase()]));
  let state = () => "open";

  const shown = () => cards.filter((card) => !card.classList.contains("out"));

  const apply = () => {
    if (!form) return;
    const want = Object.fromEntries(new FormData(form));
    const text = (want.text || "").trim().toLowerCase();
    for (const card of cards) {
      const fits =
        (!want.severity || card.dataset.severity === want.severity) &&
        (!want.check || card.dataset.check === want.check) &&
        (!want.document || card.dataset.document === want.document) &&
        (!want.state || (card.dataset.suppressed ? "suppressed" : state(card.id)) === want.state) &&
        (!text || texts.get(card).includes(text));
      card.classList.toggle("out", !fits);
    }
    for (const section of all("section.document")) {
      section.classList.toggle("out", Boolean(want.document) && section.dataset.document !== want.document);
    }
    const hidden = one("#suppressed");
    if (hidden && want.state === "suppressed") hidden.open = true;
    const count = shown().length;
    one("#shown").textContent = fill(words.shown_count, { shown: count, all: cards.length });
    one("#nothing").hidden = count > 0;
  };

  const current = () => {
    const focused = document.activeElement && document.activeElement.closest("article.finding");
    return focused || one("article.finding.current");
  };

  const go = (card) => {
    for (const other of all("article.finding.current")) other.classList.remove("current");
    card.classList.add("current");
    const folded = card.closest("details:not([open])");
    if (folded) folded.open = true;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start" });
    point(card.id);
  };

  const walk = (step) => {
    const list = shown().filter((card) => !card.closest("details:not([open])"));
    if (!list.length) return;
    const at = list.indexOf(current());
    const place = at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + step));
    go(list[place]);
  };

  const arrive = (identifier) => {
    const card = cards.find((one) => one.id === identifier);
    if (!card) return false;
    if (card.classList.contains("out")) {
      form.reset();
      form.dispatchEvent(new Event("input"));
    }
    go(card);
    return true;
  };

  if (form) {
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", apply);
    form.addEventListener("reset", () => setTimeout(() => form.dispatchEvent(new Event("input"))));
    for (const button of all("[data-walk]", form)) {
      button.addEventListener("click", () => walk(Number(button.dataset.walk)));
    }
    for (const tile of all(".tile[data-severity]")) {
      tile.addEventListener("click", () => {
        form.elements.severity.value = tile.dataset.severity;
        apply();
      });
    }
    apply();
  }
  document.addEventListener("click", (event) => {
    const jump = event.target.closest("a[href^='#']");
    const card = jump && arriveAt(jump);
    if (card) event.preventDefault();
  });
  const arriveAt = (jump) => arrive(decodeURIComponent(jump.getAttribute("href").slice(1)));

  return {
    cards,
    current,
    walk,
    arrive,
    apply,
    judge(how) {
      state = how;
      apply();
    },
  };
})();
