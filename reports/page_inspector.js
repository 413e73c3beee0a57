
// The inspector: choose a number in the text, see its ties and what each number of a tie can stand for.
const inspector = (() => {
  const panel = one("#inspector");
  const numbers = all(".n[role=button]");
  const places = new Map(numbers.map((node, place) => [node.id, place]));
  const ties = new Map();
  for (const [identifier, tie] of Object.entries(audit.ties)) {
    for (const [, figures] of tie[7]) {
      for (const figure of figures) {
        if (!ties.has(figure)) ties.set(figure, []);
        if (!ties.get(figure).includes(identifier)) ties.get(figure).push(identifier);
      }
    }
  }
  let chosen = -1;
  let only = "";
  let marked = [];

  const link = (identifier) => element("a", { href: "#" + identifier, textContent: audit.figures[identifier][0] });

  const facts = (pairs) => {
    const list = element("dl");
    for (const [name, text] of pairs) {
      if (text) list.append(element("dt", { textContent: name }), element("dd", { textContent: text }));
    }
    return list;
  };

  const row = (name, ...cells) =>
    element("tr", {}, element("th", { scope: "row", textContent: name }), ...cells.map((cell) => element("td", {}, cell)));

  const terms = (tie) => {
    const head = element("tr");
    for (const name of [words.role, words.number, words.minimum, words.maximum]) {
      head.append(element("th", { scope: "col", textContent: name }));
    }
    const body = element("tbody");
    for (const [role, figures] of tie[7]) {
      for (const figure of figures) {
        const [, , , , , , low, high] = audit.figures[figure];
        body.append(row(audit.strings[role], link(figure), low, high));
      }
    }
    if (tie[8]) {
      body.append(row(words.recomputed, "", tie[8], tie[9]));
      body.lastChild.className = "recomputed";
    }
    return element("div", { className: "wide" }, element("table", {}, element("thead", {}, head), body));
  };

  const section = (identifier) => {
    const tie = audit.ties[identifier];
    const [check, verdict, state] = tie.slice(0, 3).map((place) => audit.strings[place]);
    const [, , , note, power, weak, evidence] = tie;
    const node = element(
      "section",
      { className: "tie" },
      element(
        "h4",
        {},
        element("span", { textContent: check }),
        element("span", { className: "state " + state, textContent: verdict }),
      ),
      element("p", { textContent: note }),
      terms(tie),
    );
    if (evidence.length) {
      const line = element("p");
      for (const word of evidence) line.append(element("span", { className: "word", lang: "zh", textContent: word }));
      node.append(line);
    }
    if (power) {
      const text = words.power + " " + power + (weak ? " · " + words.weak : "");
      node.append(element("p", { className: weak ? "power weak" : "power", textContent: text }));
    }
    if (tie[10]) {
      const target = "#" + encodeURIComponent(tie[10]);
      node.append(element("p", {}, element("a", { href: target, textContent: words.to_finding })));
    }
    return node;
  };

  const button = (label, sign, action) => {
    const node = element("button", { type: "button", textContent: sign, title: label });
    node.setAttribute("aria-label", label);
    node.addEventListener("click", action);
    return node;
  };

  const clear = () => {
    for (const node of marked) node.classList.remove("chosen", "partner");
    marked = [];
  };

  const mark = (node, name) => {
    node.classList.add(name);
    marked.push(node);
  };

  const close = () => {
    const inside = panel.contains(document.activeElement);
    clear();
    panel.classList.remove("open");
    panel.replaceChildren(element("p", { className: "quiet", textContent: words.inspector_empty }));
    if (inside && chosen >= 0) numbers[chosen].focus();
  };

  const visible = (place) => !only || numbers[place].classList.contains(only);

  const next = (step, from) => {
    let place = (from ? places.get(from.id) : chosen) + step;
    while (place >= 0 && place < numbers.length && !visible(place)) place += step;
    if (place >= 0 && place < numbers.length) choose(place, true);
  };

  const choose = (place, move) => {
    const node = numbers[place];
    if (!node) return;
    const figure = audit.figures[node.id];
    const [text, status, reason, subject, indicator, period, low, high, approx, line, column, index] = figure;
    const mine = ties.get(node.id) || [];
    const string = (at) => audit.strings[at];
    clear();
    if (chosen >= 0) numbers[chosen].tabIndex = -1;
    chosen = place;
    node.tabIndex = 0;
    mark(node, "chosen");
    for (const identifier of mine) {
      for (const [, figures] of audit.ties[identifier][7]) {
        for (const other of figures) {
          const partner = numbers[places.get(other)];
          if (partner && partner !== node) mark(partner, "partner");
        }
      }
    }
    const title = element("h2", { textContent: text, lang: "zh" });
    panel.replaceChildren(
      element(
        "div",
        { className: "title" },
        title,
        button(words.previous, "←", () => next(-1)),
        button(words.next, "→", () => next(1)),
        button(words.close, "×", close),
      ),
      facts([
        [words.said, string(status)],
        [words.reasons, string(reason)],
        [words.subject, string(subject)],
        [words.indicator, string(indicator)],
        [words.period, string(period)],
        [words.range, low === high ? low : low + " – " + high],
        [words.approx, string(approx)],
        [words.where, fill(words.where_line, { line, column })],
        [audit.paths.length > 1 ? words.opens : "", audit.paths.length > 1 ? audit.paths[index] : ""],
      ]),
      element("h3", { textContent: words.ties }),
      ...(mine.length ? mine.map(section) : [element("p", { className: "quiet", textContent: words.no_ties })]),
    );
    panel.scrollTop = 0;
    panel.classList.add("open");
    say([text, string(status), words.ties + " " + mine.length].join(" · "));
    if (move) {
      node.focus({ preventScroll: true });
      node.scrollIntoView({ block: "center" });
    }
    reach();
  };

  document.addEventListener("click", (event) => {
    const number = event.target.closest(".n[role=button]");
    if (number) return choose(places.get(number.id), false);
    const jump = event.target.closest("a[href^='#']");
    const target = jump && decodeURIComponent(jump.getAttribute("href").slice(1));
    if (jump && places.has(target)) {
      event.preventDefault();
      point(target);
      choose(places.get(target), true);
    }
  });

  for (const toggle of all(".only button")) {
    toggle.addEventListener("click", () => {
      only = only === toggle.dataset.only ? "" : toggle.dataset.only;
      for (const other of all(".only button")) other.setAttribute("aria-pressed", String(other.dataset.only === only));
      if (only) document.body.dataset.only = only;
      else delete document.body.dataset.only;
    });
  }
  for (const node of all(".only")) node.hidden = false;
  if (numbers.length) numbers[0].tabIndex = 0;

  return {
    close,
    next,
    get open() {
      return panel.classList.contains("open");
    },
    // Into the panel, for those who cannot see it change.
    enter(node) {
      choose(places.get(node.id), false);
      panel.focus();
    },
    arrive(identifier) {
      if (!places.has(identifier)) return false;
      choose(places.get(identifier), true);
      return true;
    },
  };
})();
