"use strict";
(() => {
  const tags = [...document.querySelectorAll(".tag")];
  const pane = document.getElementById("findings");
  const keys = document.getElementById("keys");
  const wide = matchMedia("(min-width: 62rem)");
  const marks = new Map();
  for (const mark of document.querySelectorAll("mark[data-claims]")) {
    for (const number of mark.dataset.claims.split(" ")) {
      if (!marks.has(number)) marks.set(number, []);
      marks.get(number).push(mark);
    }
  }
  let current = null;

  const tagOf = (number) => document.getElementById(`claim-${number}`);
  const findingOf = (number) => document.getElementById(`finding-${number}`);
  const partsOf = (number) => [tagOf(number), findingOf(number), ...(marks.get(number) ?? [])];
  const isShown = (element) => element.getClientRects().length > 0;

  function select(number) {
    if (current) partsOf(current).forEach((part) => part.classList.remove("current"));
    current = number;
    partsOf(number).forEach((part) => part.classList.add("current"));
    history.replaceState(null, "", `#finding-${number}`);
  }

  /* On a wide screen both columns turn to the claim; on a narrow one only the part that takes the focus. */
  function showFinding(number, focus) {
    select(number);
    const finding = findingOf(number);
    if (wide.matches) pane.scrollTop = finding.offsetTop - 16;
    if (focus) finding.focus({ preventScroll: wide.matches });
  }
  function showDraft(number) {
    const tag = tagOf(number);
    tag.scrollIntoView({ block: "center" });
    tag.focus({ preventScroll: true });
  }

  function step(by) {
    const shown = tags.filter(isShown);
    if (!shown.length) return;
    const at = shown.findIndex((tag) => tag.dataset.claim === current);
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, at + by));
    const number = shown[next].dataset.claim;
    showFinding(number, false);
    showDraft(number);
  }

  /* Claims on the same words take turns, the gravest first. */
  function clickMark(mark) {
    if (getSelection()?.toString()) return;
    const shown = mark.dataset.claims.split(" ").filter((number) => isShown(tagOf(number)));
    if (!shown.length) return;
    showFinding(shown[(shown.indexOf(current) + 1) % shown.length], !wide.matches);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#finding-'], a.back");
    const mark = event.target.closest("mark[data-claims]");
    if (link) {
      event.preventDefault();
      const number = link.hash.split("-")[1];
      const toDraft = link.classList.contains("back");
      showFinding(number, !toDraft);
      if (toDraft || !link.classList.contains("tag")) tagOf(number).scrollIntoView({ block: "center" });
      if (toDraft) tagOf(number).focus({ preventScroll: true });
      else if (!wide.matches) findingOf(number).scrollIntoView();
    } else if (mark) {
      clickMark(mark);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (keys && !keys.checked)) return;
    if (event.key === "j" || event.key === "n") step(1);
    else if (event.key === "k" || event.key === "p") step(-1);
    else if (event.key === "Escape" && current) showDraft(current);
    else if (event.key === "Enter" && current && event.target === document.body) showFinding(current, true);
    else return;
    event.preventDefault();
  });

  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((item) => { item.open = true; }));
  const row = document.getElementById("keys-row");
  if (row) row.hidden = false;
  const named = /^#(?:finding|claim)-(\d+)$/.exec(location.hash);
  if (named && findingOf(named[1])) showFinding(named[1], false);
})();
