"use strict";

// The page: asks the server for topics, shows them with their words, sends corrections.
const shownTopics = 8;
const listedWords = 12; // for a topic, and as many against it
// For each topic; more cannot be told apart in the text, and the answer has a limit.
const maxEvidence = 80;

// explain asks for the words of every topic, or for the topics alone where the words would be too many.
async function explain(document, signal) {
  const request = (view) => ({model: state.model, document, options: {view, max_evidence: maxEvidence}});
  try {
    return await call("/v1/tag", request("PREDICTION_VIEW_EXPLAIN"), signal);
  } catch (problem) {
    if (problem.reason !== "ANSWER_TOO_LONG") throw problem;
    return call("/v1/tag", request("PREDICTION_VIEW_FULL"), signal);
  }
}

// find looks for the article in a page and puts it into the form. What the reader has written as
// headline counts more than the page's.
async function find(page, name) {
  state.waiting?.abort();
  const {signal} = state.waiting = new AbortController();
  at("status").textContent = say("finding");
  const article = await call("/v1/extract", page, signal);
  at("title").value = at("title").value.trim() || article.title;
  at("text").value = article.text.replaceAll("\n", "\n\n");
  state.source = {name, date: article.date, paragraphs: article.text.split("\n").filter(Boolean).length};
  showSource();
}

// choose reads a file, and tags it.
async function choose(file) {
  if (!source.isReadable(file.name, file.type)) throw new Error(say("unreadable", file.name));
  if (file.size > source.maxBytes) throw new Error(say("PAGE_TOO_LONG"));
  const bytes = new Uint8Array(await file.arrayBuffer());
  at("title").value = "";
  await find({content: source.base64(bytes)}, file.name);
  await tag();
}

async function tag() {
  if (source.isHTML(at("text").value)) await find({html: spans.wellFormed(at("text").value)}, "HTML");
  const asked = {title: spans.wellFormed(at("title").value), text: spans.wellFormed(at("text").value)};
  if (!asked.title.trim() && !asked.text.trim()) {
    at("status").textContent = say("empty");
    at("text").focus();
    return;
  }
  state.waiting?.abort();
  const {signal} = state.waiting = new AbortController();
  at("status").textContent = say("working");
  const {prediction} = await explain(asked, signal);
  if (state.topicsOf !== prediction.model_version) await loadTopics();
  const given = prediction.topics.filter((t) => t.assigned).map((t) => t.topic);
  Object.assign(state, {asked, answer: prediction, selected: given[0] ?? "", ticked: new Set(given), all: false});
  at("sent").textContent = at("comment").value = "";
  read(true);
  show();
}

// showSource says where an article in the form was taken from.
function showSource() {
  at("source").hidden = !state.source;
  if (!state.source) return;
  const {name, date, paragraphs} = state.source;
  const when = date && new Date(date).toLocaleDateString(state.language, {dateStyle: "long", timeZone: date.length > 10 ? undefined : "UTC"});
  at("source").textContent = [say("taken_from", name), when, paragraphs === 1 ? say("paragraph") : say("paragraphs", number(paragraphs))].filter(Boolean).join(" · ");
}

async function loadTopics() {
  const query = state.model ? "?model=" + encodeURIComponent(state.model) : "";
  const {topics, model_version} = await call("/v1/topics" + query);
  Object.assign(state, {topics: new Map(topics.map((t) => [t.id, t])), topicsOf: model_version});
}

// correct sends what is ticked as the truth about the whole document. The same correction sent again keeps
// its id, so that it is stored once.
async function correct() {
  const {removed, labels} = changes();
  const feedback = {
    document: state.asked, labels, not_labels: removed, no_topic: !labels.length, model_version: state.answer.model_version,
    author: at("author").value.trim(), comment: at("comment").value.trim(),
  };
  const body = JSON.stringify(feedback);
  if (state.correction.body !== body) state.correction = {body, id: randomID()};
  const stored = await call("/v1/feedback", {request_id: state.correction.id, feedback});
  at("sent").textContent = say("sent", stored.feedback_id);
}

// randomID works without TLS, too, unlike crypto.randomUUID.
function randomID() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

function changes() {
  const labels = [...state.ticked];
  const given = state.answer.topics.filter((t) => t.assigned).map((t) => t.topic);
  return {
    labels,
    added: labels.filter((t) => !given.includes(t)),
    removed: given.filter((t) => !state.ticked.has(t)),
  };
}

// ---- The answer

function show() {
  at("correction").hidden = !state.answer;
  if (!state.answer) {
    at("status").textContent = say("empty_first");
    for (const list of ["notices", "topics"]) at(list).replaceChildren();
    at("more").hidden = true;
    return;
  }
  showOutcome();
  showTopics();
  showMarks();
  showChange();
}

