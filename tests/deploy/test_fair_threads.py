"""The rules of the fair queue: a host has half of the threads at most, hosts take turns, nobody is forgotten."""

from collections import Counter
from threading import Barrier, Event, Lock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.fair_threads import FairQueue, FairThreads, Turn

HOSTS = ("kaavi", "tuusniemi", "varkaus", "rautavaara")
LONG = 60  # seconds to wait for what must happen; nothing is waited for that must not


class Held:
    """Work that goes on until it is let go, and knows that it was begun."""

    def __init__(self, threads, host):
        self.begun, self.let_go = Event(), Event()
        self.answer = threads.submit(host, self._work)

    def _work(self):
        self.begun.set()
        assert self.let_go.wait(LONG)


def let_go(*works):
    for work in works:
        work.let_go.set()
    for work in works:
        work.answer.result(LONG)


# --- threads ----------------------------------------------------------------------------------------------------


def test_a_host_has_half_of_the_threads_however_much_it_asks_for():
    threads = FairThreads(4, patience=0)
    of_kaavi = [Held(threads, "kaavi") for _number in range(6)]
    assert all(work.begun.wait(LONG) for work in of_kaavi[:2])

    of_tuusniemi = [Held(threads, "tuusniemi") for _number in range(2)]

    assert all(work.begun.wait(LONG) for work in of_tuusniemi)
    assert [work.begun.is_set() for work in of_kaavi] == [True, True, False, False, False, False]
    let_go(*of_kaavi, *of_tuusniemi)


def test_the_other_half_stays_free_also_while_nobody_asks_for_it():
    threads, most, counting = FairThreads(4, patience=0), [], Lock()
    under_way: Counter[str] = Counter()

    def work():
        with counting:
            under_way["kaavi"] += 1
            most.append(under_way["kaavi"])
        Event().wait(0.001)
        with counting:
            under_way["kaavi"] -= 1

    for answer in [threads.submit("kaavi", work) for _number in range(100)]:
        answer.result(LONG)
    assert max(most) == 2


def test_while_a_host_s_work_is_quick_one_thread_does_all_of_it():
    threads, doing, most = FairThreads(8, patience=LONG), [], []

    def work():
        doing.append(1)
        most.append(len(doing))
        Event().wait(0.001)
        doing.pop()

    for answer in [threads.submit("kaavi", work) for _number in range(100)]:
        answer.result(LONG)
    assert max(most) == 1


def test_behind_slow_work_of_its_own_host_nobody_waits_longer_than_the_patience():
    threads = FairThreads(4, patience=0.05)
    slow = Held(threads, "kaavi")
    assert slow.begun.wait(LONG)

    assert threads.submit("kaavi", lambda: "well").result(LONG) == "well"  # though the slow one goes on
    assert not slow.answer.done()
    let_go(slow)


def test_the_patience_for_one_host_is_kept_though_another_one_s_work_takes_the_thread_that_watched():
    threads = FairThreads(6, patience=0.05)
    slow = Held(threads, "kaavi")
    assert slow.begun.wait(LONG)
    second = Held(threads, "kaavi")
    of_others = [Held(threads, host) for host in ("tuusniemi", "varkaus", "rautavaara")]

    assert all(work.begun.wait(LONG) for work in (second, *of_others))
    let_go(slow, second, *of_others)


def test_two_hosts_share_all_threads_at_the_same_time():
    threads, together = FairThreads(4, patience=0), Barrier(4)

    answers = [threads.submit(host, lambda: together.wait(LONG)) for host in ("kaavi", "tuusniemi") for _ in range(2)]

    assert sorted(answer.result(LONG) for answer in answers) == [0, 1, 2, 3]


def test_of_two_threads_each_works_for_another_host():
    threads = FairThreads(2)
    first, second = Held(threads, "kaavi"), Held(threads, "kaavi")
    assert first.begun.wait(LONG)

    neighbour = Held(threads, "tuusniemi")

    assert neighbour.begun.wait(LONG)
    assert not second.begun.is_set()
    let_go(first, second, neighbour)


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(1), KeyboardInterrupt()])
def test_an_error_is_told_to_whoever_waits_and_the_threads_go_on(error):
    def fail():
        raise error

    threads = FairThreads(2)
    for answer in [threads.submit("kaavi", fail) for _number in range(5)]:
        assert answer.exception(LONG) is error

    assert threads.submit("kaavi", lambda: "well").result(LONG) == "well"


