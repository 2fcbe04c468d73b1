// What the page does in the browser itself. gradio runs this once, as the `js_on_load` of the conversation, and gives
// `element`, `trigger` (an event for Python), `server` (functions in Python) and `watch`; `look.py` puts before it which
// `languages` the interface speaks, and which `otherwise`.
// Buttons say what they do in `data-` attributes, and one listener reads them; HTML comes from the server alone.

const root = document.documentElement;
const find = (selector, from = document) => from.querySelector(selector);
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const show = (node, block) => node?.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
const asked = () => find(".rc-panel")?.dataset.asked || "[]";

function said(button, words) {
  if (!words || button.dataset.saying) return;
  const before = button.textContent;
  button.dataset.saying = "1";
  button.textContent = words;
  find("#rc-live").textContent = words;
  setTimeout(() => { button.textContent = before; delete button.dataset.saying; }, 1500);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // outside https and localhost there is no clipboard to write to
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

function save({ name, type, text }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function toCard(turn, card) {
  const node = find(`#c${turn}-${card}`);
  node?.focus({ preventScroll: true });
  show(node, "start");
  return Boolean(node);
}

// The article stands in a <dialog>: the browser keeps the focus inside, and gives it back to the button at the end.
const dialog = document.createElement("dialog");
dialog.className = "rc-dialog";
dialog.setAttribute("aria-labelledby", "article-title");
document.body.append(dialog);

async function openArticle(source, span) {
  const [start, end] = span.split("-").map(Number);
  dialog.innerHTML = await server.article({ source, start, end, language: root.lang });
  dialog.showModal();
  const quoted = find("#quoted", dialog);
  quoted?.scrollIntoView({ block: "center" });
  (quoted || find("[data-close]", dialog))?.focus({ preventScroll: true });
}

const actions = {
  ask: (data) => trigger("ask", { question: data.ask, everywhere: Boolean(data.everywhere) }),
  select: (data) => {
    if (data.card && toCard(data.select, data.card)) return;
    wanted = data.card ? [data.select, data.card] : ["panel"];
    trigger("pick", { turn: Number(data.select) });
  },
  article: (data) => openArticle(data.article, data.span),
  fill: (data) => {
    find("#rc-tabs [role=tab]").click();
    const field = find("#rc-question textarea");
    field.value = data.fill;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => field.focus());
  },
  close: () => dialog.close(),
  copy: async (data, button) => { await copy(data.copy); said(button, data.done); },
  copyLink: async (data, button) => { await copy(location.href); said(button, data.done); },
  export: async (data, button) => {
    save(await server.exported({ asked: asked(), form: data.export, whole: Boolean(data.whole) }));
    button.closest("details").open = false;
  },
  judge: async (data, button) => {
    await server.judged({ asked: asked(), number: Number(data.judge), right: Boolean(data.right) });
    for (const thumb of button.parentNode.querySelectorAll("[data-judge]"))
      thumb.setAttribute("aria-pressed", String(thumb === button));
    find("#rc-live").textContent = data.done;
  },
  remove: (data) => { if (confirm(data.confirm)) trigger("drop", { source: data.remove }); },
  language: (data) => {
    localStorage.setItem("recoupe-language", data.language);
    speak(data.language);
    trigger("speak", { language: data.language });
  },
  begin: () => trigger("begin"),
  theme: () => {
    const dark = !document.body.classList.contains("dark");
    localStorage.setItem("recoupe-theme", dark ? "dark" : "light");
    paint();
  },
};

document.addEventListener("click", async (event) => {
  const node = event.target.closest("[data-ask],[data-select],[data-article],[data-fill],[data-close],[data-copy],[data-copy-link]," +
    "[data-export],[data-judge],[data-remove],[data-language],[data-theme],[data-begin]");
  if (event.target === dialog) dialog.close(); // outside the article
  for (const menu of document.querySelectorAll(".rc-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  if (!node) return;
  event.preventDefault(); // a citation is a link only for those who read links
  const name = Object.keys(actions).find((key) => key in node.dataset);
  try {
    await actions[name](node.dataset, node);
  } catch {
    find("#rc-live").textContent = find("#rc-live").dataset.failed;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(".rc-menu[open]")) { menu.open = false; find("summary", menu).focus(); }
});

function speak(language) {
  const code = language.slice(0, 2).toLowerCase();
  root.lang = languages.includes(code) ? code : otherwise;
  for (const button of document.querySelectorAll("[data-language]"))
    button.setAttribute("aria-pressed", String(button.dataset.language === root.lang));
}

function paint() {
  const theme = localStorage.getItem("recoupe-theme");
  if (theme) document.body.classList.toggle("dark", theme === "dark");
}

// After an answer: the address is its link, and the eye is led to its question; after a choice, to the card chosen.
let wanted = null;
let questions = 0;
let shown = null;
let newest = null;

watch("value", () => requestAnimationFrame(() => {
  const turns = element.querySelectorAll(".rc-turn");
  newest = turns.length > questions ? turns[turns.length - 1] : null;
  questions = turns.length;
  show(newest, "start");
}));

new MutationObserver((records) => {
  // What to ask next comes after the answer and makes room below it.
  if (records.some((record) => find("#rc-ideas")?.contains(record.target))) show(newest, "start");
  // The browser's own calendar, in its own language, for dates; gradio makes the fields when the filters are opened.
  for (const input of document.querySelectorAll(".rc-day input:not([type=date])")) input.type = "date";
  const panel = find(".rc-panel");
  if (!panel || panel.dataset.asked === shown) return;
  shown = panel.dataset.asked;
  history.replaceState(null, "", location.pathname + (panel.dataset.link || ""));
  find("#rc-right").scrollTop = 0;
  const target = wanted;
  wanted = null;
  if (target?.length === 2) toCard(...target);
  else if (target) show(find("#panel-title"), "start");
}).observe(element.closest("#rc-ask"), { subtree: true, childList: true, attributes: true, attributeFilter: ["data-asked"] });

for (const deed of ["wheel", "touchstart", "pointerdown", "keydown"]) // whoever moves on is not called back
  document.addEventListener(deed, () => { newest = null; }, { passive: true });

speak(localStorage.getItem("recoupe-language") || navigator.language);
paint();
