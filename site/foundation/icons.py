"""Our own small drawings: icons on a 24-unit square, the mark, and the overlapping speech shapes of the brand."""

# Each icon is the inside of an SVG whose lines take the colour of the text around it.
ICONS: dict[str, str] = {
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "phone": (
        '<path d="M6.5 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 5.5 5.5l1.5-2 4.5 1.5v3a2.5 2.5 0 0 1-2.5 2.5'
        'C10.5 20 4 13.5 4 6a2.5 2.5 0 0 1 2.5-2.5Z"/>'
    ),
    "speech": '<path d="M7 4h10a4 4 0 0 1 4 4v5a4 4 0 0 1-4 4h-5l-5 4v-4a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4Z"/>',
    "warning": '<path d="M12 3.5 21.5 20h-19Z"/><path d="M12 10v4.5M12 17.2v.1"/>',
    "check": '<path d="m4.5 12.5 5 5 10-11"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "mail": '<rect x="3" y="5.5" width="18" height="13" rx="2.5"/><path d="m4 7.5 8 6 8-6"/>',
    "print": '<path d="M7 8.5V3.5h10v5M7 17H4.5A1.5 1.5 0 0 1 3 15.5V10a1.5 1.5 0 0 1 1.5-1.5h15'
    'A1.5 1.5 0 0 1 21 10v5.5a1.5 1.5 0 0 1-1.5 1.5H17M7 14h10v6.5H7Z"/>',
    "qr": '<path d="M4 4h6v6H4ZM14 4h6v6h-6ZM4 14h6v6H4ZM14 14h2.5v2.5M20 14v2M14 20h2.5M20 19.5v.5"/>',
    "back": '<path d="M20 12H5M11 5.5 4.5 12l6.5 6.5"/>',
    "forward": '<path d="M4 12h15M13 5.5l6.5 6.5-6.5 6.5"/>',
    "megaphone": '<path d="M4 10v4h3l9 4.5v-13L7 10ZM19 9.5a4 4 0 0 1 0 5M8 14.5l1 5h2.5l-1-3.8"/>',
    "thumb_up": '<path d="M7.5 11 11 3.5a2.2 2.2 0 0 1 2.5 2.5L13 9.5h5.5a2 2 0 0 1 2 2.3l-1 6.5'
    'a2 2 0 0 1-2 1.7h-10ZM7.5 11H4v9h3.5"/>',
    "thumb_down": '<path d="M16.5 13 13 20.5a2.2 2.2 0 0 1-2.5-2.5l.5-3.5H5.5a2 2 0 0 1-2-2.3l1-6.5'
    'a2 2 0 0 1 2-1.7h10ZM16.5 13H20V4h-3.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>',
    "place": '<path d="M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21Z"/><circle cx="12" cy="9.5" r="2.5"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="2.5"/><path d="M3.5 10h17M8 3v4M16 3v4"/>',
    "file": '<path d="M6 3h8l5 5v13H6ZM14 3v5h5"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20a6.5 6.5 0 0 1 13 0M16 5a3.5 3.5 0 0 1 0 6.5'
    'M18 14.5a6.5 6.5 0 0 1 3.5 5.5"/>',
    "home": '<path d="m3.5 11.5 8.5-8 8.5 8M6 9.5V20h12V9.5M10 20v-6h4v6"/>',
    "heart": '<path d="M12 20.5S3.5 15 3.5 9a4.5 4.5 0 0 1 8.5-2 4.5 4.5 0 0 1 8.5 2c0 6-8.5 11.5-8.5 11.5Z"/>',
    "school": '<path d="M2.5 9 12 4.5 21.5 9 12 13.5ZM6.5 11v5c3.5 2.7 7.5 2.7 11 0v-5M21.5 9v6"/>',
    "shield": '<path d="M12 3 4.5 6v5.5c0 4.5 3 7.8 7.5 9.5 4.5-1.7 7.5-5 7.5-9.5V6Z"/>',
    "list": '<path d="M9 6.5h11M9 12h11M9 17.5h11M4 6.5h.1M4 12h.1M4 17.5h.1"/>',
}

# Two voices that overlap: the mark of the site.
MARK = (
    '<path class="cs-mark__back" d="M14 3h18a11 11 0 0 1 0 22h-1v6l-7-6H14a11 11 0 0 1 0-22Z"/>'
    '<path class="cs-mark__front" d="M27 17H13a10 10 0 0 0 0 20h2v7l8-7h4a10 10 0 0 0 0-20Z"/>'
    '<path class="cs-mark__both" d="M13 17h14a10 10 0 0 1 9.56 7A11 11 0 0 1 32 25H14'
    'a11 11 0 0 1-8.74-4.3A10 10 0 0 1 13 17Z"/>'
)

# Five voices, talking across one another; the end of a hero, a break between parts, an empty result.
VOICES = (
    '<path class="cs-shape cs-shape--lilac" d="M120 30h130a60 60 0 0 1 0 120h-8v44l-50-44h-72a60 60 0 0 1 0-120Z"/>'
    '<path class="cs-shape cs-shape--peach" d="M330 70h84a52 52 0 0 1 0 104h-46l-46 40v-40a52 52 0 0 1 8-104Z"/>'
    '<path class="cs-shape cs-shape--mint" d="M80 150h112a56 56 0 0 1 0 112h-62l-48 42v-42h-2a56 56 0 0 1 0-112Z"/>'
    '<path class="cs-shape cs-shape--sky" d="M250 190h120a58 58 0 0 1 0 116h-4v42l-48-42h-68a58 58 0 0 1 0-116Z"/>'
    '<path class="cs-shape cs-shape--yellow" d="M196 112h52a30 30 0 0 1 0 60h-22l-26 24v-24a30 30 0 0 1-4-60Z"/>'
)
