// Puts the newest count into the teacher's page every twenty seconds, without a reload; the link "Look again" does the same.
const line = document.querySelector('[data-count]');
const EVERY = 20000;

async function look() {
  try {
    const answer = await fetch(line.dataset.count, { cache: 'no-store', credentials: 'omit' });
    if (!answer.ok) return;
    const now = await answer.json();
    if (now.state !== line.dataset.state) {
      location.reload();
    } else if (line.textContent !== now.words) {
      line.textContent = now.words;
    }
  } catch {
    // No connection: what is there stays, and the next look may succeed.
  }
}

if (line) setInterval(() => document.hidden || look(), EVERY);
