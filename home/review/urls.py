"""The Young Advisors' addresses: not under a language, signed in."""

from django.urls import path

from . import views

urlpatterns = [
    path("review/", views.review, name="review"),
    path("review/<int:pk>/", views.review_page, name="review_page"),
    path("review/<int:pk>/draft/", views.review_draft, name="review_draft"),
    path("review/<int:pk>/remarks/<int:remark>/take-back/", views.take_back, name="review_take_back"),
]
