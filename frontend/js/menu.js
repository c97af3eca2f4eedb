// The menu works without script; this closes it with Escape and when attention goes elsewhere.
export function closeMenusOnLeaving() {
  for (const menu of document.querySelectorAll('details.cs-menu')) {
    menu.addEventListener('keydown', event => {
      if (event.key === 'Escape' && menu.open) {
        menu.open = false
        menu.querySelector('summary').focus()
      }
    })
    document.addEventListener('click', event => {
      if (!menu.contains(event.target)) menu.open = false
    })
    menu.addEventListener('focusout', event => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false
    })
  }
}
