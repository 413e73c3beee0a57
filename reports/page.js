"use strict";
// What all parts of the page's script share. Whatever comes from a report is written as text, never as markup.
const audit = JSON.parse(document.getElementById("audit").textContent);
const words = audit.words;

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

const element = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

const fill = (template, values) =>
  template.replace(/\{([a-z_]+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

// Tell those who listen; a repeated message is still spoken.
const say = (text) => {
  const line = one("#said");
  line.textContent = "";
  requestAnimationFrame(() => (line.textContent = text));
};

// What is kept over a reload. Where the browser keeps nothing, notes last as long as the page, and it says so.
const kept = (() => {
  const here = new Map();
  let works = true;
  try {
    localStorage.setItem("gouji:probe", "1");
    localStorage.removeItem("gouji:probe");
  } catch {
    works = false;
  }
  return {
    get works() {
      return works;
    },
    read(key) {
      try {
        return JSON.parse(works ? localStorage.getItem("gouji:" + key) : here.get(key) || null);
      } catch {
        return null;
      }
    },
    write(key, value) {
      const text = value === null ? null : JSON.stringify(value);
      try {
        if (!works) here.set(key, text);
        else if (text === null) localStorage.removeItem("gouji:" + key);
        else localStorage.setItem("gouji:" + key, text);
      } catch {
        works = false;
        here.set(key, text);
        say(words.not_kept);
      }
    },
  };
})();

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // without permission: select the text of a field and ask the browser to copy it
    const field = element("textarea", { value: text, className: "unseen" });
    const back = document.activeElement;
    (one("dialog[open]") || document.body).append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (back) back.focus({ preventScroll: true });
    if (!done) return say(words.copy_failed);
  }
  say(words.copied);
};

// The place in the address without a jump: a link to what is looked at.
const point = (identifier) => {
  try {
    history.replaceState(null, "", "#" + encodeURIComponent(identifier));
  } catch {
    // a page that is shown inside another may not change its address
  }
};

// What scrolls sideways must be reachable without a mouse.
const reach = () => {
  for (const node of all(".wide, .derivation")) {
    if (node.scrollWidth > node.clientWidth + 1) node.tabIndex = 0;
    else node.removeAttribute("tabindex");
  }
};
window.addEventListener("resize", reach);
reach();

// Paper shows everything: what is folded opens for it.
window.addEventListener("beforeprint", () => {
  for (const node of all("details:not([open])")) {
    node.dataset.folded = "1";
    node.open = true;
  }
});
window.addEventListener("afterprint", () => {
  for (const node of all("details[data-folded]")) {
    node.open = false;
    delete node.dataset.folded;
  }
});
