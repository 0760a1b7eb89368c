"use strict";

// What the scripts of the page share: its state, elements, phrases and numbers, and calls to the server. All text
// comes into the page as text nodes.
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
  shown: "",          // the version whose reliability is shown, where one was chosen: NAME@VERSION
  source: null,       // what an extracted article was taken from
  token: "",          // kept in memory alone
  retry: null,        // what to do once there is a token
  waiting: null,      // cancels the call in flight
  correction: {body: "", id: ""},
};

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
const signed = (value) => number(value, {signDisplay: "always", minimumFractionDigits: 2, maximumFractionDigits: 2}).replace("-", "\u2212");

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
    const reason = body.details?.find((d) => d.reason)?.reason ?? "";
    super((words[state.language][reason] ?? say("failed", body.message || code)) + wait);
    this.code = code;
    this.reason = reason;
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
