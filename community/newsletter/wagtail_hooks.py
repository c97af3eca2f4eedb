"""The newsletter in the admin."""

from typing import Any

from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .permissions import SEND
from .views.articles import ArticlesView, ArticleView, article_picture
from .views.contacts import ConsentView, ExportContactsView, ImportContactsView
from .views.issues import IssuesView, IssueView, ItemView, NewIssueView, PreviewView, preview_mail
from .viewsets import NewsletterViewSetGroup


@hooks.register("register_admin_urls")
def newsletter_urls() -> list[URLPattern | URLResolver]:
    root = "newsletter/"
    return [
        path(root, IssuesView.as_view(), name="newsletter_issues"),
        path(f"{root}new/", NewIssueView.as_view(), name="newsletter_new"),
        path(f"{root}issues/<int:issue_id>/", IssueView.as_view(), name="newsletter_issue"),
        path(f"{root}issues/<int:issue_id>/items/<int:item_id>/", ItemView.as_view(), name="newsletter_item"),
        path(f"{root}issues/<int:issue_id>/preview/", PreviewView.as_view(), name="newsletter_preview"),
        path(f"{root}issues/<int:issue_id>/preview/mail/", preview_mail, name="newsletter_preview_mail"),
        path(f"{root}articles/", ArticlesView.as_view(), name="newsletter_articles"),
        path(f"{root}articles/<int:article_id>/", ArticleView.as_view(), name="newsletter_article"),
        path(f"{root}articles/pictures/<int:pk>/", article_picture, name="newsletter_article_picture"),
        path(f"{root}consent/<int:contact_id>/", ConsentView.as_view(), name="newsletter_consent"),
        path(f"{root}import/", ImportContactsView.as_view(), name="newsletter_import"),
        path(f"{root}export/", ExportContactsView.as_view(), name="newsletter_export"),
    ]


class NewsletterMenuItem(MenuItem):
    """For those who write and send."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(SEND))


@hooks.register("register_admin_menu_item")
def newsletter_menu_item() -> MenuItem:
    return NewsletterMenuItem(
        _("Newsletter"), reverse("newsletter_issues"), name="newsletter", icon_name="mail", order=260
    )


@hooks.register("register_admin_viewset")
def newsletter_viewsets() -> NewsletterViewSetGroup:
    return NewsletterViewSetGroup()
