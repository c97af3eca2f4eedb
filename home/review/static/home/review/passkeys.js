// The library says what went wrong with a passkey in the console alone. Here it is said on the page: a cancelled finger, a phone
// that has no passkey for this site, a browser that knows none.
(() => {
  const note = document.querySelector("[data-passkey-note]");
  if (!note) return;
  const say = (words) => { note.hidden = false; note.firstElementChild.textContent = words; };
  if (!window.PublicKeyCredential) say(note.dataset.unknown);
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const kind = event.detail.exception && event.detail.exception.name;
    say(kind === "InvalidStateError" ? note.dataset.known : kind === "NotAllowedError" || kind === "AbortError" ? note.dataset.cancelled : note.dataset.failed);
  });
})();
