/* Keeps what is typed into `form[data-autosave]` (tenants/autosave.py): some seconds after typing and when the page is
   hidden. The words go to the address in data-autosave as `content`, what a browser would send, for the form at `place`.
   session.js tells when the session is over or back. Without this script a form works all the same. */
"use strict";
(() => {
  const PAUSE = 3000; // milliseconds without typing
  const NOT_TYPED = ["csrfmiddlewaretoken", "once", "sure"];
  const LONGEST_LAST_WORD = 60000; // what a browser still sends when a page goes away

  function keep(form) {
    const said = form.querySelector("[data-said]");
    let timer, request, isSent = false, isDoubted = false;

    const words = () => {
      const fields = [...new FormData(form)].filter(([name, value]) => !NOT_TYPED.includes(name) && typeof value === "string");
      return new URLSearchParams(fields).toString();
    };
    let kept = words();

    const save = async (isLastWord = false) => {
      clearTimeout(timer);
      const content = words();
      if (isSent || content === kept) return;
      request?.abort();
      request = new AbortController();
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" },
          body: new URLSearchParams({ place: form.dataset.place, content }),
          redirect: "manual",
          keepalive: isLastWord && content.length < LONGEST_LAST_WORD,
          signal: request.signal,
        });
        await hear(answer, content);
      } catch (error) {
        if (error.name !== "AbortError") said.textContent = form.dataset.failed;
      }
    };

    const hear = async (answer, content) => {
      if (answer.ok) {
        const { text, left } = await answer.json();
        kept = content;
        isDoubted = false;
        said.textContent = text;
        document.dispatchEvent(new CustomEvent("session:lasts", { detail: left }));
      } else if (answer.status === 413) {
        said.textContent = form.dataset.long;
      } else if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") {
        said.textContent = form.dataset.over;
        if (!isDoubted) document.dispatchEvent(new Event("session:doubt")); // over, or begun anew in another tab
        isDoubted = answer.status === 403;
      } else {
        said.textContent = form.dataset.failed;
      }
    };

    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    });
    form.addEventListener("submit", () => {
      isSent = true; // saving the form ends the draft: nothing may come after it
      clearTimeout(timer);
      request?.abort();
    });
    window.addEventListener("pageshow", () => { isSent = false; });
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(true); });
    document.addEventListener("session:back", () => save());
  }

  document.querySelectorAll("form[data-autosave]").forEach(keep);
})();
