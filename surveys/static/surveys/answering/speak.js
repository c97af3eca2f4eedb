/* Reads a page aloud with a voice that is on the device. A voice from the network would tell another company what is asked. */
(function (window) {
  'use strict'
  var CS = window.CS
  var synth = window.speechSynthesis
  var isReading = false

  function voice () {
    if (!synth || !synth.getVoices || !window.SpeechSynthesisUtterance) return null
    var found = null
    var voices = synth.getVoices()
    for (var i = 0; i < voices.length; i++) {
      var code = voices[i].lang.replace('_', '-').toLowerCase()
      if (!voices[i].localService || code.split('-')[0] !== CS.language) continue
      if (!found || code === 'en-gb') found = voices[i]
    }
    return found
  }

  CS.canRead = function () { return voice() !== null }

  CS.stopReading = function () {
    isReading = false
    if (synth) synth.cancel()
  }

  /* texts: read one after another. done: called when it ends, however it ends. */
  CS.read = function (texts, done) {
    if (isReading) { CS.stopReading(); done(); return }
    isReading = true
    var left = texts.filter(function (text) { return text })
    var chosen = voice()
    function next () {
      if (!isReading || !left.length) { isReading = false; done(); return }
      var words = new window.SpeechSynthesisUtterance(left.shift())
      words.voice = chosen
      words.lang = chosen.lang
      words.rate = 0.9
      words.onend = next
      words.onerror = function () { isReading = false; done() }
      synth.speak(words)
    }
    next()
  }

  if (synth && 'onvoiceschanged' in synth) {
    synth.onvoiceschanged = function () { if (CS.voicesChanged) CS.voicesChanged() }
  }
})(window)
