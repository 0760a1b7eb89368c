"use strict";

// What the page says, by language.
const words = {
  id: {
    name: "Bahasa Indonesia", theme: "Terang / gelap",
    tagline: "Topik berita, dengan keyakinan dan alasannya",
    article: "Artikel", title: "Judul (boleh kosong)", text: "Teks", model: "Model",
    paste: "Tempel artikel, atau seluruh halaman beserta menunya",
    tag: "Cari topik", example: "Contoh", edit: "Ubah teks", topics: "Topik",
    empty_first: "Tempel artikel, lalu cari topiknya.", empty: "Tempel teks atau judul dahulu.", working: "Membaca…",
    OUTCOME_TAGGED: "Bertopik", OUTCOME_NO_TOPIC: "Terbaca, tetapi tidak satu pun topik mencapai ambangnya",
    OUTCOME_ABSTAINED: "Model tidak menjawab",
    CODE_TOO_SHORT: "Terlalu pendek", CODE_LANGUAGE_MISMATCH: "Bukan bahasa model ini",
    CODE_LOW_VOCABULARY_COVERAGE: "Terlalu banyak kata yang tidak dikenal", CODE_TRUNCATED: "Dipotong karena terlalu panjang",
    CODE_LOOKS_LIKE_MARKUP: "Mengandung markah HTML",
    read: "{0} kata dibaca, {1} dikenal", threshold: "ambang {0}", applies: "Topik ini benar: {0}",
    for: "Mendukung", against: "Menentang", bias: "Sebelum satu kata pun dibaca: {0}", rest: "Kata lain: {0}",
    unexplained: "Tidak ada kata yang dapat ditunjukkan: teks terlalu panjang, atau katanya tidak dikenal.",
    legend: "Pilih topik untuk melihat kata-katanya", legend_topic: "Kata untuk {0}",
    all: "Tampilkan semua {0} topik", fewer: "Tampilkan lebih sedikit",
    unchanged: "Centang topik yang benar. Kirim juga jika semuanya sudah benar.", added: "Ditambah: {0}", removed: "Dihapus: {0}",
    none_left: "Tidak ada topik yang cocok.",
    author: "Nama (boleh kosong)", comment: "Catatan (boleh kosong)", send: "Kirim koreksi", sent: "Tersimpan: {0}",
    token: "Server ini meminta token", use_token: "Pakai",
    models: "Model dan versi", version: "Versi", state: "Keadaan", learner: "Metode", documents: "Artikel", terms: "Kata",
    active: "aktif", serving: "menjawab", since: "sejak {0}",
    metrics_note: "Mutu diukur pada artikel yang tidak dipakai melatih. ECE: selisih rata-rata antara keyakinan dan kenyataan.",
    keys: "Ctrl Enter: cari topik · ↑ ↓: pindah topik · Enter: lihat kata · Esc: kembali ke teks",
    unreachable: "Server tidak terjangkau.", failed: "Gagal: {0}", retry: "Coba lagi dalam {0} detik.",
  },
  en: {
    name: "English", theme: "Light / dark",
    tagline: "Topics of news, with confidence and reasons",
    article: "Article", title: "Headline (optional)", text: "Text", model: "Model",
    paste: "Paste an article, or a whole page with its menus",
    tag: "Find topics", example: "Example", edit: "Edit text", topics: "Topics",
    empty_first: "Paste an article, then find its topics.", empty: "Paste a text or a headline first.", working: "Reading…",
    OUTCOME_TAGGED: "Tagged", OUTCOME_NO_TOPIC: "Understood, and no topic reached its threshold",
    OUTCOME_ABSTAINED: "The model does not answer",
    CODE_TOO_SHORT: "Too short", CODE_LANGUAGE_MISMATCH: "Not the model's language",
    CODE_LOW_VOCABULARY_COVERAGE: "Too many unknown words", CODE_TRUNCATED: "Cut, as it was too long",
    CODE_LOOKS_LIKE_MARKUP: "Holds HTML markup",
    read: "{0} words read, {1} known", threshold: "threshold {0}", applies: "This topic is right: {0}",
    for: "For", against: "Against", bias: "Before any word is read: {0}", rest: "Other words: {0}",
    unexplained: "No words to show: the text is too long, or its words are unknown.",
    legend: "Choose a topic to see its words", legend_topic: "Words for {0}",
    all: "Show all {0} topics", fewer: "Show fewer",
    unchanged: "Tick the right topics. Send it as well if all are right.", added: "Added: {0}", removed: "Removed: {0}",
    none_left: "No topic applies.",
    author: "Name (optional)", comment: "Comment (optional)", send: "Send correction", sent: "Stored: {0}",
    token: "This server asks for a token", use_token: "Use",
    models: "Models and versions", version: "Version", state: "State", learner: "Method", documents: "Articles", terms: "Words",
    active: "active", serving: "answers", since: "since {0}",
    metrics_note: "Quality is measured on articles held out of training. ECE: the mean gap between confidence and truth.",
    keys: "Ctrl Enter: find topics · ↑ ↓: move between topics · Enter: see words · Esc: back to the text",
    unreachable: "The server cannot be reached.", failed: "Failed: {0}", retry: "Try again in {0} seconds.",
  },
};

// An article of our own, to try the page with.
const example = {
  title: "Bank sentral menahan suku bunga, rupiah menguat",
  text: "Bank sentral memutuskan menahan suku bunga acuan pekan ini. Gubernur bank mengatakan inflasi terkendali, " +
    "meskipun harga beras naik di sejumlah pasar.\n\nRupiah menguat terhadap dolar setelah pengumuman itu, dan indeks " +
    "saham ditutup naik. Para ekonom – juga yang semula ragu – memperkirakan pertumbuhan ekonomi tahun ini “sedikit lebih baik”.",
};