function showOutcome() {
  const {outcome, analysis, notices, model_version} = state.answer;
  const read = analysis ? " · " + say("read", number(analysis.token_count), number(analysis.vocabulary_coverage, {style: "percent"})) : "";
  at("status").textContent = `${say(outcome)}${read} · ${model_version}`;
  at("notices").replaceChildren(...notices.map((n) => element("li", {title: n.message}, say(n.code))));
}

function showTopics() {
  const {topics} = state.answer, assigned = topics.filter((t) => t.assigned).length;
  const few = Math.max(shownTopics, assigned);
  const wanted = topics.filter((t, i) => state.all || i < few || state.ticked.has(t.topic));
  at("topics").replaceChildren(...wanted.map(topicRow));
  at("more").hidden = topics.length <= few;
  at("more").textContent = say(state.all ? "fewer" : "all", topics.length);
}

function topicRow(t) {
  const open = t.topic === state.selected, name = topicName(t.topic);
  const tick = element("input", {type: "checkbox", checked: state.ticked.has(t.topic), ariaLabel: say("applies", name), title: say("applies", name)});
  tick.addEventListener("change", () => {
    if (tick.checked) state.ticked.add(t.topic);
    else state.ticked.delete(t.topic);
    showChange();
  });
  const figures = element("span", {className: "figures"}, element("b", {}, percent(t.confidence)), " ", element("small", {}, say("threshold", percent(t.threshold))));
  const head = element("button", {type: "button", className: "topic", ariaExpanded: String(open)},
    element("span", {className: "name"}, name), figures, bar(t));
  head.dataset.topic = t.topic;
  head.addEventListener("click", () => select(open ? "" : t.topic));
  const row = element("li", {className: t.assigned ? "assigned" : ""}, tick, head);
  if (open) row.append(evidence(t));
  return row;
}

// bar draws a confidence, with a stroke where the threshold is.
function bar(t) {
  const drawn = element("span", {className: "bar", ariaHidden: "true"}, element("i", {className: "fill"}), element("i", {className: "stroke"}));
  drawn.style.setProperty("--confidence", t.confidence);
  drawn.style.setProperty("--threshold", t.threshold);
  return drawn;
}

// telling returns the evidence that does not round to nothing.
const telling = (t) => t.evidence.filter((e) => Math.abs(e.contribution) >= 0.005);

// evidence lists the strongest words of a topic, and the sum of all others.
function evidence(t) {
  if (!state.answer.topics.some((o) => o.evidence.length)) return element("div", {className: "evidence"}, say("unexplained"));
  const list = (kind, terms) => terms.length ? [element("h3", {}, say(kind)), element("ul", {className: "chips " + kind}, ...terms.map(chip))] : [];
  const pro = telling(t).filter((e) => e.contribution > 0).slice(0, listedWords);
  const contra = telling(t).filter((e) => e.contribution < 0).slice(0, listedWords);
  const found = [...list("for", pro), ...list("against", contra)];
  const total = (terms) => terms.reduce((sum, e) => sum + e.contribution, 0);
  const left = t.other_evidence + total(t.evidence) - total(pro) - total(contra);
  const sums = [say("bias", signed(t.bias))];
  if (Math.abs(left) >= 0.005) sums.push(say("rest", signed(left)));
  return element("div", {className: "evidence"}, ...found, element("p", {}, [...sums, say("unit")].join(" · ")));
}

function chip(e) {
  return element("li", {}, e.term, " ", element("small", {}, signed(e.contribution)));
}

function select(topic) {
  state.selected = topic;
  read(true);
  showTopics();
  showMarks();
  at("marked").querySelector("mark")?.scrollIntoView({block: "nearest"});
  const row = [...at("topics").querySelectorAll(".topic")].find((b) => b.dataset.topic === topic);
  row?.focus(); // which also keeps it in sight, when a list above it closes
}

// showMarks puts the words of the selected topic into the text.
function showMarks() {
  const topic = state.answer.topics.find((t) => t.topic === state.selected), terms = topic ? telling(topic) : [];
  const most = Math.max(...terms.map((e) => Math.abs(e.contribution)), 1e-9);
  const parts = [];
  for (const [name, field, text] of [["h3", "FIELD_TITLE", state.asked.title], ["p", "FIELD_TEXT", state.asked.text]]) {
    if (text) parts.push(element(name, {}, ...spans.pieces(text, terms, field).map((piece) => marked(piece, most))));
  }
  at("marked").replaceChildren(...parts);
  at("legend").replaceChildren(...(topic ? legend(topic) : [say("legend")]));
}

function legend(topic) {
  const sample = (kind) => element("mark", {className: kind}, say(kind).toLocaleLowerCase(state.language));
  return [say("legend_topic", topicName(topic.topic)), " ", sample("for"), " ", sample("against")];
}

