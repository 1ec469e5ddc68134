// To send a page on: copies its text or its link, opens the phone's own list of ways to share, prints.
const part = document.querySelector(".kb-share");
const said = part?.querySelector("[role=status]");

const say = (words) => {
  said.textContent = ""; // the same words said twice are read out twice
  requestAnimationFrame(() => { said.textContent = words; });
};
const offer = (name, possible, act) => {
  for (const button of part.querySelectorAll(`[data-kb-${name}]`)) {
    button.hidden = !possible;
    button.onclick = () => act(button).catch((error) => { if (error.name !== "AbortError") say(said.dataset.failed); });
  }
};

if (part) {
  const text = new URL(part.querySelector("[data-kb-text]").href).searchParams.get("text");
  const link = text.slice(text.lastIndexOf("\n") + 1);
  offer("copy", navigator.clipboard, async (button) => {
    await navigator.clipboard.writeText(button.dataset.kbCopy === "text" ? text : link);
    say(button.dataset.said);
  });
  offer("send", navigator.share, () => navigator.share({ title: document.title, text }));
  part.querySelector("[data-kb-copy=link]").hidden ||= Boolean(navigator.share);
  offer("print", true, async () => print());
}
