// Saves a form's words a moment after each change, and when the page is left. Without it the button saves; files always
// go by the button. data-saves-as-you-go="changed" sends only the fields that changed, so that two open pages do not undo
// one another; a form with an edition is sent whole.
(() => {
  const form = document.querySelector("[data-saves-as-you-go]");
  if (!form || !window.fetch) return;
  const isInParts = form.dataset.savesAsYouGo === "changed";
  const note = form.querySelector("[data-saved]");
  const edition = form.elements.edition;
  const changed = new Set();
  let timer = 0, isSaving = false, isChanged = false;
  const soon = 1500, later = 10000;

  const tell = (text) => { note.textContent = text; for (const copy of form.querySelectorAll("[data-saved-copy]")) copy.textContent = text; };
  const wait = (delay) => { window.clearTimeout(timer); timer = window.setTimeout(() => save(), delay); };

  const words = (names) => {
    const all = new FormData(form), sent = new FormData();
    // The parts of a comment belong together: "remark-text" is nothing without its place.
    const isRemark = [...names].some((name) => name.startsWith("remark-"));
    for (const [name, value] of all) {
      if (value instanceof File || name.endsWith("-clear")) continue;
      if (isInParts && name !== "csrfmiddlewaretoken" && !names.has(name) && !(isRemark && name.startsWith("remark-"))) continue;
      sent.append(name, value);
    }
    sent.set("act", "save");
    return sent;
  };

  const save = async (isLeaving = false) => {
    if (isSaving) return;
    window.clearTimeout(timer);
    isSaving = true; isChanged = false;
    let delay = soon;
    const names = new Set(changed);
    changed.clear();
    try {
      const answer = await fetch(form.action, { method: "POST", body: words(names), keepalive: isLeaving, headers: { "X-Requested-With": "fetch" } });
      const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      const said = isOurs ? await answer.json() : {};
      if (said.edition !== undefined) edition.value = said.edition;
      if (said.said) tell(said.said);
      else if (!isOurs) tell(note.dataset.lost);
      else tell(said.errors.length ? `${note.dataset.part} ${said.errors.join(" ")}` : note.dataset.saved);
    } catch {
      names.forEach((name) => changed.add(name));
      isChanged = true;
      delay = later;
      tell(note.dataset.offline);
    }
    isSaving = false;
    if (isChanged) wait(delay);
  };
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    changed.add(event.target.name);
    isChanged = true;
    wait(soon);
  });
  // A phone may forget a page that is not in front: what was typed goes before that.
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && isChanged) save(true); });
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    isChanged = false;
    // A save under way would make the form's edition old: wait for it.
    if (isSaving) {
      event.preventDefault();
      const button = event.submitter;
      const again = window.setInterval(() => { if (!isSaving) { window.clearInterval(again); window.clearTimeout(timer); form.requestSubmit(button); } }, 100);
    }
  });
})();
