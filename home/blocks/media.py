"""Blocks of pictures, films and files."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtailmedia.blocks import VideoChooserBlock


class CaptionedImageBlock(blocks.StructBlock):
    """A picture. It has words for those who do not see it, or says that it only decorates."""

    image = ImageBlock()
    caption = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "home/blocks/image.html"


class VideoBlock(blocks.StructBlock):
    """A film that we serve ourselves, with captions and a transcript from the film's own record."""

    video = VideoChooserBlock()
    caption = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "home/blocks/video.html"


class DownloadBlock(blocks.StructBlock):
    """A file to download. What it says should stand on the page too: not everybody can open a file."""

    document = DocumentChooserBlock()
    title = blocks.CharBlock(required=False, max_length=160, help_text=_("Empty: the document's own title."))
    description = blocks.CharBlock(required=False, max_length=300)

    class Meta:
        icon = "download"
        label = _("Download")
        template = "home/blocks/download.html"
