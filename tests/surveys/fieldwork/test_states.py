"""The two state tables, cell by cell."""

import pytest

from surveys.errors import WrongState
from surveys.fieldwork.enums import SessionState, WaveState
from surveys.fieldwork.states import SESSION_STEPS, WAVE_STEPS, SessionAct, WaveAct, session_after, wave_after

WAVE = {
    "planned": {"open": "open"},
    "open": {"correct": "open", "close": "closed"},
    "closed": {"release": "released", "empty": "emptied"},
    "released": {"withdraw": "closed", "empty": "emptied"},
    "emptied": {},
}
SESSION = {
    "prepared": {"remove": "prepared", "renew_link": "prepared", "open": "open"},
    "open": {
        "renew_link": "open", "close": "closing", "seal": "sealed", "pool": "pooled", "discard": "discarded",
        "lose": "lost",
    },
    "closing": {"seal": "sealed", "pool": "pooled", "discard": "discarded", "lose": "lost"},
    "sealed": {},
    "pooled": {},
    "discarded": {},
    "lost": {},
}  # fmt: skip


@pytest.mark.parametrize("state", list(WaveState))
@pytest.mark.parametrize("act", list(WaveAct))
def test_each_step_of_a_wave(state, act):
    expected = WAVE[state.value].get(act.value)
    if expected is None:
        with pytest.raises(WrongState):
            wave_after(state, act)
    else:
        assert wave_after(state, act) == expected


@pytest.mark.parametrize("state", list(SessionState))
@pytest.mark.parametrize("act", list(SessionAct))
def test_each_step_of_a_class_session(state, act):
    expected = SESSION[state.value].get(act.value)
    if expected is None:
        with pytest.raises(WrongState) as refusal:
            session_after(state, act)
        assert str(refusal.value).startswith(("This class session", "The answers of this class session"))
    else:
        assert session_after(state, act) == expected


def test_every_act_has_a_row():
    assert set(WAVE_STEPS) == set(WaveAct)
    assert set(SESSION_STEPS) == set(SessionAct)


@pytest.mark.parametrize("state", ["sealed", "pooled", "discarded", "lost"])
def test_nothing_leads_out_of_the_end(state):
    assert all(SessionState(state) not in steps for steps in SESSION_STEPS.values())
