// Exit this page, made safer: Back does not return here, and typing capitals on a phone does not leave by mistake.
import { ExitThisPage } from 'govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs'

const TYPING = 'input, textarea, select, [contenteditable]'

export class SafeExit extends ExitThisPage {
  static moduleName = 'cs-safe-exit'

  exitPage() {
    document.title = '\u200e' // the tab says nothing while the other site loads
    document.body.classList.add('govuk-exit-this-page-hide-content')
    this.$overlay = document.createElement('div')
    this.$overlay.className = 'govuk-exit-this-page-overlay'
    this.$overlay.setAttribute('role', 'alert')
    document.body.append(this.$overlay)
    this.$overlay.textContent = this.i18n.t('activated')
    // Replacing, not following: this page leaves no entry to go Back to.
    window.location.replace(this.$button.href)
  }

  handleKeypress(event) {
    // Shift is part of typing a capital letter, and touch keyboards send it by themselves.
    if (event.target instanceof Element && event.target.closest(TYPING)) return
    super.handleKeypress(event)
  }
}
