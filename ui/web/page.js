// What the page does in the browser itself. gradio runs this once, as the `js_on_load` of the conversation, and gives
// `element`, `trigger` (an event for Python), `server` (functions in Python) and `watch`; `look.py` puts before it which
// `languages` the interface speaks, and which `otherwise`.
// Buttons say what they do in `data-` attributes, and one listener reads them; HTML comes from the server alone.

const root = document.documentElement;
const find = (selector, from = document) => from.querySelector(selector);
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const show = (node, block) => node?.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
const asked = () => find(".rc-panel")?.dataset.asked || "[]";
const told = () => spoken[root.lang] || spoken[otherwise];

// What went wrong stands at the foot of the page for a while; gradio's own messages, which know English alone, are hidden.
const failure = document.createElement("p");
failure.className = "rc rc-failure";
failure.setAttribute("role", "alert");
failure.hidden = true;
document.body.append(failure);
let forgetting = 0;

function fail(words = told().failed) {
  (dialog.open ? dialog : document.body).append(failure);
  failure.textContent = words;
  failure.hidden = false;
  clearTimeout(forgetting);
  forgetting = setTimeout(() => { failure.hidden = true; }, 8000);
}

function translated(toast) {
  const size = /maximum allowed size of ([\d.,]+\s*\w+)/.exec(toast.textContent);
  if (size) return told().tooLarge.replace("{size}", size[1]);
  return /connection/i.test(toast.textContent) ? told().away : told().failed;
}

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
  const page = await server.article({ source, start, end, language: root.lang });
  if (typeof page !== "string") throw new Error("no article came"); // gradio gives undefined where the server is away
  dialog.innerHTML = page;
  dialog.showModal();
  dialog.scrollTop = 0; // it keeps that of the article before
  const quoted = find("#quoted", dialog);
  quoted?.scrollIntoView({ block: "center" });
  (quoted || find("[data-close]", dialog))?.focus({ preventScroll: true });
}

const actions = {
  ask: (data) => trigger("ask", { question: data.ask, everywhere: Boolean(data.everywhere), fresh: Boolean(data.fresh) }),
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
  compared: async (data, button) => {
    save(await server.compared({ form: data.form, compared: data.compared, language: root.lang }));
    button.closest("details").open = false;
  },
  judge: async (data, button) => {
    if (marked()[data.mark] !== Boolean(data.right)) {
      if (!(await server.judged({ asked: asked(), number: Number(data.judge), right: Boolean(data.right) })))
        throw new Error("the mark was not noted");
      const kept = Object.entries({ ...marked(), [data.mark]: Boolean(data.right) }).slice(-MARKS);
      localStorage.setItem("recoupe-marks", JSON.stringify(Object.fromEntries(kept)));
    }
    press();
    find("#rc-live").textContent = data.done;
  },
  remove: (data) => { if (confirm(data.confirm)) trigger("drop", { source: data.remove }); },
  language: (data) => {
    localStorage.setItem("recoupe-language", data.language);
    speak(data.language);
    trigger("speak", { language: data.language });
  },
  order: (data) => {
    localStorage.setItem("recoupe-order", localStorage.getItem("recoupe-order") === data.order ? "" : data.order);
    arrange();
  },
  sort: (data) => trigger("sort", { order: data.sort }),
  find: (data) => {
    const field = find("#rc-search input, #rc-search textarea");
    field.value = data.find;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  },
  silent: () => {
    const fold = find("#rc-silent");
    fold.open = true;
    find("summary", fold).focus({ preventScroll: true });
    show(fold, "start");
  },
  begin: () => trigger("begin"),
  revisit: (data) => trigger("revisit", { whole: data.revisit, turn: Number(data.turn) }),
  back: (data) => {
    const question = find(`#q${data.back}`);
    question?.focus({ preventScroll: true });
    show(question, "start");
  },
  theme: () => {
    const dark = !document.body.classList.contains("dark");
    localStorage.setItem("recoupe-theme", dark ? "dark" : "light");
    paint();
  },
};

