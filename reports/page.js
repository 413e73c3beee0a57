
"use strict";
// The inspector: choose a number in the text, see its ties. Everything is written as text, never as markup.
(() => {
  const audit = JSON.parse(document.getElementById("audit").textContent);
  const words = audit.words;
  const panel = document.getElementById("inspector");
  const numbers = [...document.querySelectorAll(".n[data-figure]")];
  const places = new Map(numbers.map((node, place) => [node.dataset.figure, place]));
  let chosen = -1;

  const element = (name, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };

  const link = (identifier) => {
    const node = element("a", { href: "#" + identifier, textContent: audit.figures[identifier].text });
    node.dataset.goto = identifier;
    return node;
  };

  const facts = (pairs) => {
    const list = element("dl");
    for (const [name, text] of pairs) {
      if (text) list.append(element("dt", { textContent: name }), element("dd", { textContent: text }));
    }
    return list;
  };

  const tie = (identifier) => {
    const found = audit.ties[identifier];
    const terms = element("dl", { className: "terms" });
    for (const [role, figures] of found.terms) {
      terms.append(element("dt", { textContent: role }), element("dd", {}, ...figures.map(link)));
    }
    const node = element(
      "section",
      { className: "tie" },
      element("span", { className: "state " + found.state, textContent: found.verdict }),
      element("span", { className: "title", textContent: found.check }),
      element("p", { textContent: found.note }),
      terms,
    );
    if (found.power) {
      const text = words.power + " " + found.power + (found.weak ? " · " + words.weak : "");
      node.append(element("p", { className: found.weak ? "power weak" : "power", textContent: text }));
    }
    if (found.finding) {
      const target = "#" + encodeURIComponent(found.finding);
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
    for (const node of document.querySelectorAll(".chosen, .partner")) node.classList.remove("chosen", "partner");
  };

  const close = () => {
    clear();
    panel.classList.remove("open");
    panel.replaceChildren(element("p", { className: "quiet", textContent: words.inspector_empty }));
  };

  const choose = (place, move) => {
    if (place < 0 || place >= numbers.length) return;
    const node = numbers[place];
    const figure = audit.figures[node.dataset.figure];
    clear();
    if (chosen >= 0) numbers[chosen].tabIndex = -1;
    chosen = place;
    node.tabIndex = 0;
    node.classList.add("chosen");
    for (const identifier of figure.ties) {
      for (const [, figures] of audit.ties[identifier].terms) {
        for (const other of figures) {
          const partner = numbers[places.get(other)];
          if (partner && partner !== node) partner.classList.add("partner");
        }
      }
    }
    panel.replaceChildren(
      element(
        "div",
        { className: "bar" },
        element("strong", { textContent: figure.text }),
        button(words.previous, "←", () => choose(chosen - 1, true)),
        button(words.next, "→", () => choose(chosen + 1, true)),
        button(words.close, "×", close),
      ),
      facts([
        [words.said, figure.status],
        [words.reasons, figure.reason],
        [words.subject, figure.subject],
        [words.indicator, figure.indicator],
        [words.period, figure.period],
        [words.range, figure.range],
        [words.approx, figure.approx],
        [words.where, figure.where],
      ]),
      element("h3", { textContent: words.ties }),
      ...(figure.ties.length ? figure.ties.map(tie) : [element("p", { className: "quiet", textContent: words.no_ties })]),
    );
    panel.scrollTop = 0;
    panel.classList.add("open");
    if (move) {
      node.focus({ preventScroll: true });
      node.scrollIntoView({ block: "center" });
    }
  };

  document.addEventListener("click", (event) => {
    const number = event.target.closest(".n[data-figure]");
    if (number) return choose(places.get(number.dataset.figure), false);
    const jump = event.target.closest("[data-goto]");
    if (jump && places.has(jump.dataset.goto)) {
      event.preventDefault();
      history.replaceState(null, "", "#" + jump.dataset.goto);
      choose(places.get(jump.dataset.goto), true);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return close();
    const number = event.target.closest && event.target.closest(".n[data-figure]");
    if (!number) return;
    const place = places.get(number.dataset.figure);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choose(place + step, true);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(place, false);
    }
  });

  const arrive = () => {
    const place = places.get(decodeURIComponent(location.hash.slice(1)));
    if (place !== undefined) choose(place, true);
  };
  if (numbers.length) numbers[0].tabIndex = 0;
  window.addEventListener("hashchange", arrive);
  arrive();
})();
