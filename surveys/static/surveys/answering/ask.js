/* What is asked, and in which order: steps, routes, answers. No page and no network in this file. ES5.
   An answer lives in CS.answers of this page and nowhere else. */
(function (window) {
  'use strict'
  var PREFER_NOT = -2
  var CS = window.CS = { answers: {}, leftOut: {}, PREFER_NOT: PREFER_NOT }

  function has (object, key) { return Object.prototype.hasOwnProperty.call(object, key) }
  CS.has = has

  CS.open = function (sheet) {
    CS.sheet = sheet
    CS.language = sheet.language
    CS.steps = stepsOf(sheet)
    CS.at = 0
  }

  /* The words around the questions, with {names} filled in. */
  CS.say = function (key, values) {
    var words = CS.sheet.words[CS.language] || CS.sheet.words.en
    return (words[key] || '').replace(/\{(\w+)\}/g, function (all, name) {
      return values && has(values, name) ? values[name] : all
    })
  }

  /* A text of the questionnaire in the language of now, in English where it was not translated. */
  CS.text = function (texts) {
    return (texts && (texts[CS.language] || texts.en)) || ''
  }

  CS.direction = function () {
    for (var i = 0; i < CS.sheet.languages.length; i++) {
      if (CS.sheet.languages[i].code === CS.language) return CS.sheet.languages[i].dir
    }
    return 'ltr'
  }

  function stepsOf (sheet) {
    var steps = [{ kind: 'start', part: -1 }]
    sheet.sections.forEach(function (section, part) {
      if (CS.text(section.intro) || section.sensitive) steps.push({ kind: 'part', part: part, section: section })
      section.questions.forEach(function (question) {
        var rows = question.kind === 'grid' ? question.rows : [null]
        rows.forEach(function (row) {
          steps.push({ kind: 'question', part: part, section: section, question: question, row: row })
        })
      })
      if (section.sensitive) steps.push({ kind: 'help', part: part, section: section })
    })
    steps.push({ kind: 'send', part: Math.max(sheet.sections.length - 1, 0) })
    return steps
  }

  /* The codes that are asked with the answers so far. A parent that is not asked itself leads to nothing. */
  CS.asked = function () {
    var asked = {}
    CS.sheet.sections.forEach(function (section) {
      if (CS.leftOut[section.key]) return
      section.questions.forEach(function (question) {
        var rule = question.shown_if
        if (!rule || (asked[rule.code] && leadsTo(CS.answers[rule.code], rule.values))) asked[question.code] = true
      })
    })
    return asked
  }

  function leadsTo (value, wanted) {
    if (Array.isArray(value)) return value.some(function (one) { return wanted.indexOf(one) >= 0 })
    return typeof value === 'number' && value !== PREFER_NOT && wanted.indexOf(value) >= 0
  }

  function isOnTheWay (step) {
    return !step.question || CS.asked()[step.question.code] === true
  }

  CS.after = function (at) {
    for (at += 1; at < CS.steps.length - 1 && !isOnTheWay(CS.steps[at]); at += 1);
    return Math.min(at, CS.steps.length - 1)
  }

  CS.before = function (at) {
    for (at -= 1; at > 0 && !isOnTheWay(CS.steps[at]); at -= 1);
    return Math.max(at, 0)
  }

  CS.answerTo = function (step) {
    var answer = CS.answers[step.question.code]
    if (!step.row) return answer
    return answer ? answer[step.row.key] : undefined
  }

  /* value: undefined takes the answer back. */
  CS.note = function (step, value) {
    var code = step.question.code
    if (step.row) {
      var rows = CS.answers[code] || {}
      if (value === undefined) delete rows[step.row.key]
      else rows[step.row.key] = value
      value = Object.keys(rows).length ? rows : undefined
    }
    if (value === undefined) delete CS.answers[code]
    else CS.answers[code] = value
  }

  /* What is sent: a change of mind takes what it routed past with it. */
  CS.sendable = function () {
    var asked = CS.asked()
    var kept = {}
    Object.keys(CS.answers).forEach(function (code) {
      if (asked[code]) kept[code] = CS.answers[code]
    })
    return kept
  }

  CS.hasAnswers = function () { return Object.keys(CS.answers).length > 0 }

  CS.forget = function () {
    CS.answers = {}
    CS.leftOut = {}
    CS.nonce = ''
    CS.isOver = true
  }

  /* 128 random bits: the same number however often the answers are sent, so that they count once. */
  CS.newNonce = function () {
    var source = window.crypto || window.msCrypto
    var bytes = []
    var i
    if (source && source.getRandomValues && window.Uint8Array) {
      bytes = source.getRandomValues(new window.Uint8Array(16))
    } else {
      for (i = 0; i < 16; i++) bytes[i] = Math.floor(Math.random() * 256) ^ (new Date().getTime() >> i & 255)
    }
    var text = ''
    for (i = 0; i < 16; i++) text += (bytes[i] < 16 ? '0' : '') + bytes[i].toString(16)
    return text
  }
})(window)
