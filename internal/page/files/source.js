"use strict";

// What was pasted or chosen: HTML source or text. No function here touches the document, so that
// they are tested without a browser.
const source = {
  // maxBytes is the longest page that the server reads.
  maxBytes: 4 << 20,

  // isHTML tells HTML source from text that speaks of HTML: it begins as pages do, or with an element, as
  // parts of pages do.
  isHTML(text) {
    let rest = text.trimStart();
    for (;;) {
      const end = rest.startsWith("<!--") ? "-->" : rest.startsWith("<?xml") ? ">" : "";
      if (!end) break;
      const i = rest.indexOf(end);
      if (i < 0) return false;
      rest = rest.slice(i + end.length).trimStart();
    }
    return /^<(?:!doctype html|html|head|body|meta|title|main|article)/i.test(rest) ||
      /^<[a-z][^]*<(?:\/[a-z]|p[\s>]|br\b)/i.test(rest);
  },

  // isReadable tells by name and media type whether a file can hold an article.
  isReadable(name, type) {
    return type.startsWith("text/") || /\.(?:html?|xhtml|txt|md)$/i.test(name);
  },

  // base64 is how bytes travel in JSON.
  base64(bytes) {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", parts = [];
    for (let i = 0; i < bytes.length; i += 3) {
      const three = bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2], left = bytes.length - i;
      parts.push(letters[three >> 18] + letters[three >> 12 & 63] +
        (left > 1 ? letters[three >> 6 & 63] : "=") + (left > 2 ? letters[three & 63] : "="));
    }
    return parts.join("");
  },
};