document.addEventListener("click", async (event) => {
  const node = event.target.closest("[data-ask],[data-select],[data-article],[data-fill],[data-close],[data-copy],[data-copy-link]," +
    "[data-export],[data-compared],[data-judge],[data-order],[data-silent],[data-sort],[data-find],[data-remove],[data-language],[data-theme],[data-begin],[data-revisit],[data-back]");
  if (event.target === dialog) dialog.close(); // outside the article
  for (const menu of document.querySelectorAll(".rc-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  if (!node) return;
  event.preventDefault(); // a citation is a link only for those who read links
  const name = Object.keys(actions).find((key) => key in node.dataset);
  try {
    await actions[name](node.dataset, node);
  } catch {
    fail();
  }
});

// Sources stand as the answer has them, or oldest first, or those of one witness together; those without stand last.
function arrange() {
  const order = localStorage.getItem("recoupe-order");
  for (const button of document.querySelectorAll("[data-order]"))
    button.setAttribute("aria-pressed", String(button.dataset.order === order));
  const key = ({ dataset }) => (order === "date" ? dataset.day || "9999" : order === "witness" ? (dataset.witness || "9999").padStart(4, "0") : "");
  for (const list of document.querySelectorAll(".rc-short, .rc-cards")) {
    const now = [...list.children].filter((node) => node.dataset.rank);
    const then = [...now].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.dataset.rank - b.dataset.rank));
    if (then.some((node, place) => node !== now[place])) list.append(...then);
  }
}

// Which passages were marked in this browser, and how: the marks of others are not shown.
const MARKS = 500;
function marked() {
  try {
    return JSON.parse(localStorage.getItem("recoupe-marks")) || {};
  } catch {
    return {};
  }
}
function press() {
  const known = marked();
  for (const thumb of document.querySelectorAll("[data-mark]"))
    thumb.setAttribute("aria-pressed", String(known[thumb.dataset.mark] === Boolean(thumb.dataset.right)));
}

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !dialog.open &&
      !event.target.closest("input, textarea, select, [contenteditable]")) {
    const fields = [...document.querySelectorAll("#rc-question textarea, #rc-question input, #rc-search input, #rc-search textarea")];
    const field = fields.find((node) => node.offsetParent);
    if (field) event.preventDefault();
    field?.focus();
  }
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(".rc-menu[open]")) { menu.open = false; find("summary", menu).focus(); }
});

// The sources that are picked are described in one form: it shows what is known of one, or of several alike. They
// are known by name: a list that is sorted, searched or described anew has other sources in the same places.
let chosen = new Set();
const picked = () => [...document.querySelectorAll("[data-pick]:checked")];
document.addEventListener("change", ({ target }) => {
  if (!("pick" in target.dataset || "pickAll" in target.dataset)) return;
  if ("pickAll" in target.dataset) for (const box of document.querySelectorAll("[data-pick]")) box.checked = target.checked;
  chosen = new Set(picked().map((box) => box.dataset.pick));
  fillForm();
});

function pickAgain() {
  for (const box of document.querySelectorAll("[data-pick]")) box.checked = chosen.has(box.dataset.pick);
  chosen = new Set(picked().map((box) => box.dataset.pick)); // what is not listed any more is described by nobody
  fillForm();
}

