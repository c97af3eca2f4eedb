/* Something quiet for who has finished: the page brings it hidden, this colours the tiles. The helplines are drawn here too. ES5. */
(function (window, document) {
  'use strict'
  var CS = window.CS = window.CS || {}

  function start (calm) {
    var palette = calm.querySelectorAll('input[name=colour]')
    var tiles = calm.querySelectorAll('.sv-tile input')
    var clear = calm.querySelector('.sv-pattern__clear')

    function chosen () {
      for (var i = 0; i < palette.length; i++) if (palette[i].checked) return palette[i].value
      return 'purple'
    }

    function colour (tile, name) {
      var words = tile.parentNode.querySelector('.sv-tile__colour')
      var named = calm.querySelector('label[for=colour-' + name + ']')
      tile.checked = name !== 'plain'
      tile.setAttribute('data-colour', name)
      tile.className = 'sv-tile__box sv-tile__box--' + name
      words.textContent = named ? named.textContent.trim() : ''
    }

    calm.className += ' sv-calm--live'
    for (var i = 0; i < tiles.length; i++) {
      tiles[i].addEventListener('change', function () {
        var name = chosen()
        colour(this, this.getAttribute('data-colour') === name ? 'plain' : name)
      })
    }
    clear.addEventListener('click', function () {
      for (var i = 0; i < tiles.length; i++) colour(tiles[i], 'plain')
    })
  }

  /* Shows it below the last page; the colours of an earlier pupil are gone with the page. */
  CS.calm = function () {
    var calm = document.getElementById('calm')
    calm.removeAttribute('hidden')
    calm.parentNode.removeChild(calm)
    return calm
  }

  CS.helpLines = function () {
    return CS.sheet.help[CS.language].map(function (line) {
      return CS.el('li', {}, [
        line.is_emergency ? CS.say('help_danger') + ' ' : line.name + ' ',
        CS.el('a', { href: 'tel:' + line.phone.replace(/[^0-9+]/g, '') }, [CS.el('bdi', { dir: 'ltr' }, line.phone)]),
        line.hours && !line.is_emergency ? CS.el('span', { 'class': 'sv-help__hours' }, ' ' + line.hours) : null
      ])
    })
  }

  CS.helpCard = function () {
    return CS.el('ul', { 'class': 'sv-list' }, [CS.el('li', {}, CS.say('help_adult'))]
      .concat(CS.sheet.school ? [CS.el('li', {}, CS.say('help_school', { who: CS.sheet.school }))] : [])
      .concat(CS.helpLines()))
  }

  CS.drawHelp = function () {
    var list = document.getElementById('help-lines')
    list.innerHTML = ''
    if (CS.sheet.school) list.appendChild(CS.el('li', {}, CS.say('help_school', { who: CS.sheet.school })))
    CS.helpLines().forEach(function (line) { list.appendChild(line) })
    document.getElementById('help').setAttribute('aria-label', CS.say('help_label'))
  }

  var calm = document.getElementById('calm')
  if (calm && document.addEventListener) start(calm)
})(window, document)
