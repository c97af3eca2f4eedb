"""One record with all that an officer may know of it, and the steps that can be taken."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ...register.document import blank_document, changes_between
from ...register.enums import SettingState
from ...register.models import Setting
from ...register.selectors.history import NEUTRAL
from ...register.services.colleagues import ENDED, invite_by_officer, may_be_invited_to
from ...register.wording import label_of, value_words
from ..duplicates import possible_duplicates
from ..permissions import CONCERNS, RESTRICTED, SUSPEND, acts_as
from ..selectors.queue import reviewable, to_look_at
from ..selectors.review import parts_of
from ..services.concerns import owner_knows_of_suspension
from ..services.matters import have_seen
from ..services.records import add_note, assign, merge, set_watch
from ..services.steps import propose_step, take_step
from ..states import STEPS, Act, Step, steps_from
from ..thresholds import prompts_for, untold
from .base import OneSettingView, number

_NOT_HERE = {Act.TAKE_UP, Act.ASK, Act.LIST, Act.MERGE}
"""Steps that follow from the review of a submission or from merging, not from a button of their own."""
MOST_FOUND = 10


def step_labels() -> dict[Act, str]:
    """What the button of a step says."""
    return {
        Act.DECLINE: _("Do not list"),
        Act.SAY_OUT_OF_SCOPE: _("Not an out-of-school setting"),
        Act.LOOK_AGAIN: _("Look again"),
        Act.SUSPEND: _("Take down at once"),
        Act.LIFT: _("Show again"),
        Act.REMOVE: _("Remove for good"),
        Act.CLOSE: _("Close the record"),
        Act.REOPEN: _("Open again"),
    }


class RecordView(OneSettingView):
    """The record. Reading its restricted part is written into the audit trail."""

    template_name = "community/moderation/record.html"

    def get_page_title(self) -> str:
        return self.setting.name

    def crumbs(self) -> list[dict[str, Any]]:
        return []

    def get(self, request: HttpRequest, setting_id: Any) -> HttpResponse:
        setting, user = self.setting, self.user
        sees_restricted = user.has_perm(RESTRICTED) and request.GET.get("show") == "restricted"
        if sees_restricted:
            audit.record(action="community.view_restricted", actor=user, subject=setting)
        context = self.get_context_data(
            setting=setting,
            facts=_facts(setting),
            submission=reviewable().filter(setting=setting).first(),
            steps=self._steps(),
            proposals={proposal.act: proposal for proposal in setting.proposals.select_related("by")},
            history=setting.state_changes.select_related("by")[:30],
            notes=setting.notes.select_related("by")[:30],
            is_watched=setting.watches.filter(user=user).exists(),
            officers=_officers(),
            duplicates=possible_duplicates(setting),
            matters=to_look_at().filter(setting=setting),
            prompts=prompts_for(setting),
            untold=untold(),
            sees_restricted=sees_restricted,
            may_see_restricted=user.has_perm(RESTRICTED),
            may_see_concerns=user.has_perm(CONCERNS),
            owner_knows=owner_knows_of_suspension(setting),
            like=self._like(),
            may_be_invited=may_be_invited_to(setting),
            may_be_merged=setting.state in STEPS[Act.MERGE].sources,
            snapshots=setting.snapshots.all()[:10],
        )
        return self.render_to_response(context)

    def _steps(self) -> list[dict[str, Any]]:
        labels = step_labels()
        return [
            {"step": step, "label": labels[step.act], "stays_private": step.act in NEUTRAL}
            for step in steps_from(SettingState(self.setting.state), acts_as(self.user))
            if step.act not in _NOT_HERE and self._may(step)
        ]

    def _may(self, step: Step) -> bool:
        return step.act != Act.SUSPEND or self.user.has_perm(SUSPEND)

    def post(self, request: HttpRequest, setting_id: Any) -> HttpResponse:
        acts = {
            "note": self._note, "watch": self._watch, "assign": self._assign, "step": self._step,
            "merge": self._merge, "invite": self._invite, "seen": self._seen,
        }  # fmt: skip
        act = acts.get(request.POST.get("do", ""))
        if act is not None:
            act(request.POST)
        return redirect(self.record_url())

    def _note(self, typed: Any) -> None:
        text = typed.get("text", "")[:4_000]
        self.try_or_say(lambda: add_note(setting=self.setting, text=text, by=self.user), _("Note kept."))

    def _watch(self, typed: Any) -> None:
        on = typed.get("on") == "1"
        done = (
            _("On any day after something happened here, you get one mail.")
            if on
            else _("No more mails about this record.")
        )
        self.try_or_say(lambda: set_watch(setting=self.setting, by=self.user, on=on), done)

    def _assign(self, typed: Any) -> None:
        person = _officers().filter(pk=number(typed.get("to"))).first()
        self.try_or_say(lambda: assign(setting=self.setting, to=person, by=self.user), _("Kept."))

    def _step(self, typed: Any) -> None:
        if typed.get("act") not in {act.value for act in Act}:
            return
        step = STEPS[Act(typed["act"])]
        if step.act in _NOT_HERE or not self._may(step):
            return
        user = self.user
        given = {
            "setting": self.setting, "act": step.act, "by": user, "who": acts_as(user),
            "reason": typed.get("reason", "")[:1_000],
        }  # fmt: skip
        proposed = self.setting.proposals.filter(act=step.act.value).exclude(by=user).exists()
        if step.two_people and not proposed:
            self.try_or_say(lambda: propose_step(**given), _("Your word is kept. A second person decides."))
        else:
            self.try_or_say(lambda: take_step(**given), _("Done."))

    def _merge(self, typed: Any) -> None:
        try:
            key = UUID(typed.get("into", ""))
        except ValueError:
            raise Http404 from None
        into = get_object_or_404(Setting, pk=key)
        reason = typed.get("reason", "")[:1_000] or _("The same setting twice.")
        user = self.user
        self.try_or_say(
            lambda: merge(duplicate=self.setting, into=into, by=user, who=acts_as(user), reason=reason),
            _("Put together. Who looked after this record looks after the other one now, and was told."),
        )

    def _like(self) -> list[Setting]:
        """Records that an officer looks for to put this one together with: the guesses find what is written alike."""
        words = self.request.GET.get("like", "").strip()[:100]
        if not words:
            return []
        others = Setting.objects.exclude(pk=self.setting.pk).exclude(state__in=ENDED)
        return list(others.filter(name__icontains=words).order_by("name")[:MOST_FOUND])

    def _seen(self, typed: Any) -> None:
        matter = get_object_or_404(to_look_at().filter(setting=self.setting), pk=number(typed.get("matter")))
        self.try_or_say(lambda: have_seen(matter=matter, by=self.user), _("Kept: you have looked at it."))

    def _invite(self, typed: Any) -> None:
        email = typed.get("email", "").strip()[:254]
        self.try_or_say(
            lambda: invite_by_officer(setting=self.setting, email=email, by=self.user),
            _("The invitation is on its way."),
        )


def _facts(setting: Setting) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The public document as it is published: what a field is called and its words, or those of its parts; empty where
    nothing is published."""
    if setting.published is None:
        return []
    document = setting.published.document
    rows = [
        (
            label_of(each.path, document), value_words(each.path, each.new),
            parts_of(each) if each.is_addition else [],
        )
        for each in changes_between(blank_document(), document)
    ]  # fmt: skip
    return [row for row in rows if row[1] or row[2]]


def _officers() -> Any:
    """Who can look after a record: people of the two roles that review."""
    names = ["Registry officer", "Safeguarding lead"]
    return get_user_model().objects.filter(is_active=True, groups__name__in=names).distinct().order_by("email")