function fillForm() {
  const form = find("#rc-form");
  if (!form) return;
  const boxes = picked();
  const many = boxes.length > 1;
  const all = find("[data-pick-all]");
  if (all) all.checked = boxes.length > 0 && boxes.length === document.querySelectorAll("[data-pick]").length;
  form.hidden = !boxes.length;
  const told = boxes.map((box) => JSON.parse(box.dataset.known));
  const [first = {}] = told;
  const alike = (name) => (many && name === "title" ? false : told.every((one) => one[name] === first[name]));
  const filled = JSON.stringify([[...chosen], told]);
  if (form.dataset.filled === filled) return; // what has been typed since stays
  form.dataset.filled = filled;
  find("[role=status]", form).textContent = (many ? form.dataset.many : form.dataset.one).replace("{count}", boxes.length);
  for (const field of form.querySelectorAll("input, select")) {
    field.value = (alike(field.name) && first[field.name]) || "";
    field.placeholder = field.title = alike(field.name) ? "" : form.dataset.mixed;
  }
  form.elements.title.disabled = many;
  if (many) form.elements.title.placeholder = form.elements.title.title = form.dataset.alone;
}
document.addEventListener("submit", (event) => {
  if (event.target.id !== "rc-form") return;
  event.preventDefault();
  const fields = Object.fromEntries([...event.target.elements].filter((one) => one.name).map((one) => [one.name, one.value]));
  trigger("describe", { ...fields, sources: [...chosen] });
  chosen = new Set();
  pickAgain();
  find("#rc-search input, #rc-search textarea")?.focus(); // the form goes
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

// Each answer is a step of the browser's history, which keeps the conversation as it was: back and forward go through
// them, and back over "New conversation" too.
let returning = null; // where the reader went back or forward to, until that is shown
let onward = null; // where they went on to meanwhile: asked for afterwards, since replies may overtake each other
let title = document.title;
const name = () => { if (document.title !== title) document.title = title; };
new MutationObserver(name).observe(document.head, { subtree: true, childList: true, characterData: true }); // gradio has one too
function remember(data, place) {
  title = data.title ? `${data.title} · Recoupe` : "Recoupe";
  name();
  const step = { turn: Number(data.shown), whole: data.whole };
  const same = history.state?.turn === step.turn && history.state?.whole === step.whole;
  const awaited = returning && Date.now() < returning.until;
  if (awaited && place !== returning.place) return; // an answer that was on its way before they went
  const next = onward;
  returning = onward = null;
  if (awaited && next && next.place !== place) return go(next);
  history[shown === null || awaited || same ? "replaceState" : "pushState"](step, "", location.pathname + (data.link || ""));
}

addEventListener("popstate", ({ state }) => {
  if (!state?.whole) return;
  const now = find(".rc-panel")?.dataset.whole || "[]";
  const before = JSON.parse(state.whole);
  const holds = before.length && JSON.stringify(JSON.parse(now).slice(0, before.length)) === JSON.stringify(before);
  const whole = holds ? now : state.whole;
  const step = { place: `${state.turn} ${whole}`, whole, turn: state.turn };
  if (dialog.open) dialog.close();
  if (returning && Date.now() < returning.until) onward = step;
  else go(step);
});

function go({ place, whole, turn }) {
  const under = returning = { place, until: Date.now() + 10000 };
  trigger("revisit", { whole, turn });
  setTimeout(() => { // it never came
    if (returning !== under || !onward) return;
    const next = onward;
    onward = null;
    go(next);
  }, 10000);
}

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
  const offered = find("#rc-ideas [data-after]");
  if (offered) offered.hidden = Number(offered.dataset.after) !== element.querySelectorAll(".rc-turn").length;
  arrange();
  const panel = find(".rc-panel");
  if (!panel) return;
  press();
  const place = `${panel.dataset.shown} ${panel.dataset.whole}`;
  if (place === shown) return;
  remember(panel.dataset, place);
  shown = place;
  find("#rc-right").scrollTop = 0;
  const target = wanted;
  wanted = null;
  if (target?.length === 2) toCard(...target);
  else if (target) show(find("#panel-title"), "start");
}).observe(element.closest("#rc-ask"), { subtree: true, childList: true, attributes: true, attributeFilter: ["data-asked", "data-whole", "data-shown", "data-after"] });

for (const deed of ["wheel", "touchstart", "pointerdown", "keydown"]) // whoever moves on is not called back
  document.addEventListener(deed, () => { newest = null; }, { passive: true });

new MutationObserver((records) => {
  // gradio keeps the boxes where they are, ticked or not, and changes of which source each is.
  if (records.some(({ target }) => target.nodeType === 1 && target.closest("#rc-shelf"))) pickAgain();
  for (const { addedNodes } of records)
    for (const node of addedNodes) {
      const toast = node.nodeType === 1 && (node.matches(".toast-body") ? node : find(".toast-body", node));
      if (toast) fail(translated(toast));
    }
}).observe(document.body, { subtree: true, childList: true });

speak(localStorage.getItem("recoupe-language") || navigator.language);
paint();
