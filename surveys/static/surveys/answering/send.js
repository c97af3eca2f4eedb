/* Sends the answers, once. A lost connection: the page keeps them and tries again, later and later, with the same number. */
(function (window, document) {
  'use strict'
  var CS = window.CS
  var FIRST_WAIT = 2000
  var LONGEST_WAIT = 30000
  var wait = FIRST_WAIT
  var timer = null
  var isOnTheWay = false
  var tries = 0

  /* told(state): "sent", "waiting", "closed", "closed-maybe", "full", "spent" or "refused". */
  CS.send = function (told) {
    if (isOnTheWay || CS.isOver) return
    window.clearTimeout(timer)
    CS.nonce = CS.nonce || CS.newNonce()
    isOnTheWay = true
    tries += 1
    var request = new window.XMLHttpRequest()
    request.open('POST', CS.sheet.send, true)
    request.timeout = 20000
    request.setRequestHeader('Content-Type', 'application/json')
    request.onreadystatechange = function () {
      if (request.readyState !== 4 || !isOnTheWay) return
      isOnTheWay = false
      if (!CS.isOver) settle(stateOf(request), told)
    }
    request.send(JSON.stringify({
      code: CS.sheet.code, version: CS.sheet.version, nonce: CS.nonce, slip: CS.sheet.slip || '', answers: CS.sendable()
    }))
  }

  function stateOf (request) {
    var said = null
    // A school's filter may answer with a page of its own: only our words count as an answer.
    try { said = JSON.parse(request.responseText) } catch (error) { said = null }
    return (said && said.state) || ''
  }

  function settle (state, told) {
    if (state === 'sent' || state === 'already') { clean(); told('sent') }
    else if (state === 'closed') { told(tries > 1 ? 'closed-maybe' : 'closed') }
    else if (state === 'full' || state === 'spent') { told(state) }
    else if (state === 'refused') { tries = 0; told('refused') }
    else later(told)
  }

  function later (told) {
    told('waiting')
    CS.sendAgain = function () { CS.send(told) }
    // Not all at the same moment: thirty pages lose the connection together.
    timer = window.setTimeout(CS.sendAgain, wait * (0.75 + Math.random() / 2))
    wait = Math.min(wait * 2, LONGEST_WAIT)
  }

  window.addEventListener('online', function () {
    if (!CS.sendAgain || CS.isOver) return
    wait = FIRST_WAIT
    window.clearTimeout(timer)
    timer = window.setTimeout(CS.sendAgain, Math.random() * 1500)
  })

  /* Asks the browser to drop what it kept; whether that works makes no difference to what was sent. */
  function clean () {
    window.clearTimeout(timer)
    var request = new window.XMLHttpRequest()
    request.open('GET', CS.sheet.done, true)
    request.send()
  }

  CS.stopSending = function () { window.clearTimeout(timer); CS.sendAgain = null }
})(window, document)
