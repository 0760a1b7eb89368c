"use strict";

// The reliability diagram (DeGroot & Fienberg 1983): how often answers of each confidence were right. A bar
// below the diagonal says that the model was too sure. The strip underneath shows how many answers there were.
const chart = {
  // fewAnswers is how many answers a bar must rest on not to be drawn pale.
  fewAnswers: 10,

  plot: {left: 58, top: 10, width: 300, height: 200},
  strip: {top: 250, height: 34},

  // plan says where the bars go. It does not touch the document, so that it is tested without a browser.
  plan(bins) {
    const {plot, strip} = chart, most = Math.max(...bins.map((b) => b.count));
    const across = (share) => plot.left + plot.width * share, up = (share) => plot.top + plot.height * (1 - share);
    return bins.map((b) => {
      const height = Math.max(1, strip.height * b.count / most);
      return {
        x: across(b.from) + 1, width: across(b.to) - across(b.from) - 2, few: b.count < chart.fewAnswers,
        right: up(b.right), floor: up(0), said: up(b.confidence),
        count: {y: strip.top + strip.height - height, height},
      };
    });
  },

  // draw fills an svg element of the page. How numbers and axes are worded is in text.
  draw(svg, bins, text) {
    const shape = (name, properties, ...children) => {
      const made = document.createElementNS(svg.namespaceURI, name);
      for (const [key, value] of Object.entries(properties)) made.setAttribute(key, value);
      made.append(...children);
      return made;
    };
    const bars = chart.plan(bins).map((b, i) => shape("g", {class: b.few ? "bin few" : "bin"},
      shape("title", {}, text.words(bins[i])),
      shape("rect", {class: "right", x: b.x, y: b.right, width: b.width, height: b.floor - b.right}),
      shape("rect", {class: "count", x: b.x, y: b.count.y, width: b.width, height: b.count.height}),
      shape("path", {class: "said", d: `M${b.x} ${b.said}h${b.width}`})));
    const {left, top, width, height} = chart.plot;
    svg.setAttribute("viewBox", "0 0 376 288");
    svg.replaceChildren(
      shape("title", {id: "chart-title"}, text.title), shape("desc", {id: "chart-about"}, text.about),
      ...chart.axes(shape, text), ...bars,
      shape("path", {class: "ideal", d: `M${left} ${top + height}L${left + width} ${top}`}));
  },

  axes(shape, text) {
    const {plot, strip} = chart, floor = plot.top + plot.height, made = [];
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const y = floor - plot.height * share, x = plot.left + plot.width * share;
      made.push(shape("path", {class: "grid", d: `M${plot.left} ${y}h${plot.width}`}),
        shape("text", {x: plot.left - 6, y: y + 4, "text-anchor": "end"}, text.share(share)),
        shape("text", {x, y: floor + 16, "text-anchor": "middle"}, text.share(share)));
    }
    const middle = plot.top + plot.height / 2;
    made.push(
      shape("path", {class: "grid", d: `M${plot.left} ${strip.top + strip.height}h${plot.width}`}),
      shape("text", {x: plot.left + plot.width / 2, y: floor + 32, "text-anchor": "middle"}, text.x),
      shape("text", {x: 10, y: middle, "text-anchor": "middle", transform: `rotate(-90 10 ${middle})`}, text.y),
      shape("text", {x: plot.left - 6, y: strip.top + strip.height, "text-anchor": "end"}, text.count));
    return made;
  },
};
