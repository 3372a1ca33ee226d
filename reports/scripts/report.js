// Filters, searches and moves between findings. Everything is readable without it. It builds no element and no markup:
// it hides, shows, focuses and reads text.
"use strict";
(() => {
  const CHOICES = ["outcome", "severity", "state"]; // what can be ticked, and the data of a finding it goes by
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = one(".filter");
  const keys = one("#keys");
  const help = one("#help");

  const entries = new Map(all(".index li").map((entry) => [one("a", entry).hash.slice(1), entry]));
  const rowOf = (article) => ({ article, entry: entries.get(article.id), shown: true, words: null });
  const groupOf = (section) => ({ section, rows: all("article.finding", section).map(rowOf) });
  const sheets = all("section.findings").map((sheet) => ({ note: one(".none", sheet), groups: all(".group", sheet).map(groupOf) }));
  const rows = sheets.flatMap((sheet) => sheet.groups.flatMap((group) => group.rows));

  document.documentElement.classList.add("scripted");
  for (const button of all("button.copy")) button.hidden = false;

  // ------------------------------------------------------------------------------------------------ filter

  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
  const wordsOf = (row) => (row.words ??= fold(row.article.textContent));
  const chosen = (name) => all(`input[name=${name}]:checked`, form).map((box) => box.value);

  function criteria() {
    return {
      find: fold(form.elements.find.value).trim(),
      ...Object.fromEntries(CHOICES.map((name) => [name, chosen(name)])),
      pack: form.elements.pack?.value ?? "",
    };
  }

  function matches(row, wanted) {
    const data = row.article.dataset;
    return (
      CHOICES.every((name) => !wanted[name].length || wanted[name].includes(data[name])) &&
      (!wanted.pack || wanted.pack === data.pack) &&
      (!wanted.find || wordsOf(row).includes(wanted.find))
    );
  }

  function apply() {
    const wanted = criteria();
    let count = 0;
    for (const row of rows) {
      const show = matches(row, wanted);
      count += show;
      if (row.shown === show) continue;
      row.shown = show;
      row.article.hidden = row.entry.hidden = !show;
    }
    for (const { note, groups } of sheets) {
      for (const group of groups) group.section.hidden = !group.rows.some((row) => row.shown);
      note.hidden = !groups.length || groups.some((group) => !group.section.hidden);
    }
    const limited = count < rows.length;
    one("#showing").textContent = limited ? `${count} of ${rows.length} findings` : `${count} findings`;
    one("button[type=reset]", form).hidden = !limited && !wanted.find;
  }

  // ----------------------------------------------------------------------------- state in the URL fragment
  // Either the plain anchor of a place (#f-3), or a state (#find=opioid&severity=high&at=f-3).

  let writing = 0;

  function write(at = place()) {
    const wanted = criteria();
    const state = new URLSearchParams();
    if (wanted.find) state.set("find", form.elements.find.value.trim());
    for (const name of CHOICES) if (wanted[name].length) state.set(name, wanted[name].join(","));
    if (wanted.pack) state.set("pack", wanted.pack);
    if (!keys.checked) state.set("keys", "off");
    const bare = [...state].length === 0;
    if (at && !bare) state.set("at", at);
    const fragment = bare ? at : state.toString();
    history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
  }

  const writeSoon = () => {
    clearTimeout(writing);
    writing = setTimeout(write, 250);
  };

  function read() {
    const fragment = location.hash.slice(1);
    return fragment.includes("=") ? new URLSearchParams(fragment) : new URLSearchParams(fragment ? { at: fragment } : {});
  }

  const place = () => read().get("at") ?? "";

  function restore() {
    const state = read();
    if (location.hash.includes("=")) {
      form.elements.find.value = state.get("find") ?? "";
      for (const name of CHOICES) {
        const values = (state.get(name) ?? "").split(",");
        for (const box of all(`input[name=${name}]`, form)) box.checked = values.includes(box.value);
      }
      if (form.elements.pack) form.elements.pack.value = state.get("pack") ?? "";
      keys.checked = state.get("keys") !== "off";
      apply();
    }
    const target = document.getElementById(state.get("at") ?? "");
    if (target) go(target);
  }

  // -------------------------------------------------------------------------------------------------- moving

  function reveal(target) {
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const article = target.closest("article.finding");
    if (article?.hidden) clear();
  }

  function go(target) {
    reveal(target);
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: target.matches("article") ? "start" : "center" });
    mark(target.closest("article.finding"));
  }

  function mark(article) {
    if (!article) return;
    for (const link of all(".index [aria-current]")) link.removeAttribute("aria-current");
    const link = one("a", entries.get(article.id));
    link.setAttribute("aria-current", "true");
    const index = link.closest(".index");
    const above = link.offsetTop < index.scrollTop;
    const below = link.offsetTop + link.offsetHeight > index.scrollTop + index.clientHeight;
    if (above || below) index.scrollTop = link.offsetTop - index.clientHeight / 2;
  }

  function visit(id) {
    const target = document.getElementById(id);
    if (!target) return;
    go(target);
    write(id);
  }

  function step(by) {
    const shown = rows.filter((row) => row.shown).map((row) => row.article);
    if (!shown.length) return;
    const here = document.activeElement.closest("article.finding") ?? document.getElementById(place())?.closest("article.finding");
    const at = shown.indexOf(here);
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1);
    visit(shown[next].id);
  }

  function clear() {
    form.reset();
    apply();
    write();
  }

  function escape() {
    if (document.activeElement === form.elements.find) form.elements.find.blur();
    else if (document.activeElement.matches(".ref")) visit(document.activeElement.hash.slice(1));
    else clear();
  }

  // ---------------------------------------------------------------------------------------------------- keys

  const typing = (element) => element.matches("input:not([type=checkbox]), textarea, select");

  const letters = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => form.elements.find.select(),
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const focused = document.activeElement;
    if (event.key === "Escape") escape();
    else if (event.key === "Enter" && focused.matches("article.finding")) one(".exhibit a[href]", focused)?.click();
    else if (letters[event.key] && keys.checked && !typing(focused)) letters[event.key]();
    else return;
    event.preventDefault();
  });

  // -------------------------------------------------------------------------------------------------- events

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && !link.matches(".skip") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      history.pushState(null, "", location.href);
      visit(link.hash.slice(1));
    }
    if (event.target.matches("button.copy")) copy(event.target);
  });

  async function copy(button) {
    const article = button.closest("article");
    const parts = all("h3, h4, h5, .statement, .because, .decision, mark, .absence, cite, .fix dd, .record p:first-child", article);
    const lines = parts.map((part) => part.textContent.replace(/\s+/g, " ").trim());
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(lines.join("\n\n"));
      button.textContent = "Copied";
    } catch {
      button.textContent = "The browser does not allow copying";
    }
    setTimeout(() => (button.textContent = before), 2000);
  }

  if (!form) return;
  form.addEventListener("input", () => (apply(), writeSoon()));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => (apply(), write())));
  keys.addEventListener("change", () => write());
  one("#help-open").addEventListener("click", () => help.showModal());
  window.addEventListener("popstate", restore);
  restore();

  // The text of each finding, folded for search, is made ready while nobody waits.
  const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 200));
  let next = 0;
  idle(function prepare() {
    const until = performance.now() + 8;
    while (next < rows.length && performance.now() < until) wordsOf(rows[next++]);
    if (next < rows.length) idle(prepare);
  });
})();
