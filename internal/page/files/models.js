"use strict";

// Models, versions, and how far the confidences of each can be trusted.

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

const figure = (value) => number(value, {minimumFractionDigits: 3, maximumFractionDigits: 3});

// fillTable fills a table. On a narrow screen its rows become lists, for which each cell knows its heading; the roles
// keep it a table to those who hear it.
function fillTable(table, heads, rows) {
  const row = (cells, name, properties) => element("tr", {role: "row"}, ...cells.map((c, i) => element(name, properties(i), c)));
  table.setAttribute("role", "table");
  table.replaceChildren(
    element("thead", {role: "rowgroup"}, row(heads, "th", () => ({scope: "col", role: "columnheader"}))),
    element("tbody", {role: "rowgroup"}, ...rows.map((cells) => row(cells, "td", (i) => ({role: "cell", "data-head": heads[i]})))));
}

function showModels() {
  if (!state.versions) return;
  const {versions, statuses} = state.versions;
  const metrics = [...new Set(versions.flatMap((v) => Object.keys(v.metrics)))].sort();
  const heads = ["model", "version", "state", "learner", "topics", "documents", "terms"].map((key) => say(key));
  const shown = shownVersion();
  fillTable(at("versions"), [...heads, ...metrics.map(metricName)], versions.map((v) => versionRow(v, statuses, metrics, v === shown)));
  showReliability(shown);
}

function metricName(metric) {
  return words[state.language]["metric_" + metric] ?? metric.replaceAll("_", " ");
}

// shownVersion is the one whose reliability is shown: as chosen, or else what answers.
function shownVersion() {
  const {versions} = state.versions, full = (v) => v.name + "@" + v.version;
  return versions.find((v) => full(v) === state.shown) ??
    versions.find((v) => v.serving && (!state.model || v.name === state.model)) ?? versions[0];
}

function versionRow(v, statuses, metrics, shown) {
  const status = statuses.find((s) => s.name === v.name);
  const since = v.serving && status?.serve_time ? new Date(status.serve_time).toLocaleString(state.language, {dateStyle: "medium", timeStyle: "short"}) : "";
  const what = [v.active && say("active"), v.serving && say("serving"), since && say("since", since), v.damage, v.active && status?.error];
  return [
    v.name, versionChoice(v, shown), what.filter(Boolean).join(", "), `${v.learner} (${say("task_" + v.task)})`,
    number(v.topic_count), number(v.document_count), number(v.term_count),
    ...metrics.map((m) => (m in v.metrics ? figure(v.metrics[m]) : "")),
  ];
}

// versionChoice is the version, to be chosen where there are several.
function versionChoice(v, shown) {
  if (state.versions.versions.length < 2) return v.version;
  const choice = element("button", {type: "button", className: "quiet", ariaPressed: String(shown), title: say("see_reliability")}, v.version);
  choice.addEventListener("click", () => {
    state.shown = v.name + "@" + v.version;
    showModels();
    at("versions").querySelector('[aria-pressed="true"]').focus();
  });
  return choice;
}

function showReliability(v) {
  at("reliability").hidden = !v;
  if (!v) return;
  const bins = v.reliability ?? [], share = (x) => number(x, {style: "percent", maximumFractionDigits: 0});
  at("reliability-of").textContent = say("reliability_of", v.name + "@" + v.version);
  at("reliability-gap").textContent = bins.length && "ece" in v.metrics ? say("reliability_gap", number(100 * v.metrics.ece, {maximumFractionDigits: 1})) : "";
  at("reliability-none").hidden = bins.length > 0;
  for (const part of ["chart", "bins", "reliability-key"]) at(part).toggleAttribute("hidden", !bins.length);
  if (!bins.length) return;
  chart.draw(at("chart"), bins, {
    share, title: say("reliability_of", v.name + "@" + v.version), about: say("reliability_key"), x: say("confidence"), y: say("was_right"), count: say("answers"),
    words: (b) => say("bin", number(b.count), percent(b.confidence), percent(b.right)),
  });
  fillTable(at("bins"), ["confidence", "answers", "mean_confidence", "was_right"].map((key) => say(key)), bins.map((b) => [
    `${share(b.from)} – ${share(b.to)}`, number(b.count), percent(b.confidence), percent(b.right),
  ]));
}
