"use strict";

// Where the words of an answer stand in a text. No function here touches the document, so that they are
// tested without a browser.
const spans = {
  // wellFormed replaces halves of surrogate pairs, which UTF-8 cannot carry, by U+FFFD.
  wellFormed(text) {
    return text.replace(/[\ud800-\udfff]/gu, "\ufffd");
  },

  // utf16Offsets returns, for each byte of text in UTF-8 that begins a character and for the end,
  // where that is in the string, which counts in UTF-16.
  utf16Offsets(text) {
    const offsets = [];
    let bytes = 0, units = 0;
    for (const character of text) {
      offsets[bytes] = units;
      const code = character.codePointAt(0);
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      units += character.length;
    }
    offsets[bytes] = units;
    return offsets;
  },

  // edges returns where a term of evidence begins (step 1) or ends (step -1) in a field, in order.
  edges(text, evidence, field) {
    const offsets = spans.utf16Offsets(text), found = [];
    for (const term of evidence) {
      for (const s of term.spans) {
        const start = offsets[s.start_byte], end = offsets[s.end_byte];
        if (s.field !== field || !(start < end)) continue;
        found.push({at: start, step: 1, term}, {at: end, step: -1, term});
      }
    }
    return found.sort((a, b) => a.at - b.at || a.step - b.step);
  },

  // pieces cuts text where the evidence changes. Together the pieces are the text; each has the terms
  // that stand on it, several where a pair of words lies over a word, and the sum of what they contribute.
  pieces(text, evidence, field) {
    const found = [], open = [];
    let from = 0;
    const cut = (to) => {
      if (to > from) {
        const weight = open.reduce((sum, term) => sum + term.contribution, 0);
        found.push({text: text.slice(from, to), terms: [...open], weight});
      }
      from = to;
    };
    for (const edge of spans.edges(text, evidence, field)) {
      cut(edge.at);
      if (edge.step > 0) open.push(edge.term);
      else open.splice(open.indexOf(edge.term), 1);
    }
    cut(text.length);
    return found;
  },
};
