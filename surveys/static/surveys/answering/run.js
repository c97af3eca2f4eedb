/* Turns the page into the questionnaire: one question at a time, all of it in this page, until it is sent or cleared. ES5. */
(function (window, document) {
  'use strict'
  var CS = window.CS
  var block = document.getElementById('sheet')
  var main = document.getElementById('main')
  var live = document.getElementById('live')
  var el
  var isGuarded = false
  var lastPart = -1

  // Where a file did not arrive, or the browser is too old, the page stays as the server made it: that works too.
  if (!block || !CS || !CS.drawQuestion || !CS.send || !CS.read || !CS.calm || !window.JSON || !document.addEventListener) return
  try { CS.open(JSON.parse(block.textContent)) } catch (error) { return }
  block.parentNode.removeChild(block)
  el = CS.el

  function show (children, isFirst) {
    CS.stopReading()
    main.innerHTML = ''
    children.forEach(function (child) { if (child) main.appendChild(child) })
    if (isFirst) return
    window.scrollTo(0, 0)
    var heading = document.getElementById('heading')
    if (heading) heading.focus()
  }

  function form (children, submitted) {
    return el('form', {
      id: 'step', 'class': 'sv-card', autocomplete: 'off', novalidate: true,
      submit: function (event) { event.preventDefault(); submitted() }
    }, children)
  }

  function submit (key) {
    return el('button', { type: 'submit', 'class': 'sv-button sv-button--main' }, CS.say(key))
  }

  /* The row below every page: read aloud, languages, stop. The same everywhere, so that no page looks shorter. */
  function tools () {
    return el('div', { 'class': 'sv-tools' }, [
      el('div', { id: 'read' }, readButton()),
      languages(),
      CS.button('stop', 'quiet', askToStop)
    ])
  }

  function readButton () {
    if (!CS.canRead()) return null
    var button = CS.button('read_aloud', 'quiet', function () {
      button.textContent = CS.say('stop_reading')
      CS.read(CS.readable(), function () { button.textContent = CS.say('read_aloud') })
    })
    return button
  }

  CS.voicesChanged = function () {
    var place = document.getElementById('read')
    if (place && !place.firstChild && CS.canRead()) place.appendChild(readButton())
  }

  function languages () {
    if (CS.sheet.languages.length < 2) return null
    var buttons = CS.sheet.languages.map(function (language) {
      return el('button', {
        type: 'button', lang: language.code, dir: language.dir, 'class': 'sv-language',
        'aria-pressed': language.code === CS.language ? 'true' : 'false',
        click: function () { speak(language.code) }
      }, language.name)
    })
    return el('div', { 'class': 'sv-languages', role: 'group', 'aria-label': CS.say('language') }, buttons)
  }

  function speak (code) {
    var step = CS.steps[CS.at]
    if (step.kind === 'question' && document.getElementById('step')) keep(step)
    CS.language = code
    dress()
    go(CS.at)
  }

  /* The language of everything around the questions. */
  function dress () {
    var marked = document.querySelectorAll('[data-word]')
    document.documentElement.lang = CS.language
    document.documentElement.dir = CS.direction()
    for (var i = 0; i < marked.length; i++) {
      var values = {}
      try { values = JSON.parse(marked[i].getAttribute('data-values') || '{}') } catch (error) { values = {} }
      marked[i].textContent = CS.say(marked[i].getAttribute('data-word'), values)
    }
    CS.drawHelp()
    document.title = document.title.replace(/^[^–]*/, CS.say('title') + ' ')
  }

  function keep (step) {
    var given = CS.given(step)
    if (!given.problem) CS.note(step, given.value)
    return given.problem
  }

  function go (at) {
    var step = CS.steps[at]
    CS.at = at
    show(pages[step.kind](step))
    if (step.part !== lastPart && step.kind !== 'start') {
      live.textContent = CS.say('part', { number: step.part + 1, all: CS.sheet.sections.length })
      lastPart = step.part
    }
  }

  function next () {
    var step = CS.steps[CS.at]
    if (step.kind === 'question') {
      var problem = keep(step)
      if (problem) { CS.showProblem(problem); return }
    }
    if (step.kind === 'part') delete CS.leftOut[step.section.key]
    guard()
    go(CS.after(CS.at))
  }

  function back () {
    var step = CS.steps[CS.at]
    if (step.kind === 'question') keep(step)
    go(CS.before(CS.at))
  }

  function leaveOut () {
    CS.leftOut[CS.steps[CS.at].section.key] = true
    guard()
    go(CS.after(CS.at))
  }

  function actions (buttons) {
    return el('div', { 'class': 'sv-actions' }, buttons)
  }

  var pages = {
    start: function () {
      return [form([
        CS.heading(CS.say('before_start')),
        el('div', { 'class': 'sv-said' }, CS.paragraphs(CS.text(CS.sheet.intro)).concat([
          el('ul', { 'class': 'sv-list' }, ['no_name', 'leave_out', 'no_way_back', 'about_exit'].map(function (key) {
            return el('li', {}, el('p', {}, CS.say(key)))
          }))
        ])),
        actions([submit('start')]), tools()
      ], next)]
    },
    part: function (step) {
      return [CS.progress(step), form([
        CS.heading(CS.text(step.section.title)),
        el('div', { 'class': 'sv-said' }, CS.paragraphs(CS.text(step.section.intro)).concat([
          step.section.sensitive ? el('p', {}, CS.say('part_sensitive')) : null
        ])),
        actions([
          submit(step.section.sensitive ? 'answer_part' : 'next'),
          step.section.sensitive ? CS.button('skip_part', 'second', leaveOut) : null,
          CS.button('back', 'second', back)
        ]),
        tools()
      ], next)]
    },
    question: function (step) {
      return [CS.progress(step), form([
        CS.drawQuestion(step), actions([submit('next'), CS.button('back', 'second', back)]), tools()
      ], next)]
    },
    help: function (step) {
      return [CS.progress(step), form([
        CS.heading(CS.say('help_title')),
        el('div', { 'class': 'sv-said' }, [el('p', {}, CS.say('help_text')), CS.helpCard()]),
        actions([submit('next'), CS.button('back', 'second', back)]), tools()
      ], next)]
    },
    send: function (step) {
      var said = CS.sheet.preview ? ['preview_end'] : ['end_text', 'end_quiet']
      return [CS.progress(step), form([
        CS.heading(CS.say('end_title')),
        el('div', { 'class': 'sv-said' }, said.map(function (key) { return el('p', {}, CS.say(key)) })),
        actions([CS.sheet.preview ? null : submit('send'), CS.button('back', 'second', back)]), tools()
      ], function () { if (!CS.sheet.preview) send() })]
    }
  }

  function send () {
    var button = document.querySelector('#step button[type=submit]')
    if (button) { button.disabled = true; button.textContent = CS.say('sending') }
    live.textContent = CS.say('sending')
    CS.send(told)
  }

  function told (state) {
    if (state === 'sent') end('sent')
    else if (state === 'waiting') waiting()
    else if (state === 'closed') end('closed')
    else if (state === 'closed-maybe') end('closed', 'closed_maybe')
    else if (state === 'full' || state === 'spent') end(state)
    else refused()
  }

  function waiting () {
    if (document.getElementById('waiting')) { live.textContent = CS.say('waiting_title'); return }
    show([el('div', { 'class': 'sv-card', id: 'waiting' }, [
      CS.heading(CS.say('waiting_title')),
      el('div', { 'class': 'sv-said' }, [el('p', {}, CS.say('waiting_text'))]),
      actions([CS.button('try_now', 'main', function () {
        live.textContent = CS.say('sending')
        CS.sendAgain()
      })]),
      el('div', { 'class': 'sv-tools' }, [CS.button('stop', 'quiet', askToStop)])
    ])])
  }

  function refused () {
    show([el('div', { 'class': 'sv-card' }, [
      CS.heading(CS.say('refused_title')),
      el('div', { 'class': 'sv-said' }, [el('p', {}, CS.say('refused_text'))]),
      actions([CS.button('back', 'main', function () { go(CS.at) })])
    ])])
  }

  function askToStop () {
    var step = CS.steps[CS.at]
    var isWaiting = document.getElementById('waiting')
    if (step.kind === 'question' && document.getElementById('step')) keep(step)
    show([el('div', { 'class': 'sv-card' }, [
      CS.heading(CS.say('stop_title')),
      el('div', { 'class': 'sv-said' }, [el('p', {}, CS.say('stop_text'))]),
      actions([
        CS.button('stop_yes', 'main', function () { CS.stopSending(); end('stopped') }),
        CS.button('stop_no', 'second', function () { if (isWaiting) waiting(); else go(CS.at) })
      ])
    ])])
  }

  /* The last page, the same to look at however it ended. The answers go from memory, the entry from the history. */
  function end (name, text) {
    CS.forget()
    CS.stopSending()
    CS.ended = name
    replaceEntry()
    show([el('div', { 'class': 'sv-card sv-card--short' }, [
      CS.heading(CS.say(name + '_title')),
      el('div', { 'class': 'sv-said' }, [
        el('p', {}, CS.say(text || name + '_text')),
        el('p', {}, CS.say('stay')),
        name === 'stopped' ? el('p', {}, [el('a', { href: CS.sheet.door }, CS.say('again'))]) : null
      ])
    ]), CS.calm()])
  }

  function replaceEntry () {
    var address = CS.ended === 'stopped' ? CS.sheet.stopped : CS.sheet.done
    if (window.history.replaceState) window.history.replaceState(null, '', CS.ended === 'sent' ? address : CS.sheet.stopped)
  }

  /* The browser's own Back goes one question back, and after sending it finds "already sent". */
  function guard () {
    if (isGuarded || !window.history.pushState) return
    window.history.pushState({ guard: true }, '')
    isGuarded = true
  }

  window.addEventListener('popstate', function () {
    isGuarded = false
    if (CS.isOver) {
      replaceEntry()
      if (CS.ended === 'sent') {
        var heading = document.getElementById('heading')
        heading.textContent = CS.say('already_title')
        heading.focus()
      }
      return
    }
    back()
    if (CS.at > 0) guard()
  })

  window.addEventListener('beforeunload', function (event) {
    if (CS.isOver || CS.sheet.preview || !CS.hasAnswers()) return
    event.preventDefault()
    event.returnValue = CS.say('unsent')
  })

  // Who comes back to a page that the browser had put aside may be the next pupil on this device.
  window.addEventListener('pageshow', function (event) {
    if (event.persisted && !CS.isOver && CS.hasAnswers()) end('stopped')
  })

  dress()
  show(pages.start(), true)
})(window, document)
