
// The search field also finds its words in the reports; the browser paints them, the text stays as it is.
const search = (() => {
  const field = one("#filters [name=text]");
  const line = one("#matches");
  const paints = typeof Highlight === "function" && CSS.highlights;
  const most = 2000;
  let found = [];
  let at = -1;
  let timer = 0;

  // The ranges of one block: its text may be cut into several nodes by the numbers in it.
  const inside = (block, text) => {
    const whole = block.textContent.toLowerCase();
    if (!whole.includes(text)) return;
    const nodes = [];
    let length = 0;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      nodes.push([length, walker.currentNode]);
      length += walker.currentNode.length;
    }
    if (whole.length !== length) return;
    const locate = (place, end) => {
      let low = 0;
      while (low + 1 < nodes.length && (end ? nodes[low + 1][0] < place : nodes[low + 1][0] <= place)) low += 1;
      return [nodes[low][1], place - nodes[low][0]];
    };
    for (let place = whole.indexOf(text); place >= 0 && found.length < most; place = whole.indexOf(text, place + text.length)) {
      const range = new Range();
      range.setStart(...locate(place, false));
      range.setEnd(...locate(place + text.length, true));
      found.push(range);
    }
  };

  const paint = () => {
    if (!paints) return;
    CSS.highlights.set("found", new Highlight(...found));
    CSS.highlights.set("found-here", new Highlight(...found.slice(Math.max(at, 0), at + 1)));
  };

  const look = () => {
    const text = field.value.trim().toLowerCase();
    found = [];
    at = -1;
    if (text) {
      const blocks = all(".document:not(.out) .paper :is(p, h3, h4, h5, h6, th, td)");
      for (const block of blocks) inside(block, text);
    }
    line.hidden = !text;
    one("output", line).textContent = fill(words.found_in_text, { count: found.length });
    for (const button of all("button", line)) button.disabled = !found.length;
    paint();
  };

  const step = (by) => {
    if (!found.length) return;
    at = (at + by + found.length) % found.length;
    found[at].startContainer.parentElement.scrollIntoView({ block: "center" });
    one("output", line).textContent = at + 1 + " / " + found.length;
    paint();
  };

  if (field) {
    one("#filters").addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, 120);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        step(event.shiftKey ? -1 : 1);
      }
    });
    for (const button of all("button", line)) button.addEventListener("click", () => step(Number(button.dataset.step)));
  }

  return {
    focus() {
      if (!field) return;
      field.focus();
      field.select();
    },
  };
})();