# --- turns ------------------------------------------------------------------------------------------------------


def test_hosts_take_turns_whoever_came_first():
    queue: FairQueue[int] = FairQueue(share=1, patience=0)
    for host, work in (("kaavi", 1), ("kaavi", 2), ("kaavi", 3), ("tuusniemi", 1), ("varkaus", 1), ("varkaus", 2)):
        queue.put(host, work)

    begun = []
    for _number in range(6):
        turn = queue.take()
        begun.append(f"{turn.host} {turn.work}")
        queue.done(turn)
    assert begun == ["kaavi 1", "tuusniemi 1", "varkaus 1", "kaavi 2", "varkaus 2", "kaavi 3"]


def test_a_host_at_its_share_keeps_its_turn():
    queue: FairQueue[int] = FairQueue(share=1, patience=0)
    for host, work in (("kaavi", 1), ("kaavi", 2), ("tuusniemi", 1), ("tuusniemi", 2)):
        queue.put(host, work)

    of_kaavi, of_tuusniemi = queue.take(), queue.take()
    assert [(turn.host, turn.work) for turn in (of_kaavi, of_tuusniemi)] == [("kaavi", 1), ("tuusniemi", 1)]
    queue.done(of_tuusniemi)
    queue.done(of_kaavi)
    assert [(turn.host, turn.work) for turn in (queue.take(), queue.take())] == [("kaavi", 2), ("tuusniemi", 2)]


def test_nothing_is_remembered_of_a_host_that_is_done():
    queue: FairQueue[int] = FairQueue(share=2, patience=0)
    for number in range(1000):
        queue.put(f"invented-{number}", number)
        queue.done(queue.take())

    assert not queue._waiting
    assert not queue._under_way


class Watch:
    """A fair queue whose every event is held against the rules."""

    def __init__(self, *, share, threads):
        self.queue: FairQueue[int] = FairQueue(share=share, patience=0)
        self.share, self.threads = share, threads
        self.waiting: dict[str, list[int]] = {host: [] for host in HOSTS}
        self.under_way: dict[str, list[Turn[int]]] = {host: [] for host in HOSTS}
        self.passed: Counter[tuple[str, str]] = Counter()  # how often one that could have begun was passed by another

    def put(self, host, number):
        self.queue.put(host, number)
        self.waiting[host].append(number)

    def take(self):
        may_begin = {host for host in HOSTS if self.waiting[host] and len(self.under_way[host]) < self.share}
        if not may_begin or sum(map(len, self.under_way.values())) == self.threads:
            assert bool(self.queue._whose_turn()) == bool(may_begin)  # no thread stands idle, none goes too far
            return
        turn = self.queue.take()
        host = turn.host
        assert host in may_begin
        assert turn.work == self.waiting[host].pop(0)
        self.under_way[host].append(turn)
        for other in HOSTS:
            is_passed = other in may_begin - {host}
            self.passed[other, host] = self.passed[other, host] + 1 if is_passed else 0
            assert self.passed[other, host] <= 1
            if other not in may_begin or other == host:
                self._forget_who_passed(other)

    def _forget_who_passed(self, host):
        for other in HOSTS:
            self.passed[host, other] = 0

    def done(self, host):
        if self.under_way[host]:
            self.queue.done(self.under_way[host].pop(0))


EVENTS = st.lists(st.tuples(st.sampled_from(["put", "put", "take", "take", "done"]), st.sampled_from(HOSTS)))


@given(events=EVENTS, share=st.integers(1, 3))
def test_in_whatever_order_they_come_nobody_has_more_than_the_share_and_nobody_is_passed_twice(events, share):
    watch = Watch(share=share, threads=2 * share)
    for number, (event, host) in enumerate(events):
        if event == "put":
            watch.put(host, number)
        elif event == "take":
            watch.take()
        else:
            watch.done(host)

    while any(watch.waiting.values()):  # nothing that came is left
        for host in HOSTS:
            watch.done(host)
            watch.take()
