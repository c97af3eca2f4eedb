/* Our checks in Wagtail's panel, asked again whenever the preview has taken up what was typed. Without it they are those of
   the draft as it was opened. */
(() => {
  let waiting = 0;

  const ask = async () => {
    const place = document.querySelector("[data-own-checks]");
    if (!place) return;
    const turn = ++waiting;
    const answer = await fetch(place.dataset.ownChecks, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    // A later question has overtaken this one, or the session is over: what stands there stays.
    if (turn !== waiting || !answer.ok || answer.redirected) return;
    const piece = await answer.text();
    if (piece !== place.innerHTML) place.innerHTML = piece;
  };

  document.addEventListener("w-preview:updated", ask);
})();
