/* Inserts a phrase of the municipality into the text beside which it was chosen (casework/phrases/inserting.py): where
   the caret was last, at the end where nobody has been in the text. Nothing that stands there is replaced. What keeps
   drafts hears of it as of typing. Without this script the button sends the form, which comes back with the phrase. */
"use strict";
(() => {
  const parted = (before, text, after) => {
    const begin = before && !/\s$/.test(before) ? "\n" : "";
    const end = after && !/^\s/.test(after) ? "\n" : "";
    return begin + text + end;
  };

  document.querySelectorAll("[data-phrases]").forEach((chooser) => {
    const area = document.getElementById(chooser.dataset.phrases);
    const [select, button] = [chooser.querySelector("select"), chooser.querySelector("button[name=insert]")];
    let hasCaret = false;
    area.addEventListener("focus", () => { hasCaret = true; });

    button.addEventListener("click", (event) => {
      event.preventDefault();
      const phrase = document.getElementById(`phrase-${select.value}`);
      if (!phrase) return;
      const at = hasCaret ? area.selectionEnd : area.value.length;
      const text = parted(area.value.slice(0, at), phrase.textContent, area.value.slice(at));
      area.setRangeText(text, at, at, "end");
      select.value = "";
      area.focus();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
})();
