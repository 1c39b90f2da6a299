/* Tells a person before the session ends and lets them keep it; when it is over, says so and leaves the page as it is.
   components/session_notice.html holds the words. Who signs in in another tab goes on here: the page gets a new token. */
"use strict";
(() => {
  const box = document.querySelector("[data-session]");
  if (!box) return;
  const tabs = new BroadcastChannel("session");
  const warning = Number(box.dataset.warning) * 1000;
  let end = 0, canLast = true, isOver = false, shown = "";

  const say = (name) => {
    shown = name;
    box.querySelectorAll("[data-say]").forEach((part) => { part.hidden = part.dataset.say !== name; });
  };

  const lasts = (seconds) => {
    end = Date.now() + seconds * 1000;
    canLast = seconds >= Number(box.dataset.idle); // else the longest session of all is what ends
    tabs.postMessage(end);
    watch();
  };

  const watch = () => {
    const left = end - Date.now();
    if (isOver) return;
    if (left <= 0) endHere("over");
    else if (left <= warning) say(canLast ? "soon" : "longest");
    else if (shown !== "back") say("");
  };

  const endHere = (word) => {
    isOver = true;
    say(word);
  };

  /* Asking is a click of the person or their coming back: it makes the session last. */
  const ask = async () => {
    const answer = await fetch(box.dataset.session, { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
    if (answer?.status === 401) return endHere("over");
    if (!answer?.ok) return;
    const { left, who, token } = await answer.json();
    if (who !== box.dataset.who) return endHere("other");
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
    const isBack = isOver;
    isOver = false;
    lasts(left);
    if (isBack) say("back");
    document.dispatchEvent(new Event("session:back"));
  };

  box.querySelector("[data-keep]").addEventListener("click", ask);
  tabs.addEventListener("message", ({ data }) => {
    if (isOver) return;
    end = Math.max(end, data);
    watch();
  });
  document.addEventListener("session:lasts", ({ detail }) => lasts(detail));
  document.addEventListener("session:doubt", ask);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && isOver) ask(); });
  window.addEventListener("focus", () => { if (isOver) ask(); });
  setInterval(watch, 5000);
  lasts(Number(box.dataset.left));
})();
