
// The reviewer's work: what is right, what is an exception and why; kept here, exported as the CLI reads it.
const notes = (() => {
  const template = one("#review");
  const dialog = one("#export");
  const states = ["confirm", "dismiss"];

  const read = (identifier) => {
    const note = kept.read(identifier);
    const text = (value) => (typeof value === "string" ? value : "");
    if (!note || !states.includes(note.state)) return { state: "open", reason: "", expires: "" };
    return { state: note.state, reason: text(note.reason), expires: text(note.expires) };
  };

  const write = (identifier, note) => kept.write(identifier, note.state === "open" ? null : note);

  const ours = findings.cards.filter((card) => !card.dataset.suppressed);

  const progress = () => {
    const count = { open: 0, confirm: 0, dismiss: 0 };
    for (const card of ours) count[read(card.id).state] += 1;
    const line = one("#progress");
    line.hidden = count.open === ours.length;
    line.textContent = fill(words.review_progress, count) + (kept.works ? "" : " " + words.not_kept);
  };

  const show = (card) => {
    const note = read(card.id);
    const review = one(".review", card);
    for (const button of all("[data-decide]", review)) {
      button.setAttribute("aria-pressed", String(button.dataset.decide === note.state));
    }
    card.classList.toggle("confirmed", note.state === "confirm");
    card.classList.toggle("dismissed", note.state === "dismiss");
    one(".why", review).hidden = note.state === "open";
    one(".until", review).hidden = note.state !== "dismiss";
    const reason = one("[name=reason]", review);
    const expires = one("[name=expires]", review);
    if (reason.value !== note.reason) reason.value = note.reason;
    if (expires.value !== note.expires) expires.value = note.expires;
    reason.required = note.state === "dismiss";
    one(".print-note", review).textContent = said(note);
  };

  const said = (note) => {
    const word = { confirm: words.decided_confirm, dismiss: words.decided_dismiss }[note.state];
    return word ? fill(words.note_on, { state: word, reason: note.reason || "—" }) : "";
  };

  const decide = (card, state) => {
    const note = read(card.id);
    note.state = note.state === state ? "open" : state;
    write(card.id, note);
    show(card);
    progress();
    findings.apply();
    if (note.state === "dismiss") one("[name=reason]", card).focus();
    else say(said(note));
  };

  const mail = (card) => {
    const note = said(read(card.id));
    return audit.findings[card.id][0] + (note ? "\n" + note : "");
  };

  // A TOML basic string: no quote, backslash, control character or half of a surrogate pair gets through.
  const quoted = (text) => {
    const whole = String(text).replace(/\p{Surrogate}/gu, "\ufffd");
    const escape = (sign) => "\\u" + sign.charCodeAt(0).toString(16).padStart(4, "0");
    return '"' + whole.replace(/["\\\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, escape) + '"';
  };

  const date = (text) => {
    if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return "";
    const time = new Date(text + "T00:00:00Z");
    return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text) && text > "0001" ? text : "";
  };

  const entry = (card, by) => {
    const note = read(card.id);
    const [, check, path, message, values] = audit.findings[card.id];
    const lines = [
      "[[suppress]]",
      "fingerprint = " + quoted(card.id),
      "check = " + quoted(check),
      "path = " + quoted(path),
      "message = " + quoted(message),
      "values = [" + values.map(quoted).join(", ") + "]",
      "reason = " + quoted(note.reason.trim()),
    ];
    if (date(note.expires)) lines.push("expires = " + date(note.expires));
    if (by) lines.push("by = " + quoted(by));
    return lines.join("\n") + "\n";
  };

  const exported = () => {
    const by = one("[name=by]", dialog).value.trim();
    const dismissed = ours.filter((card) => read(card.id).state === "dismiss");
    const ready = dismissed.filter((card) => read(card.id).reason.trim());
    const missing = dismissed.length - ready.length;
    const lines = [fill(ready.length ? words.export_count : words.export_none, { count: ready.length })];
    if (missing) lines.push(fill(words.export_missing, { count: missing }));
    one("#export-said").textContent = lines.join(" ");
    const text = ready.length ? "# " + words.baseline_head + "\n\n" + ready.map((card) => entry(card, by)).join("\n") : "";
    one("[name=toml]", dialog).value = text;
    for (const button of all("#download, #copy-toml")) button.disabled = !text;
    return text;
  };

  const open = () => {
    const by = one("[name=by]", dialog);
    const known = kept.read("by");
    if (!by.value && typeof known === "string") by.value = known;
    exported();
    dialog.showModal();
  };

  const download = () => {
    const address = URL.createObjectURL(new Blob([exported()], { type: "application/toml" }));
    const link = element("a", { href: address, download: "gouji-baseline.toml" });
    dialog.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  for (const card of ours) {
    card.append(template.content.cloneNode(true));
    const review = one(".review", card);
    review.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.decide) decide(card, button.dataset.decide);
      else copy(mail(card));
    });
    review.addEventListener("input", () => {
      const note = read(card.id);
      note.reason = one("[name=reason]", review).value;
      note.expires = date(one("[name=expires]", review).value);
      write(card.id, note);
      one(".print-note", review).textContent = said(note);
    });
    show(card);
  }
  progress();
  findings.judge((identifier) => read(identifier).state);

  if (one("#filters")) {
    one("#open-export").addEventListener("click", open);
    one("#copy-all").addEventListener("click", () => {
      const shown = ours.filter((card) => !card.classList.contains("out"));
      copy(shown.map(mail).join("\n\n"));
    });
  }
  one("#download").addEventListener("click", download);
  one("#copy-toml").addEventListener("click", () => copy(exported()));
  one("[name=by]", dialog).addEventListener("input", (event) => {
    kept.write("by", event.target.value);
    exported();
  });
  // the same page in another window
  window.addEventListener("storage", () => {
    for (const card of ours) show(card);
    progress();
    findings.apply();
  });

  return {
    open,
    decide(state) {
      const card = findings.current();
      if (card && ours.includes(card)) decide(card, state);
    },
    copy() {
      const card = findings.current();
      if (card && audit.findings[card.id]) copy(mail(card));
    },
  };
})();