function marked({text, terms, weight}, most) {
  if (!terms.length) return text;
  const mark = element("mark", {className: weight < 0 ? "against" : "for", title: terms.map((e) => `${e.term} ${signed(e.contribution)}`).join("\n")}, text);
  mark.style.setProperty("--weight", Math.min(1, Math.abs(weight) / most).toFixed(3));
  return mark;
}

function showChange() {
  const {added, removed, labels} = changes(), names = (ids) => ids.map(topicName).join(", ");
  const parts = [];
  if (added.length) parts.push(say("added", names(added)));
  if (removed.length) parts.push(say("removed", names(removed)));
  if (!labels.length) parts.push(say("none_left"));
  at("change").textContent = parts.join(" · ") || say("unchanged");
}

// read shows the text with its marks, or the form to write in.
function read(reading) {
  at("reading").hidden = !reading;
  at("writing").hidden = reading;
}

function write() {
  read(false);
  at("text").focus();
}

// ---- Language, theme, keys

function speak(language) {
  state.language = language;
  document.documentElement.lang = language;
  for (const e of document.querySelectorAll("[data-word]")) e.textContent = say(e.dataset.word);
  for (const e of document.querySelectorAll("[data-title]")) e.title = say(e.dataset.title);
  for (const e of document.querySelectorAll("[data-placeholder]")) e.placeholder = say(e.dataset.placeholder);
  const other = language === "id" ? "en" : "id";
  at("language").textContent = words[other].name;
  at("language").lang = other;
  nameTheme();
  showSource();
  show();
  showModels();
}

const systemDark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const {theme} = document.documentElement.dataset;
  return theme ? theme === "dark" : systemDark.matches;
}

function switchTheme() {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  remembered.set("theme", theme);
  nameTheme();
}

// nameTheme says what the switch would change to.
function nameTheme() {
  at("theme").textContent = isDark() ? say("light") : say("dark");
}

function keys(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    if (!at("writing").hidden) at("writing").requestSubmit();
  } else if (event.key === "Escape" && !at("reading").hidden) {
    write();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const all = [...at("topics").querySelectorAll(".topic")], from = all.indexOf(document.activeElement);
    if (from < 0) return;
    event.preventDefault();
    all[Math.min(Math.max(from + (event.key === "ArrowDown" ? 1 : -1), 0), all.length - 1)].focus();
  }
}

function onSubmit(form, action) {
  at(form).addEventListener("submit", (event) => { event.preventDefault(); action(); });
}

async function tagAndFocus(action = tag) {
  await attempt(at("status"), action);
  if (!at("reading").hidden) at("topics").querySelector(".topic")?.focus({preventScroll: true});
}

function listen() {
  onSubmit("writing", () => tagAndFocus());
  listenToFiles();
  at("writing").addEventListener("input", edited);
  onSubmit("correction", () => attempt(at("sent"), correct));
  onSubmit("access", () => {
    state.token = at("token").value.trim();
    const {retry} = state;
    state.retry = null;
    at("access").hidden = true;
    retry?.();
  });
  at("edit").addEventListener("click", write);
  at("example").addEventListener("click", () => {
    at("title").value = example.title;
    at("text").value = example.text;
    state.source = null;
    showSource();
    tagAndFocus();
  });
  at("more").addEventListener("click", () => { state.all = !state.all; showTopics(); });
  at("model").addEventListener("change", () => { state.model = at("model").value; state.shown = ""; showModels(); });
  at("language").addEventListener("click", () => { speak(at("language").lang); remembered.set("language", state.language); });
  at("theme").addEventListener("click", switchTheme);
  systemDark.addEventListener("change", nameTheme);
  document.addEventListener("keydown", keys);
}

// listenToFiles takes a file that is chosen, or dropped anywhere on the page.
function listenToFiles() {
  const take = (file) => { if (file) tagAndFocus(() => choose(file)); };
  at("open").addEventListener("click", () => at("file").click());
  at("file").addEventListener("change", () => {
    take(at("file").files[0]);
    at("file").value = ""; // so that the same file can be chosen again
  });
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  for (const end of ["dragleave", "drop"]) document.addEventListener(end, () => document.body.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
}

// edited forgets what was said of a text that is not the same any more.
function edited() {
  state.source = null;
  showSource();
  if (!state.answer) return;
  state.answer = null;
  show();
}

function start() {
  const theme = remembered.get("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  const language = remembered.get("language") || navigator.language.slice(0, 2);
  speak(language in words ? language : "en");
  listen();
  at("text").focus(); // not by autofocus, which the browser does later: after a token is asked for, it may be
  attempt(at("models-status"), loadModels);
}

start();
