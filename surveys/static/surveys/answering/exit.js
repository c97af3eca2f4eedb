/* "Exit this page" under /s/: leaves at once, keeps no entry to go Back to, forgets what was answered. ES5, for old browsers. */
(function (window, document) {
  'use strict'
  var link = document.getElementById('exit')
  var presses = 0
  var last = 0

  function leave (event) {
    if (event) event.preventDefault()
    if (window.CS && window.CS.forget) window.CS.forget()
    document.title = '\u200e'
    document.documentElement.className += ' sv-gone'
    window.location.replace(link.href)
  }

  function isTyping (target) {
    var name = target && target.tagName
    return name === 'TEXTAREA' || (name === 'INPUT' && /^(text|number|tel|search)$/.test(target.type))
  }

  if (!link || !document.addEventListener) return
  link.addEventListener('click', leave)
  // Three times Shift leaves too; while somebody types, Shift only makes a capital letter.
  document.addEventListener('keyup', function (event) {
    if (event.key !== 'Shift' || isTyping(event.target)) { presses = 0; return }
    var now = new Date().getTime()
    presses = now - last > 5000 ? 1 : presses + 1
    last = now
    if (presses >= 3) leave()
  })
})(window, document)
