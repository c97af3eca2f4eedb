"""Content files into pages."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image
from wagtail.models import Page, Site

from foundation.media.models import SiteImage, SiteMedia
from foundation.partnership.models import Helpline, Navigation, PartnershipSettings
from home.content.errors import ContentError
from home.content.loader import load_content
from home.content.richtext import to_plain_line, to_rich_text
from home.models import DocumentPage, FormPage, HomePage, InformationPage

pytestmark = pytest.mark.django_db

FILES = {
    "languages.yaml": "- {code: en, locale: true}\n- {code: bn, locale: true}\n",
    "partnership.yaml": "name: Test partnership\narea: Testshire\nvalues: [{title: Listen, text: To children}]\n",
    "helplines.yaml": '- {key: line, name: A line, phone: "0800 1111", translations: {bn: {name: লাইন}}}\n',
    "audiences.yaml": "- {slug: parents, name: Parents}\n",
    "topics.yaml": "- {slug: online, name: Online life}\n",
    "navigation.yaml": "header: [about]\nfooter: [{title: Us, pages: [about, nowhere]}]\n",
    "redirects.csv": "old_path,new_path\n/old/,/about/\n",
    "pages/_index.yaml": "type: home\ntitle: Home\nbody:\n  - text: '[About us](page:about), [lost](page:lost).'\n",
    "pages/about/_index.yaml": (
        "type: information\ntitle: About\nsummary: Who we are.\naudiences: [parents]\ntopics: [online]\n"
        "body:\n  - contact: {helpline: line}\n  - table: {caption: T, header: [A], rows: [[1]]}\n"
        "  - chart: {title: C, caption: c, rows: [{label: a, value: 26}]}\n  - help_box: {}\n"
        "  - language_text: {language: so, text: Waan}\n"
        "translations: {bn: {title: আমরা, body: [{text: 'নমস্কার'}]}, checked: false}\n"
    ),
    "pages/documents/_index.yaml": "type: document_index\ntitle: Documents\n",
    "pages/documents/report.yaml": (
        "type: document\ntitle: Report\nkind: report\nfile: true\npublished_on: 2025-12-09\n"
        "body:\n  - text: |\n      ## Findings\n      - One\n"
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_becomes_a_site(folder: Path, client: Client):
    report = load_content(folder=folder)
    assert report.missing_links == ["lost", "nowhere"]
    about = InformationPage.objects.get(locale__language_code="en")
    assert [audience.slug for audience in about.audiences.all()] == ["parents"]
    assert [block.block_type for block in about.body] == ["contact", "table", "chart", "help_box", "language_text"]
    assert about.body[0].value["helpline"].key == "line"
    home = client.get("/en/").text
    assert '<a href="/en/about/">About us</a>' in home
    assert 'href="page:' not in home
    assert client.get("/old/")["Location"] == "/en/about/"
    assert [link.value["page"].title for link in Navigation.for_site(Site.objects.get()).header] == ["About"]


def test_a_document_without_an_original_gets_a_file_with_its_text(folder: Path):
    load_content(folder=folder)
    document = DocumentPage.objects.get().files.get().document
    assert document.filename.endswith(".docx")
    from docx import Document

    paper = Document(document.file.open())
    assert "Findings" in [paragraph.text for paragraph in paper.paragraphs]


def test_a_translation_is_public_and_its_missing_parents_are_not(folder: Path, client: Client):
    load_content(folder=folder)
    response = client.get("/bn/about/")
    assert response.status_code == 200
    assert response.context["page"].is_unchecked_translation
    assert client.get("/bn/").status_code == 404
    assert Helpline.objects.get(key="line", locale__language_code="bn").name == "লাইন"


def test_a_second_load_keeps_what_an_editor_typed(folder: Path):
    load_content(folder=folder)
    about = InformationPage.objects.get(locale__language_code="en")
    about.title = "Typed by an editor"
    about.save()
    settings = PartnershipSettings.for_site(Site.objects.get())
    settings.name = "Renamed"
    settings.save()
    Helpline.objects.filter(locale__language_code="en").update(phone="0800 2222")
    before = list(Page.objects.values_list("pk", "title", "path"))
    report = load_content(folder=folder)
    assert report.created == report.refreshed == 0
    assert list(Page.objects.values_list("pk", "title", "path")) == before
    assert PartnershipSettings.objects.get().name == "Renamed"
    assert set(Helpline.objects.filter(locale__language_code="en").values_list("phone", flat=True)) == {"0800 2222"}


def test_a_refresh_puts_pages_back_to_what_the_files_say(folder: Path):
    load_content(folder=folder)
    InformationPage.objects.filter(locale__language_code="en").update(summary="Typed")
    number = Page.objects.count()
    load_content(folder=folder, refresh=True)
    assert InformationPage.objects.get(locale__language_code="en").summary == "Who we are."
    assert Page.objects.count() == number


def test_a_page_that_is_new_in_the_files_is_added(folder: Path):
    load_content(folder=folder)
    (folder / "pages/about/vision.yaml").write_text("type: information\ntitle: Vision\n")
    assert load_content(folder=folder).created == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title: X\n", "type"),
        ("type: nonsense\ntitle: X\n", "nonsense"),
        ("type: information\ntitle: X\nsumary: typo\n", "sumary"),
        ("type: information\ntitle: X\ntopics: [nowhere]\n", "nowhere"),
        ("type: information\ntitle: X\nbody: [{textt: x}]\n", "textt"),
        ("type: information\ntitle: X\nbody: [{callout: {tone: info}}]\n", "body[1].callout"),
        ("type: information\ntitle: X\nbody: [{contact: {helpline: nobody}}]\n", "nobody"),
        (f"type: information\ntitle: X\nsummary: {'x' * 201}\n", "summary"),
        ("type: information\ntitle: [X\n", "line"),
        ("type: information\ntitle: X\nreviewed_on: soon\n", "soon"),
    ],
)
def test_a_mistake_names_the_file_and_changes_nothing(folder: Path, text: str, says: str):
    (folder / "pages/about/wrong.yaml").write_text(text)
    with pytest.raises(ContentError) as error:
        load_content(folder=folder)
    assert "wrong.yaml" in str(error.value)
    assert says in str(error.value)
    assert not HomePage.objects.exists()


def test_a_page_in_a_folder_without_a_page_is_a_mistake(folder: Path):
    (folder / "pages/lost").mkdir()
    (folder / "pages/lost/page.yaml").write_text("type: information\ntitle: X\n")
    with pytest.raises(ContentError, match=r"_index\.yaml is missing"):
        load_content(folder=folder)


def test_hostile_markdown_becomes_harmless():
    html = to_rich_text(
        "<script>x</script> [a](javascript:alert(1)) <b onclick='x'>b</b> [c](page:known) [d](page:unknown)",
        lambda path: 7 if path == "known" else None,
    )
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "onclick=" not in html.replace("&lt;b onclick=", "")
    assert '<a linktype="page" id="7">c</a>' in html
    assert "page:unknown" not in html
    assert "d</p>" in html


def test_a_plain_line_holds_no_markup():
    assert to_plain_line("Call **999** & [us](page:x)") == "Call 999 & us"


def test_the_demonstration_loads_as_a_whole_and_every_link_leads_somewhere():
    from home.content.loader import CAMDEN

    report = load_content(folder=CAMDEN)
    assert report.missing_links == []
    assert report.redirects is not None
    assert report.redirects.errors == []
    assert Page.objects.filter(live=True, locale__language_code="en").count() >= 60


def test_the_command_says_what_is_wrong(folder: Path):
    with pytest.raises(CommandError, match="lost"):
        call_command("load_demo", folder=folder, strict=True)


def test_a_picture_becomes_an_image_of_the_library_once(folder: Path):
    (folder / "pictures").mkdir()
    Image.new("RGB", (40, 20), "purple").save(folder / "pictures/voices.png")
    page = "type: information\ntitle: Seen\nbody:\n  - image: {file: voices.png, alt: Two voices, caption: Ours}\n"
    for name in ("one", "two"):
        (folder / f"pages/{name}.yaml").write_text(page)
    load_content(folder=folder)
    seen = [page.body[0].value for page in InformationPage.objects.filter(title="Seen")]
    assert [value["image"].contextual_alt_text for value in seen] == ["Two voices", "Two voices"]
    assert SiteImage.objects.get().file.size > 0


def test_a_picture_that_is_not_there_is_named(folder: Path):
    (folder / "pages/lost.yaml").write_text("type: information\ntitle: L\nbody:\n  - image: {file: gone.png}\n")
    with pytest.raises(ContentError, match=r"gone\.png"):
        load_content(folder=folder)


FORM = (
    "type: form\ntitle: Ask us\nwhy_we_ask: To plan.\nkeep_days: 30\nthanks_title: Thanks\nquestions:\n"
    "  - {label: Your group, required: true}\n"
    "  - {label: Which day, type: radio, choices: [Monday, Friday], help: Any will do.}\n"
)


def test_a_form_gets_its_questions_and_a_refresh_does_not_double_them(folder: Path, client: Client):
    (folder / "pages/ask.yaml").write_text(FORM)
    load_content(folder=folder)
    load_content(folder=folder, refresh=True)
    page = FormPage.objects.get()
    asked = list(page.form_fields.values_list("label", "field_type", "required", "choices"))
    assert asked == [("Your group", "singleline", True, ""), ("Which day", "radio", False, "Monday\nFriday")]
    html = client.get("/en/ask/").text
    assert "Any will do." in html
    assert "We delete your answers after 30 days." in html


@pytest.mark.parametrize(
    ("question", "says"),
    [("{type: email}", "label"), ("{label: A, type: guess}", "guess"), ("{label: A, chioces: [b]}", "chioces")],
)
def test_a_question_that_cannot_be_read_is_named(folder: Path, question: str, says: str):
    (folder / "pages/ask.yaml").write_text(f"{FORM}  - {question}\n")
    with pytest.raises(ContentError, match=says) as error:
        load_content(folder=folder)
    assert "questions[3]" in str(error.value)


def test_a_film_goes_into_the_library_once_with_captions_and_words(folder: Path, client: Client):
    (folder / "films").mkdir()
    (folder / "films/leave.mp4").write_bytes(b"a film")
    (folder / "films/leave.yaml").write_text(
        "title: Leave\nduration: 2.5\nwidth: 640\nheight: 360\ntranscript: All that is said.\n"
    )
    (folder / "films/leave.en.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nLeave.\n")
    Image.new("RGB", (64, 36), "purple").save(folder / "films/leave.png")
    for name in ("one", "two"):
        page = "type: information\ntitle: Seen\nbody:\n  - video: {file: leave.mp4, caption: Ours}\n"
        (folder / f"pages/{name}.yaml").write_text(page)
    load_content(folder=folder)
    film = SiteMedia.objects.get()
    assert film.captions.get().language == "en"
    html = client.get("/en/two/").text
    for words in (film.url, film.thumbnail.url, film.captions.get().file.url, "All that is said.", 'type="video/mp4"'):
        assert words in html


def test_a_film_that_is_not_there_is_named(folder: Path):
    (folder / "pages/lost.yaml").write_text("type: information\ntitle: L\nbody:\n  - video: {file: gone.mp4}\n")
    with pytest.raises(ContentError, match=r"gone\.mp4"):
        load_content(folder=folder)
