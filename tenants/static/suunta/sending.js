/* A form that is being sent is not sent again by a second click: its buttons sleep until the answer is here. They wake
   when the page is shown again (Back, or a page that was kept), and after a while when no answer came. Without this
   script the second sending gets the answer of the first one (tenants/once). */
"use strict";
(() => {
  const LONGEST_WAIT = 10000; // milliseconds
  const asleep = new Set();

  const wake = () => {
    asleep.forEach((button) => { button.disabled = false; });
    asleep.clear();
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    setTimeout(() => { // after the browser has read the form: a sleeping button's own value would not be sent
      [...form.elements].filter((one) => one.type === "submit" && !one.disabled).forEach((button) => {
        button.disabled = true;
        asleep.add(button);
      });
    });
    setTimeout(wake, LONGEST_WAIT);
  });
  window.addEventListener("pageshow", wake);
})();
