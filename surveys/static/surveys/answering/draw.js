/* Draws one page of the questionnaire, as the step pages of the server look. Native radios, checkboxes and buttons. ES5. */
(function (window, document) {
  'use strict'
  var CS = window.CS

  CS.el = function (name, attributes, children) {
    var made = document.createElement(name)
    Object.keys(attributes || {}).forEach(function (key) {
      var value = attributes[key]
      if (typeof value === 'function') made.addEventListener(key, value)
      else if (value === true) made.setAttribute(key, '')
      else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value)
    })
    ;[].concat(children === undefined ? [] : children).forEach(function (child) {
      if (child === null || child === '') return
      made.appendChild(typeof child === 'string' ? document.createTextNode(child) : child)
    })
    return made
  }
  var el = CS.el

  function symbol (name) {
    var space = 'http://www.w3.org/2000/svg'
    var drawn = document.createElementNS(space, 'svg')
    drawn.setAttribute('viewBox', '0 0 24 24')
    drawn.setAttribute('class', 'sv-symbol')
    drawn.setAttribute('aria-hidden', 'true')
    CS.sheet.symbols[name].forEach(function (line) {
      var path = document.createElementNS(space, 'path')
      path.setAttribute('d', line)
      drawn.appendChild(path)
    })
    return drawn
  }

  CS.heading = function (text) {
    return el('h1', { 'class': 'sv-heading', id: 'heading', tabindex: '-1' }, text)
  }

  CS.paragraphs = function (text) {
    return text.split(/\n\s*\n/).filter(function (part) { return part.trim() }).map(function (part) {
      return el('p', {}, part)
    })
  }

  CS.button = function (key, kind, pressed) {
    return el('button', { type: 'button', 'class': 'sv-button sv-button--' + kind, click: pressed }, CS.say(key))
  }

  /* Where the pupil is, by part alone: the number of questions would tell a neighbour who was asked more. */
  CS.progress = function (step) {
    var all = CS.sheet.sections.length
    var bars = CS.sheet.sections.map(function (section, part) {
      var state = part < step.part ? ' sv-progress__bar--done' : part === step.part ? ' sv-progress__bar--now' : ''
      return el('span', { 'class': 'sv-progress__bar' + state })
    })
    return el('div', { 'class': 'sv-progress' }, [
      el('p', { 'class': 'sv-progress__words' }, CS.say('part', { number: step.part + 1, all: all })),
      el('div', { 'class': 'sv-progress__bars', 'aria-hidden': 'true' }, bars)
    ])
  }

  function option (type, value, label, given, extra) {
    var id = 'option-' + value
    return el('div', { 'class': 'sv-option' + (extra.kind || '') }, [
      el('input', {
        type: type, name: 'answer', id: id, value: String(value), checked: given, autocomplete: 'off',
        'data-alone': extra.alone, change: extra.change
      }),
      el('label', { 'for': id }, [extra.symbol ? symbol(extra.symbol) : null, el('span', { 'class': 'sv-option__words' }, label)])
    ])
  }

  /* "None of these" and "I prefer not to say" stand alone: ticking one unticks the others. */
  function keepAlone (event) {
    var ticked = event.target
    var boxes = document.querySelectorAll('#step input[type=checkbox]')
    if (!ticked.checked) return
    for (var i = 0; i < boxes.length; i++) {
      var isAlone = ticked.hasAttribute('data-alone') || boxes[i].hasAttribute('data-alone')
      if (boxes[i] !== ticked && isAlone) boxes[i].checked = false
    }
    var field = document.getElementById('field')
    if (field) field.value = ''
  }

  function options (question, given) {
    var isMany = question.kind === 'choose-all'
    var type = isMany ? 'checkbox' : 'radio'
    var drawn = question.options.map(function (one) {
      var chosen = Array.isArray(given) ? given.indexOf(one.value) >= 0 : given === one.value
      return option(type, one.value, CS.text(one.text), chosen, { symbol: one.symbol, alone: one.alone, change: isMany && keepAlone })
    })
    return drawn.concat(preferNot(question, type, given))
  }

  function preferNot (question, type, given) {
    if (!question.prefer) return []
    var extra = { kind: ' sv-option--apart', alone: true, change: type === 'checkbox' && keepAlone }
    return [option(type, CS.PREFER_NOT, CS.say('prefer_not'), given === CS.PREFER_NOT, extra)]
  }

  function untickAlone () {
    var box = document.getElementById('option-' + CS.PREFER_NOT)
    if (box) box.checked = false
  }

  function number (question, given) {
    var unit = CS.text(question.number.unit)
    return [el('div', { 'class': 'sv-number' }, [
      el('input', {
        type: 'text', inputmode: 'numeric', name: 'answer', id: 'field', maxlength: '4', autocomplete: 'off', 'class': 'sv-field',
        value: typeof given === 'number' && given >= 0 ? String(given) : null, input: untickAlone,
        'aria-describedby': 'hint', 'aria-labelledby': unit ? 'heading unit' : 'heading'
      }),
      unit ? el('span', { 'class': 'sv-number__unit', id: 'unit' }, unit) : null
    ])].concat(preferNot(question, 'checkbox', given))
  }

  function text (question, given) {
    var box = el('textarea', {
      name: 'answer', id: 'field', rows: '5', maxlength: String(CS.sheet.longest), autocomplete: 'off', 'class': 'sv-field sv-field--text',
      spellcheck: 'false', 'aria-labelledby': 'heading', 'aria-describedby': 'notice hint', input: untickAlone
    })
    box.value = typeof given === 'string' ? given : ''
    return [
      el('p', { 'class': 'sv-notice', id: 'notice' }, CS.say('text_notice')), box
    ].concat(preferNot(question, 'checkbox', given))
  }

  function hint (step) {
    var question = step.question
    if (question.kind === 'number') return CS.say('number_hint', question.number)
    if (question.kind === 'text') return CS.say('text_left', { count: CS.sheet.longest })
    return CS.say(question.kind === 'choose-all' ? 'choose_all' : 'choose_one')
  }

  CS.drawQuestion = function (step) {
    var question = step.question
    var given = CS.answerTo(step)
    var draw = { number: number, text: text }[question.kind] || options
    var heading = CS.heading(CS.text(step.row ? step.row.text : question.text))
    return el('fieldset', { 'class': 'sv-question' }, [
      el('legend', {}, [step.row ? el('p', { 'class': 'sv-stem' }, CS.text(question.text)) : null, heading]),
      el('p', { 'class': 'sv-hint', id: 'hint' }, CS.text(question.help) || hint(step)),
      CS.text(question.help) && question.kind !== 'choice' && question.kind !== 'grid' ? el('p', { 'class': 'sv-hint' }, hint(step)) : null,
      el('div', { id: 'problem' })
    ].concat(draw(question, given)))
  }

  /* What is read aloud: the question, what it says below, and the options. */
  CS.readable = function () {
    var found = document.querySelectorAll('#main .sv-stem, #main .sv-heading, #main .sv-hint, #main .sv-said, #main .sv-said p, #main .sv-option__words')
    var texts = []
    for (var i = 0; i < found.length; i++) {
      if (!found[i].querySelector('p')) texts.push(found[i].textContent)
    }
    return texts
  }

  CS.showProblem = function (words) {
    var place = document.getElementById('problem')
    place.innerHTML = ''
    place.appendChild(el('p', { 'class': 'sv-problem', role: 'alert', id: 'problem-words' }, words))
    var field = document.getElementById('field')
    if (field) {
      field.setAttribute('aria-invalid', 'true')
      field.setAttribute('aria-describedby', 'problem-words hint')
      field.focus()
    }
  }

  /* The answer on the page: undefined for none. problem: words, where it cannot be taken. */
  CS.given = function (step) {
    var question = step.question
    var field = document.getElementById('field')
    var ticked = document.querySelectorAll('#step input[name=answer]:checked')
    var values = [].map.call(ticked, function (box) { return parseInt(box.value, 10) })
    if (values.indexOf(CS.PREFER_NOT) >= 0) return { value: CS.PREFER_NOT }
    if (question.kind === 'text') return { value: field.value.trim() || undefined }
    if (question.kind === 'number') return wholeNumber(question.number, field.value.trim())
    if (question.kind === 'choose-all') return { value: values.length ? values : undefined }
    return { value: values.length ? values[0] : undefined }
  }

  function wholeNumber (limits, typed) {
    if (!typed) return { value: undefined }
    // Arabic and Bengali keyboards have digits of their own.
    var plain = typed.replace(/[\u0660-\u0669\u06f0-\u06f9\u09e6-\u09ef]/g, function (digit) {
      return String((digit.charCodeAt(0) - (digit.charCodeAt(0) < 0x700 ? 0x660 : 0x9e6)) % 16)
    })
    var number = /^\d{1,4}$/.test(plain) ? parseInt(plain, 10) : NaN
    if (number >= limits.min && number <= limits.max) return { value: number }
    return { problem: CS.say('number_wrong', limits) }
  }
})(window, document)
