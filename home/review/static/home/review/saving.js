// Saves a form's words a moment after each change. Without it the button saves; files always go by the button.
(() => {
  const form = document.querySelector("[data-saves-as-you-go]");
  if (!form || !window.fetch) return;
  const note = form.querySelector("[data-saved]");
  const edition = form.elements.edition;
  let timer = 0, isSaving = false, isChanged = false;

  const save = async () => {
    if (isSaving) return;
    isSaving = true; isChanged = false;
    const sent = new FormData(form);
    for (const name of ["picture", "film", "captions", "picture-clear", "film-clear", "captions-clear"]) sent.delete(name);
    sent.set("act", "save");
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers: { "X-Requested-With": "fetch" } });
      const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      const said = isOurs ? await answer.json() : {};
      if (said.edition !== undefined) edition.value = said.edition;
      if (said.said) note.textContent = said.said;
      else if (!isOurs) note.textContent = "Not saved. Copy your words, then open this page again.";
      else note.textContent = said.errors.length ? `Not all is saved: ${said.errors.join(" ")}` : "Saved.";
    } catch {
      note.textContent = "Not saved: there is no connection. We try again.";
      timer = window.setTimeout(save, 10000);
    }
    isSaving = false;
    if (isChanged) wait();
  };
  const wait = () => { window.clearTimeout(timer); isChanged = true; timer = window.setTimeout(save, 1500); };
  form.addEventListener("input", (event) => { if (event.target.type !== "file") wait(); });
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    // A save under way would make the form's edition old: wait for it.
    if (isSaving) {
      event.preventDefault();
      const button = event.submitter;
      const again = window.setInterval(() => { if (!isSaving) { window.clearInterval(again); window.clearTimeout(timer); form.requestSubmit(button); } }, 100);
    }
  });
})();
