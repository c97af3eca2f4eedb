// Choosing a part to speak of (with the words that are marked in it), or the width of the draft, without opening the page anew.
// Without it the links do the same, but for the marked words.
(() => {
  const place = document.getElementById("id_remark-place");
  const say = document.getElementById("say");
  const old = document.getElementById("id_remark-old_words");
  // The words that were marked before the link was pressed: pressing it may take the mark away.
  let marked = { place: "", words: "" };
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection.toString().trim();
    const from = selection.anchorNode && selection.anchorNode.parentElement.closest("[data-words-of]");
    if (words && from && from.contains(selection.focusNode)) marked = { place: from.dataset.wordsOf, words };
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='?']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const asked = new URLSearchParams(link.search);
    const wanted = asked.get("place");
    if (wanted && place && [...place.options].some((option) => option.value === wanted)) {
      event.preventDefault();
      place.value = wanted;
      if (marked.place === wanted && old) {
        old.value = marked.words;
        old.dispatchEvent(new Event("input", { bubbles: true }));
        marked = { place: "", words: "" };
      }
      place.dispatchEvent(new Event("input", { bubbles: true }));
      say.scrollIntoView();
      document.getElementById("id_remark-text").focus({ preventScroll: true });
      return;
    }
    const frame = document.querySelector(".cr-frame__page");
    const width = asked.get("width");
    if (!width || !frame) return;
    event.preventDefault();
    frame.classList.toggle("cr-frame__page--wide", width === "wide");
    for (const other of link.closest("ul").querySelectorAll("a")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
  });
})();
