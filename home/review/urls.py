"""The addresses of the review: without a language for who signs in, under one for everybody."""

from django.urls import URLPattern, URLResolver, path

from .views import drafts, pages, passkeys, posts, questions, sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("review/", pages.review, name="review"),
    path("review/sign-in/", sign_in.sign_in, name="review_sign_in"),
    path("review/sign-in/sent/", sign_in.sent, name="review_sign_in_sent"),
    path("review/sign-in/passkey/", passkeys.passkey_sign_in, name="review_passkey_sign_in"),
    path("review/sign-in/<str:token>/", sign_in.open_link, name="review_open_link"),
    path("review/sign-out/", sign_in.sign_out, name="review_sign_out"),
    path("review/passkeys/", passkeys.passkeys, name="review_passkeys"),
    path("review/<int:pk>/", pages.review_page, name="review_page"),
    path("review/<int:pk>/draft/", pages.review_draft, name="review_draft"),
    path("review/<int:pk>/remarks/<int:remark>/take-back/", pages.take_back, name="review_take_back"),
    path("review/other/<slug:key>/", drafts.review_other, name="review_other"),
    path(
        "review/other/<slug:key>/remarks/<int:remark>/take-back/",
        drafts.take_back_from_draft,
        name="review_other_take_back",
    ),
    path("review/posts/new/", posts.new_post, name="review_post_new"),
    path("review/posts/<int:pk>/", posts.post, name="review_post"),
    path("review/posts/<int:pk>/act/", posts.post_act, name="review_post_act"),
    path("review/posts/<int:pk>/<slug:name>/", posts.post_file, name="review_post_file"),
    path("review/questions/", questions.ask_question, name="review_ask"),
    path("review/questions/<int:pk>/take-back/", questions.take_back_asked, name="review_ask_take_back"),
    path("asked-by-young-advisors/", questions.asked_of_us, name="asked_of_us"),
    path("asked-by-young-advisors/<int:pk>/", questions.answer_question, name="answer_question"),
]
localized_urlpatterns: list[URLPattern | URLResolver] = [
    path("ask-the-partnership/", questions.ask_the_partnership, name="ask_the_partnership"),
]
