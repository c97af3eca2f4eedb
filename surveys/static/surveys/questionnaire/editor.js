// The question form with a script: only what the kind needs is shown, and lines are added and moved without a round trip.
// Without it every part stands open and the same buttons ask the server.
"use strict";
(() => {
  const form = document.getElementById("question-form");
  if (!form) return;

  const showWhatTheKindNeeds = () => {
    const kind = new FormData(form).get("kind") || "choice";
    for (const part of form.querySelectorAll("[data-kinds]")) part.hidden = !part.dataset.kinds.split(" ").includes(kind);
  };

  const number = (lines) => {
    const prefix = lines.dataset.lines;
    const all = [...lines.querySelectorAll(".sq-line")];
    all.forEach((line, place) => {
      const what = prefix === "rows" ? "row" : "answer";
      for (const field of line.querySelectorAll("[name]")) {
        if (field.tagName === "BUTTON") {
          const verb = field.value.split(":")[0];
          field.value = `${verb}:${prefix}:${place}`;
          field.disabled = (verb === "up" && place === 0) || (verb === "down" && place === all.length - 1);
          const words = { up: `Move ${what} ${place + 1} up`, down: `Move ${what} ${place + 1} down`, remove: `Remove ${what} ${place + 1}` };
          field.querySelector(".w-sr-only").textContent = words[verb];
        } else {
          const name = field.name.split("-").pop();
          const label = line.querySelector(`label[for="${field.id}"]`);
          field.name = `${prefix}-${place}-${name}`;
          field.id = `id_${prefix}-${place}-${name}`;
          if (label) {
            label.htmlFor = field.id;
            if (name === "text") label.textContent = `${what === "row" ? "Row" : "Answer"} ${place + 1}`;
          }
        }
      }
      line.querySelector("legend").textContent = `${what === "row" ? "Row" : "Answer"} ${place + 1}`;
    });
    lines.querySelector(`[name="${prefix}-total"]`).value = all.length;
  };

  const add = (lines) => {
    const all = lines.querySelectorAll(".sq-line");
    const line = all[all.length - 1].cloneNode(true);
    for (const field of line.querySelectorAll("input")) field.value = "";
    for (const field of line.querySelectorAll("select")) field.selectedIndex = 0;
    for (const message of line.querySelectorAll(".error-message")) message.remove();
    all[all.length - 1].after(line);
    number(lines);
    line.querySelector('input[type="text"]').focus();
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="do"]');
    if (!button) return;
    const [verb, prefix] = button.value.split(":");
    const lines = form.querySelector(`[data-lines="${prefix}"]`);
    if (!lines) return;
    event.preventDefault();
    const line = button.closest(".sq-line");
    if (verb === "add") return add(lines);
    if (verb === "remove") {
      const others = lines.querySelectorAll(".sq-line").length > 1;
      const next = line.nextElementSibling?.matches(".sq-line") ? line.nextElementSibling : line.previousElementSibling;
      if (others) {
        line.remove();
        number(lines);
        if (next?.matches(".sq-line")) next.querySelector('input[type="text"]').focus();
      } else {
        for (const field of line.querySelectorAll("input")) field.value = "";
      }
      return;
    }
    if (verb === "up") line.previousElementSibling.before(line);
    if (verb === "down") line.nextElementSibling.after(line);
    number(lines);
    const again = button.disabled ? line.querySelector("button:not(:disabled)") : button;
    again.focus();
  });

  const leading = document.getElementById("leading");
  const fallback = form.querySelector("[data-fallback]");
  // The answers that may lead here are asked of the server, as the button does that stands here without a script.
  const showLeadingAnswers = async () => {
    const sent = new FormData(form);
    sent.set("do", "refresh");
    try {
      const answer = await fetch(location.href, { method: "POST", body: sent });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      leading.replaceChildren(...page.getElementById("leading").childNodes);
    } catch {
      fallback.hidden = false;
    }
  };

  form.addEventListener("change", (event) => {
    if (event.target.name === "kind") showWhatTheKindNeeds();
    if (event.target.name === "shown_if_code") showLeadingAnswers();
  });
  fallback.hidden = true;
  showWhatTheKindNeeds();
})();
