/* A form that is being sent is not sent again by a second click: its buttons sleep until the answer is here. They wake
   when the page is shown again (Back, or a page that was kept), and after a while when no answer came. A page that one
   goes back to is fetched anew and has a new key: it gets the one it was sent with, which lies with its place in the
   history, so that the same words are known again. Without this script a second click gets the first answer all the
   same (tenants/once). */
"use strict";
(() => {
  const LONGEST_WAIT = 10000; // milliseconds
  const asleep = new Set();

  const wake = () => {
    asleep.forEach((button) => { button.disabled = false; });
    asleep.clear();
  };

  const rememberKey = (form) => {
    const key = form.elements.once?.value;
    if (key) history.replaceState({ ...history.state, once: { ...history.state?.once, [form.action]: key } }, "");
  };

  const bringKeysBack = () => {
    [...document.forms].forEach((form) => {
      const key = history.state?.once?.[form.action];
      if (key && form.elements.once) form.elements.once.value = key;
    });
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    rememberKey(form);
    setTimeout(() => { // after the browser has read the form: a sleeping button's own value would not be sent
      [...form.elements].filter((one) => one.type === "submit" && !one.disabled).forEach((button) => {
        button.disabled = true;
        asleep.add(button);
      });
    });
    setTimeout(wake, LONGEST_WAIT);
  });
  window.addEventListener("pageshow", () => {
    wake();
    bringKeysBack();
  });
})();
