// Runs once, as the body of a function: `element` is the article pane, `server` calls Python, `trigger` raises an event.

const CITATION = /^#cite-(.+)-(\d+)-(\d+)$/;
const pane = element.querySelector(".pane");
const paper = pane.querySelector(".paper");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let clicks = 0; // only the latest click may fill the pane
let opener = null; // where the focus goes back to

function parse(link) {
  const [, article_id, start, end] = CITATION.exec(link.getAttribute("href"));
  return { article_id, span: [Number(start), Number(end)] };
}

// The other citations of the same article in the same answer, or among the sources.
function neighbours(link, article_id) {
  const group = link.closest(".turn, .sources");
  const links = group ? [...group.querySelectorAll('a.cite[href^="#cite-"]')] : [];
  return links.map(parse).filter((other) => other.article_id === article_id).map((other) => other.span);
}

async function open(link) {
  const click = ++clicks;
  const { article_id, span } = parse(link);
  opener = link;
  document.querySelectorAll("a.cite.open").forEach((other) => other.classList.remove("open"));
  link.classList.add("open");
  document.body.classList.add("reading");
  pane.setAttribute("aria-busy", "true");
  let html;
  try {
    const request = { article_id, span, quote: link.dataset.quote, others: neighbours(link, article_id) };
    html = await server.open_article(request);
  } catch (error) {
    html = null;
  }
  if (click !== clicks) return;
  show(typeof html === "string" ? html : '<p class="gone">The article could not be fetched; is Byline still running?</p>');
}

function show(html) {
  paper.innerHTML = html; // escaped in Python
  pane.removeAttribute("aria-busy");
  paper.scrollTop = 0;
  const quote = paper.querySelector("#clicked-quote");
  (quote || pane).focus({ preventScroll: true });
  if (!quote) return;
  // By hand, for scrollIntoView would move the page under the pane as well.
  const box = quote.getBoundingClientRect();
  const room = paper.getBoundingClientRect();
  const top = box.top - room.top - Math.max(24, (room.height - box.height) / 2);
  paper.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
}

function close() {
  if (!document.body.classList.contains("reading")) return;
  clicks += 1;
  document.body.classList.remove("reading");
  document.querySelectorAll("a.cite.open").forEach((link) => link.classList.remove("open"));
  if (opener && opener.isConnected) opener.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest('a.cite[href^="#cite-"]');
  if (!link) return;
  event.preventDefault();
  open(link);
});
// The × of a chip asks again without that filter.
document.addEventListener("click", (event) => {
  const chip = event.target.closest && event.target.closest("button[data-chip]");
  if (chip) trigger("select", { index: 0, value: chip.dataset.chip });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
pane.querySelector(".close").addEventListener("click", close);

// Follow the answer as it grows, unless the reader has scrolled away from its end.
function follow(conversation) {
  let following = true;
  let turns = 0;
  const scroller = () =>
    getComputedStyle(conversation).overflowY === "auto" ? conversation : document.scrollingElement;
  const watch = () => {
    const area = scroller();
    following = area.scrollHeight - area.scrollTop - area.clientHeight < 160;
  };
  conversation.addEventListener("scroll", watch, { passive: true });
  addEventListener("scroll", watch, { passive: true });
  conversation.setAttribute("role", "log"); // spoken when an answer is complete, not word by word
  new MutationObserver(() => {
    conversation.setAttribute("aria-busy", String(conversation.querySelector(".draft, .searching") !== null));
    const now = conversation.querySelectorAll(".turn").length;
    if (now > turns) following = true;
    if (now < turns) close();
    turns = now;
    const last = conversation.querySelector("#live .turn:last-child");
    if (!following || !last) return;
    last.scrollIntoView({ block: last.offsetHeight > scroller().clientHeight * 0.7 ? "start" : "end" });
  }).observe(conversation, { childList: true, subtree: true, characterData: true });
}

// Gradio loads the parts of its page one by one.
async function when(selector) {
  for (;;) {
    const found = document.querySelector(selector);
    if (found) return found;
    await new Promise(requestAnimationFrame);
  }
}
when("#conversation").then(follow);
// On a phone the focus would open the keyboard over the examples.
if (matchMedia("(min-width: 900px)").matches) when("#question textarea").then((box) => box.focus());
