"use strict";

// The page: asks the server for topics, shows them with their words, sends corrections. All text comes into the
// page as text nodes.
const at = (id) => document.getElementById(id);

const state = {
  language: "id",
  model: "",          // name, where several are served
  topics: new Map(),  // what the model says of each topic, by id
  topicsOf: "",       // the model that topics are of, NAME@VERSION
  asked: null,        // the document that answer is about
  answer: null,
  selected: "",       // the topic whose words are shown
  ticked: new Set(),  // the topics that apply, as the reader sees it
  all: false,         // whether the unlikely topics are shown
  versions: null,
  token: "",          // kept in memory alone
  retry: null,        // what to do once there is a token
  waiting: null,      // cancels the call in flight
  correction: {body: "", id: ""},
};

const shownTopics = 8;
const listedWords = 12; // for a topic, and as many against it
// For each topic; more cannot be told apart in the text, and the answer has a limit.
const maxEvidence = 80;

// element makes an element; strings among the children become text.
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made && key !== "role") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// say returns a phrase in the reader's language with its blanks filled in.
function say(key, ...values) {
  const phrase = words[state.language][key] ?? key;
  return phrase.replace(/\{(\d)\}/g, (_, n) => values[n]);
}

function number(value, options) {
  return new Intl.NumberFormat(state.language, options).format(value);
}

const percent = (value) => number(value, {style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1});
const signed = (value) => number(value, {signDisplay: "always", minimumFractionDigits: 2, maximumFractionDigits: 2});

function topicName(id) {
  const names = state.topics.get(id)?.names ?? {};
  return names[state.language] || names.id || names.en || id;
}

// remembered keeps a choice of the reader's between visits, where the browser allows that.
const remembered = {
  get(key) {
    try { return localStorage.getItem(key) ?? ""; } catch { return ""; }
  },
  set(key, value) {
    try { localStorage.setItem(key, value); } catch { /* then it holds for this visit */ }
  },
};

// ---- Calls

// Refusal is an error that the server answered with.
class Refusal extends Error {
  constructor(code, body, retryAfter) {
    const wait = retryAfter ? " " + say("retry", retryAfter) : "";
    super(say("failed", body.message || code) + wait);
    this.code = code;
    this.reason = body.details?.find((d) => d.reason)?.reason ?? "";
  }
}

async function call(path, body, signal) {
  const headers = {};
  if (state.token) headers.Authorization = "Bearer " + state.token;
  let response;
  try {
    response = await fetch(path, {method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), signal});
  } catch (problem) {
    throw problem.name === "AbortError" ? problem : new Error(say("unreachable"));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, answer, response.headers.get("Retry-After"));
  return answer;
}

// attempt runs an action and shows in a line of the page why it failed. Where a token is missing it asks for
// one, and then runs the action again.
async function attempt(line, action) {
  try {
    line.classList.remove("failed");
    line.textContent = "";
    await action();
  } catch (problem) {
    if (problem.name === "AbortError") return;
    line.textContent = problem.message;
    line.classList.add("failed");
    if (problem.code === 401) askToken(() => attempt(line, action));
  }
}

function askToken(retry) {
  const before = state.retry;
  state.retry = () => { before?.(); retry(); };
  at("access").hidden = false;
  at("token").focus();
}

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

async function tag() {
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

async function loadTopics() {
  const query = state.model ? "?model=" + encodeURIComponent(state.model) : "";
  const {topics, model_version} = await call("/v1/topics" + query);
  Object.assign(state, {topics: new Map(topics.map((t) => [t.id, t])), topicsOf: model_version});
}

async function loadModels() {
  state.versions = await call("/v1/models");
  const names = state.versions.statuses.map((s) => s.name);
  if (names.length > 1) {
    at("model").replaceChildren(...names.map((name) => element("option", {value: name}, name)));
    at("model").hidden = at("model-label").hidden = false;
    state.model = at("model").value;
  }
  showModels();
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
    return;
  }
  showOutcome();
  showTopics();
  showMarks();
  showChange();
}

function showOutcome() {
  const {outcome, analysis, notices, model_version} = state.answer;
  const read = analysis ? " · " + say("read", number(analysis.token_count), percent(analysis.vocabulary_coverage)) : "";
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
  return element("div", {className: "evidence"}, ...found, element("p", {}, sums.join(" · ")));
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

// ---- Models

function showModels() {
  if (!state.versions) return;
  const {versions, statuses} = state.versions;
  const metrics = [...new Set(versions.flatMap((v) => Object.keys(v.metrics)))].sort();
  const heads = ["model", "version", "state", "learner", "topics", "documents", "terms"].map((key) => say(key));
  const head = element("tr", {}, ...[...heads, ...metrics].map((h) => element("th", {scope: "col"}, h.replaceAll("_", " "))));
  at("versions").replaceChildren(element("thead", {}, head), element("tbody", {}, ...versions.map((v) => versionRow(v, statuses, metrics))));
}

function versionRow(v, statuses, metrics) {
  const status = statuses.find((s) => s.name === v.name);
  const since = v.serving && status?.serve_time ? new Date(status.serve_time).toLocaleString(state.language) : "";
  const what = [v.active && say("active"), v.serving && say("serving"), since && say("since", since), v.damage, v.active && status?.error];
  const cells = [
    v.name, v.version, what.filter(Boolean).join(", "), `${v.learner} (${v.task})`,
    number(v.topic_count), number(v.document_count), number(v.term_count),
    ...metrics.map((m) => (m in v.metrics ? number(v.metrics[m], {minimumFractionDigits: 3, maximumFractionDigits: 3}) : "")),
  ];
  return element("tr", {}, ...cells.map((c) => element("td", {}, c)));
}

// ---- Language, theme, keys

function speak(language) {
  state.language = language;
  document.documentElement.lang = language;
  for (const e of document.querySelectorAll("[data-word]")) e.textContent = say(e.dataset.word);
  for (const e of document.querySelectorAll("[data-placeholder]")) e.placeholder = say(e.dataset.placeholder);
  const other = language === "id" ? "en" : "id";
  at("language").textContent = words[other].name;
  at("language").lang = other;
  show();
  showModels();
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  remembered.set("theme", root.dataset.theme);
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

async function tagAndFocus() {
  await attempt(at("status"), tag);
  if (!at("reading").hidden) at("topics").querySelector(".topic")?.focus({preventScroll: true});
}

function listen() {
  onSubmit("writing", tagAndFocus);
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
    tagAndFocus();
  });
  at("more").addEventListener("click", () => { state.all = !state.all; showTopics(); });
  at("model").addEventListener("change", () => { state.model = at("model").value; });
  at("language").addEventListener("click", () => { speak(at("language").lang); remembered.set("language", state.language); });
  at("theme").addEventListener("click", switchTheme);
  document.addEventListener("keydown", keys);
}

function start() {
  const theme = remembered.get("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  const language = remembered.get("language") || navigator.language.slice(0, 2);
  speak(language in words ? language : "en");
  listen();
  attempt(at("models-status"), loadModels);
}

start();
