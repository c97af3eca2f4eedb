/* The code of a QR stands after "#", which no browser sends to a server: fill it in, and take it out of the address. */
(function (window, document) {
  'use strict'
  var field = document.getElementById('code')
  var code = ''
  try { code = decodeURIComponent(window.location.hash.slice(1)) } catch (error) { code = '' }
  if (!field || !code) return
  // A slip stands behind the code: bamboo-lemon-river-42/abc234.
  var parts = code.slice(0, 120).split('/')
  var slip = document.getElementById('slip')
  field.value = parts[0].replace(/[-+_.]+/g, ' ')
  if (slip && parts[1]) slip.value = parts[1]
  if (window.history && window.history.replaceState) {
    window.history.replaceState(null, '', window.location.pathname + window.location.search)
  } else {
    window.location.hash = ''
  }
  var go = document.getElementById('go')
  if (go) go.focus()
})(window, document)
